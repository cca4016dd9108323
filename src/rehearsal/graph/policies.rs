//! Tenant policies: Conditional Access, authentication methods, strengths, security defaults, authorization.
//!
//! A Conditional Access PATCH merges objects and replaces arrays whole, as field reports say the real service does.
//! Policies Microsoft looks after accept exclusions and state only, or nothing at all.

use serde_json::{Value, json};

use super::request::{Outcome, Request, only_known, unknown};
use crate::rehearsal::http::json::{Object, merge, text};
use crate::rehearsal::http::odata::{Listing, listed, single};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::model::{Keeper, Policy, empty_policy};
use crate::rehearsal::state::time::moment;
use crate::rehearsal::state::world::World;

/// Policies per page: small, so that paging always happens in a grown tenant.
const PAGE: usize = 20;
const WRITABLE: &[&str] =
    &["displayName", "state", "conditions", "grantControls", "sessionControls", "templateId", "description"];
const CONDITIONS: &[&str] = &[
    "applications",
    "authenticationFlows",
    "clientApplications",
    "clientAppTypes",
    "devices",
    "insiderRiskLevels",
    "locations",
    "platforms",
    "servicePrincipalRiskLevels",
    "signInRiskLevels",
    "userRiskLevels",
    "users",
];
const USERS: &[&str] = &[
    "excludeGroups",
    "excludeGuestsOrExternalUsers",
    "excludeRoles",
    "excludeUsers",
    "includeGroups",
    "includeGuestsOrExternalUsers",
    "includeRoles",
    "includeUsers",
];
const STATES: &[&str] = &["enabled", "disabled", "enabledForReportingButNotEnforced"];

/// Answers `/identity/conditionalAccess/…` and `/policies/…`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        (_, ["identity", "conditionalAccess", ..]) => conditional_access(world, ask),
        ("get", ["policies", "authenticationStrengthPolicies"]) => {
            let items = world.state().strengths.clone();
            listed(
                ask.call,
                Listing {
                    items,
                    context: "policies/authenticationStrengthPolicies",
                    page: 100,
                    properties: &[],
                },
            )
        }
        ("get", ["policies", "authenticationStrengthPolicies", id]) => {
            strength(world, id).map_or_else(|| Err(Refusal::not_found(id)), |body| Ok(Reply::json(200, body)))
        }
        ("get", ["policies", "identitySecurityDefaultsEnforcementPolicy"]) => {
            Ok(Reply::json(200, defaults(world)))
        }
        ("patch", ["policies", "identitySecurityDefaultsEnforcementPolicy"]) => change_defaults(world, ask),
        ("get", ["policies", "authorizationPolicy"]) => {
            Ok(Reply::json(200, world.state().authorization.clone()))
        }
        ("patch", ["policies", "authorizationPolicy"]) => {
            let body = ask.call.object()?;
            merge(&mut world.edit().authorization, &Value::Object(body));
            Ok(Reply::empty(204))
        }
        _ => Err(unknown(ask)),
    }
}

fn conditional_access(world: &mut World, ask: &Request<'_>) -> Outcome {
    licensed(world)?;
    match (ask.verb, ask.path) {
        ("get", [_, _, "policies"]) => {
            let bodies: Vec<Value> =
                world.state().policies.iter().map(|policy| policy.body.clone()).collect();
            let items = bodies.iter().map(|body| shown(world, body)).collect();
            listed(
                ask.call,
                Listing {
                    items,
                    context: "identity/conditionalAccess/policies",
                    page: PAGE,
                    properties: &[],
                },
            )
        }
        ("get", [_, _, "policies", id]) => {
            let body = find(world, id)?.body.clone();
            single(ask.call, shown(world, &body), &[])
        }
        ("post", [_, _, "policies"]) => create(world, ask),
        ("patch", [_, _, "policies", id]) => change(world, ask, id),
        ("delete", [_, _, "policies", id]) => delete(world, ask, id),
        ("get", [_, _, "namedLocations"]) => {
            let items = world
                .state()
                .locations
                .iter()
                .map(|place| {
                    json!({
                "@odata.type": "#microsoft.graph.ipNamedLocation", "id": place.id, "displayName": place.name,
                "isTrusted": place.trusted, "ipRanges": []})
                })
                .collect();
            listed(
                ask.call,
                Listing {
                    items,
                    context: "identity/conditionalAccess/namedLocations",
                    page: 100,
                    properties: &[],
                },
            )
        }
        _ => Err(unknown(ask)),
    }
}

/// 403 in a tenant without P1.
pub fn licensed(world: &World) -> Result<(), Refusal> {
    if world.state().licence.has_p1() {
        Ok(())
    } else {
        Err(Refusal::new(403, "AccessDenied", "Your tenant is not licensed for this feature"))
    }
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Policy, Refusal> {
    let hit = world.state().policies.iter().find(|policy| policy.id() == id);
    hit.ok_or_else(|| Refusal::new(404, "NotFound", format!("{id} could not be found.")))
}

fn bad_schema(detail: &str) -> Refusal {
    Refusal::new(
        400,
        "BadRequest",
        format!(
            "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. {detail}"
        ),
    )
}

fn create(world: &mut World, ask: &Request<'_>) -> Outcome {
    let mut body = ask.call.object()?;
    checked(&body)?;
    if !["displayName", "state", "conditions"].iter().all(|name| body.contains_key(*name)) {
        return Err(bad_schema("displayName, state and conditions are required."));
    }
    if world.state().security_defaults && body["state"] == "enabled" {
        return Err(Refusal::new(
            400,
            "BadRequest",
            "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
        ));
    }
    body.remove("@odata.type");
    let policy = Policy { body: completed(world, &Value::Object(body))?, keeper: Keeper::Customer };
    let (shown, id) = (policy.body.clone(), policy.id().to_owned());
    world.edit().policies.push(policy);
    world.audit("Add conditional access policy", &ask.caller.id, &[&id]);
    Ok(Reply::json(201, shown))
}

/// The policy as it will be listed: every property present, the strength spelled out.
fn completed(world: &World, body: &Value) -> Result<Value, Refusal> {
    let mut full = empty_policy();
    full["id"] = json!(new_id());
    full["createdDateTime"] = json!(world.stamp());
    merge(&mut full, body);
    spell_out_strength(world, &mut full)?;
    Ok(full)
}

fn spell_out_strength(world: &World, policy: &mut Value) -> Result<(), Refusal> {
    let Some(id) = policy["grantControls"]["authenticationStrength"]["id"].as_str() else { return Ok(()) };
    let full =
        strength(world, id).ok_or_else(|| bad_schema("The authentication strength does not exist."))?;
    policy["grantControls"]["authenticationStrength"] = full;
    Ok(())
}

fn strength(world: &World, id: &str) -> Option<Value> {
    world.state().strengths.iter().find(|one| one["id"] == id).cloned()
}

fn checked(body: &Object) -> Result<(), Refusal> {
    only_known(body, WRITABLE).map_err(|refusal| bad_schema(&refusal.message))?;
    if body.is_empty() || body.values().any(Value::is_null) {
        return Err(bad_schema("Null is not accepted."));
    }
    if body.get("state").is_some_and(|state| !STATES.contains(&state.as_str().unwrap_or_default())) {
        return Err(bad_schema("Unknown state."));
    }
    if body.get("grantControls").is_some_and(|grant| grant.get("authenticationStrength@odata.bind").is_some())
    {
        return Err(bad_schema("authenticationStrength@odata.bind is not accepted."));
    }
    let Some(conditions) = body.get("conditions") else { return Ok(()) };
    let part = |value: &Value, known: &[&str]| match value {
        Value::Object(object) => only_known(object, known).map_err(|refusal| bad_schema(&refusal.message)),
        _ => Err(bad_schema("An object was expected.")),
    };
    part(conditions, CONDITIONS)?;
    conditions.get("users").map_or(Ok(()), |users| {
        let lists = ["Users", "Groups", "Roles"]
            .iter()
            .flat_map(|noun| [format!("include{noun}"), format!("exclude{noun}")]);
        let wrong = lists.into_iter().any(|name| users.get(&name).is_some_and(|list| !list.is_array()));
        if wrong { Err(bad_schema("An array was expected.")) } else { part(users, USERS) }
    })
}

fn change(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    let body = ask.call.object()?;
    checked(&body)?;
    let policy = find(world, id)?;
    // Whatever was left out is spelled out from the first change on, client apps too, as users report.
    let mut changed = empty_policy();
    merge(&mut changed, &policy.body);
    let patch = Value::Object(body.into_iter().filter(|(name, _)| !name.starts_with('@')).collect());
    merge(&mut changed, &patch);
    kept_by(policy.keeper, &policy.body, &changed)?;
    known_principals(world, &patch)?;
    spell_out_strength(world, &mut changed)?;
    changed["modifiedDateTime"] = json!(world.stamp());
    read_late(world, id)?;
    if let Some(policy) = world.edit().policies.iter_mut().find(|policy| policy.id() == id) {
        policy.body = changed;
    }
    world.audit("Update conditional access policy", &ask.caller.id, &[id]);
    Ok(Reply::empty(204))
}

/// What Microsoft looks after may change only in state and exclusions, or not at all.
fn kept_by(keeper: Keeper, before: &Value, after: &Value) -> Result<(), Refusal> {
    let allowed = match keeper {
        Keeper::Customer => true,
        Keeper::MicrosoftRefusing => false,
        Keeper::MicrosoftAccepting => without_exclusions(before) == without_exclusions(after),
    };
    // Status and code of this refusal are UNVERIFIED; the contract says to expect 400 or 403.
    if allowed {
        Ok(())
    } else {
        Err(Refusal::new(
            403,
            "AccessDenied",
            "Microsoft-managed policies cannot be changed through this API.",
        ))
    }
}

fn without_exclusions(policy: &Value) -> Value {
    let mut rest = policy.clone();
    for name in ["excludeUsers", "excludeGroups", "excludeRoles", "excludeGuestsOrExternalUsers"] {
        rest["conditions"]["users"][name] = Value::Null;
    }
    rest["state"] = Value::Null;
    rest["modifiedDateTime"] = Value::Null;
    rest
}

fn known_principals(world: &mut World, patch: &Value) -> Result<(), Refusal> {
    let users = &patch["conditions"]["users"];
    let named = |names: [&str; 2]| -> Vec<String> {
        let lists = names.into_iter().filter_map(|name| users[name].as_array());
        lists
            .flatten()
            .filter_map(Value::as_str)
            .filter(|id| id.parse::<uuid::Uuid>().is_ok())
            .map(str::to_owned)
            .collect()
    };
    let groups = named(["includeGroups", "excludeGroups"]);
    match groups.into_iter().find(|id| !is_known(world, id)) {
        // As users report it; whether ids that stood there before are always looked at again is UNVERIFIED.
        Some(id) => Err(Refusal::new(400, "BadRequest", format!("1054: Invalid group value: {id}."))),
        None => Ok(()),
    }
}

/// Conditional Access may know a group later than the directory does.
fn is_known(world: &mut World, id: &str) -> bool {
    let (now, lag) = (world.now, world.seconds(world.state().lags.groups_in_policies));
    let there = world.state().groups.iter().find(|group| group.id() == id && group.visible_at <= now);
    let made = there.and_then(|group| moment(text(&group.body, "createdDateTime"))).unwrap_or_default();
    let is_new = lag > 0 && made >= world.state().lags.from;
    there.is_some() && (!is_new || world.edit().lags.knows_group(id, now, lag))
}

/// A policy as it is read at this moment.
fn shown(world: &mut World, body: &Value) -> Value {
    let (now, lag) = (world.now, world.seconds(world.state().lags.policy_reads));
    if lag == 0 { body.clone() } else { world.edit().lags.read(body, now, lag) }
}

/// Where changes are read late, keeps what the policy is before one.
fn read_late(world: &mut World, id: &str) -> Result<(), Refusal> {
    if world.state().lags.policy_reads > 0 {
        let before = find(world, id)?.body.clone();
        world.edit().lags.keep(&before);
    }
    Ok(())
}

fn delete(world: &mut World, ask: &Request<'_>, id: &str) -> Outcome {
    if find(world, id)?.keeper != Keeper::Customer {
        return Err(Refusal::new(403, "AccessDenied", "Microsoft-managed policies cannot be deleted."));
    }
    world.edit().policies.retain(|policy| policy.id() != id);
    world.audit("Delete conditional access policy", &ask.caller.id, &[id]);
    Ok(Reply::empty(204))
}

fn defaults(world: &World) -> Value {
    json!({"id": "00000000-0000-0000-0000-000000000005", "displayName": "Security Defaults",
        "description": "Baseline protection for every account of a tenant.",
        "isEnabled": world.state().security_defaults})
}

fn change_defaults(world: &mut World, ask: &Request<'_>) -> Outcome {
    let body = ask.call.object()?;
    only_known(&body, &["isEnabled", "displayName", "description"])?;
    let Some(wanted) = body.get("isEnabled").and_then(Value::as_bool) else {
        return Err(Refusal::bad_request("isEnabled must be a boolean."));
    };
    let enforced = world.state().policies.iter().any(|policy| policy.body["state"] == "enabled");
    if wanted && enforced {
        return Err(Refusal::new(
            400,
            "BadRequest",
            "Conditional Access policies are enabled. Disable them before enabling security defaults.",
        ));
    }
    world.edit().security_defaults = wanted;
    world.audit("Update security defaults", &ask.caller.id, &[]);
    Ok(Reply::empty(204))
}
