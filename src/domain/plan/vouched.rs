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
