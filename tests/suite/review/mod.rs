//! The quarterly review.

mod report;
