//! Exercises: scenarios, what they come to, and their paper.

pub mod improvements;
mod papers;
mod rating;
mod report;
