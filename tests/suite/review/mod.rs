//! The review: what lasts how long, what drifted, what is due.

mod classify;
mod lockout;
mod logs;
mod time;
