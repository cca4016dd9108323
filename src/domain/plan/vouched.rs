//! What the plan takes on somebody's word: unknowns that are accepted, and attestations for one tenant.

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::check::subject::CheckSubject;

/// What is accepted by name and does not count: a waiver once it names who asks, who approves and until when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The check, or `check:slot`.
    pub check: CheckSubject,
    /// Why it is accepted.
    pub reason: String,
    /// The tenant id it counts for; every tenant of this plan where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Who asks for it and stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Who approved it: another person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// The last day on which it counts, at most a year away.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some_day")]
    pub until: Option<Date>,
}

impl Accepted {
    /// The keys that a line of the old form lacks to be a waiver.
    pub fn lacks(&self) -> Vec<&'static str> {
        let keys = [
            ("person", self.person.is_none()),
            ("approver", self.approver.is_none()),
            ("until", self.until.is_none()),
        ];
        keys.into_iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| key).collect()
    }
}

/// What a named person vouches for, in one tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The check, or `check:slot`.
    pub about: CheckSubject,
    /// The tenant id it holds for.
    pub tenant: String,
    /// Who vouches.
    pub person: String,
    /// On which day.
    #[serde(deserialize_with = "day")]
    pub date: Date,
    /// What was seen or done: seal number, place, approval reference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Years after which nobody's word is about what is there now; a slip of the pen rather than a memory.
pub const OLDEST: i16 = 10;

/// Whether a word of `day` is too old to be about what is there on `today`.
pub fn is_long_past(day: Date, today: Date) -> bool {
    day.year() + OLDEST < today.year()
}

/// A day as people write it into a plan: in quotes or without, and of a moment its day.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let no_day = || D::Error::custom("this is no day; write year, month and day: 2026-11-02");
    let written = match toml::Value::deserialize(from)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(moment) => moment.date.ok_or_else(no_day)?.to_string(),
        _ => return Err(no_day()),
    };
    written.trim().parse().map_err(|_| no_day())
}

/// Such a day where one is written.
fn some_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}
