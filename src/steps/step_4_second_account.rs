//! Step 4: the second account, and any further one: steps 1 to 3 again for every slot but the first.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::look::other_slots;
use crate::steps::shared::{account, role, second_factor};

/// What is true of the other accounts.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let slots = other_slots(case);
    if slots.is_empty() {
        let alone = "the plan names one account only; two are the least";
        return vec![Finding::new(CheckId::AccountExists, Verdict::NeedsPerson, alone).of(Slot::new(1))];
    }
    let steps = [account::checks_for, role::checks_for, second_factor::checks_for];
    steps.into_iter().flat_map(|checks| checks(case, &slots)).collect()
}

/// What can be written for the other accounts now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    let slots = other_slots(case);
    let steps = [account::actions_for, role::actions_for, second_factor::actions_for];
    steps.into_iter().flat_map(|actions| actions(case, &slots)).collect()
}

/// What a person has to do for the other accounts.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    second_factor::asks_for(case, &other_slots(case))
}

/// The step to do first, where a policy stops a registration.
pub fn comes_first(case: &Case<'_>) -> Option<StepId> {
    second_factor::waits_for(case, &other_slots(case))
}

/// What stops one of them from being made here.
pub fn trouble(case: &Case<'_>) -> Option<Trouble> {
    account::trouble_for(case, &other_slots(case))
}
