//! The safes: how they are laid out, where they stand, what they withstand, who keeps them. Envelopes in one safe share its
//! place; each has keepers of its own.

use super::words::proof;
use super::{Decision, Field, line};
use crate::domain::plan::{Layout, Plan};

/// The words for a layout, in which it is chosen.
pub(super) fn layout_words(layout: Layout) -> &'static str {
    match layout {
        Layout::TwoSafes => "two safes",
        Layout::TwoEnvelopes => "two safes with two envelopes each",
        Layout::FourSafes => "four safes",
    }
}

/// What a layout means.
pub(super) fn layout_meaning(layout: Layout) -> &'static str {
    match layout {
        Layout::TwoSafes => {
            "password and PIN of an account in one, its keys in the other: a fire in either takes part of both accounts"
        }
        Layout::TwoEnvelopes => {
            "an account in each, its keys in an envelope of another person: a fire leaves one whole account"
        }
        Layout::FourSafes => {
            "two sites, an account at each, its keys in a safe of their own: a fire leaves one whole account"
        }
    }
}

/// The layout, and each safe in it.
pub(super) fn decisions(plan: &Plan) -> Vec<Decision> {
    let layout = match Layout::of(plan) {
        Some(layout) => layout_words(layout).to_owned(),
        None => format!("{} safes in a layout of your own", plan.safes.len()),
    };
    let mut list = vec![line(Field::Layout, "Safes", layout, "safes")];
    for (i, safe) in plan.safes.iter().enumerate() {
        if is_first(plan, i) {
            let named = |what: &str| format!("Safe {}: {what}", safe.body());
            list.push(line(Field::Place(i), &named("place"), safe.place.clone(), "safes"));
            let proof = proof(safe);
            list.push(line(Field::Proof(i), &named("withstands"), proof, "safes"));
        }
        let what = if safe.within.is_some() { "Envelope" } else { "Safe" };
        let named = |who: &str| format!("{what} {}: {who}", safe.name);
        let keeper = line(Field::Keeper(i), &named("custodian"), plan.keeper_of(i).to_owned(), "custodians");
        list.push(if is_asked(plan, i) { keeper } else { keeper.optional() });
        let deputy = line(Field::Deputy(i), &named("deputy"), safe.deputy.clone(), "custodians");
        list.push(deputy.optional());
    }
    list
}

/// Whether a safe is the first of the envelopes in it; an own safe always is.
fn is_first(plan: &Plan, index: usize) -> bool {
    let body = plan.safes[index].body();
    plan.safes.iter().position(|safe| safe.body() == body) == Some(index)
}

/// Whether somebody has to keep it: a password of nobody's charge lies there, or it is an envelope, which is somebody's.
fn is_asked(plan: &Plan, index: usize) -> bool {
    let safe = &plan.safes[index];
    let is_blank = |account: &crate::domain::plan::Account| account.custodian.trim().is_empty();
    safe.within.is_some() || plan.accounts.iter().any(|one| one.safe == safe.name && is_blank(one))
}

/// Lays the plan out as `text` says.
pub(super) fn set_layout(plan: &mut Plan, text: &str) -> Result<(), String> {
    let words = Layout::ALL.map(|layout| (layout_words(layout), layout));
    super::typed::word(text, &words)?.arrange(plan);
    Ok(())
}

/// Changes one decision about a safe, or says what is wrong with the answer.
pub(super) fn set(plan: &mut Plan, field: Field, text: &str) {
    match field {
        Field::Place(i) => of_body(plan, i, |safe| text.clone_into(&mut safe.place)),
        Field::Proof(i) => of_body(plan, i, |safe| {
            (safe.fireproof, safe.waterproof) = (text.contains("fire"), text.contains("water"));
        }),
        Field::Keeper(i) => set_keeper(plan, i, text),
        Field::Deputy(i) => text.clone_into(&mut plan.safes[i].deputy),
        _ => {}
    }
}

/// Changes every envelope of the safe that number `index` lies in.
fn of_body(plan: &mut Plan, index: usize, change: impl Fn(&mut crate::domain::plan::Safe)) {
    let body = plan.safes[index].body().to_owned();
    plan.safes.iter_mut().filter(|safe| safe.body() == body).for_each(change);
}

/// Whoever keeps a safe has charge of the passwords in it.
fn set_keeper(plan: &mut Plan, index: usize, keeper: &str) {
    keeper.clone_into(&mut plan.safes[index].custodian);
    for account in 0..plan.accounts.len() {
        plan.follow_safe(account);
    }
}
