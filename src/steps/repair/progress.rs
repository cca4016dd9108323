//! How far a repair has come, as the record tells it: what was made and proved since it began.

use crate::domain::check::case::Case;
use crate::domain::check::repair::Repairing;
use crate::domain::record::{SlipKind, SlipState};

/// Whether there is a slip that was made since the repair began, typed back.
pub(super) fn has_new_slip(case: &Case<'_>, at: &Repairing, kind: SlipKind) -> bool {
    let latest = case.evidence.slip(at.slot, kind);
    latest.is_some_and(|slip| slip.number >= at.since && slip.state == SlipState::Confirmed)
}

/// Whether the account signed in since the repair began, and nothing about it is newer than that.
pub(super) fn is_tested(case: &Case<'_>, at: &Repairing) -> bool {
    let since = case.evidence.tests.iter().skip(at.tests);
    let passed = since.into_iter().any(|test| test.slot == at.slot && test.passed);
    passed && !case.evidence.untested.contains(&at.slot)
}
