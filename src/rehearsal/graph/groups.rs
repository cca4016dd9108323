//! Groups with their members and owners, administrative units, and names for ids.
//!
//! A group that roles can be assigned to needs P1 and guards its membership: `Group.ReadWrite.All` alone is not enough.
//! Such a group is never nested.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::access;
use super::request::{Outcome, Request, official, only_known, referenced, unknown};
use crate::rehearsal::http::json::Object;
use crate::rehearsal::http::odata::{Listing, context, listed, single};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::{group, group_mut};
use crate::rehearsal::state::model::Group;
use crate::rehearsal::state::world::World;

const PROPERTIES: &[&str] = &[
    "id",
    "assignedLicenses",
    "deletedDateTime",
    "classification",
    "createdDateTime",
    "description",
    "displayName",
    "groupTypes",
    "isAssignableToRole",
    "isManagementRestricted",
    "mail",
    "mailEnabled",
    "mailNickname",
    "membershipRule",
    "membershipRuleProcessingState",
    "onPremisesSyncEnabled",
    "renewedDateTime",
    "securityEnabled",
    "securityIdentifier",
    "visibility",
];
const WRITABLE: &[&str] = &[
    "description",
    "displayName",
    "groupTypes",
    "isAssignableToRole",
    "mailEnabled",
    "mailNickname",
    "membershipRule",
    "membershipRuleProcessingState",
    "securityEnabled",
    "visibility",
];

/// A list that a group keeps of people: its members or its owners.
#[derive(Clone, Copy)]
struct GroupList<'a> {
    /// The id of the group.
    group: &'a str,
    /// `members`, `owners`, or `transitiveMembers`, which is only read.
    which: &'a str,
}

/// Answers everything below `/groups`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["groups"]) => list(world, ask),
        ("post", ["groups"]) => create(world, ask),
        ("get", ["groups", id]) => single(ask.call, shown(group(world, id)?), PROPERTIES),
        ("patch", ["groups", id]) => change(world, ask, id),
        ("delete", ["groups", id]) => delete(world, ask, id),
        ("get", ["groups", id, which @ ("members" | "transitiveMembers" | "owners")]) => {
            people(world, ask, GroupList { group: id, which })
        }
        ("post", ["groups", id, which @ ("members" | "owners"), "$ref"]) => {
            add(world, ask, GroupList { group: id, which })
        }
        ("delete", ["groups", id, which @ ("members" | "owners"), member, "$ref"]) => {
            remove(world, ask, GroupList { group: id, which }, member)
        }
        _ => Err(unknown(ask)),
    }
}

fn list(world: &World, ask: &Request<'_>) -> Outcome {
    let items = world.state().groups.iter().filter(|group| group.listed_at <= world.now).map(shown).collect();
    listed(ask.call, Listing { items, context: "groups", page: 100, properties: PROPERTIES })
}

fn shown(group: &Group) -> Value {
    let mut body = group.body.clone();
    body.entry("assignedLicenses").or_insert(json!([]));
    for name in PROPERTIES {
        body.entry(*name).or_insert(Value::Null);
    }
    Value::Object(body)
}

/// A group in a list of directory objects.
pub fn shown_as_member(group: &Group) -> Value {
    let mut body = shown(group);
    body["@odata.type"] = json!("#microsoft.graph.group");
    body
}

fn create(world: &mut World, ask: &Request<'_>) -> Outcome {
    let body = official(ask.call.object()?, WRITABLE);
    only_known(&body, WRITABLE)?;
    let required = ["displayName", "mailEnabled", "mailNickname", "securityEnabled"];
    if let Some(name) = required.iter().find(|name| body.get(**name).is_none_or(Value::is_null)) {
        return Err(Refusal::bad_request(format!(
            "A value is required for property '{name}' of resource 'Group'."
        )));
    }
    if body.get("isAssignableToRole").and_then(Value::as_bool).unwrap_or(false) {
        may_be_role_assignable(world, ask, &body)?;
    }
    let members = bound(world, ask, &body, "members@odata.bind")?;
    let owners = bound(world, ask, &body, "owners@odata.bind")?;
    let (visible_at, listed_at) = directory::replication(world);
    let group = Group { body: new_body(world, body), members, owners, visible_at, listed_at };
    let (shown, id) = (shown(&group), group.id().to_owned());
    group.members.iter().for_each(|member| world.edit().lags.join(&id, member));
    world.edit().groups.push(group);
    world.audit("Add group", &ask.caller.id, &[&id]);
    let mut shown = shown;
    shown["@odata.context"] = json!(context(ask.call, "groups/$entity"));
    Ok(Reply::json(201, shown).with("location", &format!("{}/{id}", ask.call.address())))
}

fn new_body(world: &World, body: Object) -> Object {
    let mut body: Object = body.into_iter().filter(|(name, _)| !name.contains('@')).collect();
    body.insert("id".to_owned(), json!(new_id()));
    body.insert("createdDateTime".to_owned(), json!(world.stamp()));
    body.insert("renewedDateTime".to_owned(), json!(world.stamp()));
    body.entry("groupTypes").or_insert(json!([]));
    body
}

fn may_be_role_assignable(world: &World, ask: &Request<'_>, body: &Object) -> Result<(), Refusal> {
    if !world.state().licence.has_p1() {
        // The wording for a tenant without P1 is UNVERIFIED; status and code follow other licence refusals.
        return Err(Refusal::new(
            403,
            "Authorization_RequestDenied",
            "Role-assignable groups need Microsoft Entra ID P1 or P2.",
        ));
    }
    let dynamic = body.get("membershipRule").is_some_and(|rule| !rule.is_null());
    if body.get("securityEnabled") != Some(&json!(true)) || dynamic {
        return Err(Refusal::bad_request(
            "Role-assignable groups must be security enabled with assigned membership.",
        ));
    }
    may_guard(world, ask)
}

fn may_guard(world: &World, ask: &Request<'_>) -> Result<(), Refusal> {
    let scope = access::holds(ask.caller, "RoleManagement.ReadWrite.Directory");
    let role = access::holds_a_role(world, ask.caller, &["Privileged Role Administrator"]);
    if scope && role { Ok(()) } else { Err(Refusal::denied()) }
}

fn bound(world: &World, ask: &Request<'_>, body: &Object, name: &str) -> Result<Vec<String>, Refusal> {
    let addresses = body.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let ids =
        addresses.iter().map(|address| referenced(ask.call, address)).collect::<Result<BTreeSet<_>, _>>()?;
    if ids.len() != addresses.len() || ids.len() > 20 {
        return Err(Refusal::bad_request("Invalid or repeated references."));
    }
    match ids.iter().find(|id| !directory::exists(world, id)) {
        Some(id) => Err(Refusal::not_found(id)),
        None => Ok(ids.into_iter().collect()),
    }
}

fn change(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    let body = official(ask.call.object()?, WRITABLE);
    only_known(&body, WRITABLE)?;
    if group(world, id)?.role_assignable() {
        may_guard(world, ask)?;
    }
    if body.contains_key("isAssignableToRole") {
        return Err(Refusal::bad_request(
            "The property isAssignableToRole cannot be changed after the group was created.",
        ));
    }
    let more = bound(world, ask, &body, "members@odata.bind")?;
    let group = group_mut(world, id)?;
    group.members.extend(more);
    group.body.extend(body.into_iter().filter(|(name, _)| !name.contains('@')));
    world.audit("Update group", &ask.caller.id, &[id]);
    Ok(Reply::empty(204))
}

fn delete(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    if group(world, id)?.role_assignable() {
        may_guard(world, ask)?;
    }
    world.edit().delete_group(id);
    world.audit("Delete group", &ask.caller.id, &[id]);
    Ok(Reply::empty(204))
}

fn people(world: &World, ask: &Request<'_>, list: GroupList<'_>) -> Outcome {
    let group = group(world, list.group)?;
    let ids: BTreeSet<String> = match list.which {
        "members" => group.members.iter().cloned().collect(),
        "owners" => group.owners.iter().cloned().collect(),
        _ => directory::members_of(world, list.group),
    };
    let items = ids.iter().filter_map(|id| object(world, id)).collect();
    listed(ask.call, Listing { items, context: "directoryObjects", page: 100, properties: &[] })
}

/// Any directory object by id, with its type.
pub fn object(world: &World, id: &str) -> Option<Value> {
    let user = world.state().users.iter().find(|user| user.id() == id).map(|user| {
        let mut body = Value::Object(user.body.clone());
        body["@odata.type"] = json!("#microsoft.graph.user");
        body
    });
    user.or_else(|| world.state().groups.iter().find(|group| group.id() == id).map(shown_as_member))
}

/// The id in a `$ref` body, which must be readable.
pub fn reference(world: &World, ask: &Request<'_>) -> Result<String, Refusal> {
    let body = ask.call.object()?;
    let id = referenced(ask.call, body.get("@odata.id").unwrap_or(&Value::Null))?;
    if directory::exists(world, &id) { Ok(id) } else { Err(Refusal::not_found(&id)) }
}

fn add(world: &mut World, ask: &Request<'_>, list: GroupList<'_>) -> Outcome {
    let GroupList { group: id, which } = list;
    if group(world, id)?.role_assignable() {
        may_guard(world, ask)?;
    }
    let member = reference(world, ask)?;
    let nested = group(world, &member).is_ok();
    if nested && group(world, id)?.role_assignable() {
        return Err(Refusal::bad_request(
            "Nesting is not supported for groups that can be assigned to a role.",
        ));
    }
    let group = group_mut(world, id)?;
    let list = if which == "members" { &mut group.members } else { &mut group.owners };
    if list.contains(&member) {
        let message = format!(
            "One or more added object references already exist for the following modified properties: '{which}'."
        );
        return Err(Refusal::bad_request(message));
    }
    list.push(member.clone());
    if which == "members" {
        world.edit().lags.join(id, &member);
    }
    let activity = if which == "members" { "Add member to group" } else { "Add owner to group" };
    world.audit(activity, &ask.caller.id, &[&member, id]);
    Ok(Reply::empty(204))
}

fn remove(world: &mut World, ask: &Request<'_>, list: GroupList<'_>, member: &str) -> Outcome {
    let GroupList { group: id, which } = list;
    let found = group(world, id)?;
    if found.role_assignable() {
        may_guard(world, ask)?;
    }
    if which == "owners" && found.owners.len() == 1 && found.owners.iter().any(|owner| owner == member) {
        return Err(Refusal::bad_request(
            "The group must have at least one owner, hence this owner cannot be removed.",
        ));
    }
    let group = group_mut(world, id)?;
    let list = if which == "members" { &mut group.members } else { &mut group.owners };
    let before = list.len();
    list.retain(|one| one != member);
    if list.len() == before {
        return Err(Refusal::not_found(member));
    }
    world.audit("Remove member from group", &ask.caller.id, &[member, id]);
    Ok(Reply::empty(204))
}

/// `POST /directoryObjects/getByIds`: unknown ids are simply absent.
pub fn by_ids(world: &World, ask: &Request<'_>) -> Outcome {
    let body = ask.call.object()?;
    let ids = body
        .get("ids")
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::bad_request("Required parameter 'ids' is missing."))?;
    let found: Vec<Value> = ids.iter().filter_map(Value::as_str).filter_map(|id| object(world, id)).collect();
    let wanted = |value: &Value| {
        let kind = value["@odata.type"].as_str().unwrap_or_default();
        body.get("types").and_then(Value::as_array).is_none_or(|types| {
            types.iter().filter_map(Value::as_str).any(|one| one == "directoryObject" || kind.ends_with(one))
        })
    };
    let found: Vec<Value> = found.into_iter().filter(|value| wanted(value)).collect();
    Ok(Reply::json(200, json!({"@odata.context": context(ask.call, "directoryObjects"), "value": found})))
}
