//! Exercises: scenarios, what they come to, and their paper.

mod actions;
mod breaks;
pub mod improvements;
mod keys;
mod killed;
mod launch;
mod papers;
mod paths;
mod played;
mod rating;
pub mod report;
mod scenarios;
mod screens;
mod scripts;
mod sign_ins;
