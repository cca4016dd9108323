//! The review: what lasts how long, what drifted, what is due.

mod lockout;
mod time;

/// Whole reviews by the real program: `--skip slow` leaves them out.
#[path = "."]
mod slow {
    mod journey;
}
