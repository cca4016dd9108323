//! Events of the terminal, read beside the loop so that what was typed ahead can be thrown away.
//!
//! A thread of our own and not crossterm's stream: that one keeps the first waker it is polled with, so looking
//! whether something is there would put it to sleep for good.

use std::io;

use crossterm::event::{Event, KeyCode, KeyModifiers};
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

    /// Throws away what has come already, and tells whether Ctrl-C was among it: that one always counts. A change of
    /// size is noticed at the next frame anyway.
    pub fn throw_away(&mut self) -> Thrown {
        let mut thrown = Thrown::Typing;
        while let Ok(event) = self.0.try_recv() {
            if event.is_ok_and(|event| is_interrupt(&event)) {
                thrown = Thrown::Interrupt;
            }
        }
        thrown
    }
}

/// What was thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thrown {
    /// Nothing that counts.
    Typing,
    /// Ctrl-C.
    Interrupt,
}

fn is_interrupt(event: &Event) -> bool {
    matches!(event, Event::Key(key)
        if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL))
}
