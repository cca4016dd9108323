//! One thing that is refused, or that shows late, in the middle of a list: what it is about stays open by name, and
//! everything else goes on.

use breakglass::rehearsal::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::support::plain;
use crate::support::served::Served;
use crate::support::words;

const DEAD: &str = "deadbeef-0000-4000-8000-00000000dead";

/// The result of a setup on `served`, with its exit code and everything that was said.
fn set_up(served: &Served) -> (Option<i32>, Value, String) {
    set_up_with(served, &[])
}

/// The same with some texts of the example plan replaced.
fn set_up_with(served: &Served, plan: &[(&str, &str)]) -> (Option<i32>, Value, String) {
    let mut command = served.setup();
    served.home.plan_with(plan);
    let output = command.output().expect("it runs");
    let report = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code(), report, words(&output))
}

fn finding<'a>(report: &'a Value, check: &str) -> &'a Value {
    let steps = report["steps"].as_array().into_iter().flatten();
    let mut findings = steps.flat_map(|step| step["findings"].as_array().into_iter().flatten());
    findings.find(|finding| finding["check"] == check).unwrap_or_else(|| panic!("no {check}: {report}"))
}

/// Ids of the groups that a policy of this name excludes.
fn excluded(state: &Value, name: &str) -> Vec<String> {
    let policies = state["policies"].as_array().expect("policies");
    let policy = policies.iter().find(|policy| policy["body"]["displayName"] == name).expect(name);
    let groups = policy["body"]["conditions"]["users"]["excludeGroups"].as_array().expect("a list");
    groups.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn a_policy_with_a_dead_id_is_left_by_name_and_the_others_are_changed() {
    let mut served = Served::new("p1", Vec::new());
    let name = "A000 MFA, kept from long ago";
    served.change("dead-exclusion", &json!({}));
    let (code, report, said) = set_up(&served);
    assert_eq!(code, Some(2), "{said}");
    let seen = finding(&report, "policies.excluded");
    assert_eq!(seen["verdict"], "needs_person", "{seen}");
    let detail = seen["detail"].as_str().expect("a detail");
    assert!(detail.contains(name) && detail.contains(DEAD) && detail.contains("1054"), "{detail}");
    assert_eq!(finding(&report, "policies.managed")["verdict"], "pass", "it is nobody's but the customer's");
    assert!(said.contains("The other policies go on") && !said.contains("may have been deleted"), "{said}");

    let state = served.stop();
    assert_eq!(excluded(&state, name), [DEAD]);
    let group = excluded(&state, "CA001 Require MFA for all users").pop().expect("the group");
    let by_hand = |state: &mut Value| {
        let policies = state["policies"].as_array_mut().expect("policies");
        let policy = policies.iter_mut().find(|policy| policy["body"]["displayName"] == name).expect(name);
        policy["body"]["conditions"]["users"]["excludeGroups"] = json!([]);
    };
    served.changed(by_hand, Vec::new());
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        excluded(&served.stop(), name),
        [group],
        "once the dead id is gone the change is offered again"
    );
}

#[test]
fn a_new_group_that_conditional_access_does_not_know_yet_is_waited_for() {
    for seconds in [8, 150] {
        let served = Served::new("p1", Vec::new());
        served.change("shows-late", &json!({"what": "groups-in-policies", "seconds": seconds}));
        let (code, _, said) = set_up(&served);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Conditional Access does not know the new group yet"), "{said}");
    }
}

#[test]
fn a_group_that_stays_unknown_is_told_as_that_and_the_other_steps_go_on() {
    let served = Served::new("p1", Vec::new());
    served.change("shows-late", &json!({"what": "groups-in-policies", "seconds": 80_000}));
    let (code, report, said) = set_up(&served);
    assert_ne!(code, Some(0), "{said}");
    assert_eq!(finding(&report, "policies.excluded")["verdict"], "fail");
    assert!(said.contains("still does not know the new group after three minutes"), "{said}");
    assert!(!said.contains("may have been deleted"), "{said}");
}

#[test]
fn a_change_that_is_read_late_is_looked_for() {
    for seconds in [45, 120] {
        let served = Served::new("p1", Vec::new());
        served.change("shows-late", &json!({"what": "policy-reads", "seconds": seconds}));
        let (code, _, said) = set_up(&served);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("the change does not show yet") && !said.contains("Someone else"), "{said}");
    }
}

#[test]
fn a_change_that_never_shows_stops_the_list_and_accuses_nobody() {
    let served = Served::new("p1", Vec::new());
    served.change("shows-late", &json!({"what": "policy-reads", "seconds": 80_000}));
    let (code, _, said) = set_up(&served);
    assert_ne!(code, Some(0), "{said}");
    assert!(said.contains("does not show its change yet") && !said.contains("Someone else"), "{said}");
}

/// The name of the First account's user, and of the group, in the example plan.
const FIRST: &str = "harbor.lantern";
const DOMAIN: &str = "fabrikamrehearsal.onmicrosoft.com";
/// A plan that takes it that no account of its names was deleted.
const BIN_ACCEPTED: (&str, &str) = (
    "check = \"alerts.first-logs\"",
    "check = \"account.exists\"\nreason = \"Nobody here may look.\"\n\n[[accepts]]\ncheck = \"alerts.first-logs\"",
);
const GROUP: &str = "Conditional Access - Emergency Access Exclusions";

#[test]
fn what_old_tools_wrote_and_what_may_not_be_seen_stop_nothing() {
    let bin = Fault {
        name: FaultKind::Forbidden,
        path: "/directory/deletedItems".to_owned(),
        times: 100,
        request: None,
    };
    let mut served = Served::new("p1", vec![bin]);
    // Without the recycle bin an account might be made a second time: that is for somebody to decide.
    let (code, report, said) = set_up(&served);
    assert_eq!(code, Some(2), "{:#}", report["open"]);
    let seen = finding(&report, "account.exists");
    assert!(seen["verdict"] == "needs_person" && said.contains("Deleted users"), "{seen}");
    let is_made =
        |line: &Value| line["entry"]["key"].as_str().is_some_and(|key| key.starts_with("create-user"));
    assert!(!served.home.journal().iter().any(is_made), "no account was made");
    let terse =
        json!({"name": "A000 terse", "who": "all", "grant": "mfa", "state": "off", "when": ["terse"]});
    served.change("policy-appears", &terse);
    served.change(
        "policy-appears",
        &json!({"name": "A001 unnamed", "who": "unnamed", "grant": "mfa", "state": "off"}),
    );
    let (code, report, said) = set_up_with(&served, &[BIN_ACCEPTED]);
    assert_eq!(code, Some(0), "{said}");
    let lines = served.home.journal();
    let made = lines.iter().find(|line| line["entry"]["key"] == format!("create-user {FIRST}@{DOMAIN}"));
    let sentence = made.map(|line| line["entry"]["sentence"].to_string()).unwrap_or_default();
    assert!(sentence.contains("could not be read"), "{sentence}");
    let cannot = finding(&report, "policies.cannot-exclude")["detail"].as_str().expect("a detail");
    assert!(cannot.contains("A001 unnamed applies to no user"), "{cannot}");

    served.change("account-without-type", &json!({"account": FIRST}));
    let (code, report, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(finding(&report, "account.member")["detail"], "a member");

    served.change("password-change-forced", &json!({"account": FIRST}));
    let (code, report, said) = set_up(&served);
    assert_ne!(code, Some(0), "{said}");
    let seen = finding(&report, "account.password-never-expires");
    assert!(
        seen["verdict"] == "fail" && seen["detail"].as_str().is_some_and(|d| d.contains("next sign-in")),
        "{seen}"
    );
    let state = served.stop();
    assert_eq!(excluded(&state, "A000 terse").len(), 1);
}

#[test]
fn what_stood_in_an_account_before_it_was_corrected_is_in_the_record() {
    let mut served = Served::new("p1", Vec::new());
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    let fill = |state: &mut Value| {
        let users = state["users"].as_array_mut().expect("users");
        let is_first = |user: &&mut Value| user.to_string().contains(&format!("{FIRST}@"));
        let user = users.iter_mut().find(is_first).expect("the account");
        user["body"]["jobTitle"] = json!("Night clerk");
        user["body"]["mobilePhone"] = json!("+1 5555550147");
    };
    served.changed(fill, Vec::new());
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    let lines = served.home.journal().into_iter().map(|line| line["entry"].clone());
    let mut corrections =
        lines.filter(|entry| entry["entry"] == "intends" && entry["key"] == "repair-user first");
    let original = corrections.next().expect("an intention")["original"].clone();
    assert_eq!(original, json!({"jobTitle": "Night clerk", "mobilePhone": "•••47"}));
}

#[test]
fn what_if_that_was_asked_too_early_is_asked_again() {
    let served = Served::new("p1", Vec::new());
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    served.change("group-loses-member", &json!({"group": GROUP, "account": FIRST}));
    served.change("shows-late", &json!({"what": "memberships-in-what-if", "seconds": 60}));
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("What If does not know the new membership yet"), "{said}");
}

#[test]
fn what_somebody_changed_around_the_group_is_found_and_put_right_or_told() {
    let served = Served::new("p1", Vec::new());
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");
    served.change("group-gains-owner", &json!({"group": GROUP, "account": "sam.helpdesk"}));
    let who = format!("group:{GROUP}");
    served.change(
        "policy-appears",
        &json!({"name": "Keys for them", "who": who, "grant": "phishing-resistant"}),
    );
    let (code, report, said) = set_up(&served);
    assert_ne!(code, Some(0), "who is taken out is for a person to decide: {said}");
    assert_eq!(finding(&report, "group.owners")["verdict"], "fail");
    assert_eq!(finding(&report, "policies.aimed")["verdict"], "pass", "{report}");
    let seen = plain::written(&served, "no owner who could change it");
    assert!(seen.contains("Remove sam.helpdesk"), "{seen}");
    let (code, _, said) = set_up(&served);
    assert_eq!(code, Some(0), "{said}");

    let blocking = json!({"name": "Only from here", "who": who, "grant": "block", "when": ["off-network"]});
    served.change("policy-appears", &blocking);
    let (code, report, said) = set_up(&served);
    assert_eq!(code, Some(1), "{said}");
    let seen = finding(&report, "policies.aimed");
    let detail = seen["detail"].as_str().expect("a detail");
    assert!(
        seen["verdict"] == "fail" && detail.contains("Only from here blocks") && detail.contains("location"),
        "{seen}"
    );

    served.change("policy-deleted", &json!({"policy": "Only from here"}));
    served.change("security-defaults-switched", &json!({"to": "on", "although": "policies"}));
    let (code, report, said) = set_up(&served);
    assert_eq!(code, Some(1), "{said}");
    let seen = finding(&report, "defaults.decision");
    assert!(seen["detail"].as_str().is_some_and(|detail| detail.contains("exclude each other")), "{seen}");
}
