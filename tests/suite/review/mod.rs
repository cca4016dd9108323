//! The review: what lasts how long, what drifted, what is due, and its report.

mod alert_test;
mod lockout;
mod looked;
mod people;
mod report;
mod time;
mod years;

/// Whole reviews by the real program: `--skip slow` leaves them out.
#[path = "."]
mod slow {
    mod journey;
}
