//! Fired alerts: worked out from the rules and the log, never stored.
//!
//! An enabled rule fires once for every line that names one of its object ids, happened after the rule was made, and
//! has reached the workspace.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::logs::{PIPELINE_MINUTES, arrived, mentions, table_exists};
use super::request::{Outcome, Request, nothing_here, resource};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::model::Logged;
use crate::rehearsal::state::time::{DAY, moment, stamp};
use crate::rehearsal::state::world::World;

/// Answers alerts and the history of one.
pub fn route(world: &World, ask: &Request<'_>) -> Outcome {
    let fired = fired(world, ask);
    match (ask.verb, ask.path.get(5..).unwrap_or_default()) {
        ("get", []) => {
            let rule = ask.call.query("alertRule").unwrap_or_default();
            let range = range(world, ask)?;
            let wanted = |alert: &&Value| {
                let started = essentials(alert)["startDateTime"].as_str().and_then(moment);
                started.is_some_and(|at| range.contains(&at))
                    && (rule.is_empty()
                        || essentials(alert)["alertRule"]
                            .as_str()
                            .is_some_and(|id| id.eq_ignore_ascii_case(rule)))
            };
            let mut shown: Vec<Value> = fired.iter().filter(wanted).cloned().collect();
            shown.reverse();
            shown.iter_mut().for_each(only_described);
            Ok(Reply::json(200, json!({"value": shown})))
        }
        ("get", [id, "history"]) => {
            let alert = fired.iter().find(|alert| alert["name"] == *id).ok_or_else(|| nothing_here(ask))?;
            Ok(Reply::json(200, history(world, alert)))
        }
        _ => Err(nothing_here(ask)),
    }
}

/// Where an alert fires, and whether its action groups are taken off it.
struct Place<'a> {
    subscription: &'a str,
    is_suppressed: bool,
    /// Milliseconds from an event to its row, and so to the alert.
    late: i64,
}

/// Days back by the word of `timeRange`; a day when left out (contract 15.9). An hour is told as one.
const RANGES: &[(&str, i64)] = &[("1h", DAY / 24), ("1d", DAY), ("7d", 7 * DAY), ("30d", 30 * DAY)];

/// The moments asked about: days of the calendar, whatever the time scale.
fn range(world: &World, ask: &Request<'_>) -> Result<RangeInclusive<i64>, Refusal> {
    let invalid = |why: &str| Refusal::new(400, "BadRequest", why);
    let back = |back: i64| world.now - back..=world.now;
    match (ask.call.query("timeRange"), ask.call.query("customTimeRange")) {
        (Some(_), Some(_)) => Err(invalid("timeRange and customTimeRange cannot be used together.")),
        (None, Some(text)) => {
            let ends = text.split_once('/').and_then(|(start, end)| Some(moment(start)?..=moment(end)?));
            ends.filter(|ends| *ends.start() >= world.now - 30 * DAY)
                .ok_or_else(|| invalid("customTimeRange is not valid: start/end, at most 30 days back."))
        }
        (word, None) => {
            let known = RANGES.iter().find(|(name, _)| *name == word.unwrap_or("1d"));
            known.map(|(_, days)| back(*days)).ok_or_else(|| invalid("timeRange is not valid."))
        }
    }
}

/// Whom an alert tells stands in its history, not in the list.
fn only_described(alert: &mut Value) {
    if let Some(essentials) = alert.pointer_mut("/properties/essentials").and_then(Value::as_object_mut) {
        essentials.remove("actionGroups");
    }
}

fn essentials(alert: &Value) -> &Value {
    &alert["properties"]["essentials"]
}

fn fired(world: &World, ask: &Request<'_>) -> Vec<Value> {
    let subscription = ask.path.get(1).copied().unwrap_or_default();
    let is_rule = |one: &&Value| {
        one["type"] == "Microsoft.Insights/scheduledQueryRules" && one["properties"]["enabled"] == true
    };
    let late = world.minutes(PIPELINE_MINUTES);
    let rules: Vec<&Value> = world.state().azure.resources.iter().filter(is_rule).collect();
    rules
        .into_iter()
        .flat_map(|rule| {
            let scope = rule["properties"]["scopes"][0].as_str().unwrap_or_default();
            let place = Place { subscription, is_suppressed: is_suppressed(world, scope), late };
            lines(world, rule).map(move |line| alert(rule, line, &place))
        })
        .collect()
}

fn lines<'a>(world: &'a World, rule: &'a Value) -> impl Iterator<Item = &'a Logged> {
    let query = rule["properties"]["criteria"]["allOf"][0]["query"].as_str().unwrap_or_default();
    let audits = query.contains("AuditLogs");
    let (table, log) =
        if audits { ("AuditLogs", &world.state().audits) } else { ("SigninLogs", &world.state().sign_ins) };
    let since = rule["madeAt"].as_i64().unwrap_or(i64::MAX);
    let fed = rule["properties"]["scopes"][0].as_str().is_some_and(|scope| table_exists(world, scope, table));
    log.iter()
        .filter(move |line| fed && line.happened_at >= since && arrived(world, line) && mentions(query, line))
}

fn alert(rule: &Value, line: &Logged, place: &Place<'_>) -> Value {
    let Place { subscription, is_suppressed, late } = place;
    let rule_id = rule["id"].as_str().unwrap_or_default();
    let id = id_for("alert", &format!("{rule_id}/{}", line.body["id"]));
    let started = stamp(line.happened_at + late);
    json!({"id": format!("/subscriptions/{subscription}/providers/Microsoft.AlertsManagement/alerts/{id}"), "name": id,
        "type": "Microsoft.AlertsManagement/alerts", "properties": {"essentials": {
            "severity": format!("Sev{}", rule["properties"]["severity"]), "signalType": "Log", "alertState": "New",
            "monitorCondition": "Fired", "monitorService": "Log Analytics", "alertRule": rule_id,
            "targetResource": rule["properties"]["scopes"][0], "startDateTime": started,
            "lastModifiedDateTime": started, "actionStatus": {"isSuppressed": is_suppressed}}}})
}

/// `…/actionRules`: alert processing rules of the subscription.
pub fn processing_rules(world: &World, ask: &Request<'_>) -> Outcome {
    match ask.verb {
        "get" => Ok(Reply::json(200, json!({"value": world.state().azure.processing_rules}))),
        _ => Err(nothing_here(ask)),
    }
}

/// Whether a processing rule takes the groups off alerts about this workspace. One with conditions is taken to mean other
/// alerts: they are not evaluated here.
fn is_suppressed(world: &World, workspace: &str) -> bool {
    let removes = |rule: &&Value| {
        let properties = &rule["properties"];
        let meets_all = properties["conditions"].as_array().is_none_or(Vec::is_empty);
        meets_all
            && properties["enabled"] != false
            && properties["actions"][0]["actionType"] == "RemoveAllActionGroups"
    };
    let workspace = workspace.to_lowercase();
    let covers = |rule: &Value| {
        let scopes = rule["properties"]["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str);
        scopes.into_iter().any(|scope| workspace.starts_with(&scope.to_lowercase()))
    };
    world.state().azure.processing_rules.iter().filter(removes).any(covers)
}

fn history(world: &World, alert: &Value) -> Value {
    let at = &essentials(alert)["startDateTime"];
    let mut modifications =
        vec![json!({"modificationEvent": "AlertCreated", "modifiedAt": at, "modifiedBy": "System"})];
    let rule = resource(world, essentials(alert)["alertRule"].as_str().unwrap_or_default());
    let groups =
        rule.and_then(|rule| rule["properties"]["actions"]["actionGroups"].as_array()).into_iter().flatten();
    let status = world.state().azure.told.as_deref().unwrap_or("Inline");
    let suppressed = essentials(alert)["actionStatus"]["isSuppressed"] == true;
    let event = if suppressed { "ActionsSuppressed" } else { "ActionsTriggered" };
    modifications.extend(groups.map(|group| {
        json!({"modificationEvent": event, "modifiedAt": at,
        "modifiedBy": "System", "details": {"type": event, "actionGroup": {"actionGroupId": group},
            "notificationResult": {"status": if suppressed { "None" } else { status }}}})
    }));
    json!({"id": alert["id"], "type": "Microsoft.AlertsManagement/alerts/history",
        "properties": {"alertId": alert["name"], "modifications": modifications}})
}
