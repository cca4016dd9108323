//! Whole setups: a sign-in test counts for what it used, stays seen in the log, and is told apart from a stranger's.

use std::process::Output;

use breakglass::domain::facts::{AreaFacts, Reading, SignIn, SignInTold};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::{Msg, screen, update};
use breakglass::rehearsal::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::support::model;
use crate::support::served::Served;
use crate::support::words;

fn run(served: &Served) -> (Option<i32>, Value, Output) {
    let output = served.setup().output().expect("it runs");
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", words(&output)));
    (output.status.code(), report, output)
}

fn completes(served: &Served) {
    let (code, report, output) = run(served);
    assert_eq!((code, &report["complete"]), (Some(0), &json!(true)), "{}", words(&output));
}

/// The kinds of entries about the first account, in order: `tested`, `logged`, `set`.
fn first_account(served: &Served) -> Vec<&'static str> {
    let kind = |line: &Value| {
        let entry = &line["entry"];
        let first = entry["slot"] == 0;
        let set = entry["key"].as_str().is_some_and(|key| key.starts_with("set-password"));
        match entry["entry"].as_str()? {
            "tested" if first => Some("tested"),
            "logged" if first => Some("logged"),
            "receipt" if first && set => Some("set"),
            _ => None,
        }
    };
    served.home.journal().iter().filter_map(kind).collect()
}

/// The first account in the state of the tenant.
fn first_user(state: &mut Value) -> &mut Value {
    let users = state["users"].as_array_mut().expect("users");
    let named = |user: &&mut Value| user.to_string().contains("harbor.lantern");
    users.iter_mut().find(named).expect("the first account")
}

fn set_everywhere(value: &mut Value, name: &str, to: &Value) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                if key == name {
                    *inner = to.clone();
                } else {
                    set_everywhere(inner, name, to);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| set_everywhere(item, name, to)),
        _ => {}
    }
}

#[test]
fn a_password_that_is_newer_than_the_test_wants_another_test() {
    let mut served = Served::new("p1", Vec::new());
    completes(&served);
    let before = first_account(&served);
    assert_eq!(before, ["set", "tested", "logged"]);
    let now = json!(jiff::Timestamp::now().to_string());
    served.changed(|state| set_everywhere(first_user(state), "lastPasswordChangeDateTime", &now), Vec::new());
    completes(&served);
    let after = first_account(&served);
    assert_eq!(after[3..], ["set", "tested", "logged"], "the old test counted for the new password");
}

#[test]
fn a_test_that_is_no_longer_in_the_log_stays_seen() {
    let mut served = Served::new("p1", Vec::new());
    completes(&served);
    served.changed(|state| set_everywhere(state, "sign_ins", &json!([])), Vec::new());
    let (code, report, output) = run(&served);
    assert_eq!(code, Some(0), "{}", words(&output));
    let findings = report["steps"][8]["findings"].as_array().expect("findings");
    let logged = findings.iter().find(|finding| finding["check"] == "test.logged").expect("a finding");
    assert!(logged["detail"].as_str().is_some_and(|detail| detail.contains("request ")), "{logged}");
}

/// What is open about sign-ins that nobody made here.
fn other_open(report: &Value) -> Option<&Value> {
    report["open"].as_array().expect("a list").iter().find(|finding| finding["check"] == "test.others")
}

/// A sign-in with the first account that nobody made here, a day ago.
fn a_stranger_signs_in(served: &mut Served) {
    let parameters = json!({"account": "harbor.lantern", "address": "192.0.2.44", "country": "NL"});
    served.change("sign-in-arrives", &parameters);
    served.time_passes(1);
}

#[test]
fn a_stranger_s_sign_in_is_said_at_once_and_stays_open_until_somebody_explains_it() {
    let mut served = Served::new("p1", Vec::new());
    completes(&served);
    a_stranger_signs_in(&mut served);
    let (code, report, output) = run(&served);
    assert_eq!(code, Some(2), "{}", words(&output));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("Somebody else signed in") && told.contains("192.0.2.44"), "{told}");
    let other = other_open(&report).expect("it is open");
    assert!(other["detail"].as_str().is_some_and(|detail| detail.contains("192.0.2.44")), "{other}");
    let open = report["open"].as_array().expect("a list");
    let own = open.iter().any(|finding| finding["check"] == "test.logged");
    assert!(!own, "the test's own entry was taken for the stranger's, or the other way round");

    // The log forgets it; the record does not, and has it once.
    served.time_passes(9);
    let (code, report, output) = run(&served);
    assert_eq!((code, other_open(&report)), (Some(2), Some(other)), "{}", words(&output));
    let seen: Vec<Value> = served.home.journal().into_iter().map(|line| line["entry"].clone()).collect();
    let seen: Vec<&Value> = seen.iter().filter(|entry| entry["entry"] == "stranger").collect();
    assert_eq!(seen.len(), 1, "{seen:?}");

    let id = seen[0]["id"].as_str().expect("an id");
    let first = "[[attestations]]\nabout = \"tell.monitoring\"";
    let word = format!(
        "[[attestations]]\nabout = \"test.others:first:{id}\"\ntenant = \"{}\"\nperson = \"Sample Person A\"\n\
         date = \"2026-11-20\"\nnote = \"a drill\"\n\n{first}",
        breakglass::rehearsal::TENANT_ID
    );
    let mut explained = served.setup();
    served.home.plan_with(&[(first, &word)]);
    let output = explained.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
}

#[test]
fn a_stranger_who_was_refused_is_no_incident_and_is_told_as_such() {
    let mut served = Served::new("p1", Vec::new());
    completes(&served);
    let parameters =
        json!({"account": "harbor.lantern", "address": "192.0.2.44", "result": "wrong-password"});
    served.change("sign-in-arrives", &parameters);
    served.time_passes(1);
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan()).stdin(std::process::Stdio::null());
    let told = words(&command.output().expect("it runs"));
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for right in ["tried to sign in with an emergency access account, and was refused", "Nobody got in."] {
        assert!(told.contains(right), "{right}: {told}");
    }
    for wrong in ["Somebody else signed in", "breakglass repair unauthorized-use", "Somebody was in"] {
        assert!(!told.contains(wrong), "{wrong}: {told}");
    }
}

#[test]
fn a_stranger_s_sign_in_is_said_beside_any_other_trouble() {
    let mut model = model::model();
    model.desk.trouble = Some(Trouble::new("The printer is gone.", "No paper.", "Fill it."));
    let sign_in = SignIn {
        slot: Slot::FIRST,
        id: "stranger".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        error: 0,
        policies: Vec::new(),
        application: "portal".to_owned(),
        app: String::new(),
        correlation: String::new(),
        address: "192.0.2.44".to_owned(),
        told: SignInTold::default(),
    };
    let read = || Msg::Read(Box::new(AreaFacts::SignIns(Reading::Read(vec![sign_in.clone()]))));
    update(&mut model, read());
    let once = screen(&model).trouble.expect("both are said");
    for words in ["Somebody else signed in", "The printer is gone."] {
        assert!(once.what.contains(words), "{once}");
    }
    assert!(once.why.contains("192.0.2.44") && once.next.ends_with("Fill it."), "{once}");
    update(&mut model, read());
    assert_eq!(screen(&model).trouble, Some(once), "a watch that reads again says it once");
}

#[test]
fn one_passing_fault_at_the_token_endpoint_ends_no_unattended_run() {
    for (kind, at) in [
        (FaultKind::Unavailable, "authorization_code"),
        (FaultKind::DropAfterCommit, "authorization_code"),
        (FaultKind::TooManyRequestsRetryAfterDate, "refresh_token"),
    ] {
        let mut served =
            Served::new("p1", vec![Fault { name: kind, path: at.to_owned(), times: 1, request: None }]);
        completes(&served);
        assert_eq!(served.faults_left(), 0, "{kind:?} never struck");
        served.stop();
    }
}
