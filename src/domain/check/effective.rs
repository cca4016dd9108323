//! What a finding comes to once everything that people said of it is taken into account: what a review counts.
//!
//! The verdict itself stays what the check saw; both are shown. Nothing lasts for ever: a waiver and a word that have ended
//! count as a failure, with the day.

use serde::{Deserialize, Serialize};

use crate::domain::check::case::Case;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::{Finding, Verdict};

/// What a finding comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effective {
    /// As it should be.
    Pass,
    /// Not as it should be.
    Fail,
    /// It waits for a person.
    NeedsPerson,
    /// It could not be looked up.
    Unknown,
    /// Not as it should be, and accepted by name until a day.
    Waived,
    /// A waiver, or somebody's word, has ended: it counts as a failure.
    Expired,
}

/// What `finding` comes to today.
pub fn effective(case: &Case<'_>, finding: &Finding) -> Effective {
    let has_ended = finding.next == Next::Because(Cause::Ended) || case.acceptance_ended(finding).is_some();
    match finding.verdict {
        Verdict::Pass => Effective::Pass,
        _ if case.accepted(finding).is_some() => Effective::Waived,
        _ if has_ended => Effective::Expired,
        Verdict::Fail => Effective::Fail,
        Verdict::NeedsPerson => Effective::NeedsPerson,
        Verdict::Unknown => Effective::Unknown,
    }
}
