//! A resource of Azure with our part changed and the rest as it was: a PUT replaces the whole of it.
//!
//! What only the service may say (ids, states, who is confirmed) is left out, as is what is null: missing and null are
//! the same to it. Nothing else is dropped, known here or not.

use serde_json::{Map, Value, json};

use crate::domain::facts::Original;
use crate::domain::plan::Recipient;
use crate::domain::write::action::{Flaw, Rule, leaves_nothing_out};

/// Members of every resource that are read only (the description of Azure; `systemData` and `etag` of rules).
const OF_THE_SERVICE: [&str; 5] = ["id", "name", "type", "etag", "systemData"];
/// Properties that are read only.
const PROPERTIES_OF_THE_SERVICE: [&str; 4] = [
    "createdWithApiVersion",
    "isLegacyLogAnalyticsRule",
    "isWorkspaceAlertsStorageConfigured",
    "provisioningState",
];
/// Members of a receiver that are read only.
const RECEIVERS_OF_THE_SERVICE: [&str; 2] = ["status", "verificationStatus"];

/// What of a resource can be sent back.
pub(super) fn sendable(original: &Original) -> Value {
    let mut body = without_nulls(&original.body);
    remove(&mut body, &OF_THE_SERVICE);
    let properties = object(&mut body, "properties");
    remove(properties, &PROPERTIES_OF_THE_SERVICE);
    for (name, receivers) in properties.as_object_mut().into_iter().flatten() {
        let receivers = receivers.as_array_mut().filter(|_| name.ends_with("Receivers"));
        receivers.into_iter().flatten().for_each(|one| remove(one, &RECEIVERS_OF_THE_SERVICE));
    }
    if let Some(identity) = body.get_mut("identity") {
        bare_identity(identity);
    }
    body
}

/// An identity is sent by the names of what is assigned; their ids are the service's.
fn bare_identity(identity: &mut Value) {
    remove(identity, &["principalId", "tenantId"]);
    let assigned = identity.get_mut("userAssignedIdentities").and_then(Value::as_object_mut);
    assigned.into_iter().flatten().for_each(|(_, one)| *one = json!({}));
}

fn remove(value: &mut Value, names: &[&str]) {
    if let Some(members) = value.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let some = members.iter().filter(|(_, one)| !one.is_null());
            Value::Object(some.map(|(name, one)| (name.clone(), without_nulls(one))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// The object at `name`, made where there is none: what is of another shape cannot be written into.
fn object<'a>(parent: &'a mut Value, name: &str) -> &'a mut Value {
    if !parent.is_object() {
        *parent = json!({});
    }
    if !parent[name].is_object() {
        parent[name] = json!({});
    }
    &mut parent[name]
}

/// The list at `name`, made where there is none.
fn list<'a>(properties: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    if !properties[name].is_array() {
        properties[name] = json!([]);
    }
    properties[name].as_array_mut()
}

/// The action group, switched on, with these recipients besides everybody it tells already. A receiver's name is its own
/// among all of the group.
pub(super) fn action_group(original: &Original, recipients: &[Recipient]) -> Value {
    let mut body = sendable(original);
    let properties = object(&mut body, "properties");
    let taken = receiver_names(properties);
    properties["enabled"] = Value::Bool(true);
    let mailed = recipients.iter().filter(|one| !one.is_mailed_by(&original.body)).map(|one| {
        let is_taken = taken.iter().any(|name| name.eq_ignore_ascii_case(&one.name));
        let name = if is_taken { format!("{} ({})", one.name, one.email) } else { one.name.clone() };
        json!({"name": name, "emailAddress": one.email, "useCommonAlertSchema": true})
    });
    if let Some(receivers) = list(properties, "emailReceivers") {
        receivers.extend(mailed);
    }
    let texted: Vec<Recipient> =
        recipients.iter().filter(|one| !one.is_texted_by(&original.body)).cloned().collect();
    let texted = super::texts::texts(&texted);
    if !texted.is_empty()
        && let Some(receivers) = list(properties, "smsReceivers")
    {
        receivers.extend(texted);
    }
    body
}

fn receiver_names(properties: &Value) -> Vec<String> {
    let lists = properties.as_object().into_iter().flatten().filter(|(name, _)| name.ends_with("Receivers"));
    let all = lists.filter_map(|(_, receivers)| receivers.as_array()).flatten();
    all.filter_map(|one| one["name"].as_str()).map(str::to_owned).collect()
}

/// The diagnostic setting, with these categories sent to the workspace besides everything that it sends.
pub(super) fn diagnostic_setting(original: &Original, workspace: &str, categories: &[String]) -> Value {
    let mut properties = object(&mut sendable(original), "properties").take();
    properties["workspaceId"] = Value::from(workspace);
    for category in categories {
        let Some(logs) = list(&mut properties, "logs") else { continue };
        logs.retain(Value::is_object);
        let is_it =
            |log: &&mut Value| log["category"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(category));
        match logs.iter_mut().find(is_it) {
            Some(log) => log["enabled"] = Value::Bool(true),
            None => logs.push(json!({"category": category, "enabled": true})),
        }
    }
    json!({"properties": properties})
}

/// The rule without its flaws, and with everything else in it.
pub(super) fn rule(original: &Original, rule: &Rule) -> Value {
    let mut body = sendable(original);
    let properties = object(&mut body, "properties");
    rule.flaws().into_iter().for_each(|flaw| mend(properties, rule, flaw));
    body
}

fn mend(properties: &mut Value, rule: &Rule, flaw: Flaw) {
    match flaw {
        Flaw::Off => properties["enabled"] = Value::Bool(true),
        Flaw::Severity => properties["severity"] = Value::from(0),
        Flaw::Workspace => {
            properties["scopes"] = json!([rule.workspace]);
            properties["skipQueryValidation"] = Value::Bool(true);
        }
        Flaw::Query => {
            condition(properties)["query"] = Value::from(rule.query.clone());
            properties["skipQueryValidation"] = Value::Bool(true);
        }
        Flaw::Condition => fire_on_any_result(condition(properties)),
        Flaw::Window => {
            properties["windowSize"] = Value::from("PT15M");
            properties["evaluationFrequency"] = Value::from("PT5M");
            remove(properties, &["overrideQueryTimeRange"]);
        }
        Flaw::Frequency => properties["evaluationFrequency"] = Value::from("PT5M"),
        Flaw::Muted => remove(properties, &["muteActionsDuration"]),
        Flaw::Stateful => {
            properties["autoMitigate"] = Value::Bool(false);
            remove(properties, &["ruleResolveConfiguration"]);
        }
        Flaw::Untold => {
            if let Some(groups) = list(object(properties, "actions"), "actionGroups") {
                groups.push(Value::from(rule.action_group.clone()));
            }
        }
    }
}

/// The one condition of the rule, alone: a second one would have to be true as well.
fn condition(properties: &mut Value) -> &mut Value {
    let first = properties.pointer("/criteria/allOf/0").filter(|one| one.is_object()).cloned();
    let criteria = object(properties, "criteria");
    criteria["allOf"] = json!([first.unwrap_or_else(|| json!({}))]);
    &mut criteria["allOf"][0]
}

fn fire_on_any_result(condition: &mut Value) {
    condition["operator"] = Value::from("GreaterThan");
    condition["threshold"] = Value::from(0);
    condition["timeAggregation"] = Value::from("Count");
    condition["failingPeriods"] = json!({"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1});
    remove(condition, &["metricMeasureColumn"]);
    if let Some(dimensions) = condition.get_mut("dimensions").and_then(Value::as_array_mut) {
        dimensions.retain(leaves_nothing_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::action::RuleKind;

    #[test]
    fn a_group_keeps_whom_it_tells_and_gains_a_mailbox() {
        let original = json!({"id": "/s/ag", "name": "ag", "type": "t", "location": "Global", "tags": {"owner": "soc"},
            "properties": {"groupShortName": "SOC", "enabled": true, "somethingNew": {"a": 1},
                "emailReceivers": [{"name": "Team", "emailAddress": "a@example.com", "status": "Enabled",
                    "verificationStatus": "Verified", "useCommonAlertSchema": false}],
                "smsReceivers": [{"name": "on call", "countryCode": "1", "phoneNumber": "2065550100", "status": "Enabled"}],
                "webhookReceivers": [{"name": "siem", "serviceUri": "https://siem.example.com/hook"}]}});
        let added = Recipient { name: "TEAM".to_owned(), email: "b@example.com".to_owned(), sms: None };
        let sent = action_group(&Original::new("v", original), &[added]);
        let wanted = json!({"location": "Global", "tags": {"owner": "soc"},
            "properties": {"groupShortName": "SOC", "enabled": true, "somethingNew": {"a": 1},
                "emailReceivers": [{"name": "Team", "emailAddress": "a@example.com", "useCommonAlertSchema": false},
                    {"name": "TEAM (b@example.com)", "emailAddress": "b@example.com", "useCommonAlertSchema": true}],
                "smsReceivers": [{"name": "on call", "countryCode": "1", "phoneNumber": "2065550100"}],
                "webhookReceivers": [{"name": "siem", "serviceUri": "https://siem.example.com/hook"}]}});
        assert_eq!(sent, wanted);
    }

    #[test]
    fn a_setting_keeps_its_event_hub_and_its_other_categories() {
        let original = json!({"name": "emergency-access-logs", "location": null, "properties": {"eventHubName": "hub",
            "eventHubAuthorizationRuleId": "/s/hub", "workspaceId": "/s/law", "logs": [
                {"category": "RiskyUsers", "enabled": true, "retentionPolicy": {"days": 0, "enabled": false}},
                {"category": "auditlogs", "enabled": false}]}});
        let sent = diagnostic_setting(
            &Original::new("v", original),
            "/s/law",
            &["AuditLogs".to_owned(), "SignInLogs".to_owned()],
        );
        let wanted = json!({"properties": {"eventHubName": "hub", "eventHubAuthorizationRuleId": "/s/hub",
            "workspaceId": "/s/law", "logs": [
                {"category": "RiskyUsers", "enabled": true, "retentionPolicy": {"days": 0, "enabled": false}},
                {"category": "auditlogs", "enabled": true}, {"category": "SignInLogs", "enabled": true}]}});
        assert_eq!(sent, wanted);
    }

    #[test]
    fn a_resource_of_an_odd_shape_stops_nobody() {
        for odd in [
            json!("text"),
            json!({"properties": "text"}),
            json!({"properties": {"criteria": 1, "actions": [], "logs": ["x"], "emailReceivers": "y"}}),
            json!({"properties": {"criteria": {"allOf": "z"}, "logs": "x"}}),
        ] {
            let original = Original::new("v", odd);
            let sent = rule(&original, &planned(original.clone()));
            assert_eq!(planned(Original::new("v", sent)).flaws(), [], "{original:?}");
            let mail = Recipient { name: "A".to_owned(), email: "a@example.com".to_owned(), sms: None };
            assert_eq!(action_group(&original, &[mail])["properties"]["enabled"], true);
            let setting = diagnostic_setting(&original, "/s/law", &["AuditLogs".to_owned()]);
            assert_eq!(setting["properties"]["logs"], json!([{"category": "AuditLogs", "enabled": true}]));
        }
    }

    fn planned(original: Original) -> Rule {
        Rule {
            kind: RuleKind::SignIn,
            id: "/s/r".to_owned(),
            region: "westeurope".to_owned(),
            workspace: "/s/law".to_owned(),
            action_group: "/s/ag".to_owned(),
            watched: vec!["a".to_owned()],
            query: "SigninLogs | where UserId in ('a')".to_owned(),
            original: Some(original),
        }
    }

    #[test]
    fn a_rule_loses_its_flaws_and_nothing_else() {
        let original = json!({"id": "/s/r", "kind": "LogAlert", "location": "northeurope", "tags": {"t": "1"}, "etag": "x",
            "identity": {"type": "SystemAssigned", "principalId": "p", "tenantId": "t"},
            "properties": {"createdWithApiVersion": "v", "description": "ours", "enabled": false, "severity": 2,
                "scopes": ["/s/old"], "evaluationFrequency": "PT1H", "windowSize": "PT1H", "autoMitigate": true,
                "muteActionsDuration": "P1D", "skipQueryValidation": false, "criteria": {"allOf": [
                    {"query": "x", "operator": "GreaterThan", "threshold": 9, "timeAggregation": "Count",
                        "dimensions": [{"name": "n", "operator": "Exclude", "values": ["y"]}]}]},
                "actions": {"actionGroups": ["/s/theirs"], "customProperties": {"team": "soc"}}}});
        let planned = planned(Original::new("v", original));
        let sent = rule(planned.original.as_ref().expect("it is there"), &planned);
        let wanted = json!({"kind": "LogAlert", "location": "northeurope", "tags": {"t": "1"},
            "identity": {"type": "SystemAssigned"},
            "properties": {"description": "ours", "enabled": true, "severity": 0, "scopes": ["/s/law"],
                "evaluationFrequency": "PT5M", "windowSize": "PT1H", "autoMitigate": false, "skipQueryValidation": true,
                "criteria": {"allOf": [{"query": "SigninLogs | where UserId in ('a')", "operator": "GreaterThan",
                    "threshold": 0, "timeAggregation": "Count", "dimensions": [],
                    "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
                "actions": {"actionGroups": ["/s/theirs", "/s/ag"], "customProperties": {"team": "soc"}}}});
        assert_eq!(sent, wanted);
        let mended = Rule { original: Some(Original::new("v", sent)), ..planned };
        assert_eq!(mended.flaws(), []);
    }
}
