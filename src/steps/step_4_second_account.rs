//! Step 4: the second account itself, and any further one: step 1 again for every slot but the first. Their second factors
//! and their role come with those of the first, in steps 3 and 2.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::steps::shared::account;
use crate::steps::shared::look::other_slots;

/// What is true of the other accounts.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let slots = other_slots(case);
    if slots.is_empty() {
        let alone = "the plan names one account only; two are the least";
        return vec![Finding::new(CheckId::AccountExists, Verdict::NeedsPerson, alone).of(Slot::new(1))];
    }
    account::checks_for(case, &slots)
}

/// What can be written for the other accounts now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    account::actions_for(case, &other_slots(case))
}

/// Nothing here needs a person.
pub fn asks(_: &Case<'_>) -> Vec<Ask> {
    Vec::new()
}

/// What stops one of them from being made here.
pub fn trouble(case: &Case<'_>) -> Option<Trouble> {
    account::trouble_for(case, &other_slots(case))
}
