//! Step 1: the first account itself, created or adopted, and put right.
//!
//! Whatever is done for an account of any slot stands in `shared::account`.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::steps::shared::account;
use crate::steps::shared::look::first_slot;

/// What is true of the first account.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    account::checks_for(case, &first_slot(case))
}

/// What can be written for the first account now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    account::actions_for(case, &first_slot(case))
}

/// Nothing here needs a person.
pub fn asks(_: &Case<'_>) -> Vec<Ask> {
    Vec::new()
}

/// What stops the first account from being made here.
pub fn trouble(case: &Case<'_>) -> Option<Trouble> {
    account::trouble_for(case, &first_slot(case))
}
