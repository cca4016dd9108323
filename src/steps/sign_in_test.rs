//! Step 9.
use crate::domain::{action::Action, ask::Ask, case::Case, finding::Finding};
/// Checks.
pub fn checks(_: &Case<'_>) -> Vec<Finding> {
    Vec::new()
}
/// Actions.
pub fn actions(_: &Case<'_>) -> Vec<Action> {
    Vec::new()
}
/// Asks.
pub fn asks(_: &Case<'_>) -> Vec<Ask> {
    Vec::new()
}
