//! Sign-in and audit logs: newest first, only what has had time to arrive, and nothing that is older than the log.
//!
//! Lines are copied only where they pass the filter, and sign-ins of other people are made up only where they do: a log may
//! be long.

use serde_json::Value;

use super::foreign;
use super::request::{Outcome, Request, unknown};
use crate::rehearsal::http::filter::Filter;
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::state::model::{Licence, Logged};
use crate::rehearsal::state::time::DAY;
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
            let passes = filter(ask);
            let mut lines = kept(world, &world.state().sign_ins, &passes);
            lines.extend(foreign::sign_ins(world, days(world.state().licence), &passes));
            list(ask, lines, "auditLogs/signIns")
        }
        ("get", ["auditLogs", "directoryAudits"]) => {
            list(ask, kept(world, &world.state().audits, &filter(ask)), "auditLogs/directoryAudits")
        }
        _ => Err(unknown(ask)),
    }
}

/// Days of the calendar that a log goes back; the numbers are UNVERIFIED (contract 9).
fn days(licence: Licence) -> i64 {
    if licence.has_p1() { 30 } else { 7 }
}

/// What a line must be like; a filter that is none is refused where the list is made.
fn filter(ask: &Request<'_>) -> impl Fn(&Value) -> bool {
    let filter = ask.call.query("$filter").and_then(Filter::parse);
    move |line| filter.as_ref().is_none_or(|filter| filter.matches(line))
}

fn kept(world: &World, log: &[Logged], passes: &impl Fn(&Value) -> bool) -> Vec<Value> {
    let since = world.now - days(world.state().licence) * DAY;
    let there = log.iter().rev().filter(|line| line.visible_at <= world.now && line.happened_at >= since);
    there.filter(|line| passes(&line.body)).map(|line| line.body.clone()).collect()
}

fn list(ask: &Request<'_>, items: Vec<Value>, context: &'static str) -> Outcome {
    listed(ask.call, Listing { items, context, page: 1000, properties: &[] })
}
