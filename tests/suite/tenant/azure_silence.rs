//! Alerts that are green and mute: everything that keeps an alert from people is found, over the wire.

use serde_json::{Value, json};

use super::azure::{finding, printed};
use crate::support::served::Served;

/// What a later run says of a finished setup after somebody has done this to it.
fn after(seed: &str, changes: &[(&str, Value)]) -> Value {
    let mut served = Served::new(seed, Vec::new());
    served.setup().output().expect("it runs");
    // Whatever arrives late has arrived by then.
    served.time_passes(1);
    for (name, parameters) in changes {
        served.change(name, parameters);
    }
    printed(&served.setup().output().expect("it runs"))
}

fn found(report: &Value, check: &str) -> String {
    let (verdict, detail) = finding(report, check);
    format!("{verdict}: {detail}")
}

#[test]
fn a_processing_rule_that_takes_people_off_is_named() {
    let report = after("fresh", &[("alerts-muted-by-maintenance", json!({}))]);
    for check in ["alerts.sign-in-rule", "alerts.audit-rule"] {
        let told = found(&report, check);
        assert!(told.starts_with("fail: ") && told.contains("\"maintenance\""), "{told}");
    }
    let harmless = json!([{"field": "Severity", "operator": "Equals", "values": ["Sev4"]}]);
    let report = after("fresh", &[("alerts-silenced", json!({"name": "quiet", "conditions": harmless}))]);
    assert!(found(&report, "alerts.sign-in-rule").starts_with("pass: "));
    let unknown = json!([{"field": "AlertContext", "operator": "Contains", "values": ["x"]}]);
    let report = after("fresh", &[("alerts-silenced", json!({"name": "quiet", "conditions": unknown}))]);
    assert!(found(&report, "alerts.sign-in-rule").starts_with("unknown: "));
}

#[test]
fn processing_rules_that_may_not_be_read_leave_the_rules_unchecked() {
    let rights = json!({"in": "subscription", "actions": ["*"], "not": ["Microsoft.AlertsManagement/actionRules/read"]});
    let told = found(&after("fresh", &[("azure-rights", rights)]), "alerts.sign-in-rule");
    assert!(told.starts_with("unknown: not checked"), "{told}");
}

#[test]
fn a_cap_that_is_reached_and_a_table_without_alerts_are_found() {
    let report = after("p1", &[("daily-cap-reached", json!({})), ("basic-table", json!({}))]);
    let told = found(&report, "logs.workspace");
    assert!(told.starts_with("fail: ") && told.contains("OverQuota"), "{told}");
    let told = found(&report, "alerts.first-logs");
    assert!(told.starts_with("fail: ") && told.contains("plan Basic"), "{told}");
}

#[test]
fn logs_that_have_stopped_are_found_by_the_age_of_the_newest() {
    let served = Served::new("p1", Vec::new());
    served.setup().output().expect("it runs");
    served.change("logs-stop", &json!({"status": "RespectQuota", "days": 10}));
    let mut served = served;
    served.changed(
        |state| {
            // One old sign-in is all that is left.
            let old = jiff::Timestamp::now().as_millisecond() - 12 * 24 * 60 * 60 * 1000;
            let lines = state["sign_ins"].as_array_mut().expect("sign-ins");
            lines[0]["happened_at"] = json!(old);
            state["azure"]["diagnostic_settings"][0]["since"] = json!(old - 1);
        },
        Vec::new(),
    );
    let report = printed(&served.setup().output().expect("it runs"));
    let told = found(&report, "alerts.first-logs");
    assert!(told.starts_with("fail: ") && told.contains("have stopped"), "{told}");
}

#[test]
fn an_alert_that_fired_and_was_throttled_is_found() {
    let report = after("p1", &[("alerts-throttled", json!({}))]);
    let told = found(&report, "alerts.sign-in-rule");
    assert!(told.starts_with("fail: ") && told.contains("Throttled"), "{told}");
}
