//! Exercises: scenarios, what they come to, and their paper.

mod breaks;
mod launch;
mod paths;
mod rating;
mod scenarios;
mod sign_ins;
