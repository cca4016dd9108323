//! A repair where it was left: what is new is there already, and is not to be replaced once more.
//!
//! Nobody has tried it since, or it was proved today. A test that failed says that the new one is no better, and the repair
//! begins anew; so it does when what was new once is named another day.

use std::collections::BTreeSet;

use crate::domain::check::case::Case;
use crate::domain::check::repair::{Before, RepairCase, Repairing, digits};
use crate::domain::record::{Found, SlipKind, Test};
use crate::domain::slot::Slot;
use crate::domain::write::action::ActionKind;
use crate::domain::write::reconciled::reconciled;
use crate::steps::repair::phone;
use crate::steps::shared::keys_tried;

/// The repair where an earlier run has left it; `None` where it begins anew.
pub fn resumed(case: &Case<'_>, at: &Repairing) -> Option<Repairing> {
    match at.case {
        RepairCase::KeyFails => of_a_key(case, at, at.key?),
        RepairCase::LostPhone => of_a_phone(case, at),
        _ => None,
    }
}

/// A new key stands in the place of one that is still registered.
fn of_a_key(case: &Case<'_>, at: &Repairing, key: usize) -> Option<Repairing> {
    let old = case.evidence.replaced.get(&(at.slot, key))?;
    let tests = case.evidence.keys.get(&(at.slot, key))?.tests;
    let still_there = case.facts.methods_of(at.slot).any(|method| method.id == *old);
    let proof = keys_tried::opened(case, at.slot, key).last();
    let slip = case.evidence.slip(at.slot, SlipKind::Pin { key })?;
    let before = Before { key: Some(old.clone()), numbers: at.before.clone()?.numbers };
    let left = Repairing { since: slip.number, tests, before: Some(before), ..at.clone() };
    (still_there && is_left(case, &left, proof)).then_some(left)
}

/// Another number took the place of the lost one: what is registered is new. A plan that names none of it is from before, and
/// its number is the one that is lost.
fn of_a_phone(case: &Case<'_>, at: &Repairing) -> Option<Repairing> {
    let tests = tests_before(case, at.slot)?;
    let number = digits(phone::planned(case, at.slot)?);
    let mut before = at.before.clone()?;
    let is_there = before.numbers.contains(&number);
    before.numbers = BTreeSet::from_iter((!is_there).then_some(number));
    let left = Repairing { tests, before: Some(before), ..at.clone() };
    let proof = case.evidence.tests_of(at.slot).skip(tests).filter(|test| test.passed).last();
    is_left(case, &left, proof).then_some(left)
}

/// How many tests the account had when its phone was replaced. A write whose answer was not heard is looked up here, before
/// the record has what became of it.
fn tests_before(case: &Case<'_>, slot: Slot) -> Option<usize> {
    let key = ActionKind::ReplacePhone.about(slot.key());
    let is_open = case.evidence.pending.contains_key(&key);
    let is_made = || reconciled(&key, case).is_some_and(|seen| seen.found == Found::Done);
    match is_open && is_made() {
        true => Some(case.evidence.tests_of(slot).count()),
        false => case.evidence.written.phones.get(&slot).copied(),
    }
}

fn is_left(case: &Case<'_>, left: &Repairing, proof: Option<&Test>) -> bool {
    let failed = || case.evidence.tests_of(left.slot).skip(left.tests).any(|test| !test.passed);
    proof.map_or_else(|| !failed(), |test| test.date() == case.today)
}
