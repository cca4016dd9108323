//! Events of the terminal: keys, paste, mouse, another size.
//!
//! Nothing of the terminal library reads the keyboard here: its queues keep every key until some hundred further ones
//! have come, and a key may be a character of a password. What is typed is read into one [locked](crate::effects::locked)
//! room, taken apart there ([`keyboard`], [`sequences`]), and wiped as it is taken; no key waits in a channel. Windows
//! has no such file to read: there the library reads, and its queues keep what they keep.

use crossterm::event::{Event, KeyCode, KeyModifiers};

#[cfg(unix)]
mod keyboard;
#[cfg(unix)]
mod sequences;
#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

#[cfg(unix)]
pub use unix::Events;
#[cfg(not(unix))]
pub use windows::Events;

/// What was thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thrown {
    /// Nothing that counts.
    Typing,
    /// Ctrl-C.
    Interrupt,
}

impl Thrown {
    /// What it comes to when `event` is thrown away as well: Ctrl-C always counts.
    fn and(self, event: &Event) -> Self {
        let is_interrupt = matches!(event, Event::Key(key)
            if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL));
        if is_interrupt { Self::Interrupt } else { self }
    }
}
