//! Exercises: scenarios, what they come to, and their paper.

mod breaks;
pub mod improvements;
mod launch;
mod papers;
mod paths;
mod rating;
mod report;
mod scenarios;
mod sign_ins;
