//! Azure Monitor: action groups with their passcodes, test notifications, and log search alert rules.
//!
//! Every mail recipient gets a passcode when an action group is saved and answers it about two tenant minutes later;
//! only the newest API version tells.

use serde_json::{Value, json};

use super::request::{Outcome, Request, nothing_here, resource, tags};
use super::resources::{delete, list, need_group, need_provider, official_id, shown, store_resource};
use crate::rehearsal::http::json::Object;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::{Content, Reply};
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::azure::Notification;
use crate::rehearsal::state::time::stamp;
use crate::rehearsal::state::world::{Mailboxes, World};

/// Tenant minutes until a recipient has typed the passcode in.
const PASSCODE_MINUTES: i64 = 2;
/// Tenant seconds until a test notification is through.
const NOTIFIED_AFTER: i64 = 30;
/// The version that shows whether recipients confirmed.
const WITH_VERIFICATION: &str = "2026-09-01";

/// Answers action groups and rules.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    confirm_by_themselves(world);
    let (verb, rest) = (ask.verb, ask.path.get(2..).unwrap_or_default());
    match (verb, rest) {
        ("get", ["providers", _, "actiongroups"]) => Ok(verified(world, ask, list(world, "/actionGroups/"))),
        ("get", ["providers", _, "scheduledqueryrules"]) => Ok(list(world, "/scheduledQueryRules/")),
        ("get", ["resourcegroups", _, _, _, "actiongroups" | "scheduledqueryrules", _]) => {
            let found = resource(world, &ask.call.path).ok_or_else(|| nothing_here(ask))?;
            Ok(verified(world, ask, Reply::json(200, shown(world, found))))
        }
        ("put", ["resourcegroups", _, _, _, "actiongroups", _]) => put_action_group(world, ask),
        ("put", ["resourcegroups", _, _, _, "scheduledqueryrules", _]) => put_rule(world, ask),
        ("delete", ["resourcegroups", _, _, _, "actiongroups" | "scheduledqueryrules", _]) => {
            Ok(delete(world, &ask.call.path))
        }
        ("post", ["resourcegroups", _, _, _, "actiongroups", _, "createnotifications"]) => notify(world, ask),
        ("get", ["resourcegroups", _, _, _, "actiongroups", _, "notificationstatus", id]) => {
            status(world, ask, id)
        }
        ("post", ["resourcegroups", _, _, _, "actiongroups", _, "subscribe"]) => Ok(Reply::empty(200)),
        _ => Err(nothing_here(ask)),
    }
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "BadRequest", message)
}

fn properties(body: &Object) -> Result<&Object, Refusal> {
    body.get("properties")
        .and_then(Value::as_object)
        .ok_or_else(|| invalid("The property 'properties' is required."))
}

fn put_action_group(world: &mut World, ask: &Request<'_>) -> Outcome {
    need_group(world, ask)?;
    need_provider(world, "Microsoft.Insights")?;
    let body = ask.call.object()?;
    let asked = properties(&body)?;
    let short = asked.get("groupShortName").and_then(Value::as_str).unwrap_or_default();
    if short.is_empty() || short.chars().count() > 12 {
        return Err(invalid("The groupShortName must have 1 to 12 characters."));
    }
    let receivers = asked.get("emailReceivers").and_then(Value::as_array).cloned().unwrap_or_default();
    let complete = |one: &Value| {
        one["name"].is_string() && one["emailAddress"].as_str().is_some_and(|mail| mail.contains('@'))
    };
    if !receivers.iter().all(complete) {
        return Err(invalid("Every e-mail receiver needs a name and a valid address."));
    }
    one_name_each(asked)?;
    send_passcodes(world, &receivers);
    let location = body.get("location").cloned().unwrap_or_else(|| json!("Global"));
    let made = json!({"id": official_id(ask), "name": ask.names.last(), "location": location, "tags": tags(&body),
        "type": "Microsoft.Insights/ActionGroups", "properties": cleaned(asked)});
    let reply = store_resource(world, made);
    Ok(verified(world, ask, reply))
}

/// Receivers of a group, of whatever kind, have names of their own. Text UNVERIFIED.
fn one_name_each(asked: &Object) -> Result<(), Refusal> {
    let lists =
        asked.iter().filter(|(name, _)| name.ends_with("Receivers")).filter_map(|(_, list)| list.as_array());
    let names = lists.flatten().filter_map(|one| one["name"].as_str()).map(str::to_lowercase);
    let mut seen = std::collections::BTreeSet::new();
    match names.into_iter().find(|name| !seen.insert(name.clone())) {
        Some(twice) => Err(invalid(&format!("The receiver name '{twice}' is used more than once."))),
        None => Ok(()),
    }
}

/// What only the service may say is not taken from a caller.
fn cleaned(asked: &Object) -> Value {
    let mut properties = Value::Object(asked.clone());
    let receivers = properties.get_mut("emailReceivers").and_then(Value::as_array_mut);
    for receiver in receivers.into_iter().flatten().filter_map(Value::as_object_mut) {
        receiver.remove("verificationStatus");
        receiver.insert("status".to_owned(), json!("Enabled"));
    }
    properties
}

fn send_passcodes(world: &mut World, receivers: &[Value]) {
    let now = world.now;
    for mail in receivers.iter().filter_map(|one| one["emailAddress"].as_str()) {
        if !world.state().azure.passcodes.iter().any(|(known, _)| known.eq_ignore_ascii_case(mail)) {
            world.edit().azure.passcodes.push((mail.to_owned(), now));
        }
    }
}

/// Mailboxes that nobody has to tell enter the code in their time. It stays so, whoever comes to the console afterwards.
fn confirm_by_themselves(world: &mut World) {
    if world.mailboxes == Mailboxes::WhenTold {
        return;
    }
    let is_due = |at: i64| at + world.minutes(PASSCODE_MINUTES) <= world.now;
    let sent = world.state().azure.passcodes.iter().filter(|(_, at)| is_due(*at));
    let fresh: Vec<String> =
        sent.map(|(mail, _)| mail.clone()).filter(|mail| !has_confirmed(world, mail)).collect();
    if !fresh.is_empty() {
        world.edit().azure.confirmed.extend(fresh);
    }
}

fn has_confirmed(world: &World, mail: &str) -> bool {
    world.state().azure.confirmed.iter().any(|known| known.eq_ignore_ascii_case(mail))
}

/// With the state of every recipient, where the version shows it.
fn verified(world: &World, ask: &Request<'_>, mut reply: Reply) -> Reply {
    if ask.call.query("api-version") != Some(WITH_VERIFICATION) {
        return reply;
    }
    if let Content::Json(body) = &mut reply.content {
        let many = body["value"].is_array();
        let groups = if many { body["value"].as_array_mut() } else { None };
        match groups {
            Some(groups) => groups.iter_mut().for_each(|group| mark(world, group)),
            None => mark(world, body),
        }
    }
    reply
}

fn mark(world: &World, group: &mut Value) {
    let Some(receivers) = group.pointer_mut("/properties/emailReceivers").and_then(Value::as_array_mut)
    else {
        return;
    };
    for receiver in receivers {
        let confirmed = receiver["emailAddress"].as_str().is_some_and(|mail| has_confirmed(world, mail));
        receiver["verificationStatus"] = json!(if confirmed { "Verified" } else { "VerificationPending" });
    }
}

fn notify(world: &mut World, ask: &Request<'_>) -> Outcome {
    let id = official_id(ask);
    resource(world, &id).ok_or_else(|| nothing_here(ask))?;
    let body = ask.call.object()?;
    if body.get("alertType").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(invalid("The alertType is required."));
    }
    let notification = Notification {
        id: new_id(),
        request: Value::Object(body),
        sent_at: world.now,
        done_at: world.now + world.seconds(NOTIFIED_AFTER),
    };
    let version = ask.call.query("api-version").unwrap_or_default();
    let place = format!(
        "{}{}{id}/notificationStatus/{}?api-version={version}",
        ask.call.origin, ask.call.prefix, notification.id
    );
    world.edit().azure.notifications.push(notification);
    Ok(Reply::empty(202).with("location", &place).with("retry-after", "5"))
}

fn status(world: &World, ask: &Request<'_>, id: &str) -> Outcome {
    let found =
        world.state().azure.notifications.iter().find(|one| one.id == id).ok_or_else(|| nothing_here(ask))?;
    let done = found.done_at <= world.now;
    let receivers = found.request["emailReceivers"].as_array().cloned().unwrap_or_default();
    let details: Vec<Value> = receivers
        .iter()
        .map(|one| {
            let told = one["emailAddress"].as_str().is_some_and(|mail| has_confirmed(world, mail));
            let status = if !done {
                "InProgress"
            } else if told {
                "Completed"
            } else {
                "Failed"
            };
            json!({"MechanismType": "Email", "Name": one["name"], "Status": status, "SubState": "Default",
            "SendTime": stamp(found.sent_at)})
        })
        .collect();
    let mut body = json!({"state": if done { "Completed" } else { "InProgress" }, "createdTime": stamp(found.sent_at),
        "context": {"notificationSource": "Microsoft.Insights/TestNotification",
            "contextType": found.request["alertType"]}, "actionDetails": details});
    if done {
        body["completedTime"] = json!(stamp(found.done_at));
    }
    Ok(Reply::json(200, body))
}

fn put_rule(world: &mut World, ask: &Request<'_>) -> Outcome {
    need_group(world, ask)?;
    need_provider(world, "Microsoft.Insights")?;
    let body = ask.call.object()?;
    let asked = properties(&body)?;
    check_rule(world, &body, asked)?;
    let made = json!({"id": official_id(ask), "name": ask.names.last(), "location": body["location"],
        "kind": body.get("kind").unwrap_or(&json!("LogAlert")), "tags": tags(&body),
        "type": "Microsoft.Insights/scheduledQueryRules", "properties": asked});
    Ok(store_resource(world, made))
}

fn check_rule(world: &World, body: &Object, asked: &Object) -> Result<(), Refusal> {
    if body.get("location").and_then(Value::as_str).is_none() {
        return Err(Refusal::new(
            400,
            "LocationRequired",
            "The location property is required for this definition.",
        ));
    }
    let needed = ["enabled", "criteria", "scopes", "evaluationFrequency", "windowSize", "severity"];
    if let Some(name) = needed.iter().find(|name| !asked.contains_key(**name)) {
        return Err(invalid(&format!("The property '{name}' is required.")));
    }
    if asked.get("autoMitigate") == Some(&json!(true))
        && asked.get("muteActionsDuration").is_some_and(|one| !one.is_null())
    {
        return Err(invalid("The muteActionsDuration cannot be set together with autoMitigate."));
    }
    let ids = |list: Option<&Value>| -> Vec<String> {
        list.and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let scopes = ids(asked.get("scopes"));
    let groups = ids(asked.get("actions").map(|actions| &actions["actionGroups"]));
    if scopes.is_empty() {
        return Err(invalid("At least one scope is required."));
    }
    match scopes.iter().chain(&groups).find(|id| resource(world, id).is_none()) {
        Some(id) => Err(Refusal::new(400, "ResourceNotFound", format!("The resource '{id}' was not found."))),
        None => check_query(world, asked, &scopes),
    }
}

/// A query over a table that has no data yet is refused unless its validation is skipped. Text UNVERIFIED.
fn check_query(world: &World, asked: &Object, scopes: &[String]) -> Result<(), Refusal> {
    let queries =
        asked["criteria"]["allOf"].as_array().into_iter().flatten().filter_map(|one| one["query"].as_str());
    let queries: Vec<&str> = queries.collect();
    if queries.is_empty() || queries.iter().any(|query| query.trim().is_empty()) {
        return Err(invalid("A query is required."));
    }
    let skipped = asked.get("skipQueryValidation") == Some(&json!(true));
    let table = |query: &&str| if query.contains("AuditLogs") { "AuditLogs" } else { "SigninLogs" };
    let missing = queries
        .iter()
        .find(|query| scopes.iter().all(|scope| !super::logs::table_exists(world, scope, table(query))));
    match missing {
        Some(query) if !skipped => {
            let message = format!(
                "The query validation failed: Failed to resolve table or column expression named '{}'",
                table(query)
            );
            Err(Refusal::new(400, "BadArgumentError", message))
        }
        Some(_) | None => Ok(()),
    }
}
