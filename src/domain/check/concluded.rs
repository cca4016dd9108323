//! What a check saw, as the record keeps it.

use serde::{Deserialize, Serialize};

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::slot::Slot;

/// What a check saw when a journey ended, in the words of that day: another version may have called its checks otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    /// The name of the check.
    pub check: String,
    /// The account, when the check concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// What else it concerns, where it is one of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<String>,
    /// What was concluded.
    pub verdict: Verdict,
    /// What was seen.
    pub detail: String,
}

impl Concluded {
    /// Whether this was seen of the same account or thing as `finding` is.
    pub fn is_of(&self, finding: &Finding) -> bool {
        let same_thing = self.slot == finding.slot && self.thing == finding.thing;
        self.check == finding.check.name() && same_thing
    }
}

impl From<Finding> for Concluded {
    fn from(finding: Finding) -> Self {
        Self {
            check: finding.check.name().to_owned(),
            slot: finding.slot,
            thing: finding.thing,
            verdict: finding.verdict,
            detail: finding.detail,
        }
    }
}
