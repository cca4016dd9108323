//! Events where the terminal library has to read them: a thread of our own and not the library's stream, which keeps the
//! first waker it is polled with, so that looking whether something is there would put it to sleep for good.

use std::io;

use crossterm::event::Event;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Thrown;

/// Events as they come.
pub struct Events(UnboundedReceiver<io::Result<Event>>);

impl Events {
    /// Begins to read; the thread ends with the program, or when the terminal is gone.
    pub fn read() -> io::Result<Self> {
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
        Ok(Self(events))
    }

    /// The next one; `None` when the terminal is gone.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        self.0.recv().await
    }

    /// Throws away what has come already, and tells whether Ctrl-C was among it. A change of size is noticed at the next
    /// frame anyway.
    pub fn throw_away(&mut self) -> Thrown {
        let mut thrown = Thrown::Typing;
        while let Ok(event) = self.0.try_recv() {
            thrown = event.map_or(thrown, |event| thrown.and(&event));
        }
        thrown
    }
}
