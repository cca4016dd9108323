//! Directory roles: definitions and direct assignments.
//!
//! A principal that has not replicated yet cannot be given a role; the same assignment twice is refused.

use serde_json::{Value, json};

use super::groups::object;
use super::request::{Outcome, Request, only_known, unknown};
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::{ROLES, group};
use crate::rehearsal::state::model::{Assignment, TENANT_ID};
use crate::rehearsal::state::world::World;

const WRITABLE: &[&str] = &["roleDefinitionId", "principalId", "directoryScopeId", "appScopeId", "condition"];

/// Answers role definitions and role assignments.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", [_, _, "roleDefinitions"]) => {
            let items = ROLES.iter().map(|(name, id)| definition(name, id)).collect();
            listed(
                ask.call,
                Listing {
                    items,
                    context: "roleManagement/directory/roleDefinitions",
                    page: 100,
                    properties: &[],
                },
            )
        }
        ("get", [_, _, "roleDefinitions", id]) => {
            let name = directory::role_name(id).ok_or_else(|| Refusal::not_found(id))?;
            Ok(Reply::json(200, definition(name, id)))
        }
        ("get", [_, _, "roleAssignments"]) => list(world, ask),
        ("get", [_, _, "roleAssignments", id]) => {
            let found = world.state().assignments.iter().find(|held| held.id == *id);
            found.map_or_else(|| Err(Refusal::not_found(id)), |held| Ok(Reply::json(200, shown(held))))
        }
        ("post", [_, _, "roleAssignments"]) => assign(world, ask),
        ("delete", [_, _, "roleAssignments", id]) => remove(world, ask, id),
        _ => Err(unknown(ask)),
    }
}

fn definition(name: &str, id: &str) -> Value {
    json!({"id": id, "templateId": id, "displayName": name, "description": format!("Built-in role {name}."),
        "isBuiltIn": true, "isEnabled": true, "resourceScopes": ["/"], "version": "1", "rolePermissions": []})
}

fn list(world: &World, ask: &Request<'_>) -> Outcome {
    let expand = ask.call.query("$expand").is_some_and(|expand| expand.contains("principal"));
    let current =
        world.state().assignments.iter().filter(|held| held.active(world.now) && held.listed_at <= world.now);
    let items = current.map(|held| {
        let mut body = shown(held);
        if expand {
            body["principal"] = object(world, &held.principal).unwrap_or(Value::Null);
        }
        body
    });
    let items = items.collect();
    listed(
        ask.call,
        Listing { items, context: "roleManagement/directory/roleAssignments", page: 100, properties: &[] },
    )
}

fn shown(held: &Assignment) -> Value {
    json!({"id": held.id, "principalId": held.principal, "roleDefinitionId": held.role,
        "directoryScopeId": held.scope, "principalOrganizationId": TENANT_ID})
}

fn assign(world: &mut World, ask: &Request<'_>) -> Outcome {
    let body = ask.call.object()?;
    only_known(&body, WRITABLE)?;
    let held = wanted(world, &body)?;
    if world.state().assignments.iter().any(|other| same(other, &held) && other.active(world.now)) {
        // The wording is UNVERIFIED.
        return Err(Refusal::bad_request(
            "A conflicting object with one or more of the specified property values is present in the directory.",
        ));
    }
    let reply = Reply::json(201, shown(&held));
    let (principal, role) = (held.principal.clone(), held.role.clone());
    world.edit().assignments.push(held);
    world.audit("Add member to role", &ask.caller.id, &[&principal, &role]);
    Ok(reply)
}

/// An assignment from a body, its parts looked up.
pub fn wanted(world: &World, body: &Object) -> Result<Assignment, Refusal> {
    let principal = text(body, "principalId");
    let role = text(body, "roleDefinitionId");
    let role = ROLES.iter().find(|(_, id)| id.eq_ignore_ascii_case(role)).map(|(_, id)| *id);
    let role = role.ok_or_else(|| Refusal::bad_request("The role definition does not exist."))?;
    if principal.is_empty() {
        return Err(Refusal::bad_request("Required property 'principalId' is missing."));
    }
    if !directory::exists(world, principal) {
        return Err(Refusal::not_found(principal));
    }
    if group(world, principal).is_ok_and(|group| !group.role_assignable()) {
        return Err(Refusal::bad_request("The group is not assignable to roles."));
    }
    let scope = text(body, "directoryScopeId");
    let scope = if scope.is_empty() { "/" } else { scope };
    Ok(Assignment {
        id: new_id(),
        principal: principal.to_owned(),
        role: role.to_owned(),
        scope: scope.to_owned(),
        starts_at: world.now,
        ends_at: None,
        activated: false,
        listed_at: directory::replication(world).1,
        ordered: None,
    })
}

/// Whether two assignments are the same thing.
pub fn same(one: &Assignment, other: &Assignment) -> bool {
    one.principal == other.principal && one.role == other.role && one.scope == other.scope
}

fn remove(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    let found = world.state().assignments.iter().find(|held| held.id == id).cloned();
    let held = found.ok_or_else(|| Refusal::not_found(id))?;
    world.edit().assignments.retain(|other| other.id != id);
    world.audit("Remove member from role", &ask.caller.id, &[&held.principal, &held.role]);
    Ok(Reply::empty(204))
}
