//! What the tenant asks of keys, passes, passwords and roles, met by whole setups: a key that is refused, a pass that may
//! not be short, a banned password, and Privileged Identity Management rule by rule.

use breakglass::rehearsal::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::{plain, words};

const FIRST: &str = "harbor.lantern";
const SECOND: &str = "meadow.compass";
const OTHER_MODEL: &str = "5eed5eed-0000-4000-8000-00000000f1d1";
const MODEL: &str = "5eed5eed-0000-4000-8000-00000000f1d0";
const ROLE: &str = "role.permanent:first";

/// Exit code and report of an unattended setup.
fn run(served: &Served) -> (Option<i32>, Value) {
    run_with(served, &[])
}

/// The same with a plan that differs from the example.
fn run_with(served: &Served, plan: &[(&str, &str)]) -> (Option<i32>, Value) {
    let mut command = served.setup();
    served.home.plan_with(plan);
    let output = command.output().expect("it runs");
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", words(&output)));
    (output.status.code(), report)
}

/// What a run that writes nothing reports.
fn looked(served: &Served, plan: &[(&str, &str)]) -> Value {
    let mut command = served.setup();
    served.home.plan_with(plan);
    let output = command.arg("--dry-run").output().expect("it runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", words(&output)))
}

/// Verdict and detail of the check `subject` (`check:slot`) in a report.
fn finding(report: &Value, subject: &str) -> (String, String) {
    let (check, slot) = subject.split_once(':').unwrap_or((subject, ""));
    let slot = ["first", "second"].iter().position(|name| *name == slot);
    let steps = report["steps"].as_array().expect("steps").iter();
    let mut findings = steps.flat_map(|step| step["findings"].as_array().expect("findings"));
    let is_it = |f: &&Value| {
        f["check"] == check
            && slot.is_none_or(|slot| f["slot"] == slot || f["slot"] == ["first", "second"][slot])
    };
    let found = findings.find(is_it).unwrap_or_else(|| panic!("nothing about {subject}: {report:#}"));
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("detail"))
}

/// Entries of the record with this name about writes of this kind.
fn entries(served: &Served, name: &str, kind: &str) -> Vec<Value> {
    let lines = served.home.journal().into_iter().map(|line| line["entry"].clone());
    let about = |entry: &Value| entry["key"].as_str().is_some_and(|key| key.starts_with(kind));
    lines.filter(|entry| entry["entry"] == name && about(entry)).collect()
}

fn outcomes(served: &Served, kind: &str) -> Vec<String> {
    let of = |entry: &Value| entry["outcome"].as_str().unwrap_or_default().to_owned();
    entries(served, "receipt", kind).iter().map(of).collect()
}

/// How the account of this name holds Global Administrator.
fn held(tenant: &Value, name: &str) -> Vec<Value> {
    let users = tenant["users"].as_array().expect("users").iter();
    let upn =
        |user: &&Value| user["body"]["userPrincipalName"].as_str().is_some_and(|upn| upn.starts_with(name));
    let id = users.clone().find(upn).map(|user| user["body"]["id"].clone());
    let all = tenant["assignments"].as_array().expect("assignments").iter();
    all.filter(|held| id.as_ref() == Some(&held["principal"])).cloned().collect()
}

#[test]
fn narrow_rules_are_read_met_and_shown() {
    let mut served = Served::new("strict", Vec::new());
    let (code, report) = run(&served);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
    let passes = entries(&served, "intends", "issue-pass");
    assert!(passes.iter().all(|p| p["sentence"].as_str().is_some_and(|s| s.ends_with("for 480 minutes"))));
    assert_eq!(passes.len(), 3, "one for each key");
    // The first assignment is refused by the rule, a sign-in with multifactor authentication follows, and it goes on.
    let [first, second, ..] =
        outcomes(&served, "assign-role").try_into().unwrap_or([String::new(), String::new(), String::new()]);
    assert_eq!((first.as_str(), second.as_str()), ("not-now", "done"));
    assert_eq!(held(&served.stop(), FIRST).len(), 1);
}

#[test]
fn a_ticket_that_is_asked_for_is_told_in_the_report_and_given_by_the_plan() {
    let served = Served::new("fresh", Vec::new());
    served.change("role-asks-for-a-ticket", &json!({}));
    let (code, report) = run(&served);
    assert_eq!(code, Some(2));
    let (verdict, detail) = finding(&report, ROLE);
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("TicketingRule"), "{detail}");
    assert!(report["open"].to_string().contains("TicketingRule"));
    let plan = [("# ticket = ", "ticket = ")];
    let (code, report) = run_with(&served, &plan);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
}

#[test]
fn past_a_rule_that_forbids_it_a_role_is_assigned_on_a_decision_only() {
    let mut served = Served::new("fresh", Vec::new());
    served.change("permanent-role-forbidden", &json!({}));
    let (code, report) = run(&served);
    assert_eq!(code, Some(2));
    let (verdict, detail) = finding(&report, ROLE);
    assert_eq!(verdict, "needs_person");
    assert!(detail.contains("forbids an assignment without end"), "{detail}");
    assert!(entries(&served, "intends", "assign-role").is_empty());
    served.changed(|state| assert!(held(state, FIRST).is_empty()), Vec::new());

    let plan = [("if_forbidden = \"ask\"", "if_forbidden = \"assign-directly\"")];
    let (code, report) = run_with(&served, &plan);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
    assert!(finding(&report, ROLE).1.contains("past the settings"), "{}", finding(&report, ROLE).1);
    let intends = entries(&served, "intends", "assign-role");
    assert!(intends.iter().all(|i| i["sentence"].as_str().is_some_and(|s| s.contains("past the settings"))));
    assert_eq!(held(&served.stop(), FIRST).len(), 1);
}

/// A tenant whose role settings nobody may read, and which refuses an assignment without end.
fn refused_unread() -> Served {
    let path = "GET /graph/v1.0/policies/roleManagementPolicyAssignments".to_owned();
    let fault = Fault { name: FaultKind::Forbidden, path, times: 1_000, request: None };
    let served = Served::new("fresh", vec![fault]);
    served.change("permanent-role-forbidden", &json!({}));
    let (code, report) = run(&served);
    assert_eq!(code, Some(2));
    let (verdict, detail) = finding(&report, ROLE);
    assert_eq!(verdict, "needs_person", "{detail}");
    assert!(detail.contains("ExpirationRule"), "{detail}");
    served
}

#[test]
fn a_rule_that_was_lifted_forbids_nothing_any_more() {
    // Where the settings still cannot be read, Privileged Identity Management is asked again.
    let mut served = refused_unread();
    served.change("role-rule", &json!({"rule": "expiration", "to": "off"}));
    let (code, report) = run(&served);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
    assert_eq!(held(&served.stop(), FIRST).len(), 1);

    // Where they can be read by now, what was read wins: nothing is made past a rule that is not there.
    let mut served = refused_unread();
    served.changed(|_| (), Vec::new());
    served.change("role-rule", &json!({"rule": "expiration", "to": "off"}));
    let plan = [("if_forbidden = \"ask\"", "if_forbidden = \"assign-directly\"")];
    let (verdict, detail) = finding(&looked(&served, &plan), ROLE);
    assert!(verdict == "fail" && !detail.contains("ExpirationRule"), "{verdict}: {detail}");
    let (code, report) = run_with(&served, &plan);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
    let intends = entries(&served, "intends", "assign-role");
    assert!(intends.iter().all(|i| i["sentence"].as_str().is_some_and(|s| !s.contains("past the settings"))));
}

#[test]
fn a_rule_that_only_a_refusal_tells_of_is_gone_past_on_a_decision() {
    let served = refused_unread();
    let plan = [("if_forbidden = \"ask\"", "if_forbidden = \"assign-directly\"")];
    let (code, report) = run_with(&served, &plan);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
}

#[test]
fn a_request_that_waits_for_approval_is_told_as_that() {
    let served = Served::new("fresh", Vec::new());
    served.change("role-rule", &json!({"rule": "approval"}));
    let (code, report) = run(&served);
    assert_eq!(code, Some(2));
    let (verdict, detail) = finding(&report, ROLE);
    assert!(verdict == "needs_person" && detail.contains("approv"), "{verdict}: {detail}");
}

#[test]
fn a_role_that_is_only_activated_is_not_reported_as_assigned() {
    let mut served = Served::new("fresh", Vec::new());
    assert_eq!(run(&served).0, Some(0));
    let done = outcomes(&served, "assign-role").len();
    served.change("role-activated", &json!({"account": FIRST, "minutes": 500_000}));
    let (code, report) = run(&served);
    assert_ne!(code, Some(0));
    let (verdict, detail) = finding(&report, ROLE);
    assert!(verdict == "fail" && detail.contains("only activated for a while"), "{verdict}: {detail}");
    let later = &outcomes(&served, "assign-role")[done..];
    assert_eq!(later, ["refused"], "an assignment that exists is not the wanted one");
    assert!(held(&served.stop(), FIRST).iter().all(|held| held["activated"] == true));
}

#[test]
fn a_member_that_is_there_already_counts_when_it_is_there() {
    // The answer of the first request is lost after the group was made; what follows meets what exists.
    let faults = [breakglass::rehearsal::FaultKind::DropAfterCommit; 1];
    let fault = |name| breakglass::rehearsal::Fault {
        name,
        path: "POST /graph/v1.0/groups/".to_owned(),
        times: 1,
        request: None,
    };
    let served = Served::new("existing", faults.map(fault).to_vec());
    let (_, report) = run(&served);
    let (verdict, detail) = finding(&report, "group.members");
    assert_eq!(verdict, "pass", "{detail}");
    for receipt in entries(&served, "receipt", "add-member") {
        assert!(receipt["outcome"] != "done" || receipt["request"].is_string(), "{receipt}");
    }
}

#[test]
fn a_banned_password_is_made_anew_twice_before_a_person_hears_of_it() {
    let served = Served::new("p1", Vec::new());
    served.change("passwords-banned", &json!({"times": 2}));
    assert_eq!(run(&served).0, Some(0));
    assert_eq!(outcomes(&served, "create-user"), ["done", "done"]);
    // The one for the safe, too.
    let served = Served::new("p1", Vec::new());
    served.change("passwords-banned", &json!({"times": 500}));
    let output = served.setup().output().expect("it runs");
    assert_ne!(output.status.code(), Some(0));
    assert!(words(&output).contains("Three random passwords were refused"), "{}", words(&output));
    assert_eq!(outcomes(&served, "create-user")[0], "refused");
}

#[test]
fn a_key_that_the_rule_no_longer_accepts_is_no_method() {
    let served = Served::new("p1", Vec::new());
    assert_eq!(run(&served).0, Some(0));
    // The operator's own key stays on the list, or nobody could look.
    served.change("key-models-listed", &json!({"models": [MODEL]}));
    served.change("key-described", &json!({"account": FIRST, "model": OTHER_MODEL}));
    served.change("key-described", &json!({"account": SECOND, "model": OTHER_MODEL}));
    let report = looked(&served, &[]);
    for slot in ["first", "second"] {
        let (verdict, detail) = finding(&report, &format!("method.key:{slot}"));
        assert_eq!(verdict, "fail", "{detail}");
        assert!(detail.contains(OTHER_MODEL) && detail.contains("not on the list"), "{detail}");
    }
    assert_eq!(finding(&report, "method.strong").0, "fail");
    // Somebody registers keys that are accepted in their place; the old ones are taken away by a person alone.
    let (code, report) = run(&served);
    let (_, detail) = finding(&report, "method.key:first");
    assert_ne!(code, Some(0), "{:#}", report["open"]);
    assert!(detail.contains("registered but not planned"), "{detail}");
    assert!(outcomes(&served, "delete-key").is_empty());
}

#[test]
fn a_key_of_the_plan_is_compared_with_the_rule_before_it_is_fetched() {
    let served = Served::new("strict", Vec::new());
    let plan =
        [("# aaguid = \"00000000-0000-0000-0000-000000000000\"", &*format!("aaguid = \"{OTHER_MODEL}\""))];
    let (code, report) = run_with(&served, &plan);
    assert_ne!(code, Some(0));
    let (verdict, detail) = finding(&report, "method.key:first");
    assert!(verdict == "fail" && detail.contains("would not be accepted"), "{detail}");
    let passes = entries(&served, "intends", "issue-pass");
    assert_eq!(passes.len(), 2, "none for the key that would be refused: {passes:?}");
}

#[test]
fn attestation_kind_and_what_is_not_told_are_looked_at() {
    let served = Served::new("p1", Vec::new());
    assert_eq!(run(&served).0, Some(0));
    let seen = |attestation: &str, passkey: &str| {
        let wanted = json!({"account": FIRST, "attestation": attestation, "passkey": passkey});
        served.change("key-described", &wanted);
        finding(&looked(&served, &[]), "method.key:first").0
    };
    assert_eq!(seen("notAttested", "deviceBound"), "pass", "nothing asks for attestation yet");
    served.change("attestation-switched", &json!({"to": "on"}));
    assert_eq!(seen("notAttested", "deviceBound"), "fail");
    assert_eq!(seen("unknown", "deviceBound"), "unknown");
    assert_eq!(seen("attested", "deviceBound"), "pass");
    assert_eq!(seen("attested", "synced"), "fail");
}

#[test]
fn a_key_that_nobody_planned_is_removed_when_the_planned_ones_are_proved() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(run(&served).0, Some(0));
    served.change("key-appears", &json!({"account": FIRST}));
    let (code, report) = run(&served);
    assert_ne!(code, Some(0), "it is somebody's trace: {:#}", report["open"]);
    assert!(outcomes(&served, "delete-key").is_empty(), "where nobody is there nothing is taken away");
    plain::written(&served, "2 registered: ");
    assert_eq!(outcomes(&served, "delete-key"), ["done"]);
    let (code, report) = run(&served);
    assert_eq!(code, Some(0), "{:#}", report["open"]);
    let tenant = served.stop().to_string();
    assert!(!tenant.contains("\"displayName\":\"Spare key\""));
    assert!(tenant.contains("\"displayName\":\"Rehearsal key 2\""));
}
