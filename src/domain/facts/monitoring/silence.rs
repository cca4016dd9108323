//! What keeps a fired alert from people: alert processing rules, and what the history of an alert says was done.
//!
//! The shape of a processing rule is not in Microsoft's descriptions at hand (contract 16, UNVERIFIED): what is not
//! understood may silence, and is never taken for harmless.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// An alert processing rule.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessingRule {
    /// Name, cleaned.
    pub name: String,
    /// The whole of it.
    pub body: Arc<Value>,
}

/// The alert that a processing rule may meet.
#[derive(Debug, Clone, Copy)]
pub struct AlertOf<'a> {
    /// ARM id of the alert rule.
    pub rule: &'a str,
    /// Its display name.
    pub name: &'a str,
    /// ARM id of the workspace that it looks at.
    pub workspace: &'a str,
}

/// Whether an alert is kept from people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// No.
    No,
    /// It cannot be told from here.
    Perhaps,
    /// Yes.
    Yes,
}

impl ProcessingRule {
    /// Whether this rule takes every action group off that alert, at some time from `today` on.
    pub fn silences(&self, alert: AlertOf<'_>, today: Date) -> Silence {
        let properties = &self.body["properties"];
        if properties["enabled"] == false || is_over(&properties["schedule"], today) {
            return Silence::No;
        }
        let conditions = properties["conditions"].as_array().into_iter().flatten();
        let met = conditions.map(|condition| met(condition, alert));
        [removes(properties), reach(properties, alert)].into_iter().chain(met).min().unwrap_or(Silence::No)
    }
}

fn is_over(schedule: &Value, today: Date) -> bool {
    let until = schedule["effectiveUntil"].as_str().and_then(|text| text.get(..10)?.parse::<Date>().ok());
    until.is_some_and(|until| until < today)
}

fn removes(properties: &Value) -> Silence {
    let kinds = properties["actions"].as_array().into_iter().flatten();
    let one = |action: &Value| match action["actionType"].as_str() {
        Some(kind) if kind.eq_ignore_ascii_case("RemoveAllActionGroups") => Silence::Yes,
        Some(kind) if kind.eq_ignore_ascii_case("AddActionGroups") => Silence::No,
        _ => Silence::Perhaps,
    };
    kinds.map(one).max().unwrap_or(Silence::Perhaps)
}

/// A scope counts for the resource that the alert is about; whether it counts for the rule's own place is not known.
fn reach(properties: &Value, alert: AlertOf<'_>) -> Silence {
    let Some(scopes) = properties["scopes"].as_array() else { return Silence::Perhaps };
    let holds = |id: &str| scopes.iter().filter_map(Value::as_str).any(|scope| is_within(id, scope));
    match (holds(alert.workspace), holds(alert.rule)) {
        (true, _) => Silence::Yes,
        (false, true) => Silence::Perhaps,
        (false, false) => Silence::No,
    }
}

fn is_within(id: &str, scope: &str) -> bool {
    let (id, scope) = (id.to_lowercase(), scope.trim_end_matches('/').to_lowercase());
    id == scope || id.strip_prefix(&scope).is_some_and(|rest| rest.starts_with('/'))
}

fn met(condition: &Value, alert: AlertOf<'_>) -> Silence {
    let field = condition["field"].as_str().unwrap_or_default().to_lowercase();
    let group: String = alert.workspace.split('/').take(5).collect::<Vec<_>>().join("/");
    let resource = alert.rule.rsplit('/').next().unwrap_or_default();
    let own: Vec<&str> = match field.as_str() {
        "severity" => vec!["Sev0"],
        "monitorcondition" => vec!["Fired"],
        "signaltype" => vec!["Log"],
        "alertruleid" => vec![alert.rule],
        "alertrulename" => vec![resource, alert.name],
        "targetresource" => vec![alert.workspace],
        "targetresourcegroup" => vec![&group],
        "targetresourcetype" => vec!["Microsoft.OperationalInsights/workspaces"],
        _ => return Silence::Perhaps,
    };
    let Some(values) = condition["values"].as_array() else { return Silence::Perhaps };
    let values: Vec<String> = values.iter().filter_map(Value::as_str).map(str::to_lowercase).collect();
    let any = |fits: fn(&str, &str) -> bool| {
        own.iter().any(|own| values.iter().any(|value| fits(&own.to_lowercase(), value)))
    };
    let is_met = match condition["operator"].as_str().unwrap_or_default().to_lowercase().as_str() {
        "equals" => any(|own, value| own == value),
        "notequals" => !any(|own, value| own == value),
        "contains" => any(|own, value| own.contains(value)),
        "doesnotcontain" => !any(|own, value| own.contains(value)),
        _ => return Silence::Perhaps,
    };
    if is_met { Silence::Yes } else { Silence::No }
}

/// The newest alert of a rule whose history was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// ARM id of the rule.
    pub rule: String,
    /// When it fired.
    pub at: Option<Timestamp>,
    /// Whether anybody was told.
    pub told: Told,
}

/// What the history of an alert says about telling people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// An action group was triggered.
    Yes,
    /// It fired and nobody was told: what the history calls it.
    No(String),
    /// The history names no action.
    NotSeen,
    /// There was nothing to tell in the last thirty days.
    NeverFired,
}

impl Told {
    /// What the `modifications` of a history add up to: one action that reached nobody is enough to say so.
    pub fn of(modifications: &[Value]) -> Self {
        let mut told = Self::NotSeen;
        for one in modifications {
            let status = one["details"]["notificationResult"]["status"].as_str().unwrap_or("None");
            match one["modificationEvent"].as_str() {
                Some("ActionsSuppressed") => return Self::No("suppressed".to_owned()),
                Some("ActionsTriggered") if matches!(status, "None" | "Inline") => told = Self::Yes,
                Some("ActionsTriggered") => return Self::No(status.to_owned()),
                _ => {}
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    const WORKSPACE: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law";
    const RULE: &str = "/subscriptions/s/resourceGroups/alerts/providers/Microsoft.Insights/scheduledQueryRules/emergency-access-sign-in";

    fn silence(change: impl FnOnce(&mut Value)) -> Silence {
        let mut body = json!({"properties": {"enabled": true, "scopes": ["/subscriptions/S"],
            "conditions": [], "actions": [{"actionType": "RemoveAllActionGroups"}]}});
        change(&mut body["properties"]);
        let rule = ProcessingRule { name: "quiet".to_owned(), body: Arc::new(body) };
        let alert = AlertOf { rule: RULE, name: "Emergency access account sign-in", workspace: WORKSPACE };
        rule.silences(alert, date(2026, 11, 29))
    }

    #[test]
    fn a_rule_that_removes_the_groups_of_the_whole_subscription_silences() {
        assert_eq!(silence(|_| ()), Silence::Yes);
        assert_eq!(silence(|rule| rule["enabled"] = json!(false)), Silence::No);
        assert_eq!(silence(|rule| rule["actions"][0]["actionType"] = json!("AddActionGroups")), Silence::No);
        assert_eq!(silence(|rule| rule["actions"][0]["actionType"] = json!("Later")), Silence::Perhaps);
    }

    #[test]
    fn scope_time_and_conditions_are_looked_at() {
        assert_eq!(
            silence(|rule| rule["scopes"] = json!(["/subscriptions/s/resourceGroups/r"])),
            Silence::No
        );
        let own_place = json!(["/subscriptions/s/resourcegroups/ALERTS"]);
        assert_eq!(silence(|rule| rule["scopes"] = own_place), Silence::Perhaps);
        let until = |day: &str| json!({"effectiveUntil": format!("{day}T18:00:00")});
        assert_eq!(silence(|rule| rule["schedule"] = until("2026-11-28")), Silence::No);
        assert_eq!(silence(|rule| rule["schedule"] = until("2026-11-30")), Silence::Yes);
        let condition = |field: &str, operator: &str, value: &str| json!([{"field": field, "operator": operator, "values": [value]}]);
        for (field, operator, value, wanted) in [
            ("Severity", "Equals", "Sev4", Silence::No),
            ("Severity", "NotEquals", "Sev4", Silence::Yes),
            ("AlertRuleName", "Contains", "emergency", Silence::Yes),
            ("AlertRuleId", "DoesNotContain", "emergency-access", Silence::No),
            ("MonitorService", "Equals", "Platform", Silence::Perhaps),
        ] {
            let conditions = condition(field, operator, value);
            assert_eq!(silence(|rule| rule["conditions"] = conditions), wanted, "{field} {operator} {value}");
        }
    }

    #[test]
    fn a_throttled_or_suppressed_action_told_nobody() {
        let triggered = |status: &str| json!({"modificationEvent": "ActionsTriggered", "details": {"notificationResult": {"status": status}}});
        assert_eq!(Told::of(&[json!({"modificationEvent": "AlertCreated"}), triggered("Inline")]), Told::Yes);
        for status in ["Throttled", "Failed", "ThrottledByAlertRule", "ThrottledBySubscription"] {
            assert_eq!(Told::of(&[triggered(status)]), Told::No(status.to_owned()));
        }
        let suppressed = json!({"modificationEvent": "ActionsSuppressed"});
        assert_eq!(Told::of(&[triggered("None"), suppressed]), Told::No("suppressed".to_owned()));
        assert_eq!(Told::of(&[]), Told::NotSeen);
    }
}
