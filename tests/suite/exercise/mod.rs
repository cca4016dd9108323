//! Exercises: scenarios, what they come to, and their paper.

mod breaks;
mod launch;
mod rating;
mod scenarios;
