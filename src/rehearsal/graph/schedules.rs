//! Privileged Identity Management: schedule requests, instances, and the settings of the role.
//!
//! Needs P2. A request is accepted at once and provisioned about three tenant seconds later; only then does the
//! assignment exist.

use serde_json::{Value, json};

use super::groups::object;
use super::request::{Outcome, Request, only_known, unknown};
use super::roles::{same, wanted};
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::{id_for, new_id};
use crate::rehearsal::state::directory::ROLES;
use crate::rehearsal::state::model::{Assignment, ScheduleRequest, Standing, TENANT_ID};
use crate::rehearsal::state::time::{moment, stamp};
use crate::rehearsal::state::world::World;

/// Tenant seconds until a request is provisioned.
const PROVISIONED_AFTER: i64 = 3;
const WRITABLE: &[&str] = &[
    "action",
    "justification",
    "roleDefinitionId",
    "directoryScopeId",
    "appScopeId",
    "principalId",
    "scheduleInfo",
    "ticketInfo",
    "isValidationOnly",
    "customData",
    "targetScheduleId",
];

/// Answers everything about schedules.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    licensed(world)?;
    match (ask.verb, ask.path) {
        ("get", [_, _, "roleAssignmentScheduleInstances" | "roleAssignmentSchedules"]) => {
            instances(world, ask)
        }
        ("get", [_, _, "roleEligibilityScheduleInstances"]) => eligibilities(world, ask),
        ("post", [_, _, "roleAssignmentScheduleRequests"]) => request(world, ask, Standing::Active),
        ("post", [_, _, "roleEligibilityScheduleRequests"]) => request(world, ask, Standing::Eligible),
        ("get", [_, _, "roleAssignmentScheduleRequests" | "roleEligibilityScheduleRequests", id]) => {
            let known = world.state().schedule_requests.iter().find(|one| text(&one.body, "id") == *id);
            known.map_or_else(|| Err(Refusal::not_found(id)), |one| Ok(Reply::json(200, shown(world, one))))
        }
        _ => Err(unknown(ask)),
    }
}

fn licensed(world: &World) -> Result<(), Refusal> {
    if world.state().licence.has_p2() {
        return Ok(());
    }
    let message = "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.";
    Err(Refusal::new(400, "AadPremiumLicenseRequired", message))
}

fn instances(world: &World, ask: &Request<'_>) -> Outcome {
    let current = world.state().assignments.iter().filter(|held| held.active(world.now));
    let items = current.map(|held| instance(world, held, "roleAssignmentScheduleId")).collect();
    listed(
        ask.call,
        Listing {
            items,
            context: "roleManagement/directory/roleAssignmentScheduleInstances",
            page: 100,
            properties: &[],
        },
    )
}

fn eligibilities(world: &World, ask: &Request<'_>) -> Outcome {
    let current = world.state().eligibilities.iter().filter(|held| held.active(world.now));
    let expand = ask.call.query("$expand").is_some_and(|expand| expand.contains("principal"));
    let named = |held: &Assignment| {
        let mut body = instance(world, held, "roleEligibilityScheduleId");
        if expand {
            body["principal"] = object(world, &held.principal).unwrap_or(Value::Null);
        }
        body
    };
    let items = current.map(named).collect();
    listed(
        ask.call,
        Listing {
            items,
            context: "roleManagement/directory/roleEligibilityScheduleInstances",
            page: 100,
            properties: &[],
        },
    )
}

fn instance(world: &World, held: &Assignment, schedule: &str) -> Value {
    let mut body = json!({"id": held.id, "principalId": held.principal, "roleDefinitionId": held.role,
        "directoryScopeId": held.scope, "appScopeId": null, "startDateTime": stamp(held.starts_at),
        "endDateTime": held.end(world.now).map(stamp), "memberType": "Direct"});
    body[schedule] = json!(held.id);
    if schedule == "roleAssignmentScheduleId" {
        body["assignmentType"] = json!(if held.activated { "Activated" } else { "Assigned" });
        body["roleAssignmentOriginId"] = json!(held.id);
    }
    body
}

fn request(world: &mut World, ask: &Request<'_>, standing: Standing) -> Outcome {
    let body = ask.call.object()?;
    only_known(&body, WRITABLE)?;
    let held = wanted(world, &body).map_err(as_subject)?;
    let (principal, role) = (held.principal.clone(), held.role.clone());
    match text(&body, "action").to_lowercase().as_str() {
        "adminassign" => add(world, ask, Wanted { standing, body: &body, held })?,
        "adminremove" => take_away(world, standing, &held)?,
        other => {
            return Err(Refusal::new(
                400,
                "InvalidRequest",
                format!("The action '{other}' is not supported here."),
            ));
        }
    }
    let provisioned_at = world.now + world.seconds(PROVISIONED_AFTER);
    let request = ScheduleRequest { body: request_body(world, ask, body), provisioned_at };
    let reply = Reply::json(201, shown(world, &request));
    world.edit().schedule_requests.push(request);
    world.audit("Add member to role completed (PIM)", &ask.caller.id, &[&principal, &role]);
    Ok(reply)
}

/// PIM speaks of subjects where the directory speaks of resources.
fn as_subject(refusal: Refusal) -> Refusal {
    if refusal.status == 404 {
        Refusal::new(404, "SubjectNotFound", "The subject is not found.")
    } else {
        refusal
    }
}

fn request_body(world: &World, ask: &Request<'_>, mut body: Object) -> Object {
    body.insert("id".to_owned(), json!(new_id()));
    body.insert("createdDateTime".to_owned(), json!(world.stamp()));
    body.insert("createdBy".to_owned(), json!({"user": {"id": ask.caller.id}}));
    body.remove("@odata.type");
    body
}

fn shown(world: &World, request: &ScheduleRequest) -> Value {
    let mut body = Value::Object(request.body.clone());
    let removal = text(&request.body, "action").eq_ignore_ascii_case("adminRemove");
    let done = request.provisioned_at <= world.now;
    let waits = has_rule(world, "ApprovalRule");
    let status = match (removal, done) {
        (true, _) => "Revoked",
        (false, _) if waits => "PendingApproval",
        (false, true) => "Provisioned",
        (false, false) => "PendingProvisioning",
    };
    body["status"] = json!(status);
    body["completedDateTime"] = if done { json!(stamp(request.provisioned_at)) } else { Value::Null };
    body
}

/// What an assignment is asked for: kept apart from who asks, because a request may only be valid, and wait.
struct Wanted<'a> {
    standing: Standing,
    body: &'a Object,
    held: Assignment,
}

fn add(world: &mut World, ask: &Request<'_>, wanted: Wanted<'_>) -> Result<(), Refusal> {
    let ends_at = end_of(world, wanted.body)?;
    let wanted = Wanted { held: Assignment { ends_at, ..wanted.held }, ..wanted };
    let failed = failed_rules(world, ask, &wanted);
    if !failed.is_empty() {
        return Err(against_rules(&failed));
    }
    let Wanted { standing, mut held, .. } = wanted;
    held.starts_at = world.now + world.seconds(PROVISIONED_AFTER);
    held.listed_at = held.starts_at;
    let now = world.now;
    let ended = |other: &Assignment| other.has_ended(now);
    let waits = standing == Standing::Active && has_rule(world, "ApprovalRule");
    let list = world.edit().held(standing);
    if list.iter().any(|other| same(other, &held) && !ended(other)) {
        return Err(Refusal::new(400, "RoleAssignmentExists", "The Role assignment already exists."));
    }
    if !waits {
        list.push(held);
    }
    Ok(())
}

fn has_rule(world: &World, rule: &str) -> bool {
    world.state().role_rules.iter().any(|one| one == rule)
}

/// The rules that an active assignment breaks. Whether multifactor authentication was proved shows PIM in the token; here
/// it counts only where the sign-in was asked for it by claims (how PIM decides is not in the contract).
fn failed_rules(world: &World, ask: &Request<'_>, wanted: &Wanted<'_>) -> Vec<&'static str> {
    let Wanted { standing, body, held } = wanted;
    let mut failed = Vec::new();
    if text(body, "justification").trim().is_empty() {
        failed.push("JustificationRule");
    }
    if *standing == Standing::Eligible {
        return failed;
    }
    let ticket = body
        .get("ticketInfo")
        .is_some_and(|ticket| ticket["ticketNumber"].as_str().is_some_and(|n| !n.is_empty()));
    let mfa = ask.caller.contexts.iter().any(|context| context == "mfa");
    let broken = [
        (held.ends_at.is_none() && world.state().active_expiration_required, "ExpirationRule"),
        (has_rule(world, "TicketingRule") && !ticket, "TicketingRule"),
        (has_rule(world, "MfaRule") && !mfa, "MfaRule"),
    ];
    failed.extend(broken.into_iter().filter(|(is_broken, _)| *is_broken).map(|(_, rule)| rule));
    failed
}

fn against_rules(rules: &[&str]) -> Refusal {
    let message = format!("The following policy rules failed: {}", json!(rules));
    Refusal::new(400, "RoleAssignmentRequestPolicyValidationFailed", message)
}

/// When the assignment ends; none for `noExpiration`.
fn end_of(world: &World, body: &Object) -> Result<Option<i64>, Refusal> {
    let expiration = &body.get("scheduleInfo").unwrap_or(&Value::Null)["expiration"];
    match expiration["type"].as_str().unwrap_or_default().to_lowercase().as_str() {
        "noexpiration" => Ok(None),
        "afterdatetime" => {
            let end = expiration["endDateTime"].as_str().and_then(moment);
            end.map(Some).ok_or_else(|| Refusal::bad_request("endDateTime is missing."))
        }
        // Durations are not read: half a day of tenant time stands for all of them.
        "afterduration" => Ok(Some(world.now + world.minutes(12 * 60))),
        _ => Err(against_rules(&["ExpirationRule"])),
    }
}

fn take_away(world: &mut World, standing: Standing, held: &Assignment) -> Result<(), Refusal> {
    let list = world.edit().held(standing);
    let before = list.len();
    list.retain(|other| !same(other, held));
    if list.len() < before {
        return Ok(());
    }
    Err(Refusal::new(400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist."))
}

/// `GET /policies/roleManagementPolicyAssignments`.
pub fn rules(world: &World, ask: &Request<'_>) -> Outcome {
    licensed(world)?;
    let expanded = ask.call.query("$expand").is_some_and(|expand| expand.contains("policy"));
    let rules = expanded.then(|| role_rules(world));
    let items = ROLES.iter().map(|(_, role)| rule_assignment(role, rules.as_ref())).collect();
    listed(
        ask.call,
        Listing { items, context: "policies/roleManagementPolicyAssignments", page: 100, properties: &[] },
    )
}

fn rule_assignment(role: &str, rules: Option<&Value>) -> Value {
    let policy = id_for("pim policy", role);
    let policy = format!("DirectoryRole_{TENANT_ID}_{policy}");
    let mut body = json!({"id": format!("{policy}_{role}"), "policyId": policy, "scopeId": "/",
        "scopeType": "DirectoryRole", "roleDefinitionId": role});
    if let Some(rules) = rules {
        body["policy"] = json!({"id": policy, "displayName": "DirectoryRole", "scopeId": "/",
            "scopeType": "DirectoryRole", "isOrganizationDefault": false, "rules": rules});
    }
    body
}

fn role_rules(world: &World) -> Value {
    let required = world.state().active_expiration_required;
    let target = json!({"caller": "Admin", "operations": ["All"], "level": "Assignment",
        "inheritableSettings": [], "enforcedSettings": []});
    json!([
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule", "id": "Expiration_Admin_Assignment",
            "isExpirationRequired": required, "maximumDuration": "P180D", "target": target},
        {"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule", "id": "Enablement_Admin_Assignment",
            "enabledRules": enabled_rules(world), "target": target},
        approval_rule(world),
    ])
}

/// Whether an activation waits for somebody. How a subject names its id is UNVERIFIED.
fn approval_rule(world: &World) -> Value {
    let approvers = &world.state().approvers;
    let stage = json!({"approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true,
        "escalationTimeInMinutes": 0, "isEscalationEnabled": false, "escalationApprovers": [],
        "primaryApprovers": approvers.as_deref().unwrap_or_default()});
    json!({"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule", "id": "Approval_EndUser_Assignment",
        "target": {"caller": "EndUser", "operations": ["All"], "level": "Assignment", "inheritableSettings": [],
            "enforcedSettings": []},
        "setting": {"isApprovalRequired": approvers.is_some(), "isApprovalRequiredForExtension": false,
            "isRequestorJustificationRequired": true, "approvalMode": "SingleStage", "approvalStages": [stage]}})
}

fn enabled_rules(world: &World) -> Vec<&'static str> {
    let named = [("MfaRule", "MultiFactorAuthentication"), ("TicketingRule", "Ticketing")];
    let more = named.into_iter().filter(|(rule, _)| has_rule(world, rule)).map(|(_, name)| name);
    std::iter::once("Justification").chain(more).collect()
}
