//! Step 2: Global Administrator for every account, the last of what is done to them: an account is an open door until it
//! is excluded and has its keys.
//!
//! What counts as held stands in `shared::role`.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::look::every_slot;
use crate::steps::shared::role;

/// Whether the accounts hold the role.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    role::checks_for(case, &every_slot(case))
}

/// The assignment for each account.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    role::actions_for(case, &every_slot(case))
}

/// Nothing here needs a person.
pub fn asks(_: &Case<'_>) -> Vec<Ask> {
    Vec::new()
}

/// The step to do first, where the plan lets the role wait for proof.
pub fn comes_first(case: &Case<'_>) -> Option<StepId> {
    role::waits_for(case, &every_slot(case))
}
