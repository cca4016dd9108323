//! Checks that only a review makes, beside those of the steps.

pub mod changes;
pub mod happened;
pub mod lockout;
