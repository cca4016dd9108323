//! What others have built in Azure stays as it is, and what can be done is done: whole setups over the wire.

use std::process::Output;

use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::words;

const GROUP: &str = "rg-identity-alerts";

/// A setup on this tenant, which leaves with `code`; what it printed.
fn set_up(served: &Served, code: i32) -> Value {
    set_up_as(served, &[], code)
}

/// The same with some texts of the example plan replaced.
pub fn set_up_as(served: &Served, changes: &[(&str, &str)], code: i32) -> Value {
    let mut command = served.setup();
    served.home.plan_with(changes);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(code), "{}", words(&output));
    printed(&output)
}

pub fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {}", words(output)))
}

/// The verdict of a check, and what was seen.
pub fn finding(report: &Value, check: &str) -> (String, String) {
    let steps = report["steps"].as_array().expect("steps").iter();
    let mut all = steps.flat_map(|step| step["findings"].as_array().expect("findings"));
    let found = all.find(|one| one["check"] == check).unwrap_or_else(|| panic!("{check}: {report}"));
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("detail"))
}

pub fn resource(state: &Value, name: &str) -> Value {
    let all = state["azure"]["resources"].as_array().expect("resources");
    all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
}

/// The line of the record before the write whose sentence begins like this.
fn intention(served: &Served, sentence: &str) -> Value {
    let journal = std::fs::read_dir(served.home.record()).expect("the record");
    let files = journal.filter_map(|entry| Some(entry.ok()?.path().join("journal.jsonl")));
    let files = files.chain([served.home.record().join("journal.jsonl")]);
    let text: String = files.filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    let mut lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let is_it = |line: &Value| line.to_string().contains(&format!("\"sentence\":\"{sentence}"));
    lines.find(is_it).unwrap_or_else(|| panic!("nothing in the record begins with {sentence}"))
}

#[test]
fn an_action_group_of_others_keeps_everything_and_gains_the_missing_mailbox() {
    let mut served = Served::new("fresh", Vec::new());
    served.change("action-group-of-others", &json!({}));
    set_up(&served, 0);
    let line = intention(
        &served,
        "Change action group emergency-access-alerts: add identity-team@example.com, keeping",
    )
    .to_string();
    assert!(line.contains("1 mailbox, 1 SMS number, 1 webhook, its tags"), "{line}");
    assert!(line.contains("https://siem.example.com/"), "the original is in the record: {line}");
    assert!(!line.contains("siem.example.com/hook"), "the address of a webhook is a key: {line}");
    let group = resource(&served.stop(), "emergency-access-alerts");
    let properties = &group["properties"];
    assert_eq!((&group["tags"]["owner"], &properties["groupShortName"]), (&json!("soc"), &json!("SOC")));
    assert_eq!(properties["smsReceivers"][0]["phoneNumber"], "2065550100");
    assert_eq!(properties["webhookReceivers"][0]["serviceUri"], "https://siem.example.com/hook");
    let mails: Vec<&str> = properties["emailReceivers"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(mails, ["SecOps mailbox", "Identity team"]);
}

#[test]
fn rules_are_mended_and_keep_whom_else_they_tell() {
    let mut served = Served::new("fresh", Vec::new());
    set_up(&served, 0);
    let theirs = json!({"group": GROUP, "type": "Microsoft.Insights/actionGroups", "name": "theirs",
        "body": {"location": "Global", "properties": {"groupShortName": "T", "enabled": true}}});
    served.change("azure-resource-appears", &theirs);
    let edit = |name: &str, at: &str, value: Value| {
        served.change("azure-resource-changes", &json!({"name": name, "at": at, "value": value}));
    };
    let (off, slow) = ("emergency-access-sign-in", "emergency-access-changed");
    edit(off, "/properties/enabled", json!(false));
    edit(off, "/tags", json!({"cost": "7"}));
    edit(off, "/properties/actions/customProperties", json!({"team": "soc"}));
    edit(slow, "/properties/muteActionsDuration", json!("P1D"));
    edit(slow, "/properties/severity", json!(3));
    edit(slow, "/properties/somethingNew", json!({"a": [1]}));
    set_up(&served, 0);
    let line = intention(&served, "Switch on alert rule").to_string();
    assert!(line.contains("keeping 1 custom property, its tags and the rest"), "{line}");
    assert!(line.contains("\\\"cost\\\":\\\"7\\\"") || line.contains("\"cost\":\"7\""), "{line}");
    let line = intention(&served, "Change alert rule").to_string();
    assert!(line.contains("severity 0, no mute time, keeping the rest"), "{line}");
    let state = served.stop();
    let rule = resource(&state, off);
    assert_eq!((&rule["tags"]["cost"], &rule["properties"]["enabled"]), (&json!("7"), &json!(true)));
    assert_eq!(rule["properties"]["actions"]["customProperties"]["team"], "soc");
    let rule = resource(&state, slow);
    assert_eq!(rule["properties"]["somethingNew"], json!({"a": [1]}));
    assert_eq!(
        (&rule["properties"]["severity"], &rule["properties"]["muteActionsDuration"]),
        (&json!(0), &Value::Null)
    );
}

#[test]
fn a_rule_of_our_name_that_does_something_else_as_well_is_left_alone_and_ours_gets_a_number() {
    let mut served = Served::new("fresh", Vec::new());
    set_up(&served, 0);
    let name = "emergency-access-sign-in";
    let other = json!({"query": "SigninLogs | where ResultType == 50126", "timeAggregation": "Count",
        "operator": "GreaterThan", "threshold": 9});
    let both = json!([other, other]);
    let at = "/properties/criteria/allOf";
    served.change("azure-resource-changes", &json!({"name": name, "at": at, "value": both}));
    let report = set_up(&served, 0);
    assert_eq!(finding(&report, "alerts.sign-in-rule").0, "pass");
    let report = set_up(&served, 0);
    assert_eq!(finding(&report, "alerts.sign-in-rule").0, "pass", "and no third one is made");
    let state = served.stop();
    assert_eq!(resource(&state, name).pointer(at), Some(&both));
    let ours = resource(&state, "emergency-access-sign-in-2");
    assert!(
        ours["properties"]["criteria"]["allOf"][0]["query"].as_str().is_some_and(|q| q.contains(" in ("))
    );
    let names = state["azure"]["resources"].as_array().expect("resources").iter();
    let rules = names.filter(|one| one["name"].as_str().is_some_and(|own| own.starts_with(name)));
    assert_eq!(rules.count(), 2);
}

#[test]
fn a_mailbox_that_comes_later_is_tested_too() {
    let served = Served::new("fresh", Vec::new());
    set_up(&served, 0);
    let sent = || {
        let lines = served.home.journal();
        lines.iter().filter(|line| line["entry"]["entry"] == "notified").count()
    };
    assert_eq!(sent(), 1);
    let third = "email = \"identity-team@example.com\"\n\n[[alerts.recipients]]\nname = \"Board\"\nemail = \"board@example.com\"";
    set_up_as(&served, &[("email = \"identity-team@example.com\"", third)], 0);
    assert_eq!(sent(), 2, "the test of the two says nothing about the third");
    set_up_as(&served, &[("email = \"identity-team@example.com\"", third)], 0);
    assert_eq!(sent(), 2);
}

#[test]
fn a_setting_of_others_keeps_its_event_hub_and_its_risk_categories() {
    let mut served = Served::new("fresh", Vec::new());
    let hub =
        "/subscriptions/x/resourceGroups/y/providers/Microsoft.EventHub/namespaces/n/authorizationRules/r";
    let properties = json!({"eventHubAuthorizationRuleId": hub, "eventHubName": "siem",
        "logs": [{"category": "RiskyUsers", "enabled": true}, {"category": "AuditLogs", "enabled": false}]});
    served
        .change("azure-setting-appears", &json!({"name": "emergency-access-logs", "properties": properties}));
    set_up(&served, 0);
    let line = intention(&served, "Change diagnostic setting emergency-access-logs: send").to_string();
    assert!(line.contains("keeping its event hub, RiskyUsers") && line.contains(hub), "{line}");
    let state = served.stop();
    let settings = state["azure"]["diagnostic_settings"].as_array().expect("settings");
    assert_eq!(settings.len(), 1, "{settings:?}");
    let kept = &settings[0]["body"]["properties"];
    assert_eq!((&kept["eventHubAuthorizationRuleId"], &kept["eventHubName"]), (&json!(hub), &json!("siem")));
    let on = |category: &str| {
        kept["logs"]
            .as_array()
            .expect("logs")
            .iter()
            .any(|log| log["category"] == category && log["enabled"] == true)
    };
    assert!(["RiskyUsers", "AuditLogs", "SignInLogs"].into_iter().all(on), "{kept}");
    assert!(kept["workspaceId"].as_str().is_some_and(|id| id.ends_with("/law-identity-alerts")), "{kept}");
}

#[test]
fn logs_by_two_settings_are_enough_and_nothing_is_written() {
    let mut served = Served::new("p1", Vec::new());
    served.change("logs-by-two-settings", &json!({}));
    let report = set_up(&served, 0);
    let (verdict, detail) = finding(&report, "logs.diagnostic-setting");
    assert_eq!(verdict, "pass");
    assert!(detail.contains("\"sign-ins\"") && detail.contains("\"audit\""), "{detail}");
    let state = served.stop();
    assert_eq!(state["azure"]["diagnostic_settings"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_one_setting_lacks_is_sent_and_nothing_that_is_taken() {
    let mut served = Served::new("p1", Vec::new());
    served.change("logs-by-two-settings", &json!({}));
    served.change("azure-setting-vanishes", &json!({"name": "audit"}));
    set_up_as(
        &served,
        &[("rg-identity-alerts", "rg-monitoring"), ("law-identity-alerts", "law-security")],
        0,
    );
    let state = served.stop();
    let settings = state["azure"]["diagnostic_settings"].as_array().expect("settings").clone();
    let ours = settings.iter().find(|one| one["body"]["name"] == "emergency-access-logs").expect("made");
    let logs: Vec<&str> = ours["body"]["properties"]["logs"]
        .as_array()
        .expect("logs")
        .iter()
        .filter_map(|log| log["category"].as_str())
        .collect();
    assert_eq!(logs, ["AuditLogs", "NonInteractiveUserSignInLogs"]);
}

#[test]
fn a_category_that_is_taken_unseen_is_left_with_the_setting_to_extend_and_the_rest_is_done() {
    let mut served = Served::new("p1", Vec::new());
    served.change("logs-by-two-settings", &json!({}));
    served.changed(
        |state| {
            // Made a moment ago by somebody: it takes its category, and is not in the list yet.
            let settings = state["azure"]["diagnostic_settings"].as_array_mut().expect("settings");
            let audit = settings.iter_mut().find(|one| one["body"]["name"] == "audit").expect("it is there");
            audit["since"] = json!(9_000_000_000_000_000_i64);
        },
        Vec::new(),
    );
    let planned = [("rg-identity-alerts", "rg-monitoring"), ("law-identity-alerts", "law-security")];
    let report = set_up_as(&served, &planned, 2);
    let (verdict, detail) = finding(&report, "logs.diagnostic-setting");
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("Azure refused it") && detail.contains("409"), "{detail}");
    assert!(detail.contains("extend \"sign-ins\" by AuditLogs"), "{detail}");
    for check in ["alerts.action-group", "alerts.sign-in-rule", "alerts.audit-rule"] {
        assert_eq!(finding(&report, check).0, "pass", "{check}");
    }
}

#[test]
fn rights_in_the_resource_group_are_enough_where_it_is_there() {
    let mut served = Served::new("fresh", Vec::new());
    served.change("rights-on-group-only", &json!({}));
    let report = set_up(&served, 0);
    for check in [
        "logs.workspace",
        "logs.diagnostic-setting",
        "alerts.action-group",
        "alerts.sign-in-rule",
        "alerts.audit-rule",
    ] {
        assert_eq!(finding(&report, check).0, "pass", "{check}");
    }
    let state = served.stop();
    assert!(resource(&state, "law-identity-alerts")["id"].as_str().is_some_and(|id| id.contains(GROUP)));
}

#[test]
fn a_provider_that_may_not_be_registered_is_left_for_whom_it_is_and_the_rest_is_done() {
    let mut served = Served::new("fresh", Vec::new());
    served.change("rights-on-group-only", &json!({}));
    served.changed(
        |state| {
            let providers = state["azure"]["providers"].as_array_mut().expect("a list");
            providers.retain(|one| one[0] != "Microsoft.OperationalInsights");
        },
        Vec::new(),
    );
    let report = set_up(&served, 2);
    let (verdict, detail) = finding(&report, "logs.workspace");
    assert_eq!(verdict, "needs_person");
    assert!(
        detail.contains("Microsoft.OperationalInsights is not registered") && detail.contains("Contributor"),
        "{detail}"
    );
    assert_eq!(finding(&report, "alerts.action-group").0, "pass");
}

#[test]
fn a_subscription_that_is_past_due_works_and_a_disabled_one_is_named_with_its_state() {
    let served = Served::new("fresh", Vec::new());
    served.change("subscription-past-due", &json!({}));
    let report = set_up(&served, 0);
    assert_eq!(finding(&report, "alerts.sign-in-rule").0, "pass");
    let served = Served::new("fresh", Vec::new());
    served.change("subscription-disabled", &json!({}));
    let (verdict, detail) = finding(&set_up(&served, 2), "logs.workspace");
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("Disabled") && detail.contains("takes changes"), "{detail}");
}

#[test]
fn a_subscription_that_is_named_and_not_seen_is_told_with_those_that_are() {
    let served = Served::new("fresh", Vec::new());
    let other = "2f774f70-814c-504a-ba68-b85577b9eb9d";
    let named = format!("[alerts]\nsubscription = \"{other}\"\n");
    let report = set_up_as(&served, &[("[alerts]\n", &named)], 2);
    let (verdict, detail) = finding(&report, "logs.workspace");
    assert_eq!(verdict, "needs_person");
    assert!(
        detail.contains(other) && detail.contains("not among those you see") && detail.contains("Enabled"),
        "{detail}"
    );
}
