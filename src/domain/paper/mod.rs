//! What goes to paper, and by which way. How a page looks is [`crate::paper`]'s.

pub mod page;
pub mod printing;
