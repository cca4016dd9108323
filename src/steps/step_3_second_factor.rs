//! Step 3: the second factor of every account, and the slip with each key's PIN.
//!
//! What counts as one stands in `shared::second_factor`.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::look::every_slot;
use crate::steps::shared::second_factor;

/// What is true of the accounts' second factors.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    second_factor::checks_for(case, &every_slot(case))
}

/// What can be written for them now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    second_factor::actions_for(case, &every_slot(case))
}

/// What a person has to do for them.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    second_factor::asks_for(case, &every_slot(case))
}

/// The step to do first, where a policy stops the registration.
pub fn comes_first(case: &Case<'_>) -> Option<StepId> {
    second_factor::waits_for(case, &every_slot(case))
}
