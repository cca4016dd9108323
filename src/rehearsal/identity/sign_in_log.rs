//! The sign-in log: one line for every attempt, readable about two tenant minutes later.
//!
//! Says what happened; whether somebody gets in is decided before.

use serde_json::{Value, json};

use super::apps::app_name;
use super::conditional_access::Attempt;
use super::hashing::new_id;
use super::visit::{Denied, Visit};
use crate::rehearsal::state::model::{Logged, TENANT_ID, User};
use crate::rehearsal::state::world::World;

/// What goes into a line of the log.
pub struct Line<'a> {
    pub user: &'a User,
    pub applied: Vec<Value>,
    pub denied: Option<&'a Denied>,
    pub attempt: &'a Attempt,
}

/// Writes it.
pub fn log(world: &mut World, visit: &Visit, line: &Line<'_>) {
    let body = entry(world, visit, line);
    let (happened_at, visible_at) = (world.now, world.now + world.minutes(2));
    world.edit().sign_ins.push(Logged { body, happened_at, visible_at });
}

fn entry(world: &World, visit: &Visit, line: &Line<'_>) -> Value {
    let failed = line.denied.is_some();
    // A failed sign-in says nothing about policies unless a policy was what stopped it.
    let told = line.denied.is_none_or(|denied| denied.code == 53003);
    let applied = if told { line.applied.clone() } else { Vec::new() };
    let risk = line.user.beside.risk.as_deref();
    json!({
        "id": new_id(), "createdDateTime": world.stamp(), "userId": line.user.id(),
        "userDisplayName": line.user.body.get("displayName"), "userPrincipalName": line.user.upn(),
        "appId": visit.client, "appDisplayName": app_name(&visit.client),
        "ipAddress": line.attempt.address, "clientAppUsed": "Browser",
        "correlationId": visit.correlation.clone().unwrap_or_else(new_id),
        "conditionalAccessStatus": status_word(&applied, failed), "isInteractive": true, "riskDetail": "none",
        "riskLevelAggregated": risk.unwrap_or("none"), "riskLevelDuringSignIn": "none", "riskState": risk.map_or("none", |_| "atRisk"),
        "riskEventTypes": [], "riskEventTypes_v2": [], "resourceDisplayName": visit.resource.name(),
        "resourceId": visit.resource.app(), "homeTenantId": TENANT_ID, "resourceTenantId": TENANT_ID,
        "status": {"errorCode": line.denied.map_or(0, |denied| denied.code),
            "failureReason": line.denied.map_or("Other.", |denied| denied.message.as_str()),
            "additionalDetails": null},
        "deviceDetail": {"deviceId": "", "displayName": null, "operatingSystem": "Windows", "browser": "Rehearsal",
            "isCompliant": line.user.at_managed_device, "isManaged": line.user.at_managed_device, "trustType": null},
        "location": {"city": "Fabrikam", "state": null, "countryOrRegion": "US",
            "geoCoordinates": {"altitude": null, "latitude": null, "longitude": null}},
        "appliedConditionalAccessPolicies": applied})
}

fn status_word(applied: &[Value], failed: bool) -> &'static str {
    let any = |word: &str| applied.iter().any(|policy| policy["result"] == word);
    if any("failure") {
        "failure"
    } else if any("success") && !failed {
        "success"
    } else {
        "notApplied"
    }
}
