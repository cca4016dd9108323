//! Microsoft Graph v1.0 of the simulated tenant: the checks every call passes, then one module per area.
//!
//! Every answer carries `request-id` and `client-request-id`; every refusal repeats them in its body.

use super::request::{Outcome, ids};
use super::{batch, routes};
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::apps::Resource;
use crate::rehearsal::identity::tokens;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::world::World;

/// Answers everything below `/graph`.
pub fn answer(world: &mut World, call: &Call) -> Reply {
    let ids = ids(world, call.header("client-request-id"));
    let known = tokens::caller(world, call.header("authorization"), Resource::Graph);
    let outcome = known.and_then(|caller| versioned(world, call, &caller));
    let reply = outcome.unwrap_or_else(|refusal| refusal.as_graph(&ids));
    reply.with("request-id", &ids.request).with("client-request-id", &ids.client)
}

fn versioned(world: &mut World, call: &Call, caller: &Caller) -> Outcome {
    let Some(rest) = call.path.strip_prefix("/v1.0/") else {
        return Err(Refusal::new(400, "BadRequest", "Invalid version."));
    };
    let below = Call { path: format!("/{rest}"), prefix: format!("{}/v1.0", call.prefix), ..call.clone() };
    if rest.trim_end_matches('/') == "$batch" {
        return batch::all(world, &below, caller);
    }
    routes::one(world, &below, caller)
}
