//! The words of the nine steps: why, help, how to do it by hand, and what the portal cannot do.
//!
//! It holds no logic of a step; that lives in `steps`, which asks here for its prose by number.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;

/// Everything one step says, from `assets/guide/steps.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepWords {
    /// Number of the step, 1 to 9.
    pub id: u8,
    /// Short name for the rail, at most 20 characters.
    pub name: String,
    /// Heading of the step's screen.
    pub title: String,
    /// Its share of the guide's hour, in minutes; the nine add up to 60.
    pub minutes: u16,
    /// One to three short paragraphs, each at most 300 characters.
    pub why: Vec<String>,
    /// Why it has its place on the way, where its number does not say so; empty elsewhere.
    #[serde(default)]
    pub place: String,
    /// The same in a few words, for below the list of the steps while this one is not done; empty elsewhere.
    #[serde(default)]
    pub rail: String,
    /// The paragraph behind F1: what can go wrong and what to do then.
    pub help: String,
    /// Portal instructions in order, one line each, with [`crate::guide::PLACEHOLDERS`] in braces.
    pub by_hand: Vec<String>,
    /// The same where the tenant has no license for what the step is about; empty where that makes no difference.
    #[serde(default)]
    pub by_hand_unlicensed: Vec<String>,
    /// The same where what the step makes first is there already; empty where that makes no difference.
    #[serde(default)]
    pub by_hand_there: Vec<String>,
    /// What the portal cannot do and what follows from it, with placeholders.
    pub limits: Vec<String>,
}

static STEPS: LazyLock<Vec<StepWords>> = LazyLock::new(|| list("steps.toml", "step"));

/// The nine steps in order.
pub fn steps() -> &'static [StepWords] {
    &STEPS
}

/// The words of step `id`, 1 to 9. Panics on any other number: there are nine steps.
pub fn step(id: u8) -> &'static StepWords {
    steps().iter().find(|words| words.id == id).unwrap_or_else(|| panic!("there is no step {id}"))
}
