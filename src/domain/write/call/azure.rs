//! The requests to Azure Resource Manager, and the queries its alert rules run (contract 8).

use serde_json::{Value, json};

use super::texts::texts;
use super::{Call, Verb, api, kept};
use crate::domain::facts::Original;
use crate::domain::plan::{Recipient, azure_names::GROUP_AND_NAME};
use crate::domain::write::action::{Rule, RuleKind};

/// The name of the diagnostic setting made here.
pub const DIAGNOSTIC_SETTING: &str = "emergency-access-logs";
/// The name of the action group made here.
pub const ACTION_GROUP: &str = "emergency-access-alerts";
/// Short name of the action group; twelve characters at most (throttling.md).
const ACTION_GROUP_SHORT: &str = "EmergAccess";

pub(super) fn register_provider(subscription: &str, namespace: &str) -> Call {
    let version = api::RESOURCES;
    let path = format!("/subscriptions/{subscription}/providers/{namespace}/register?api-version={version}");
    Call::arm(Verb::Post, path, Value::Null)
}

pub(super) fn put_resource_group(subscription: &str, name: &str, region: &str) -> Call {
    let path = format!("/subscriptions/{subscription}/resourcegroups/{name}?api-version={}", api::RESOURCES);
    Call::arm(Verb::Put, path, json!({"location": region}))
}

pub(super) fn put_workspace(id: &str, region: &str) -> Call {
    let body =
        json!({"location": region, "properties": {"sku": {"name": "PerGB2018"}, "retentionInDays": 90}});
    Call::arm(Verb::Put, format!("{id}?api-version={}", api::WORKSPACES), body)
}

/// The path of the diagnostic setting made here.
pub fn diagnostic_setting_path() -> String {
    format!("/providers/microsoft.aadiam/diagnosticSettings/{DIAGNOSTIC_SETTING}")
}

pub(super) fn put_diagnostic_setting(
    workspace: &str,
    categories: &[String],
    original: Option<&Original>,
) -> Call {
    let logs = || categories.iter().map(|one| json!({"category": one, "enabled": true})).collect::<Vec<_>>();
    let body = match original {
        Some(original) => kept::diagnostic_setting(original, workspace, categories),
        None => json!({"properties": {"workspaceId": workspace, "logs": logs()}}),
    };
    put(&diagnostic_setting_path(), original.map_or(api::DIAGNOSTICS, |o| &o.version), body)
}

fn put(id: &str, version: &str, body: Value) -> Call {
    Call::arm(Verb::Put, format!("{id}?api-version={version}"), body)
}

pub(super) fn test_notification(id: &str, recipients: &[Recipient]) -> Call {
    let path = format!("{id}/createNotifications?api-version={}", api::ACTION_GROUPS);
    let mut body = json!({"alertType": "logalertv2", "emailReceivers": receivers(recipients)});
    with_texts(&mut body, recipients);
    Call::arm(Verb::Post, path, body)
}

fn with_texts(body: &mut Value, recipients: &[Recipient]) {
    let texts = texts(recipients);
    if !texts.is_empty() {
        body["smsReceivers"] = Value::from(texts);
    }
}

/// The ARM id of a workspace.
pub fn workspace_id(subscription: &str, resource_group: &str, name: &str) -> String {
    format!(
        "/subscriptions/{subscription}/resourceGroups/{resource_group}/providers/Microsoft.OperationalInsights/workspaces/{name}"
    )
}

/// The ARM id of the action group made here.
pub fn action_group_id(subscription: &str, resource_group: &str) -> String {
    format!(
        "/subscriptions/{subscription}/resourceGroups/{resource_group}/providers/Microsoft.Insights/actionGroups/{ACTION_GROUP}"
    )
}

/// The ARM id of an action group that a plan adopts as `resource-group/name`.
pub fn adopted_group_id(subscription: &str, named: &str) -> String {
    let (group, name) = named.split_once(GROUP_AND_NAME).unwrap_or(("", named));
    format!(
        "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Insights/actionGroups/{name}"
    )
}

/// The ARM id of an alert rule made here.
pub fn rule_id(subscription: &str, resource_group: &str, kind: RuleKind) -> String {
    let name = kind.resource_name();
    format!(
        "/subscriptions/{subscription}/resourceGroups/{resource_group}/providers/Microsoft.Insights/scheduledQueryRules/{name}"
    )
}

fn receivers(recipients: &[Recipient]) -> Vec<Value> {
    recipients
        .iter()
        .map(|r| json!({"name": r.name, "emailAddress": r.email, "useCommonAlertSchema": true}))
        .collect()
}

pub(super) fn put_action_group(id: &str, recipients: &[Recipient], original: Option<&Original>) -> Call {
    let new = || {
        let mut body = json!({"location": "Global", "properties": {
            "groupShortName": ACTION_GROUP_SHORT,
            "enabled": true,
            "emailReceivers": receivers(recipients),
        }});
        with_texts(&mut body["properties"], recipients);
        body
    };
    let body = original.map_or_else(new, |original| kept::action_group(original, recipients));
    put(id, original.map_or(api::ACTION_GROUPS, |o| &o.version), body)
}

pub(super) fn put_rule(rule: &Rule) -> Call {
    let original = rule.original.as_ref();
    let body = original.map_or_else(|| new_rule(rule), |original| kept::rule(original, rule));
    put(&rule.id, original.map_or(api::RULES, |o| &o.version), body)
}

/// Results above zero in fifteen minutes, looked at every five: ingestion is late, so the windows overlap (contract 8).
/// Query validation is skipped because the tables do not exist before the first log arrives.
fn new_rule(rule: &Rule) -> Value {
    json!({"location": rule.region, "kind": "LogAlert", "properties": {
        "displayName": rule.kind.name(),
        "severity": 0,
        "enabled": true,
        "scopes": [rule.workspace],
        "evaluationFrequency": "PT5M",
        "windowSize": "PT15M",
        "criteria": {"allOf": [{
            "query": rule.query,
            "timeAggregation": "Count",
            "operator": "GreaterThan",
            "threshold": 0,
            "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1},
        }]},
        "autoMitigate": false,
        "actions": {"actionGroups": [rule.action_group]},
        "skipQueryValidation": true,
    }})
}

/// The sign-in query by object id, so that renaming an account does not silence it.
pub fn sign_in_query(accounts: &[String]) -> String {
    format!(
        "SigninLogs | where UserId in ({}) | project TimeGenerated, UserId, UserPrincipalName, ResultType, IPAddress, Location, AppDisplayName",
        quoted(accounts)
    )
}

/// The newest row of anybody in a table, and how many there were.
pub fn newest_query(table: &str) -> String {
    format!("{table} | summarize max(TimeGenerated), count()")
}

/// Changes made to the accounts or the group, and changes made by the accounts.
pub fn audit_query(accounts: &[String], group: Option<&str>) -> String {
    let mut watched = accounts.to_vec();
    watched.extend(group.map(str::to_owned));
    format!(
        "AuditLogs | where TargetResources has_any ({}) or tostring(InitiatedBy.user.id) in ({}) | project TimeGenerated, OperationName, InitiatedBy, TargetResources",
        quoted(&watched),
        quoted(accounts)
    )
}

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
}
