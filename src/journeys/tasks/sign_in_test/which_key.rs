//! Which of several keys a sign-in test is made with: no token tells it, so whoever tests is asked before.

use crate::domain::mark::Mark;
use crate::domain::slot::Slot;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::sign_in_test::Msg;
use crate::steps::{self, Tried};

/// The registered keys of the plan where there is more than one method that a sign-in may use: first those that took the
/// place of another and were not tried yet.
pub(super) fn choices(desk: &Desk, slot: Slot) -> Vec<Tried<'_>> {
    let kept = desk.facts().methods_of(slot).filter(|method| method.kind.is_kept());
    let mut keys = match kept.count() {
        0 | 1 => Vec::new(),
        _ => steps::keys_tried(&desk.case(), slot),
    };
    keys.sort_by_key(|key| !key.is_new);
    keys
}

/// Without a person: a simulated one takes a key that is new, or else the one that has waited longest, the first of several;
/// elsewhere nobody's word is made up.
pub(super) fn unattended(desk: &Desk, slot: Slot) -> Option<String> {
    let first = choices(desk, slot).into_iter().min_by_key(|key| (!key.is_new, key.last));
    let first = first.filter(|_| matches!(desk.session.mark, Mark::Rehearsal | Mark::Exercise));
    first.map(|key| key.id.to_owned())
}

/// The question.
pub(super) fn which_key(desk: &Desk, slot: Slot, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "Several methods open this account, and a test proves the one that it uses, no other. Which key do you sign in \
         with? The record keeps it beside your name."
            .to_owned(),
    ));
    let digits = ('1'..='9').zip(choices(desk, slot));
    screen.choices.extend(digits.map(|(digit, key)| {
        let new = if key.is_new { ", the new one" } else { "" };
        let label = format!("I use {}{new}", desk.plan().key_name(slot, key.place));
        Choice::safe(digit, label, Msg::With(Some(key.id.to_owned())))
    }));
    screen.choices.push(Choice::safe('n', "Another one, or I cannot say", Msg::With(None)));
    screen.choices.push(Choice::back("Back", Msg::Back));
}
