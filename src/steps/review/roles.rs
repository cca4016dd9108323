//! Roles that an account holds beside Global Administrator: none is needed, and each is one more thing that somebody gave.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::around::MembershipKind;
use crate::domain::slot::Slot;
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::steps::review::around;
use crate::steps::shared::look::{Look, Seen, account, every_slot, fail, listed, pass, read, report, same};

/// What is true of the accounts' roles.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    every_slot(case)
        .into_iter()
        .map(|slot| report(CheckId::RoleOthers, others(case, slot)).of(slot))
        .collect()
}

fn others(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    let all = read(&around(case)?.memberships)?;
    let held = all.iter().filter(|one| one.slot == slot && one.kind == MembershipKind::Role);
    let others: Vec<&str> =
        held.filter(|one| !same(&one.id, GLOBAL_ADMINISTRATOR)).map(|one| one.name.as_str()).collect();
    Ok(match others.is_empty() {
        true => pass("no other role"),
        false => fail(format!("also holds {}", listed(&others))).because(Cause::Unplanned),
    })
}
