//! Keys in a repair: one that does not work, or all of them after a misuse. A new key is registered first; the old one
//! is removed afterwards, and in the first case only when a sign-in has proved the new one.

use std::collections::BTreeSet;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::repair::{RepairCase, Repairing};
use crate::domain::facts::Registered;
use crate::domain::plan::Method;
use crate::domain::record::SlipKind;
use crate::domain::write::action::Action;
use crate::steps::repair::progress::{has_new_slip, is_tested};
use crate::steps::shared::look::{Look, Seen, fail, listed, needs_person, pass, read, report};
use crate::steps::shared::{registered, second_factor, uses};

/// What is true of the account's second factor, and whether the keys concerned are new.
pub(super) fn checks(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    let mut findings = second_factor::slot_checks(case, at.slot);
    if at.case == RepairCase::KeyFails {
        findings.retain(|finding| finding.check != CheckId::MethodPhone);
    }
    // A misuse has shown the slips of the PINs already.
    findings.retain(|finding| finding.check != CheckId::MethodPinSlip || at.case == RepairCase::KeyFails);
    if registered::method(case, at.slot) == Method::SecurityKey {
        findings.insert(0, report(CheckId::RepairKey, new_keys(case, at)).of(at.slot));
    }
    findings
}

/// The keys concerned, as places in the plan.
fn concerned(case: &Case<'_>, at: &Repairing) -> Vec<usize> {
    let planned = case.plan.account(at.slot).map_or(0, |account| account.keys.len());
    match at.case {
        RepairCase::Misuse => (0..planned).collect(),
        _ => at.key.into_iter().filter(|key| *key < planned).collect(),
    }
}

/// Whether another key stands in the place of this one than before.
fn is_new(case: &Case<'_>, at: &Repairing, key: usize) -> bool {
    if at.case == RepairCase::Misuse {
        return uses::keys_since(case, at.slot).is_some_and(|keys| keys.contains(&key));
    }
    let now = registered::planned_key(case, at.slot, key).map(|method| &method.id);
    let before = at.before.as_ref().and_then(|before| before.key.as_ref());
    at.before.is_some() && now.is_some() && now != before
}

/// Whether every key concerned is new.
pub(super) fn is_replaced(case: &Case<'_>, at: &Repairing) -> bool {
    concerned(case, at).into_iter().all(|key| is_new(case, at, key))
}

fn new_keys(case: &Case<'_>, at: &Repairing) -> Look<Seen> {
    read(&case.facts.methods)?;
    let names = case.plan.account(at.slot).map(|account| account.keys.as_slice()).unwrap_or_default();
    let old: Vec<&str> = concerned(case, at)
        .into_iter()
        .filter(|key| !is_new(case, at, *key))
        .map(|key| names[key].name.as_str())
        .collect();
    if !old.is_empty() {
        return Ok(fail(format!("to be replaced: {}", listed(&old))));
    }
    let removable: Vec<&str> = old_keys(case, at).into_iter().map(|key| key.name.as_str()).collect();
    Ok(match removable.is_empty() {
        true => pass("replaced, and the old one is removed"),
        false => needs_person(format!("replaced; still to be removed: {}", listed(&removable))),
    })
}

/// Keys that nobody should be able to use any more: none of the plan's, or the one that was replaced.
fn old_keys<'a>(case: &Case<'a>, at: &Repairing) -> Vec<&'a Registered> {
    let mut old = registered::extra_keys(case, at.slot);
    let replaced = at.before.as_ref().and_then(|before| before.key.as_ref());
    if let Some(id) = replaced.filter(|_| at.case == RepairCase::KeyFails && is_replaced(case, at)) {
        old.extend(case.facts.methods_of(at.slot).filter(|method| method.id == *id));
    }
    let mut seen = BTreeSet::new();
    old.retain(|method| seen.insert(method.id.clone()));
    old
}

/// Method policies and passes, and the removal of what must not open the account any more.
pub(super) fn actions(case: &Case<'_>, at: &Repairing) -> Vec<Action> {
    let mut actions = second_factor::actions_for(case, &[at.slot]);
    // Which key goes, and when, is this case's own question.
    actions.retain(|action| !matches!(action, Action::DeleteKey { .. }));
    let may_go = match at.case {
        RepairCase::Misuse => true,
        _ => is_replaced(case, at) && is_tested(case, at),
    };
    let Some(account) = case.facts.account(at.slot).filter(|_| may_go) else { return actions };
    let removal = |key: &Registered| Action::DeleteKey {
        slot: at.slot,
        id: account.id.clone(),
        key: key.id.clone(),
        name: key.name.clone(),
    };
    actions.extend(old_keys(case, at).into_iter().map(removal));
    actions
}

/// For each key concerned a PIN slip of its own, then the registration.
pub(super) fn asks(case: &Case<'_>, at: &Repairing) -> Vec<Ask> {
    let slot = at.slot;
    if registered::method(case, slot) != Method::SecurityKey {
        return Vec::new();
    }
    let can_register = second_factor::can_register(case, slot) && case.facts.cloud.has_pass();
    let mut asks = Vec::new();
    for key in concerned(case, at).into_iter().filter(|key| !is_new(case, at, *key)) {
        match has_new_slip(case, at, SlipKind::Pin { key }) {
            false => asks.push(Ask::MakePinSlip { slot, key }),
            true if can_register => asks.push(Ask::RegisterKey { slot, key }),
            true => {}
        }
    }
    asks
}
