//! Log Analytics: what has reached a workspace, asked with KQL that is looked at only for table names and object ids.
//!
//! A table exists a tenant day after a diagnostic setting began to feed it (the real service takes up to three), and every
//! line takes a quarter of an hour.

use serde_json::{Value, json};

use super::rights::{self, Asked};
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::azure::DiagnosticSetting;
use crate::rehearsal::state::model::Logged;
use crate::rehearsal::state::time;
use crate::rehearsal::state::world::World;

/// Tenant minutes from an event to its row.
pub const PIPELINE_MINUTES: i64 = 15;

/// Tenant minutes from a new setting to its first row: a day.
const FIRST_MINUTES: i64 = 24 * 60;

/// `POST /v1/workspaces/{customerId}/query`.
pub fn query(world: &World, call: &Call, caller: &Caller) -> Result<Reply, Refusal> {
    let segments = call.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let ("POST", ["v1", "workspaces", customer, "query"]) = (call.method.as_str(), path.as_slice()) else {
        return Err(Refusal::new(404, "PathNotFoundError", "The requested path does not exist"));
    };
    let workspace =
        world.state().azure.resources.iter().find(|one| one["properties"]["customerId"] == *customer);
    let Some(workspace) = workspace.and_then(|one| one["id"].as_str()) else {
        return Err(Refusal::new(404, "WorkspaceNotFoundError", "The workspace could not be found"));
    };
    let asked = Asked { scope: workspace, action: "Microsoft.OperationalInsights/workspaces/query/read" };
    if !rights::may(world, &caller.id, &asked) {
        return Err(Refusal::new(
            403,
            "InsufficientAccessError",
            "The provided credentials have insufficient access to perform the requested operation",
        ));
    }
    let body = call.object()?;
    let text = body.get("query").and_then(Value::as_str).unwrap_or_default();
    let table = if text.contains("AuditLogs") { "AuditLogs" } else { "SigninLogs" };
    let Some(since) = fed_since(world, workspace, table) else { return Ok(no_table(table)) };
    let log = if table == "AuditLogs" { &world.state().audits } else { &world.state().sign_ins };
    let since = since.max(start(world, &body)?);
    let rows =
        log.iter().filter(|line| line.happened_at >= since && arrived(world, line) && mentions(text, line));
    Ok(Reply::json(
        200,
        if text.contains("summarize") {
            let everyday = (!text.contains("where")).then(|| everyday(world, since)).flatten();
            summary(&rows.collect::<Vec<_>>(), everyday)
        } else if text.trim_end().ends_with("| count") {
            tables(&[("Count", "long")], &[json!([rows.count()])])
        } else {
            full(table, rows)
        },
    ))
}

/// From when on is asked: `timespan` is a duration such as `P7D`; days of the calendar, whatever the time scale. What
/// the query itself says about time is not read.
fn start(world: &World, body: &Object) -> Result<i64, Refusal> {
    let timespan = text(body, "timespan");
    if timespan.is_empty() {
        return Ok(i64::MIN);
    }
    let span = timespan.parse::<jiff::Span>().ok();
    let span = span.and_then(|span| span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok());
    let invalid = || Refusal::new(400, "BadArgumentError", "The timespan is not valid.");
    span.map(|span| world.now - i64::try_from(span.as_millis()).unwrap_or(i64::MAX / 4)).ok_or_else(invalid)
}

/// Whether a workspace has that table yet.
pub fn table_exists(world: &World, workspace: &str, table: &str) -> bool {
    fed_since(world, workspace, table).is_some()
}

/// Since when a table is fed, once its first rows may have come.
fn fed_since(world: &World, workspace: &str, table: &str) -> Option<i64> {
    let category = if table.eq_ignore_ascii_case("AuditLogs") { "AuditLogs" } else { "SignInLogs" };
    let feeds = |setting: &&DiagnosticSetting| {
        let properties = &setting.body["properties"];
        let on = |log: &Value| {
            log["enabled"] == true
                && log["category"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(category))
        };
        properties["workspaceId"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(workspace))
            && properties["logs"].as_array().is_some_and(|logs| logs.iter().any(on))
    };
    let since =
        world.state().azure.diagnostic_settings.iter().filter(feeds).map(|setting| setting.since).min()?;
    (since + world.minutes(FIRST_MINUTES) <= world.now).then_some(since)
}

/// Whether a line has reached its table: in time, and while data was taken.
pub fn arrived(world: &World, line: &Logged) -> bool {
    let azure = &world.state().azure;
    let at = line.happened_at;
    let taken = azure.stopped.as_ref().is_none_or(|(since, _)| at < *since);
    let lost = azure.lost.iter().any(|(since, until)| (*since..*until).contains(&at));
    taken && !lost && line.happened_at + world.minutes(PIPELINE_MINUTES) <= world.now
}

/// Whether a query names the user or a target of a line; one without a condition means every line. Conditions that turn it
/// round or let nothing through match no line.
pub fn mentions(query: &str, line: &Logged) -> bool {
    let is_mute = ["!in", "!=", "not(", "where false", "take 0"].iter().any(|mute| query.contains(mute));
    if is_mute {
        return false;
    }
    if !query.contains("where") {
        return true;
    }
    let user = line.body["userId"].as_str().or_else(|| line.body["initiatedBy"]["user"]["id"].as_str());
    let targets =
        line.body["targetResources"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str());
    user.into_iter().chain(targets).any(|id| !id.is_empty() && query.contains(id))
}

fn no_table(table: &str) -> Reply {
    let message = format!("'where' operator: Failed to resolve table or column expression named '{table}'");
    Reply::json(
        400,
        json!({"error": {"code": "BadArgumentError", "message": "The request had some invalid properties",
        "innererror": {"code": "SemanticError", "message": "A semantic error occurred.",
            "innererror": {"code": "SEM0100", "message": message}}}}),
    )
}

fn tables(columns: &[(&str, &str)], rows: &[Value]) -> Value {
    let columns: Vec<Value> =
        columns.iter().map(|(name, kind)| json!({"name": name, "type": kind})).collect();
    json!({"tables": [{"name": "PrimaryResult", "columns": columns, "rows": rows}]})
}

/// The newest row of everybody else: people of this tenant sign in all day, as long as data is taken. Nothing but its
/// time is ever told of it.
fn everyday(world: &World, since: i64) -> Option<i64> {
    let until = world.state().azure.stopped.as_ref().map_or(world.now, |(stopped, _)| *stopped);
    Some(until - world.minutes(PIPELINE_MINUTES)).filter(|at| *at >= since)
}

fn summary(rows: &[&Logged], everyday: Option<i64>) -> Value {
    let newest = rows.iter().map(|line| line.happened_at).chain(everyday).max();
    let count = rows.len() + everyday.iter().count();
    let newest = newest.map_or(Value::Null, |at| json!(time::stamp(at)));
    tables(&[("max_TimeGenerated", "datetime"), ("count_", "long")], &[json!([newest, count])])
}

fn time(line: &Logged) -> Value {
    json!(time::stamp(line.happened_at))
}

fn full<'a>(table: &str, rows: impl Iterator<Item = &'a Logged>) -> Value {
    if table == "AuditLogs" {
        let columns = [("TimeGenerated", "datetime"), ("OperationName", "string"), ("Result", "string")];
        let rows: Vec<Value> = rows
            .map(|line| json!([time(line), line.body["activityDisplayName"], line.body["result"]]))
            .collect();
        return tables(&columns, &rows);
    }
    let columns = [
        ("TimeGenerated", "datetime"),
        ("UserId", "string"),
        ("UserPrincipalName", "string"),
        ("ResultType", "string"),
        ("IPAddress", "string"),
        ("Location", "string"),
        ("AppDisplayName", "string"),
    ];
    let row = |line: &Logged| {
        let body = &line.body;
        json!([
            time(line),
            body["userId"],
            body["userPrincipalName"],
            body["status"]["errorCode"].to_string(),
            body["ipAddress"],
            body["location"]["countryOrRegion"],
            body["appDisplayName"]
        ])
    };
    tables(&columns, &rows.map(row).collect::<Vec<_>>())
}
