//! Findings: what a check saw, and the identifier of every check.

use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// What a check concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Looked up and as it should be.
    Pass,
    /// Looked up and not as it should be.
    Fail,
    /// Could not be looked up, or not yet.
    Unknown,
    /// A person has to do or attest something.
    NeedsPerson,
}

/// One line of a checklist: a check, whom it concerns and what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Dotted identifier of the check, for example `role.permanent`; the words stand in `assets/guide/checks.toml`.
    pub check: String,
    /// The account, when the check concerns one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// What was concluded.
    pub verdict: Verdict,
    /// What was seen, in one short sentence, already cleaned for display.
    pub detail: String,
}

impl Finding {
    /// A finding about the tenant as a whole.
    pub fn new(check: &str, verdict: Verdict, detail: impl AsRef<str>) -> Self {
        Self {
            check: check.to_owned(),
            slot: None,
            verdict,
            detail: crate::domain::text::clean(detail.as_ref()),
        }
    }

    /// The same finding about the account in `slot`.
    #[must_use]
    pub fn of(mut self, slot: Slot) -> Self {
        self.slot = Some(slot);
        self
    }

    /// The subject used by attestations and accepted unknowns: `check` or `check:slot`.
    pub fn subject(&self) -> String {
        subject(&self.check, self.slot)
    }

    /// Whether nothing is left to do about it.
    pub fn passed(&self) -> bool {
        self.verdict == Verdict::Pass
    }
}

/// `check` or `check:first`, the name under which attestations and the plan speak of a finding.
pub fn subject(check: &str, slot: Option<Slot>) -> String {
    match slot {
        Some(slot) => format!("{check}:{}", slot.key()),
        None => check.to_owned(),
    }
}
