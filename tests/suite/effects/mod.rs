//! Where the world is touched: secrets in memory, the record, printing.

mod printing;
mod record;
mod secrets;
mod two_names;
