//! Exercises: scenarios, what they come to, and their paper.

mod launch;
mod rating;
mod scenarios;
