//! After a use: whoever signed in with an account knows its password, so a new one and a test have to follow, made by
//! somebody else. No account repairs itself, and none sets up: that it is somebody else is seen to there.

use std::collections::BTreeSet;

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::record::{By, Followed, UseKind};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, fail, needs_person, pass, report};

fn followed<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Followed> {
    case.evidence.uses.get(&slot)
}

/// Whether the account in `slot` was used and has no new password since.
pub(in crate::steps) fn awaits_password(case: &Case<'_>, slot: Slot) -> bool {
    followed(case, slot).is_some_and(|followed| followed.by == By::Nothing)
}

/// Whether it has a new password since, and nobody has signed in with it.
pub(in crate::steps) fn awaits_test(case: &Case<'_>, slot: Slot) -> bool {
    followed(case, slot).is_some_and(|followed| matches!(followed.by, By::Password { .. }))
}

/// The use nobody allowed, as long as it is not dealt with.
pub(in crate::steps) fn misuse<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Followed> {
    followed(case, slot).filter(|f| f.used.kind == UseKind::Unauthorized && !matches!(f.by, By::Test { .. }))
}

/// Keys of the plan that were registered since the last use nobody allowed.
pub(in crate::steps) fn keys_since<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a BTreeSet<usize>> {
    followed(case, slot).filter(|f| f.used.kind == UseKind::Unauthorized).map(|followed| &followed.keys)
}

/// What has followed the last use, where there was one.
pub(in crate::steps) fn check(case: &Case<'_>, slot: Slot) -> Option<Finding> {
    let followed = followed(case, slot)?;
    Some(report(CheckId::UseRotated, Ok(seen(followed))).of(slot))
}

fn seen(followed: &Followed) -> Seen {
    let day = followed.used.at.strftime("%Y-%m-%d");
    let how = match followed.used.kind {
        UseKind::Operator => "as the operator of a repair",
        UseKind::Unauthorized => "without authorization",
        UseKind::TestGivenUp => "in a test that was given up",
    };
    match followed.by {
        By::Nothing => {
            fail(format!("used on {day} {how}; a new password has to follow, made by another administrator"))
        }
        By::Password { slip } => {
            needs_person(format!("used on {day} {how}; slip {slip} is new since, and not tested yet"))
        }
        By::Test { slip } => pass(format!("used on {day} {how}; slip {slip} is new since, and tested")),
    }
}
