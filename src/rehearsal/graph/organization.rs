//! The organization, its domains and its licences: read only.

use serde_json::Value;

use super::request::{Outcome, Request, unknown};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::state::world::World;

/// Answers these three lists.
pub fn route(world: &World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["organization"]) => list(ask, vec![world.state().organization.clone()], "organization"),
        ("get", ["domains"]) => list(ask, world.state().domains.clone(), "domains"),
        ("get", ["subscribedSkus"]) => list(ask, world.state().skus.clone(), "subscribedSkus"),
        _ => Err(unknown(ask)),
    }
}

fn list(ask: &Request<'_>, items: Vec<Value>, context: &'static str) -> Outcome {
    listed(ask.call, Listing { items, context, page: 100, properties: &[] })
}
