//! The authentication methods policy: which methods are open to whom, and the registration campaign.
//!
//! A PATCH of a method must name its type, keeps what it does not name and replaces lists whole.

use serde_json::{Number, Value, json};

use super::request::{Outcome, Request, unknown};
use crate::rehearsal::http::json::merge;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::methods::configuration;
use crate::rehearsal::state::world::World;

/// Answers everything below `/policies/authenticationMethodsPolicy`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", [_, _]) => Ok(Reply::json(200, whole(world))),
        ("patch", [_, _]) => {
            let body = Value::Object(ask.call.object()?);
            fits(&world.state().methods_policy, &body, "authenticationMethodsPolicy")?;
            merge(&mut world.edit().methods_policy, &body);
            Ok(Reply::json(200, whole(world)))
        }
        ("get", [_, _, "authenticationMethodConfigurations"]) => {
            Ok(Reply::json(200, json!({"value": world.state().configurations})))
        }
        ("get", [_, _, _, id]) => Ok(Reply::json(200, find(world, id)?.clone())),
        ("patch", [_, _, _, id]) => change(world, ask, id),
        _ => Err(unknown(ask)),
    }
}

fn whole(world: &World) -> Value {
    let mut body = world.state().methods_policy.clone();
    body["authenticationMethodConfigurations"] = json!(world.state().configurations);
    body
}

/// Words that a property takes, by its path below the policy.
const WORDS: &[(&str, &[&str])] = &[
    ("authenticationMethodsRegistrationCampaign.state", &["default", "enabled", "disabled"]),
    ("policyMigrationState", &["preMigration", "migrationInProgress", "migrationComplete"]),
    ("keyRestrictions.enforcementType", &["allow", "block"]),
    ("targetType", &["user", "group"]),
];

/// What is true or false of a target.
const SWITCHES: [&str; 2] = ["isRegistrationRequired", "isUsableForSignIn"];
/// Days that a campaign can be put off (contract 15.6).
const SNOOZE: std::ops::RangeInclusive<i64> = 0..=14;

fn not_valid(at: &str) -> Refusal {
    let name = at.rsplit('.').next().unwrap_or(at);
    Refusal::bad_request(format!("Invalid value specified for property '{name}'."))
}

/// 400 where a patch names what is not there, or gives it another type. The text is UNVERIFIED, and so is that members
/// the description lacks are kept where they stand already (contract 15.6).
fn fits(known: &Value, patch: &Value, at: &str) -> Result<(), Refusal> {
    match (known, patch) {
        (Value::Object(known), Value::Object(patch)) => {
            patch.iter().filter(|(name, _)| !name.starts_with('@')).try_for_each(|(name, value)| {
                let known = known.get(name);
                let known =
                    known.ok_or_else(|| Refusal::bad_request(format!("Invalid property '{name}'.")))?;
                fits(known, value, &format!("{at}.{name}"))
            })
        }
        (Value::Array(_), Value::Array(items)) => items.iter().try_for_each(|item| target(item, at)),
        (Value::Bool(_), Value::Bool(_)) => Ok(()),
        (Value::Number(_), Value::Number(number)) => whole_number(number, at),
        (Value::String(_), Value::String(word)) => word_of(word, at),
        // Of what is null nothing tells the type but the name: the one such number stands for all.
        (Value::Null, Value::Null | Value::Number(_)) => Ok(()),
        _ => Err(not_valid(at)),
    }
}

fn whole_number(number: &Number, at: &str) -> Result<(), Refusal> {
    let fits = |days: &i64| !at.ends_with(".snoozeDurationInDays") || SNOOZE.contains(days);
    number.as_i64().filter(fits).map(|_| ()).ok_or_else(|| not_valid(at))
}

fn word_of(word: &str, at: &str) -> Result<(), Refusal> {
    let known = WORDS.iter().find(|(path, _)| at.ends_with(path));
    if known.is_none_or(|(_, words)| words.contains(&word)) { Ok(()) } else { Err(not_valid(at)) }
}

/// An item of a list: a target with its id and kind, or a plain text such as an AAGUID.
fn target(item: &Value, at: &str) -> Result<(), Refusal> {
    let Value::Object(target) = item else {
        return if item.is_string() { Ok(()) } else { Err(not_valid(at)) };
    };
    if !at.ends_with("Targets") {
        return Ok(());
    }
    let text = |name: &str| target.get(name).and_then(Value::as_str);
    let is_no_switch = |name: &&str| target.get(*name).is_some_and(|value| !value.is_boolean());
    if text("id").is_none_or(str::is_empty) || SWITCHES.iter().any(is_no_switch) {
        return Err(not_valid(at));
    }
    text("targetType").map_or_else(|| Err(not_valid(at)), |kind| word_of(kind, "targetType"))
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Value, Refusal> {
    configuration(world, id)
        .ok_or_else(|| Refusal::new(404, "resourceNotFound", format!("The method '{id}' does not exist.")))
}

fn change(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    let body = ask.call.object()?;
    let known = find(world, id)?.clone();
    if body.get("@odata.type") != Some(&known["@odata.type"]) {
        return Err(Refusal::new(
            400,
            "badRequest",
            "The @odata.type of the method configuration is missing or wrong.",
        ));
    }
    let patch = Value::Object(body.clone());
    fits(&known, &patch, id)?;
    let state = body.get("state").map(|state| state.as_str().unwrap_or_default());
    if state.is_some_and(|state| state != "enabled" && state != "disabled") {
        return Err(not_valid("state"));
    }
    let name = known["id"].clone();
    if let Some(found) = world.edit().configurations.iter_mut().find(|one| one["id"] == name) {
        merge(found, &Value::Object(body));
        found["id"] = name;
    }
    world.audit("Authentication Methods Policy Update", &ask.caller.id, &[]);
    Ok(Reply::empty(204))
}
