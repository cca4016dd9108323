//! What the plan takes on somebody's word: unknowns that are accepted, and attestations for one tenant.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::check::subject::CheckSubject;

/// An unknown that is accepted by name and does not count.
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
    /// Who stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The last day on which it counts, at most a year away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
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
    pub date: Date,
    /// What was seen or done: seal number, place, approval reference.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
