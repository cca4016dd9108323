//! Typed access to the product's words in `assets/guide`: what the nine steps say, how each check is named and
//! put right, the eleven-point checklist, upkeep, planning, troubleshooting and costs.
//!
//! The words are data, embedded and read once (`words`), so that every face, every page and every report says the same.
//! This module knows no tenant and decides nothing; it fills placeholders and breaks lines, no more.
//!
//! FLOOR 0: imports nothing above `domain`.

mod checklist;
mod checks;
mod costs;
mod emergency;
mod fill;
mod page;
mod places;
mod planning;
mod profiles;
mod registration;
mod repair;
mod review;
mod screens;
mod steps;
mod told;
mod troubleshooting;
mod upkeep;
mod words;

pub use crate::domain::fill::fill;
pub use checklist::{Point, checklist};
pub use checks::{CauseWords, CheckWords, check, checks, label, remedy};
pub use costs::{CostItem, Costs, Per, costs};
pub use emergency::{Emergency, SignInWords, Wrongs, emergency};
pub use fill::PLACEHOLDERS;
pub use page::{Topic, WIDTH, page, wrap};
pub use places::{Place, placed};
pub use planning::{Decision, Planning, Prerequisite, planning};
pub use profiles::{
    ConflictWords, ControlWords, PositionWords, ProfileWords, answered, conflicts, contradictions, profiles,
};
pub use registration::{Part, registration, systems};
pub use repair::{RepairWords, repair, repair_by_hand, repair_list, repairs};
pub use review::{RowWords, review_row};
pub use screens::{screen_help, screens_with_help};
pub use steps::{StepWords, step, steps};
pub use told::told;
pub use troubleshooting::{TroubleCase, troubleshooting};
pub use upkeep::{Task, Trigger, Upkeep, upkeep};

#[cfg(test)]
mod tests;
