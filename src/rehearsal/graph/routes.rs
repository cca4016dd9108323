//! Which area of Graph answers a call, after the checks that every call passes: throttles, scopes, roles.
//!
//! A call from a batch comes here like any other.

use super::request::{Outcome, Request, unknown};
use super::{
    access, deleted_users, groups, logs, method_policies, methods, organization, policies, risky_users,
    roles, schedules, units, users, what_if,
};
use crate::rehearsal::faults::throttling::REPORT_WINDOW;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::world::World;

/// One call, from a request or out of a batch.
pub fn one(world: &mut World, call: &Call, caller: &Caller) -> Outcome {
    throttled(world, call)?;
    access::check(world, call, caller)?;
    let call = &spelled_out(call, caller);
    let segments = call.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let verb = call.method.to_lowercase();
    routed(world, &Request { call, caller, verb: &verb, path: &path })
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
    // Risky users count among the requests about Conditional Access (throttling.md).
    if path.starts_with("/identity/conditionalaccess") || path.starts_with("/identityprotection") {
        let second = world.real(1);
        return world.limits.conditional_access(second);
    }
    if path.starts_with("/auditlogs") || path.starts_with("/users/") && path.contains("/authentication/") {
        let window = world.real(REPORT_WINDOW);
        return world.limits.reports(window);
    }
    Ok(())
}

fn routed(world: &mut World, ask: &Request<'_>) -> Outcome {
    units::guarded(world, ask)?;
    match ask.path {
        ["organization" | "domains" | "subscribedSkus", ..] => organization::route(world, ask),
        ["users", _, "authentication", ..] | ["reports", ..] => methods::route(world, ask),
        ["users", ..] => users::route(world, ask),
        ["directory", "deletedItems", ..] => deleted_users::route(world, ask),
        ["directory", "administrativeUnits", ..] => units::route(world, ask),
        ["groups" | "directory", ..] => groups::route(world, ask),
        ["directoryObjects", "getByIds"] => groups::by_ids(world, ask),
        ["roleManagement", "directory", first, ..] if first.contains("Schedule") => {
            schedules::route(world, ask)
        }
        ["roleManagement", ..] => roles::route(world, ask),
        ["policies", "roleManagementPolicyAssignments"] => schedules::rules(world, ask),
        ["identity", "conditionalAccess", "evaluate"] => what_if::evaluate(world, ask),
        ["policies", "authenticationMethodsPolicy", ..] => method_policies::route(world, ask),
        ["identity" | "policies", ..] => policies::route(world, ask),
        ["auditLogs", ..] => logs::route(world, ask),
        ["identityProtection", ..] => risky_users::route(world, ask),
        _ => Err(unknown(ask)),
    }
}
