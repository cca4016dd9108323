//! FLOOR 3: the faces. Each shows the same [`Screen`](crate::journeys::screen::Screen) and sends the same messages.
//!
//! A face names no step and decides nothing; what it needs to know stands on the screen.

mod input;
pub mod plain;
mod program;
mod terminal_kind;
pub mod text;
pub mod tui;
pub mod unattended;

pub use program::Program;
pub use terminal_kind::{Face, face};
pub use text::Marks;
