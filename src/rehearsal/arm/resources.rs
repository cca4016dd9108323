//! Subscriptions, resource groups, resource providers, rights, and workspaces.
//!
//! Registering a provider and creating a workspace take a little tenant time, as they do in Azure.

use serde_json::{Value, json};

use super::request::{Outcome, Request, is, nothing_here, resource, tags};
use super::rights::{self, Asked};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::model::TENANT_ID;
use crate::rehearsal::state::time::stamp;
use crate::rehearsal::state::world::World;

/// Tenant seconds until a provider counts as registered.
const REGISTERED_AFTER: i64 = 30;
/// Tenant seconds until a workspace is ready.
const READY_AFTER: i64 = 5;
/// Built-in role Owner.
const OWNER_ROLE: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/// `/subscriptions` and `/tenants`: only what the caller may see.
pub fn lists(world: &World, ask: &Request<'_>) -> Outcome {
    if ask.verb != "get" {
        return Err(nothing_here(ask));
    }
    let tenant = TENANT_ID;
    if ask.path == ["tenants"] {
        return Ok(Reply::json(
            200,
            json!({"value": [{"id": format!("/tenants/{tenant}"), "tenantId": tenant}]}),
        ));
    }
    let azure = &world.state().azure;
    let visible = azure.subscription.iter().filter(|_| rights::is_known(world, &ask.caller.id));
    let shown: Vec<Value> = visible
        .map(|id| {
            json!({"id": format!("/subscriptions/{id}"), "subscriptionId": id, "tenantId": tenant, "state": azure.state(),
            "displayName": azure.subscription_name, "authorizationSource": "RoleBased"})
        })
        .collect();
    Ok(Reply::json(200, json!({"value": shown, "count": {"type": "Total", "value": shown.len()}})))
}

/// Where something can be made, and a grouping in which nothing can.
const LOCATIONS: &[(&str, &str, &str)] = &[
    ("westeurope", "West Europe", "Physical"),
    ("northeurope", "North Europe", "Physical"),
    ("swedencentral", "Sweden Central", "Physical"),
    ("germanywestcentral", "Germany West Central", "Physical"),
    ("eastus", "East US", "Physical"),
    ("eastus2", "East US 2", "Physical"),
    ("westus2", "West US 2", "Physical"),
    ("europe", "Europe", "Logical"),
];

fn locations(ask: &Request<'_>) -> Reply {
    let root = ask.path.get(..2).unwrap_or_default().join("/");
    let shown = LOCATIONS.iter().map(|(name, display, kind)| {
        json!({"id": format!("/{root}/locations/{name}"), "name": name, "type": "Region", "displayName": display,
            "metadata": {"regionType": kind}})
    });
    Reply::json(200, json!({"value": shown.collect::<Vec<_>>()}))
}

/// Everything in a subscription that no other module answers.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    let rest = ask.path.get(2..).unwrap_or_default();
    match (ask.verb, rest) {
        ("get", [.., "providers", "microsoft.authorization", "permissions"]) => {
            rights::permissions(world, ask)
        }
        ("get", [.., "providers", "microsoft.authorization", "roleassignments"]) => {
            Ok(role_assignments(world, ask))
        }
        ("get", ["providers", "microsoft.operationalinsights", "workspaces"]) => {
            Ok(list(world, "/workspaces/"))
        }
        ("get", ["providers", "microsoft.operationalinsights", "operationstatuses", name]) => {
            operation(world, ask, name)
        }
        ("get", ["locations"]) => Ok(locations(ask)),
        ("get", ["providers", namespace]) => Ok(Reply::json(200, provider(world, ask, namespace))),
        ("post", ["providers", namespace, "register"]) => Ok(register(world, ask, namespace)),
        ("get", ["resourcegroups"]) => Ok(groups(world, ask)),
        ("get", ["resourcegroups", _]) => {
            let found = world.state().azure.resource_groups.iter().find(|group| is(group, &ask.call.path));
            found.map_or_else(|| Err(no_group(ask)), |group| Ok(Reply::json(200, group.clone())))
        }
        ("put", ["resourcegroups", _]) => put_group(world, ask),
        (
            verb,
            ["resourcegroups", _, "providers", "microsoft.operationalinsights", "workspaces", _, rest @ ..],
        ) => workspace(world, ask, verb, rest),
        _ => Err(nothing_here(ask)),
    }
}

/// The resource groups that the caller may see.
fn groups(world: &World, ask: &Request<'_>) -> Reply {
    let action = "Microsoft.Resources/subscriptions/resourceGroups/read";
    let may_see = |group: &&Value| {
        let scope = group["id"].as_str().unwrap_or_default();
        rights::may(world, &ask.caller.id, &Asked { scope, action })
    };
    let shown: Vec<&Value> = world.state().azure.resource_groups.iter().filter(may_see).collect();
    Reply::json(200, json!({"value": shown}))
}

fn role_assignments(world: &World, ask: &Request<'_>) -> Reply {
    let azure = &world.state().azure;
    let filter = ask.call.query("$filter").unwrap_or_default().to_lowercase();
    let wanted = |owner: &&String| !filter.contains("assignedto(") || filter.contains(owner.as_str());
    let scope = format!("/subscriptions/{}", azure.subscription.as_deref().unwrap_or_default());
    let shown: Vec<Value> = azure.owners.iter().filter(wanted).map(|owner| {
        json!({"id": format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{owner}"), "name": owner,
            "type": "Microsoft.Authorization/roleAssignments", "properties": {"principalId": owner, "scope": scope,
                "principalType": "User", "roleDefinitionId": format!("{scope}/providers/Microsoft.Authorization/roleDefinitions/{OWNER_ROLE}")}})
    }).collect();
    Reply::json(200, json!({"value": shown}))
}

/// When a provider counts as registered, if ever.
fn registered_at(world: &World, namespace: &str) -> Option<i64> {
    let known = world.state().azure.providers.iter();
    known.filter(|(name, _)| name.eq_ignore_ascii_case(namespace)).map(|(_, at)| *at).min()
}

/// 409 where a provider is not registered yet.
pub fn need_provider(world: &World, namespace: &str) -> Result<(), Refusal> {
    if registered_at(world, namespace).is_some_and(|at| at <= world.now) {
        return Ok(());
    }
    let message = format!(
        "The subscription is not registered to use namespace '{namespace}'. See https://aka.ms/rps-not-found for how \
         to register subscriptions."
    );
    Err(Refusal::new(409, "MissingSubscriptionRegistration", message))
}

fn provider(world: &World, ask: &Request<'_>, namespace: &str) -> Value {
    let state = match registered_at(world, namespace) {
        None => "NotRegistered",
        Some(at) if at > world.now => "Registering",
        Some(_) => "Registered",
    };
    let name = ask.names.get(3).map_or(namespace, String::as_str);
    json!({"id": format!("/subscriptions/{}/providers/{name}", ask.names.get(1).cloned().unwrap_or_default()),
        "namespace": name, "registrationPolicy": "RegistrationRequired", "registrationState": state, "resourceTypes": []})
}

fn register(world: &mut World, ask: &Request<'_>, namespace: &str) -> Reply {
    if registered_at(world, namespace).is_none() {
        let at = world.now + world.seconds(REGISTERED_AFTER);
        world.edit().azure.providers.push((namespace.to_owned(), at));
    }
    Reply::json(200, provider(world, ask, namespace))
}

fn put_group(world: &mut World, ask: &Request<'_>) -> Outcome {
    let body = ask.call.object()?;
    let Some(location) = body.get("location").and_then(Value::as_str).filter(|place| !place.is_empty())
    else {
        return Err(Refusal::new(
            400,
            "LocationRequired",
            "The location property is required for this definition.",
        ));
    };
    let known = world.state().azure.resource_groups.iter().find(|group| is(group, &ask.call.path)).cloned();
    if let Some(group) = known {
        if group["location"] == location {
            return Ok(Reply::json(200, group));
        }
        let message =
            "Invalid resource group location: the resource group already exists in another location.";
        return Err(Refusal::new(409, "InvalidResourceGroupLocation", message));
    }
    let group = json!({"id": official_id(ask), "name": ask.names.get(3), "location": location,
        "type": "Microsoft.Resources/resourceGroups", "tags": tags(&body),
        "properties": {"provisioningState": "Succeeded"}});
    world.edit().azure.resource_groups.push(group.clone());
    Ok(Reply::json(201, group))
}

fn no_group(ask: &Request<'_>) -> Refusal {
    let name = ask.names.get(3).map(String::as_str).unwrap_or_default();
    Refusal::new(404, "ResourceGroupNotFound", format!("Resource group '{name}' could not be found."))
}

/// 404 where the resource group in a path does not exist.
pub fn need_group(world: &World, ask: &Request<'_>) -> Result<(), Refusal> {
    let names: Vec<&str> = ask.names.iter().take(4).map(String::as_str).collect();
    let id = format!("/{}", names.join("/"));
    let known = world.state().azure.resource_groups.iter().any(|group| is(group, &id));
    if known { Ok(()) } else { Err(no_group(ask)) }
}

/// The id of the resource a path names, with Azure's own spelling of the fixed words.
pub fn official_id(ask: &Request<'_>) -> String {
    let fixed = [
        "resourceGroups",
        "Microsoft.OperationalInsights",
        "Microsoft.Insights",
        "actionGroups",
        "scheduledQueryRules",
    ];
    let spell = |name: &String| {
        fixed.iter().find(|one| one.eq_ignore_ascii_case(name)).map_or(name.clone(), |one| (*one).to_owned())
    };
    let names: Vec<String> = ask.names.iter().take(8).map(spell).collect();
    format!("/{}", names.join("/"))
}

/// All resources whose id contains that word, without what is only ours.
pub fn list(world: &World, part: &str) -> Reply {
    let part = part.to_lowercase();
    let mine = |one: &&Value| one["id"].as_str().is_some_and(|id| id.to_lowercase().contains(&part));
    let found = world.state().azure.resources.iter().filter(mine);
    let found: Vec<Value> = found.map(|resource| shown(world, resource)).collect();
    Reply::json(200, json!({"value": found}))
}

/// A resource as Azure shows it now.
pub fn shown(world: &World, resource: &Value) -> Value {
    let mut body = resource.clone();
    let finished = body["readyAt"].as_i64().is_none_or(|at| at <= world.now);
    if let Some(object) = body.as_object_mut() {
        object.remove("readyAt");
        object.remove("madeAt");
    }
    if !finished {
        body["properties"]["provisioningState"] = json!("Creating");
    }
    if body["type"] == "Microsoft.OperationalInsights/workspaces" {
        show_cap(world, &mut body["properties"]["workspaceCapping"]);
    }
    body
}

/// The daily cap of a workspace: none unless one was set, and whether data is taken now.
fn show_cap(world: &World, cap: &mut Value) {
    if cap["dailyQuotaGb"].is_null() {
        cap["dailyQuotaGb"] = json!(-1.0);
    }
    let status = world.state().azure.stopped.as_ref().map_or("RespectQuota", |(_, status)| status.as_str());
    cap["dataIngestionStatus"] = json!(status);
    cap["quotaNextResetTime"] = json!(stamp(world.now));
}

/// Puts a resource in the place of one with its id; 201 where it is new.
pub fn store_resource(world: &mut World, mut body: Value) -> Reply {
    let id = body["id"].as_str().unwrap_or_default().to_owned();
    let old = resource(world, &id).map(|old| old["madeAt"].clone());
    let status = if old.is_some() { 200 } else { 201 };
    body["madeAt"] = old.unwrap_or_else(|| json!(world.now));
    let reply = Reply::json(status, shown(world, &body));
    let resources = &mut world.edit().azure.resources;
    resources.retain(|one| !is(one, &id));
    resources.push(body);
    reply
}

/// Takes a resource away: 200, or 204 where there was none.
pub fn delete(world: &mut World, id: &str) -> Reply {
    let there = resource(world, id).is_some();
    if there {
        world.edit().azure.resources.retain(|one| !is(one, id));
    }
    Reply::empty(if there { 200 } else { 204 })
}

fn workspace(world: &mut World, ask: &Request<'_>, verb: &str, rest: &[&str]) -> Outcome {
    match (verb, rest) {
        ("get", []) => {
            let found = resource(world, &ask.call.path).ok_or_else(|| nothing_here(ask))?;
            Ok(Reply::json(200, shown(world, found)))
        }
        ("put", []) => put_workspace(world, ask),
        ("get", ["tables", table]) => {
            let id = official_id(ask);
            if super::logs::table_exists(world, &id, table) {
                let name = ask.names.last().cloned().unwrap_or_default();
                let plans = &world.state().azure.plans;
                let known = plans.iter().find(|(own, _)| own.eq_ignore_ascii_case(table));
                let plan = known.map_or("Analytics", |(_, plan)| plan.as_str());
                let properties = json!({"plan": plan, "provisioningState": "Succeeded"});
                return Ok(Reply::json(
                    200,
                    json!({"id": format!("{id}/tables/{name}"), "name": name, "properties": properties}),
                ));
            }
            Err(nothing_here(ask))
        }
        _ => Err(nothing_here(ask)),
    }
}

fn put_workspace(world: &mut World, ask: &Request<'_>) -> Outcome {
    need_group(world, ask)?;
    need_provider(world, "Microsoft.OperationalInsights")?;
    let body = ask.call.object()?;
    let Some(location) = body.get("location").and_then(Value::as_str) else {
        return Err(Refusal::new(
            400,
            "LocationRequired",
            "The location property is required for this definition.",
        ));
    };
    let id = official_id(ask);
    let mut asked = body.get("properties").cloned().unwrap_or_else(|| json!({}));
    let old =
        resource(world, &id).map(|old| (old["properties"]["customerId"].clone(), old["readyAt"].clone()));
    let fresh = (json!(new_id()), json!(world.now + world.seconds(READY_AFTER)));
    let (customer, ready) = old.unwrap_or(fresh);
    let retention = asked["retentionInDays"].as_i64().unwrap_or(30);
    asked["sku"]["name"] = json!(asked["sku"]["name"].as_str().unwrap_or("PerGB2018"));
    asked["customerId"] = customer;
    asked["provisioningState"] = json!("Succeeded");
    asked["retentionInDays"] = json!(retention);
    asked["createdDate"] = json!(stamp(world.now));
    let subscription = ask.names.get(1).cloned().unwrap_or_default();
    let place = format!(
        "{}{}/subscriptions/{subscription}/providers/Microsoft.OperationalInsights/operationStatuses/{}?api-version=2025-07-01",
        ask.call.origin,
        ask.call.prefix,
        ask.names.last().cloned().unwrap_or_default()
    );
    let reply = store_resource(
        world,
        json!({"id": id, "name": ask.names.last(), "location": location, "readyAt": ready,
        "type": "Microsoft.OperationalInsights/workspaces", "tags": tags(&body),
        "properties": asked}),
    );
    Ok(reply.with("azure-asyncoperation", &place))
}

/// How far the making of a workspace is.
fn operation(world: &World, ask: &Request<'_>, name: &str) -> Outcome {
    let end = format!("/workspaces/{name}");
    let mut all = world.state().azure.resources.iter();
    let made = all.find(|one| one["id"].as_str().is_some_and(|id| id.to_lowercase().ends_with(&end)));
    let made = made.ok_or_else(|| nothing_here(ask))?;
    let status = match shown(world, made)["properties"]["provisioningState"].as_str() {
        Some("Succeeded") => "Succeeded",
        _ => "InProgress",
    };
    Ok(Reply::json(200, json!({"id": ask.call.path, "name": name, "status": status})))
}
