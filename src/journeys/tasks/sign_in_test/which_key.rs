//! Which of several keys a sign-in test is made with: no token tells it, so whoever tests is asked before.

use crate::domain::facts::Registered;
use crate::domain::mark::Mark;
use crate::domain::slot::Slot;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::sign_in_test::Msg;
use crate::steps;

/// The registered keys of the plan, by their places, where there is more than one method that a sign-in may use.
pub(super) fn choices(desk: &Desk, slot: Slot) -> Vec<(usize, &Registered)> {
    let kept = desk.facts().methods_of(slot).filter(|method| method.kind.is_kept());
    match kept.count() {
        0 | 1 => Vec::new(),
        _ => steps::planned_keys(&desk.case(), slot),
    }
}

/// Without a person: a simulated one takes the key that has waited longest, the first of several; elsewhere nobody's word is
/// made up.
pub(super) fn unattended(desk: &Desk, slot: Slot) -> Option<String> {
    let last = |id: &str| {
        let keys = steps::keys_tried(&desk.case(), slot);
        keys.iter().find(|key| key.id == id).and_then(|key| key.last)
    };
    let offered = choices(desk, slot).into_iter().map(|(_, key)| key.id.clone());
    let first = offered.min_by_key(|id| last(id));
    first.filter(|_| matches!(desk.session.mark, Mark::Rehearsal | Mark::Exercise))
}

/// The question.
pub(super) fn which_key(desk: &Desk, slot: Slot, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "Several methods open this account, and a test proves the one that it uses, no other. Which key do you sign in \
         with? The record keeps it beside your name."
            .to_owned(),
    ));
    let digits = ('1'..='9').zip(choices(desk, slot));
    screen.choices.extend(digits.map(|(digit, (place, key))| {
        let label = format!("I use {}", desk.plan().key_name(slot, place));
        Choice::safe(digit, label, Msg::With(Some(key.id.clone())))
    }));
    screen.choices.push(Choice::safe('n', "Another one, or I cannot say", Msg::With(None)));
    screen.choices.push(Choice::back("Back", Msg::Back));
}
