//! The review: what lasts how long, what drifted, what is due, and its report.

mod alert_test;
mod lockout;
mod looked;
mod looks;
mod new_policies;
mod report;
mod time;
mod years;

/// What runs whole setups or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod drifts;
}
