//! Events of the terminal, read beside the loop so that what was typed ahead can be thrown away.
//!
//! A thread of our own and not crossterm's stream: that one keeps the first waker it is polled with, so looking
//! whether something is there would put it to sleep for good.

use std::io;

use crossterm::event::Event;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Events as they come.
pub struct Events(UnboundedReceiver<io::Result<Event>>);

impl Events {
    /// Begins to read; the thread ends with the program, or when the terminal is gone.
    pub fn read() -> Self {
        let (sender, events) = unbounded_channel();
        std::thread::spawn(move || {
            loop {
                let event = crossterm::event::read();
                let is_lost = event.is_err();
                if sender.send(event).is_err() || is_lost {
                    return;
                }
            }
        });
        Self(events)
    }

    /// The next one; `None` when the terminal is gone.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        self.0.recv().await
    }

    /// Throws away what has come already, a change of size apart, which is noticed at the next frame anyway.
    pub fn throw_away(&mut self) {
        while self.0.try_recv().is_ok() {}
    }
}
