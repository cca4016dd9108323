//! The review: what lasts how long, what drifted, what is due, and its report.

mod alert_test;
mod lockout;
mod looked;
mod looks;
mod new_policies;
mod people;
mod report;
mod time;
mod years;

/// Whole reviews by the real program, and whole setups that drift: `--skip slow` leaves them out.
#[path = "."]
mod slow {
    mod drifts;
    mod journey;
}
