//! Nouns: plans, and check characters.

mod bad_plans;
mod check_characters;
mod names;
mod plan;
mod plan_for_two;
pub mod plan_systems;
mod reconciled;
