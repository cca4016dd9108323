//! The review: what lasts how long, what drifted, what is due.

mod alert_test;
mod classify;
mod lockout;
mod logs;
mod looked;
mod time;
mod years;
