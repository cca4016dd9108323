//! The authentication methods policy: which methods are open to whom, and the registration campaign.
//!
//! A PATCH of a method must name its type, keeps what it does not name and replaces lists whole.

use serde_json::{Value, json};

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
    if let Some(name) = body.keys().find(|name| known.get(name.as_str()).is_none()) {
        return Err(Refusal::bad_request(format!("Invalid property '{name}'.")));
    }
    let state = body.get("state").map(|state| state.as_str().unwrap_or_default());
    if state.is_some_and(|state| state != "enabled" && state != "disabled") {
        return Err(Refusal::bad_request("Invalid value specified for property 'state'."));
    }
    let name = known["id"].clone();
    if let Some(found) = world.edit().configurations.iter_mut().find(|one| one["id"] == name) {
        merge(found, &Value::Object(body));
        found["id"] = name;
    }
    world.audit("Authentication Methods Policy Update", &ask.caller.id, &[]);
    Ok(Reply::empty(204))
}
