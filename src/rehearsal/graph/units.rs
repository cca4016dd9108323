//! Administrative units, as far as a restricted management unit has to be seen and left.
//!
//! Whoever is in a restricted unit carries `isManagementRestricted`, and nobody may change it (contract 12): its
//! properties, password, methods and licenses. Sessions may be revoked here; the real service does not tell.

use serde_json::{Value, json};

use super::groups::{object, reference};
use super::request::{Outcome, Request, official, only_known, unknown};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::directory::user;
use crate::rehearsal::state::model::{Unit, User};
use crate::rehearsal::state::world::World;

const WRITABLE: &[&str] =
    &["displayName", "description", "isMemberManagementRestricted", "visibility", "membershipType"];

/// Answers everything below `/directory/administrativeUnits`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", [_, _]) => {
            let items = world.state().units.iter().map(|unit| Value::Object(unit.body.clone())).collect();
            listed(ask.call, Listing { items, context: "administrativeUnits", page: 100, properties: &[] })
        }
        ("post", [_, _]) => create(world, ask),
        ("get", [_, _, id]) => Ok(Reply::json(200, Value::Object(find(world, id)?.body.clone()))),
        ("get", [_, _, id, "members"]) => {
            let items = find(world, id)?.members.iter().filter_map(|member| object(world, member)).collect();
            listed(ask.call, Listing { items, context: "directoryObjects", page: 100, properties: &[] })
        }
        ("post", [_, _, id, "members", "$ref"]) => {
            find(world, id)?;
            let member = reference(world, ask)?;
            set_member(world, id, &member, Wanted::In);
            Ok(Reply::empty(204))
        }
        ("delete", [_, _, id, "members", member, "$ref"]) => {
            find(world, id)?;
            set_member(world, id, member, Wanted::Out);
            Ok(Reply::empty(204))
        }
        _ => Err(unknown(ask)),
    }
}

/// 403 for a change of somebody in a restricted unit.
pub fn guarded(world: &World, ask: &Request<'_>) -> Result<(), Refusal> {
    let (false, ["users", key, rest @ ..]) = (ask.verb == "get", ask.path) else { return Ok(()) };
    let restricted = |user: &User| user.body.get("isManagementRestricted") == Some(&json!(true));
    if rest.first() == Some(&"revokeSignInSessions") || !user(world, key).is_ok_and(restricted) {
        return Ok(());
    }
    Err(Refusal::new(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges: the object is a member of a restricted management administrative unit.",
    ))
}

fn create(world: &mut World, ask: &Request<'_>) -> Outcome {
    let mut body = official(ask.call.object()?, WRITABLE);
    only_known(&body, WRITABLE)?;
    if !world.state().licence.has_p1() {
        return Err(Refusal::denied());
    }
    body.insert("id".to_owned(), json!(new_id()));
    body.entry("isMemberManagementRestricted").or_insert(json!(false));
    let shown = Value::Object(body.clone());
    world.edit().units.push(Unit { body, members: Vec::new() });
    Ok(Reply::json(201, shown))
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Unit, Refusal> {
    let hit = world.state().units.iter().find(|unit| unit.body.get("id").and_then(Value::as_str) == Some(id));
    hit.ok_or_else(|| Refusal::not_found(id))
}

/// Where a member is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    In,
    Out,
}

fn set_member(world: &mut World, id: &str, member: &str, wanted: Wanted) {
    let present = wanted == Wanted::In;
    let state = world.edit();
    let mut restricted = false;
    for unit in state.units.iter_mut().filter(|unit| unit.body.get("id").and_then(Value::as_str) == Some(id))
    {
        unit.members.retain(|one| one != member);
        if present {
            unit.members.push(member.to_owned());
        }
        restricted = unit.body.get("isMemberManagementRestricted") == Some(&json!(true));
    }
    for user in state.users.iter_mut().filter(|user| restricted && user.id() == member) {
        user.body.insert("isManagementRestricted".to_owned(), json!(present));
    }
}
