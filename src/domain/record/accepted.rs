//! What a named person accepted at the screen: a check as it was seen, for a reason, until a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::subject::CheckSubject;

/// A check that somebody lives with as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The check, or `check:slot`.
    pub about: CheckSubject,
    /// In which tenant, by its id.
    pub tenant: String,
    /// Who asks for it and stands for it.
    pub person: String,
    /// Who approved it, another person; nobody was asked when the record was written by an older program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// On which day.
    pub date: Date,
    /// The last day on which it counts; at most a year later.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// What the check had concluded.
    pub verdict: Verdict,
    /// What it had seen.
    pub seen: String,
}

impl Accepted {
    /// Whether the check still says what was accepted.
    pub fn saw(&self, finding: &Finding) -> bool {
        self.verdict == finding.verdict && self.seen == finding.detail
    }
}
