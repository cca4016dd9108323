//! After a use: whoever signed in with an account knows its password, so a new one and a test have to follow, made by
//! somebody else. No account repairs itself, and none sets up: that it is somebody else is seen to there.

use std::collections::BTreeSet;

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::plan::Method;
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
    let followed = followed(case, slot).filter(|f| f.used.kind == UseKind::Unauthorized)?;
    let is_over = matches!(followed.by, By::Test { .. }) && left_of_misuse(case, slot, followed).is_none();
    (!is_over).then_some(followed)
}

/// What a misuse calls for beside a new password and a test, as long as it is not done.
fn left_of_misuse(case: &Case<'_>, slot: Slot, followed: &Followed) -> Option<&'static str> {
    let keys = case.plan.account(slot).filter(|account| account.method == Method::SecurityKey);
    let old = keys.is_some_and(|account| (0..account.keys.len()).any(|key| !followed.keys.contains(&key)));
    let told = case.attested(&CheckId::UseIncident.of(slot));
    match (old && !case.is_by_hand(), told) {
        (true, _) => Some("a key from before still signs in"),
        (false, false) => Some("what happened is not written down"),
        (false, true) => None,
    }
}

/// Keys of the plan that were registered since the last use nobody allowed.
pub(in crate::steps) fn keys_since<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a BTreeSet<usize>> {
    followed(case, slot).filter(|f| f.used.kind == UseKind::Unauthorized).map(|followed| &followed.keys)
}

/// What has followed the last use, where there was one.
pub(in crate::steps) fn check(case: &Case<'_>, slot: Slot) -> Option<Finding> {
    let followed = followed(case, slot)?;
    Some(report(CheckId::UseRotated, Ok(seen(case, slot, followed))).of(slot))
}

fn seen(case: &Case<'_>, slot: Slot, followed: &Followed) -> Seen {
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
        By::Test { slip }
            if followed.used.kind == UseKind::Unauthorized
                && let Some(left) = left_of_misuse(case, slot, followed) =>
        {
            fail(format!(
                "used on {day} {how}; slip {slip} is new since, and tested, but {left}: breakglass repair \
                 unauthorized-use --account {}",
                slot.key()
            ))
        }
        By::Test { slip } => pass(format!("used on {day} {how}; slip {slip} is new since, and tested")),
    }
}
