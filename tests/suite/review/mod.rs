//! The review: what lasts how long, what drifted, what is due.

mod alert_test;
mod lockout;
mod looked;
mod people;
mod time;
mod years;
