//! The quarterly review: what drifts is found, explained, repaired, and gone.

mod looks;

/// What runs whole setups or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod drifts;
}
