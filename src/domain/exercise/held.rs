//! What the record of the organization keeps of exercises: that one was held, what it came to, and which improvements are
//! still open. The exercise itself stands in a record of its own.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::event::{Improvement, Players, Rating};

/// An exercise was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The name of the folder of its record, which is its own name: `2026-11-30-block-all`.
    pub exercise: String,
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The day it was completed.
    pub date: Date,
    /// Whether a team played.
    pub players: Players,
    /// Who led it.
    pub facilitator: String,
    /// How long it took by its clock, seconds.
    pub seconds: u32,
    /// Each objective, in words, and how it was rated.
    pub ratings: Vec<Rated>,
    /// What is to be better the next time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub improvements: Vec<Improvement>,
}

/// How an objective was rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rated {
    /// The objective, by its name in the scenario.
    pub objective: String,
    /// In words.
    pub text: String,
    /// The rating that counts.
    pub rating: Rating,
}

/// A named person says that an improvement was made and tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Improved {
    /// [`Held::exercise`].
    pub exercise: String,
    /// [`Improvement::number`].
    pub number: u32,
    /// Who.
    pub person: String,
    /// When.
    pub date: Date,
    /// What shows it.
    pub note: String,
}
