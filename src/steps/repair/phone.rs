//! A phone in a repair: another number takes its place in one write; a phone that nobody planned is removed.

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::repair::{Repairing, digits};
use crate::domain::facts::{MethodKind, Registered};
use crate::domain::plan::Method;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::shared::look::{Look, Seen, account, fail, needs_person, pass, read, report};
use crate::steps::shared::second_factor;

/// What is true of the account's second factor, and whether the number is another one.
pub(super) fn checks(case: &Case<'_>, at: &Repairing) -> Vec<Finding> {
    let mut findings = vec![report(CheckId::RepairPhone, replaced(case, at)).of(at.slot)];
    findings.extend(second_factor::slot_checks(case, at.slot));
    findings
}

fn phones<'a>(case: &Case<'a>, slot: Slot) -> Vec<&'a Registered> {
    case.facts.methods_of(slot).filter(|method| method.kind == MethodKind::Phone).collect()
}

/// The number of the plan, where the plan wants a phone.
pub(super) fn planned<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a str> {
    let account = case.plan.account(slot).filter(|account| account.method == Method::Phone)?;
    account.phone.as_ref().map(|phone| phone.number.as_str())
}

fn is_number(phone: &Registered, number: &str) -> bool {
    phone.number.as_deref().is_some_and(|known| digits(known) == digits(number))
}

/// Whether the number is another one than when the repair began.
fn is_other(at: &Repairing, number: &str) -> bool {
    at.before.as_ref().is_some_and(|before| !before.numbers.contains(&digits(number)))
}

fn replaced(case: &Case<'_>, at: &Repairing) -> Look<Seen> {
    account(case, at.slot)?;
    read(&case.facts.methods)?;
    let registered = phones(case, at.slot);
    Ok(match planned(case, at.slot) {
        None if registered.is_empty() => pass("no phone is registered"),
        None => fail("a phone is registered that nobody planned"),
        Some(number) if !is_other(at, number) => {
            needs_person("the plan still has the number that is to be replaced")
        }
        Some(number) if registered.iter().any(|phone| is_number(phone, number)) => {
            pass("the new number is registered")
        }
        Some(_) => fail("the new number is not registered yet"),
    })
}

/// Whether the old number opens nothing any more.
pub(super) fn is_replaced(case: &Case<'_>, at: &Repairing) -> bool {
    replaced(case, at).is_ok_and(|seen| seen.is_pass())
}

/// The new number in the place of the old, or the removal of what is not planned.
pub(super) fn actions(case: &Case<'_>, at: &Repairing) -> Vec<Action> {
    let (slot, number) = (at.slot, planned(case, at.slot));
    let Some(account) = case.facts.account(slot) else { return Vec::new() };
    let Some(number) = number.filter(|number| is_other(at, number)) else { return unplanned(case, slot) };
    let mut actions = second_factor::actions_for(case, &[slot]);
    let others = phones(case, slot).into_iter().filter(|phone| !is_number(phone, number));
    actions.extend(others.map(|phone| Action::ReplacePhone {
        slot,
        id: account.id.clone(),
        phone: phone.id.clone(),
        number: number.to_owned(),
    }));
    actions
}

/// Phones of an account that is to do without one.
pub(super) fn unplanned(case: &Case<'_>, slot: Slot) -> Vec<Action> {
    let wants_phone = case.plan.account(slot).is_none_or(|account| account.method == Method::Phone);
    let Some(account) = case.facts.account(slot).filter(|_| !wants_phone) else { return Vec::new() };
    let removal =
        |phone: &Registered| Action::DeletePhone { slot, id: account.id.clone(), phone: phone.id.clone() };
    phones(case, slot).into_iter().map(removal).collect()
}
