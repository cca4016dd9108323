//! What to decide before step 1, with the answer we recommend, and what has to be there first.
//!
//! It asks nothing by itself; the planning screens take question, answer and reason from here.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::read;

/// One decision of the planning table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Stable id, such as `password-length`.
    pub id: String,
    /// The question as it is asked.
    pub question: String,
    /// The answer we preset.
    pub recommendation: String,
    /// Why that one.
    pub why: String,
    /// What the guide PA-03 says about it, in our words; empty where it says nothing.
    pub guide: String,
}

/// Something that has to be there before the work starts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prerequisite {
    /// Stable id, such as `license`.
    pub id: String,
    /// Short name.
    pub name: String,
    /// What is needed.
    pub need: String,
    /// What shrinks, or what to do, without it.
    pub without: String,
}

/// `assets/guide/planning.toml` as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// What has to be there first.
    #[serde(rename = "prerequisite")]
    pub prerequisites: Vec<Prerequisite>,
    /// The decisions, in the order they are asked.
    #[serde(rename = "decision")]
    pub decisions: Vec<Decision>,
}

impl Planning {
    /// The decision with this id, or `None` when no such decision exists.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.id == id)
    }
}

static PLANNING: LazyLock<Planning> = LazyLock::new(|| read("planning.toml"));

/// Prerequisites and decisions.
pub fn planning() -> &'static Planning {
    &PLANNING
}
