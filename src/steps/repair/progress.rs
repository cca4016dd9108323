//! How far a repair has come, as the record tells it: what was made and proved since it began.

use crate::domain::check::case::Case;
use crate::domain::check::repair::{RepairCase, Repairing};
use crate::domain::record::{SlipKind, SlipState};
use crate::steps::shared::keys_tried;

/// Whether there is a slip that was made since the repair began, typed back.
pub(super) fn has_new_slip(case: &Case<'_>, at: &Repairing, kind: SlipKind) -> bool {
    let latest = case.evidence.slip(at.slot, kind);
    latest.is_some_and(|slip| slip.number >= at.since && slip.state == SlipState::Confirmed)
}

/// Whether the account signed in since the repair began, with what is new, and nothing about it is newer than that.
pub(super) fn is_tested(case: &Case<'_>, at: &Repairing) -> bool {
    let passed = match at.key.filter(|_| at.case == RepairCase::KeyFails && !case.is_by_hand()) {
        Some(key) => is_proved(case, at, key),
        None => has_signed_in(case, at),
    };
    passed && !case.evidence.untested.contains(&at.slot)
}

/// Whether somebody signed in with the key that stands in this place now, since the repair began.
fn is_proved(case: &Case<'_>, at: &Repairing, key: usize) -> bool {
    let mut opened = keys_tried::opened(case, at.slot, key);
    opened.any(|proof| case.evidence.tests_of(at.slot).skip(at.tests).any(|test| test == proof))
}

/// Whether the account signed in since the repair began, with whatever it was. After a block only a sign-in counts that no
/// exclusion came after.
pub(super) fn has_signed_in(case: &Case<'_>, at: &Repairing) -> bool {
    let excluded = case.evidence.written.excluded.get(&at.slot).filter(|_| at.case == RepairCase::Blocked);
    let since = at.tests.max(excluded.copied().unwrap_or_default());
    case.evidence.tests_of(at.slot).skip(since).any(|test| test.passed)
}
