//! The review: what lasts how long, what drifted, what is due.

mod lockout;
mod time;
