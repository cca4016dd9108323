//! Azure Resource Manager and Log Analytics: the checks every call passes, then one module per provider.
//!
//! Known resource types need an `api-version` they know, a token for the right audience, rights in the subscription,
//! and for writes a second factor, as Azure demands of people since its mandatory MFA.

use super::request::{Outcome, Request, nothing_here};
use super::{aadiam, alerts, logs, monitor, resources, rights};
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::apps::Resource;
use crate::rehearsal::identity::tokens;
use crate::rehearsal::state::world::World;

/// Versions this tenant answers: those of the contract, and those that the Azure CLI sends today, by the lower-case
/// words a path must contain; the first match counts.
const VERSIONS: &[(&str, &[&str])] = &[
    ("microsoft.aadiam", &["2017-04-01"]),
    ("actiongroups", &["2023-01-01", "2024-10-01-preview", "2026-09-01"]),
    ("scheduledqueryrules", &["2023-12-01", "2026-03-01"]),
    ("microsoft.alertsmanagement/alerts", &["2019-03-01"]),
    // Not in Microsoft's descriptions at hand (contract 16, UNVERIFIED).
    ("microsoft.alertsmanagement/actionrules", &["2021-08-08"]),
    ("microsoft.authorization", &["2022-04-01", "2022-05-01-preview"]),
    ("microsoft.operationalinsights/workspaces", &["2025-02-01", "2025-07-01"]),
    ("microsoft.operationalinsights/operationstatuses", &["2025-02-01", "2025-07-01"]),
    ("resourcegroups", &["2021-04-01", "2024-11-01", "2025-04-01"]),
    ("/providers", &["2021-04-01", "2024-11-01", "2025-04-01"]),
    ("subscriptions", &["2022-12-01"]),
    ("tenants", &["2022-12-01"]),
];

/// Answers everything below `/arm`.
pub fn answer(world: &mut World, call: &Call) -> Reply {
    known(world, call).unwrap_or_else(|refusal| refusal.as_arm())
}

/// Answers everything below `/logs`.
pub fn answer_logs(world: &mut World, call: &Call) -> Reply {
    let caller = tokens::caller(world, call.header("authorization"), Resource::Logs);
    caller.and_then(|caller| logs::query(world, call, &caller)).unwrap_or_else(|refusal| refusal.as_arm())
}

fn known(world: &mut World, call: &Call) -> Outcome {
    let caller = tokens::caller(world, call.header("authorization"), Resource::Arm).map_err(in_arms_words)?;
    check_version(call)?;
    let names = call.segments();
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    let verb = call.method.to_lowercase();
    if verb != "get" && !caller.app_only && !caller.strong {
        let message =
            "Resource was disallowed by Azure: it cannot be changed without authenticating through MFA.";
        return Err(Refusal::new(403, "RequestDisallowedByAzure", message));
    }
    routed(world, &Request { call, caller: &caller, verb: &verb, path: &path, names: &names })
}

fn in_arms_words(refusal: Refusal) -> Refusal {
    Refusal { code: "InvalidAuthenticationToken".to_owned(), ..refusal }
}

fn check_version(call: &Call) -> Result<(), Refusal> {
    let Some(version) = call.query("api-version").filter(|version| !version.is_empty()) else {
        let message = "The api-version query parameter (?api-version=) is required for all requests.";
        return Err(Refusal::new(400, "MissingApiVersionParameter", message));
    };
    let path = call.path.to_lowercase();
    let known = VERSIONS.iter().find(|(words, _)| path.contains(words));
    if known.is_none_or(|(_, versions)| versions.contains(&version)) {
        return Ok(());
    }
    let message = format!("The api-version '{version}' is invalid.");
    Err(Refusal::new(400, "InvalidApiVersionParameter", message))
}

fn routed(world: &mut World, ask: &Request<'_>) -> Outcome {
    match ask.path {
        ["subscriptions" | "tenants"] => resources::lists(world, ask),
        ["providers", "microsoft.aadiam", "diagnosticsettings", ..] => aadiam::route(world, ask),
        ["subscriptions", subscription, rest @ ..] => {
            may_enter(world, ask, subscription)?;
            within(world, ask, rest)
        }
        _ => Err(nothing_here(ask)),
    }
}

fn within(world: &mut World, ask: &Request<'_>, rest: &[&str]) -> Outcome {
    match rest {
        ["providers", "microsoft.alertsmanagement", "alerts", ..] => alerts::route(world, ask),
        ["providers", "microsoft.alertsmanagement", "actionrules"] => alerts::processing_rules(world, ask),
        ["resourcegroups", _, "providers", "microsoft.insights", ..]
        | ["providers", "microsoft.insights", "actiongroups" | "scheduledqueryrules"] => {
            monitor::route(world, ask)
        }
        _ => resources::route(world, ask),
    }
}

/// The subscription must exist, and the caller must have the right.
fn may_enter(world: &World, ask: &Request<'_>, subscription: &str) -> Result<(), Refusal> {
    if world.state().azure.subscription.as_deref() != Some(subscription) {
        let message = format!("The subscription '{subscription}' could not be found.");
        return Err(Refusal::new(404, "SubscriptionNotFound", message));
    }
    rights::check(world, ask)
}
