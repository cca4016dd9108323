//! Azure Resource Manager and Log Analytics of the simulated tenant.

use super::call::{Call, Reply};
use super::errors::Refusal;
use super::world::World;

/// Answers everything below `/arm`.
pub fn answer(_world: &mut World, _call: &Call) -> Reply {
    Refusal::new(404, "NotFound", "not yet").as_arm()
}

/// Answers everything below `/logs`.
pub fn answer_logs(_world: &mut World, _call: &Call) -> Reply {
    Refusal::new(404, "NotFound", "not yet").as_arm()
}
