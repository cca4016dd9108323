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

#[test]
fn logs_that_never_come_are_a_failure_after_three_days_whatever_the_plan_accepts() {
    let mut served = Served::new("p1", Vec::new());
    served.change("logs-stop", &json!({"status": "RespectQuota", "days": 60}));
    let told = found(&printed(&served.setup().output().expect("it runs")), "alerts.first-logs");
    assert!(told.starts_with("unknown: none yet"), "{told}");
    served.time_passes(5);
    let output = served.setup().output().expect("it runs");
    let told = found(&printed(&output), "alerts.first-logs");
    assert!(told.starts_with("fail: SigninLogs has no row"), "{told}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn logs_that_flow_without_a_sign_in_of_these_accounts_are_right() {
    let mut served = Served::new("p1", Vec::new());
    served.setup().output().expect("it runs");
    served.time_passes(20);
    let told = found(&printed(&served.setup().output().expect("it runs")), "alerts.first-logs");
    assert!(told.starts_with("pass: the logs flow; no sign-in of these accounts"), "{told}");
}

#[test]
fn a_query_that_leaves_out_whom_it_names_is_mended() {
    let mut served = Served::new("p1", Vec::new());
    served.setup().output().expect("it runs");
    let at = "/properties/criteria/allOf/0/query";
    let mut before = json!(null);
    served.changed(
        |state| {
            let rules = state["azure"]["resources"].as_array_mut().expect("resources");
            let rule =
                rules.iter_mut().find(|one| one["name"] == "emergency-access-sign-in").expect("our rule");
            let query = rule.pointer_mut(at).expect("a query");
            before = query.clone();
            *query = json!(query.as_str().unwrap_or_default().replace(" in (", " !in ("));
        },
        Vec::new(),
    );
    let told = found(&printed(&served.setup().output().expect("it runs")), "alerts.sign-in-rule");
    assert!(told.starts_with("pass: "), "{told}");
    let state = served.stop();
    let mut rules = state["azure"]["resources"].as_array().expect("resources").iter();
    let rule = rules.find(|one| one["name"] == "emergency-access-sign-in").expect("our rule");
    assert_eq!(rule.pointer(at), Some(&before));
}

#[test]
fn the_alerts_of_a_rule_of_others_that_does_the_job_are_looked_at_too() {
    let mut served = Served::new("p1", Vec::new());
    served.setup().output().expect("it runs");
    served.time_passes(1);
    served.change("alerts-throttled", &json!({}));
    served.changed(
        |state| {
            let rules = state["azure"]["resources"].as_array_mut().expect("resources");
            let rule =
                rules.iter_mut().find(|one| one["name"] == "emergency-access-sign-in").expect("our rule");
            let id = rule["id"].as_str().unwrap_or_default().replace("emergency-access-sign-in", "theirs");
            (rule["id"], rule["name"]) = (json!(id), json!("theirs"));
        },
        Vec::new(),
    );
    let told = found(&printed(&served.setup().output().expect("it runs")), "alerts.sign-in-rule");
    assert!(told.starts_with("fail: ") && told.contains("Throttled"), "{told}");
}
