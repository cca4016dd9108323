//! The halves of a password that two people keep, as far as they say something about its slip.

use crate::domain::check::case::Case;
use crate::domain::record::{Half, HalfSlip, Slip, SlipState};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, fail};

/// What is missing where nothing was made yet: with two people, both of them.
pub(in crate::steps) fn none_yet(case: &Case<'_>, slot: Slot) -> String {
    let planned = case.plan.account(slot);
    match planned.filter(|account| account.second_half.is_some()) {
        Some(account) => format!(
            "there is no slip yet: {} and then {} have to come to this console, and each types back their own half",
            case.plan.custodian_of(account, Half::A),
            case.plan.custodian_of(account, Half::B)
        ),
        None => "there is no slip yet".to_owned(),
    }
}

/// What is wrong with a slip because of its halves: one is missing, or the plan wants it for another number of people.
pub(in crate::steps) fn wrong(case: &Case<'_>, slip: &Slip) -> Option<Seen> {
    let planned = case.plan.account(slip.slot)?.second_half.is_some();
    match (slip.state, slip.halves.as_slice(), planned) {
        (SlipState::Made, [only], _) => Some(fail(format!(
            "only half {} of slip {} was typed back, so its password counts as lost",
            only.half.name(),
            slip.number
        ))),
        (SlipState::Confirmed, [], true) => Some(fail(format!(
            "slip {} holds the whole password, and the plan wants two halves",
            slip.number
        ))),
        (SlipState::Confirmed, [_, ..], false) => {
            Some(fail(format!("slip {} is in two halves, and the plan wants one person for it", slip.number)))
        }
        _ => None,
    }
}

/// The halves of a slip with their custodians, for a sentence about it.
pub(in crate::steps) fn words(slip: &Slip) -> String {
    let half = |half: &HalfSlip| format!("half {} by {}", half.half.name(), half.custodian);
    match slip.halves.iter().map(half).collect::<Vec<_>>().join(", ") {
        halves if halves.is_empty() => halves,
        halves => format!(" ({halves})"),
    }
}
