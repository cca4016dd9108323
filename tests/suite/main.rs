//! One integration binary with a module for each theme, because linking dominates.

mod rehearsal;
mod rehearsal_azure;
mod secrets;
mod tidy;
