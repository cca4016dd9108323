//! What a finding comes to once everything that people said of it is taken into account: what a review counts.
//!
//! The verdict itself stays what the check saw; both are shown. Nothing lasts for ever: a waiver and a word that have ended
//! count as a failure, with the day.

use crate::domain::check::case::Case;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::review::Effective;

/// What `finding` comes to today.
pub fn effective(case: &Case<'_>, finding: &Finding) -> Effective {
    let has_ended = finding.next == Next::Because(Cause::Ended) || case.acceptance_ended(finding).is_some();
    match finding.verdict {
        Verdict::Pass => Effective::Pass,
        _ if case.accepted(finding).is_some() => Effective::Waived,
        _ if has_ended => Effective::Expired,
        seen => seen.into(),
    }
}
