//! The tenant's own diagnostic settings: where its logs are sent.
//!
//! Written by people with Security Administrator only, never by an app, which may read them where it is a Reader of their
//! provider (contract 15.10, UNVERIFIED); a new setting is listed a few tenant seconds after its 200.

use serde_json::{Value, json};

use super::request::{Outcome, Request, forbidden, is, nothing_here, resource};
use super::resources::need_provider;
use super::rights::{self, Asked};
use crate::rehearsal::graph::access;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::azure::DiagnosticSetting;
use crate::rehearsal::state::world::World;

/// Tenant seconds until a new setting is listed.
const LISTED_AFTER: i64 = 5;
/// More are refused; the number is UNVERIFIED.
const MAX_SETTINGS: usize = 5;
const READERS: &[&str] = &["Security Administrator", "Security Reader", "Global Reader"];

/// What an app does that reads them.
const READING: Asked<'_> =
    Asked { scope: "/providers/microsoft.aadiam", action: "microsoft.aadiam/diagnosticSettings/read" };

/// Answers `/providers/microsoft.aadiam/diagnosticSettings`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    let writing = ask.verb != "get";
    let roles = if writing { &READERS[..1] } else { READERS };
    let may = match ask.caller.app_only {
        true => !writing && rights::may(world, &ask.caller.id, &READING),
        false => access::holds_a_role(world, ask.caller, roles),
    };
    if !may {
        return Err(forbidden(ask));
    }
    match (ask.verb, ask.path) {
        ("get", [_, _, _]) => {
            let all = world.state().azure.diagnostic_settings.iter();
            let shown: Vec<&Value> = all.filter(|one| listed(world, one)).map(|one| &one.body).collect();
            Ok(Reply::json(200, json!({"value": shown})))
        }
        ("get", [_, _, _, _]) => {
            let mut all = world.state().azure.diagnostic_settings.iter();
            let found = all.find(|one| is(&one.body, &ask.call.path) && listed(world, one));
            found.map_or_else(|| Err(nothing_here(ask)), |one| Ok(Reply::json(200, one.body.clone())))
        }
        ("put", [_, _, _, _]) => store_setting(world, ask),
        ("delete", [_, _, _, _]) => {
            world.edit().azure.diagnostic_settings.retain(|one| !is(&one.body, &ask.call.path));
            Ok(Reply::empty(200))
        }
        _ => Err(nothing_here(ask)),
    }
}

fn listed(world: &World, setting: &DiagnosticSetting) -> bool {
    setting.since + world.seconds(LISTED_AFTER) <= world.now
}

fn store_setting(world: &mut World, ask: &Request<'_>) -> Outcome {
    if !world.state().licence.has_p1() {
        return Err(Refusal::new(
            403,
            "Forbidden",
            "The tenant needs Microsoft Entra ID P1 or P2 to export sign-in logs.",
        ));
    }
    let body = ask.call.object()?;
    let asked = body.get("properties").cloned().unwrap_or_default();
    check(world, &asked)?;
    let name = ask.names.last().cloned().unwrap_or_default();
    not_taken(world, &asked, &name)?;
    let id = format!("/providers/microsoft.aadiam/diagnosticSettings/{name}");
    let known =
        world.state().azure.diagnostic_settings.iter().find(|one| is(&one.body, &id)).map(|one| one.since);
    if known.is_none() && world.state().azure.diagnostic_settings.len() >= MAX_SETTINGS {
        return Err(Refusal::new(409, "Conflict", "The limit of diagnostic settings was reached."));
    }
    let body = json!({"id": id, "name": name, "type": "microsoft.aadiam/diagnosticSettings", "location": null,
        "properties": asked});
    let setting = DiagnosticSetting { body: body.clone(), since: known.unwrap_or(world.now) };
    let settings = &mut world.edit().azure.diagnostic_settings;
    settings.retain(|one| !is(&one.body, &id));
    settings.push(setting);
    Ok(Reply::json(200, body))
}

/// A category goes to one place by one setting only.
fn not_taken(world: &World, asked: &Value, name: &str) -> Result<(), Refusal> {
    let on = |properties: &Value| -> Vec<String> {
        let logs = properties["logs"].as_array().into_iter().flatten();
        let on = logs.filter(|log| log["enabled"] == true);
        on.filter_map(|log| log["category"].as_str()).map(str::to_lowercase).collect()
    };
    let sinks = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId"];
    let shares = |other: &Value| {
        sinks.iter().find_map(|sink| {
            let (a, b) = (asked[*sink].as_str()?, other[*sink].as_str()?);
            a.eq_ignore_ascii_case(b).then(|| a.to_owned())
        })
    };
    let others = world.state().azure.diagnostic_settings.iter().map(|one| &one.body);
    for other in
        others.filter(|other| !other["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)))
    {
        let taken = on(&other["properties"]);
        let both = on(asked).into_iter().find(|category| taken.contains(category));
        if let (Some(sink), Some(category)) = (shares(&other["properties"]), both) {
            let message = format!(
                "Data sink '{sink}' is already used in diagnostic setting {} for category '{category}'. Data sinks can't \
                 be reused in different settings on the same category for the same resource.",
                other["name"]
            );
            return Err(Refusal::new(409, "Conflict", message));
        }
    }
    Ok(())
}

fn check(world: &World, asked: &Value) -> Result<(), Refusal> {
    let bad = |message: &str| Err(Refusal::new(400, "BadRequest", message));
    if asked["logs"].as_array().is_none_or(Vec::is_empty) {
        return bad("At least one log category is required.");
    }
    let elsewhere = ["storageAccountId", "eventHubAuthorizationRuleId", "serviceBusRuleId"];
    match asked["workspaceId"].as_str() {
        None if elsewhere.iter().all(|name| !asked[*name].is_string()) => {
            bad("At least one data sink needs to be specified.")
        }
        None => Ok(()),
        Some(workspace) if resource(world, workspace).is_none() => bad("The workspace does not exist."),
        Some(_) => need_provider(world, "Microsoft.Insights").map_err(|_| {
            let message =
                "The client does not have permission to perform action 'Microsoft.Insights/register/action'.";
            Refusal::new(403, "AuthorizationFailed", message)
        }),
    }
}
