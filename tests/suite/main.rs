//! One integration binary with a module for each theme, because linking dominates.

mod rehearsal;
mod secrets;
mod tidy;
