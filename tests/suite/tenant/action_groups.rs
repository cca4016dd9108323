//! An action group of others that the plan adopts is used as it is: over the wire, nothing of it is ever written, whoever it
//! does not tell is named, and nothing is made in its place. And a region is held against those that Azure has.

use serde_json::{Value, json};

use super::azure::{finding, resource, set_up_as};
use crate::support::served::Served;

/// The line of the example plan behind which the adopted one is named.
const REGION: &str = "region = \"westeurope\"";
const ADOPTED: &str = "region = \"westeurope\"\naction_group = \"rg-monitoring/ag-on-call\"";

fn with_on_call_group() -> Served {
    let served = Served::new("fresh", Vec::new());
    served.change("on-call-group", &json!({}));
    served
}

/// Everything of the tenant's Azure that is an action group, by name.
fn action_groups(state: &Value) -> Vec<String> {
    let all = state["azure"]["resources"].as_array().expect("resources").iter();
    let groups = all.filter(|one| one["id"].as_str().is_some_and(|id| id.contains("/actionGroups/")));
    groups.filter_map(|one| one["name"].as_str().map(str::to_owned)).collect()
}

#[test]
fn an_adopted_action_group_is_told_by_the_rules_and_never_written() {
    let mut served = with_on_call_group();
    let report = set_up_as(&served, &[(REGION, ADOPTED)], 0);
    let (verdict, detail) = finding(&report, "alerts.action-group");
    assert_eq!(verdict, "pass");
    let wanted = "rg-monitoring/ag-on-call, of others, is used as it is; it tells 2 mailboxes, 1 SMS number, 1 webhook";
    assert_eq!(detail, wanted);
    let there = report["there"].to_string();
    assert!(there.contains("rg-monitoring/ag-on-call, which is others' and stays as it is"), "{there}");
    let written: Vec<String> = served
        .home
        .journal()
        .iter()
        .filter_map(|line| line["entry"]["sentence"].as_str().map(str::to_owned))
        .collect();
    assert!(!written.iter().any(|sentence| sentence.contains("action group")), "{written:?}");
    assert!(
        written.iter().any(|sentence| sentence.starts_with("Send a test notification to")),
        "{written:?}"
    );
    let state = served.stop();
    assert_eq!(action_groups(&state), ["ag-on-call"], "none is made beside it");
    let group = resource(&state, "ag-on-call");
    assert_eq!(
        (&group["tags"]["owner"], &group["properties"]["groupShortName"]),
        (&json!("soc"), &json!("OnCall"))
    );
    assert_eq!(group["properties"]["webhookReceivers"][0]["serviceUri"], "https://siem.example.com/hook");
    for rule in ["emergency-access-sign-in", "emergency-access-changed"] {
        let rule = resource(&state, rule);
        assert_eq!(rule["properties"]["actions"]["actionGroups"], json!([group["id"]]));
    }
}

#[test]
fn whoever_an_adopted_action_group_does_not_tell_is_named_and_it_stays_as_it_is() {
    let mut served = with_on_call_group();
    let one = json!([{"name": "SecOps mailbox", "emailAddress": "security-operations@example.com"}]);
    let change = json!({"name": "ag-on-call", "at": "/properties/emailReceivers", "value": one});
    served.change("azure-resource-changes", &change);
    let report = set_up_as(&served, &[(REGION, ADOPTED)], 2);
    let (verdict, detail) = finding(&report, "alerts.action-group");
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("does not tell identity-team@example.com; it belongs to others"), "{detail}");
    let state = served.stop();
    assert_eq!(resource(&state, "ag-on-call")["properties"]["emailReceivers"], one);
    assert_eq!(action_groups(&state), ["ag-on-call"]);
}

#[test]
fn an_adopted_action_group_that_is_not_there_is_not_made() {
    let mut served = with_on_call_group();
    let report = set_up_as(&served, &[(REGION, &ADOPTED.replace("ag-on-call", "ag-of-call"))], 2);
    let (verdict, detail) = finding(&report, "alerts.action-group");
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("there is none of that name; nothing is made in its place"), "{detail}");
    assert_eq!(action_groups(&served.stop()), ["ag-on-call"]);
}

#[test]
fn what_can_be_adopted_is_named_where_nobody_asked() {
    let mut served = with_on_call_group();
    let report = set_up_as(&served, &[], 0);
    let there = report["there"].to_string();
    assert!(
        there.contains("The subscription has action groups already: rg-monitoring/ag-on-call."),
        "{there}"
    );
    assert_eq!(action_groups(&served.stop()), ["ag-on-call", "emergency-access-alerts"]);
}

#[test]
fn a_region_that_azure_does_not_have_is_told_before_anything_is_made_in_it() {
    let mut served = Served::new("fresh", Vec::new());
    let report = set_up_as(&served, &[(REGION, "region = \"westeurop\"")], 2);
    let (verdict, detail) = finding(&report, "logs.workspace");
    assert_eq!(verdict, "needs_person");
    let wanted = "Azure has no region \"westeurop\" for this subscription; did you mean westeurope?";
    assert!(detail.contains(wanted), "{detail}");
    let azure = &served.stop()["azure"];
    assert_eq!((&azure["resource_groups"], &azure["resources"]), (&json!([]), &json!([])));
}
