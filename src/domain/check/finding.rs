//! Findings: what a check saw.

use std::collections::HashSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::check::cause::Next;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::slot::Slot;

/// What a check concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check.
    pub check: CheckId,
    /// The account, when the check concerns one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// What else it concerns, where a check looks at several things, each of which is seen for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<String>,
    /// What was concluded.
    pub verdict: Verdict,
    /// What was seen, in one short sentence, already cleaned for display.
    pub detail: String,
    /// The day on which to look again, where only time brings it and there is nothing to do until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<Date>,
    /// What to do about it; words of the guide, no part of the report's format.
    #[serde(skip)]
    pub next: Next,
}

/// Each subject once, as it was found first: several steps look at the same.
pub fn once(findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut seen = HashSet::new();
    findings.into_iter().filter(|finding| seen.insert(finding.subject())).collect()
}

impl Finding {
    /// A finding about the tenant as a whole.
    pub fn new(check: CheckId, verdict: Verdict, detail: impl AsRef<str>) -> Self {
        let detail = crate::domain::text::clean(detail.as_ref());
        Self { check, slot: None, thing: None, verdict, detail, waits_until: None, next: Next::Usual }
    }

    /// This finding about the account in `slot`.
    #[must_use]
    pub fn of(mut self, slot: Slot) -> Self {
        self.slot = Some(slot);
        self
    }

    /// This finding about something that has a name of its own.
    #[must_use]
    pub fn about(mut self, thing: impl Into<String>) -> Self {
        self.thing = Some(thing.into());
        self
    }

    /// This finding, with what to do about it.
    #[must_use]
    pub fn then(mut self, next: Next) -> Self {
        self.next = next;
        self
    }

    /// This finding as one that only time brings, on this day.
    #[must_use]
    pub fn waiting_until(mut self, day: Option<Date>) -> Self {
        self.waits_until = day;
        self
    }

    /// The subject used by attestations and accepted unknowns: `check`, `check:slot` or `check:thing`.
    pub fn subject(&self) -> CheckSubject {
        match (self.slot, &self.thing) {
            (Some(slot), _) => self.check.of(slot),
            (None, Some(thing)) => self.check.about(thing),
            (None, None) => self.check.whole(),
        }
    }

    /// Whether nothing is left to do about it.
    pub fn passed(&self) -> bool {
        self.verdict == Verdict::Pass
    }
}
