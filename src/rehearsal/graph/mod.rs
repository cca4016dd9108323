//! Microsoft Graph v1.0 of the simulated tenant: the checks every call passes, then one module per area.
//!
//! Every answer carries `request-id` and `client-request-id`; every refusal repeats them in its body.

mod batch;
mod deleted_users;
mod groups;
mod logs;
mod method_policies;
mod methods;
mod organization;
mod policies;
mod roles;
mod schedules;
mod units;
mod user_checks;
mod users;
mod what_if;

use serde_json::Value;

pub use policies::empty_policy;

use super::access;
use super::call::{Call, Object, Reply};
use super::errors::{Ids, Refusal};
use super::hashing::new_id;
use super::limits::REPORT_WINDOW;
use super::sign_in::Resource;
use super::tokens::{self, Caller};
use super::world::World;

/// A call whose caller is known and allowed.
pub struct Ask<'a> {
    pub call: &'a Call,
    pub caller: &'a Caller,
    /// Lower-case method.
    pub verb: &'a str,
    /// Path segments below the version.
    pub path: &'a [&'a str],
}

type Outcome = Result<Reply, Refusal>;

/// Answers everything below `/graph`.
pub fn answer(world: &mut World, call: &Call) -> Reply {
    let ids = ids(world, call.header("client-request-id"));
    let known = tokens::caller(world, call.header("authorization"), Resource::Graph);
    let outcome = known.and_then(|caller| versioned(world, call, &caller));
    let reply = outcome.unwrap_or_else(|refusal| refusal.as_graph(&ids));
    reply.with("request-id", &ids.request).with("client-request-id", &ids.client)
}

/// Ids for a refusal nobody asked Graph for.
pub fn fresh_ids(world: &World) -> Ids {
    ids(world, None)
}

fn ids(world: &World, client: Option<&str>) -> Ids {
    let stamp = world.stamp();
    let date = stamp.get(..19).unwrap_or(&stamp).to_owned();
    Ids { request: new_id(), client: client.map_or_else(new_id, str::to_owned), date }
}

fn versioned(world: &mut World, call: &Call, caller: &Caller) -> Outcome {
    let Some(rest) = call.path.strip_prefix("/v1.0/") else {
        return Err(Refusal::new(400, "BadRequest", "Invalid version."));
    };
    let below = Call { path: format!("/{rest}"), prefix: format!("{}/v1.0", call.prefix), ..call.clone() };
    if rest.trim_end_matches('/') == "$batch" {
        return batch::all(world, &below, caller);
    }
    one(world, &below, caller)
}

/// One call, from a request or out of a batch.
fn one(world: &mut World, call: &Call, caller: &Caller) -> Outcome {
    throttled(world, call)?;
    access::check(world, call, caller)?;
    let call = &spelled_out(call, caller);
    let segments = call.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let verb = call.method.to_lowercase();
    routed(world, &Ask { call, caller, verb: &verb, path: &path })
}

/// `/me` is the caller's own user.
fn spelled_out(call: &Call, caller: &Caller) -> Call {
    match call.path.strip_prefix("/me") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            Call { path: format!("/users/{}{rest}", caller.id), ..call.clone() }
        }
        Some(_) | None => call.clone(),
    }
}

fn throttled(world: &mut World, call: &Call) -> Result<(), Refusal> {
    let path = call.path.to_lowercase();
    if path.starts_with("/identity/conditionalaccess") {
        let second = world.real(1);
        return world.limits.conditional_access(second);
    }
    if path.starts_with("/auditlogs") || path.starts_with("/users/") && path.contains("/authentication/") {
        let window = world.real(REPORT_WINDOW);
        return world.limits.reports(window);
    }
    Ok(())
}

fn routed(world: &mut World, ask: &Ask<'_>) -> Outcome {
    units::guarded(world, ask)?;
    match ask.path {
        ["organization" | "domains" | "subscribedSkus", ..] => organization::route(world, ask),
        ["users", _, "authentication", ..] | ["reports", ..] => methods::route(world, ask),
        ["users", ..] => users::route(world, ask),
        ["directory", "deletedItems", ..] => deleted_users::route(world, ask),
        ["groups" | "directory", ..] => groups::route(world, ask),
        ["directoryObjects", "getByIds"] => groups::by_ids(world, ask),
        ["roleManagement", "directory", first, ..] if first.contains("Schedule") => {
            schedules::route(world, ask)
        }
        ["roleManagement", ..] => roles::route(world, ask),
        ["policies", "roleManagementPolicyAssignments"] => schedules::rules(world, ask),
        ["identity", "conditionalAccess", "evaluate"] => what_if::evaluate(world, ask),
        ["identity" | "policies", ..] => policies::route(world, ask),
        ["auditLogs", ..] => logs::route(world, ask),
        _ => Err(unknown(ask)),
    }
}

/// 400 for what is not known here.
fn unknown(ask: &Ask<'_>) -> Refusal {
    Refusal::unknown_segment(ask.path.last().copied().unwrap_or_default())
}

/// 400 where a body names a property the type does not have.
fn only_known(body: &Object, known: &[&str]) -> Result<(), Refusal> {
    let stranger = |name: &&String| {
        !name.starts_with('@')
            && !name.contains("@odata.")
            && !known.iter().any(|one| one.eq_ignore_ascii_case(name))
    };
    match body.keys().find(stranger) {
        Some(name) => Err(Refusal::bad_request(format!("Invalid property '{name}'."))),
        None => Ok(()),
    }
}

/// The same object with property names in their official case; Graph reads names without case.
fn official(body: Object, known: &[&str]) -> Object {
    let name = |key: String| {
        known.iter().find(|one| one.eq_ignore_ascii_case(&key)).map_or(key, |one| (*one).to_owned())
    };
    body.into_iter().map(|(key, value)| (name(key), value)).collect()
}

/// The id at the end of an `@odata.id` or `@odata.bind` address of this very tenant.
fn referenced(call: &Call, address: &Value) -> Result<String, Refusal> {
    let text = address.as_str().unwrap_or_default();
    let ours = text.starts_with("https://graph.microsoft.com/v1.0/")
        || text.starts_with(&format!("{}{}/", call.origin, call.prefix));
    let id = text.rsplit('/').next().filter(|id| ours && id.parse::<uuid::Uuid>().is_ok());
    id.map(str::to_owned).ok_or_else(|| Refusal::bad_request("Invalid URL format specified in @odata.bind."))
}
