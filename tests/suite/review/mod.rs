//! The review: what lasts how long, what drifted, what is due, and its report.

mod alert_test;
mod classify;
mod command;
mod drift_table;
mod lockout;
mod logs;
pub mod looked;
mod looks;
mod many;
mod new_policies;
mod outputs;
mod people;
pub mod report;
mod schedule;
mod seed;
mod time;
mod years;

/// Whole reviews by the real program, and whole setups that drift: `--skip slow` leaves them out.
#[path = "."]
mod slow {
    mod cut;
    mod drifts;
    mod journey;
    mod stopwatch;
}
