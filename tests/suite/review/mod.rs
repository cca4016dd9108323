//! The review: what lasts how long, what drifted, what is due.

mod lockout;
mod looks;
mod new_policies;
mod time;

/// What runs whole setups or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod drifts;
}
