//! The nine steps against small worlds, and what is looked at before them.

mod calendar;
mod older;
mod preflight;
mod remedies;
mod table;
