//! Nouns: plans, and check characters.

mod check_characters;
mod names;
mod plan;
mod plan_for_two;
pub mod plan_systems;
