//! The whole setup, unattended, with the real binary: what it shows and what it leaves.

use crate::support::home::report;
use crate::support::plain::walk_until;
use crate::support::{Home, choice, words};

#[test]
fn a_free_tenant_says_what_shrank_and_leaves_with_2() {
    let home = Home::new();
    let (code, json) = report(&home, "free");
    assert_eq!(code, Some(2));
    let open = json["open"].as_array().expect("open");
    assert!(open.iter().all(|f| f["verdict"] != "fail"), "{open:#?}");
    assert!(open.iter().any(|f| f["detail"].as_str().is_some_and(|d| d.contains("No Entra ID P1"))));
}

/// The words of the people of a tenant without licenses: what nobody could look up or do for them.
fn words_of_people() -> String {
    let about = ["policies.license", "logs.diagnostic-setting", "test.logged:first", "test.logged:second"]
        .map(|about| {
            format!(
                "[[attestations]]\nabout = \"{about}\"\ntenant = \"{}\"\nperson = \"Sample Person A\"\n\
                 date = \"2026-11-02\"\nnote = \"Sample: looked at in the portal.\"\n\n",
                breakglass::rehearsal::TENANT_ID
            )
        });
    about.concat()
}

#[test]
fn a_free_tenant_ends_with_0_once_people_vouch_for_what_they_did_by_hand() {
    let home = Home::new();
    let mut command = home.setup("free");
    let first = "[[attestations]]\nabout = \"tell.monitoring\"";
    home.plan_with(&[(first, &(words_of_people() + first))]);
    let output = command.output().expect("it runs");
    let shown = words(&output);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nothing is claimed that is not so, dated that is never done, or priced that is not there.
    for wrong in [
        "nobody else can join",
        "raises an alert that reaches people",
        "Check the Conditional Access exclusions",
        "Test the alerts",
        "Log storage",
    ] {
        assert!(!flat.contains(wrong), "{wrong}: {shown}");
    }
    for right in [
        "group administrators can change their group",
        "somebody looks through their sign-ins and changes by hand",
        "was found in the portal's log by somebody",
        "Look through the sign-in logs",
    ] {
        assert!(flat.contains(right), "{right}: {shown}");
    }
}

#[test]
fn a_free_tenant_says_a_thing_once() {
    let home = Home::new();
    let (_, json) = report(&home, "free");
    let open = json["open"].as_array().expect("open");
    let of = |check: &str| open.iter().filter(|finding| finding["check"] == check).count();
    assert_eq!((of("logs.diagnostic-setting"), of("policies.license")), (1, 1), "{open:#?}");
    let alerts = open.iter().filter(|f| f["check"].as_str().is_some_and(|id| id.starts_with("alerts.")));
    assert_eq!(alerts.count(), 0, "{open:#?}");
    assert_eq!(open.len(), 4, "the license, the alerts, and the log of each test: {open:#?}");
}

#[test]
fn the_record_verifies_and_reads_well() {
    let home = Home::new();
    report(&home, "p1");
    let verify = home.breakglass().args(["record", "verify"]).arg(home.record()).output().expect("it runs");
    assert!(verify.status.success(), "{}", words(&verify));
    let show = home.breakglass().args(["record", "show"]).arg(home.record()).output().expect("it runs");
    assert!(words(&show).contains("harbor.lantern"));
}

#[test]
fn what_is_accepted_by_name_is_told_with_its_reason() {
    let home = Home::new();
    let (code, json) = report(&home, "fresh");
    assert_eq!(code, Some(0));
    let accepted = json["accepted"].as_array().expect("accepted");
    assert!(
        accepted.iter().any(|a| a["check"] == "policies.managed" && a["verdict"] == "unknown"),
        "{accepted:#?}"
    );
    let shown = words(&home.setup("fresh").output().expect("it runs"));
    assert!(shown.contains("Accepted by name ("), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("Accepted by the plan, because: It refuses the change and only reports today"),
        "{shown}"
    );
    assert!(flat.contains("accepted by name: "), "point 5 tells it: {shown}");
}

#[test]
fn what_only_time_brings_is_a_named_rest_and_takes_no_minutes() {
    let home = Home::new();
    let mut setup = home.setup("fresh");
    home.plan_with(&[("check = \"alerts.first-logs\"", "check = \"connect.admins\"")]);
    let output = setup.arg("--json").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let open = json["open"].as_array().expect("open");
    assert_eq!(
        open.iter().map(|f| f["check"].clone()).collect::<Vec<_>>(),
        ["alerts.first-logs"],
        "{open:#?}"
    );
    let day = open[0]["waits_until"].as_str().expect("a day").to_owned();
    let mut again = home.setup("fresh");
    home.plan_with(&[("check = \"alerts.first-logs\"", "check = \"connect.admins\"")]);
    let shown = words(&again.output().expect("it runs"));
    assert!(shown.contains(&format!("The setup is complete, but for what waits until {day}")), "{shown}");
    assert!(shown.contains("Waits, with nothing to do until then (1)"), "{shown}");
    assert!(!shown.contains("min left"), "waiting takes no minutes: {shown}");
}

#[test]
fn a_new_run_opens_the_first_step_that_is_open() {
    let home = Home::new();
    let mut first = home.setup("p1");
    home.plan_without_word("paper.printed:second");
    assert_eq!(first.output().expect("it runs").status.code(), Some(2));
    let mut again = home.breakglass();
    again
        .args(["--tenant", "rehearsal", "--seed", "p1", "--speed", "1000", "--plain", "--record"])
        .arg(home.record());
    let on = ["Go on with the setup", "Go on to the plan", "The plan stands"];
    let seen = walk_until(again, "8 Put the credentials on paper", &mut |shown| {
        on.iter().rev().find_map(|words| choice(shown, words))
    });
    assert!(!seen.contains("\n1 Create"), "it began at the first step:\n{seen}");
}
