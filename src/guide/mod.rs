//! Typed access to the product's words in `assets/guide`: what the nine steps say, how each check is named and
//! put right, the eleven-point checklist, upkeep, planning, troubleshooting and costs.
//!
//! The words are data, embedded and parsed once, so that every face, every page and every report says the same.
//! This module knows no tenant and decides nothing; it fills placeholders and breaks lines, no more.
//!
//! FLOOR 0: imports nothing above `domain`.

mod checklist;
mod checks;
mod costs;
mod fill;
mod page;
mod planning;
mod registration;
mod repair;
mod screens;
mod steps;
mod troubleshooting;
mod upkeep;

use serde::de::DeserializeOwned;

pub use checklist::{Point, checklist};
pub use checks::{CheckWords, check, checks, label};
pub use costs::{CostItem, Costs, Per, costs};
pub use fill::{PLACEHOLDERS, fill};
pub use page::{Topic, WIDTH, page, wrap};
pub use planning::{Decision, Planning, Prerequisite, planning};
pub use registration::{Part, registration};
pub use repair::{RepairWords, repair, repair_by_hand, repair_list, repairs};
pub use screens::{screen_help, screens_with_help};
pub use steps::{StepWords, step, steps};
pub use troubleshooting::{TroubleCase, troubleshooting};
pub use upkeep::{Task, Trigger, Upkeep, upkeep};

/// One embedded file, parsed. The files are part of the program and a test parses each of them,
/// so a mistake in one is a mistake in the build and not something a person could meet.
fn parse<T: DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("assets/guide/{name} is not valid: {error}"))
}

#[cfg(test)]
mod tests;
