//! Sign-in and audit logs: newest first, and only what has had time to arrive.

use serde_json::Value;

use super::request::{Outcome, Request, unknown};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::state::model::Logged;
use crate::rehearsal::state::world::World;

/// Both logs.
pub fn route(world: &World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["auditLogs", "signIns"]) => {
            if !world.state().licence.has_p1() {
                let message = "Neither tenant is B2C or tenant doesn't have premium license";
                return Err(Refusal::new(
                    403,
                    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                    message,
                ));
            }
            list(ask, arrived(&world.state().sign_ins, world.now), "auditLogs/signIns")
        }
        ("get", ["auditLogs", "directoryAudits"]) => {
            list(ask, arrived(&world.state().audits, world.now), "auditLogs/directoryAudits")
        }
        _ => Err(unknown(ask)),
    }
}

fn arrived(log: &[Logged], now: i64) -> Vec<Value> {
    log.iter().rev().filter(|line| line.visible_at <= now).map(|line| line.body.clone()).collect()
}

fn list(ask: &Request<'_>, items: Vec<Value>, context: &'static str) -> Outcome {
    listed(ask.call, Listing { items, context, page: 1000, properties: &[] })
}
