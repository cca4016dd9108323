//! What has to be done again, how often, and which events call for it before its time.
//!
//! Due dates are worked out in `domain`; this file only says what each task is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::read;
use crate::domain::check::upkeep::Every;

/// One recurring task.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Stable id, such as `sign-in-test`.
    pub id: String,
    /// Short name.
    pub name: String,
    /// How often.
    pub every: Every,
    /// Who does it unless the plan names somebody else.
    pub owner: String,
    /// How, in one or two sentences.
    pub how: String,
}

/// An event that calls for tasks before their date.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Stable id, such as `staff-change`.
    pub id: String,
    /// The event.
    pub name: String,
    /// What to do when it happens.
    pub how: String,
    /// Ids of the [`Task`]s that are due at once.
    pub tasks: Vec<String>,
}

/// `assets/guide/upkeep.toml` as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upkeep {
    /// The six recurring tasks.
    #[serde(rename = "task")]
    pub tasks: Vec<Task>,
    /// The events that call for them early.
    #[serde(rename = "trigger")]
    pub triggers: Vec<Trigger>,
}

static UPKEEP: LazyLock<Upkeep> = LazyLock::new(|| read("upkeep.toml"));

/// The recurring tasks and the events that call for them early.
pub fn upkeep() -> &'static Upkeep {
    &UPKEEP
}
