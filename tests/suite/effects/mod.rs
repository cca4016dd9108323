//! Where the world is touched: secrets in memory, the record, printing.

mod echoes;
#[cfg(unix)]
mod foreign;
mod generator;
mod hanging_printer;
mod pages_that_wait;
mod printing;
mod printing_in_clear;
mod probing;
mod read_back;
mod record;
mod record_table;
mod secrets;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod two_names;
}
