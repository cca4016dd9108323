//! The whole setup, unattended, on every kind of tenant, with the real binary.

use serde_json::Value;

use crate::support::{Home, words};

fn report(home: &Home, seed: &str) -> (Option<i32>, Value) {
    let output = home.setup(seed).arg("--json").output().expect("it runs");
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error} in the report of {seed}: {}", words(&output)));
    (output.status.code(), json)
}

fn writes(home: &Home) -> usize {
    home.journal().iter().filter(|line| line["entry"]["entry"] == "intends").count()
}

fn completes(seed: &str) {
    let home = Home::new();
    let (code, json) = report(&home, seed);
    assert_eq!(code, Some(0), "{seed}: {:#}", json["open"]);
    assert_eq!(json["complete"], true);
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(9));
    assert_eq!(json["checklist"].as_array().map(Vec::len), Some(11));

    let before = writes(&home);
    let users = home.tenant()["users"].clone();
    let (again, json) = report(&home, seed);
    assert_eq!((again, &json["complete"]), (Some(0), &Value::Bool(true)));
    assert_eq!(writes(&home), before, "the second run of {seed} wrote something");
    assert_eq!(home.tenant()["users"], users);
}

#[test]
fn fresh_completes_and_a_second_run_writes_nothing() {
    completes("fresh");
}

#[test]
fn without_pim_it_completes() {
    completes("p1");
}

#[test]
fn beside_an_existing_account_and_group_it_completes() {
    completes("existing");
}

#[test]
fn a_free_tenant_says_what_shrank_and_leaves_with_2() {
    let home = Home::new();
    let (code, json) = report(&home, "free");
    assert_eq!(code, Some(2));
    let open = json["open"].as_array().expect("open");
    assert!(open.iter().all(|f| f["verdict"] != "fail"), "{open:#?}");
    assert!(open.iter().any(|f| f["detail"].as_str().is_some_and(|d| d.contains("No Entra ID P1"))));
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let home = Home::new();
    let output = home.setup("fresh").arg("--dry-run").output().expect("it runs");
    let shown = words(&output);
    for text in [
        "Create user harbor.lantern@",
        "<id of the First account>",
        "\"password\": \"***\"",
        "Nothing was written",
    ] {
        assert!(shown.contains(text), "the dry run does not show {text}");
    }
    let foreign: String = shown.chars().filter(|c| "•‹›…".contains(*c)).collect();
    assert_eq!(foreign, "", "an unattended run prints signs that a terminal may not have");
    assert!(home.journal().is_empty(), "a dry run wrote into the record");
    let names = home.tenant()["users"].to_string();
    assert!(!names.contains("harbor.lantern"), "a dry run wrote into the tenant");
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
fn what_only_the_files_vouch_for_is_named_until_it_is_on_paper() {
    let home = Home::new();
    let (code, json) = report(&home, "p1");
    assert_eq!(code, Some(0));
    let named: Vec<&str> =
        json["files"].as_array().expect("files").iter().filter_map(Value::as_str).collect();
    assert_eq!(named.len(), 5, "two passwords and three PINs: {named:?}");
    assert!(named.iter().all(|file| std::path::Path::new(file).exists()), "{named:?}");
    let findings = json["steps"].to_string();
    assert!(findings.contains("read back from its file by the program"), "{findings}");
    assert!(!findings.contains("typed back"), "nobody typed anything: {findings}");

    let shown = words(&home.setup("p1").output().expect("it runs"));
    assert!(shown.contains("Files to print and destroy (5)"), "{shown}");
    assert!(named.iter().all(|file| shown.contains(*file)), "{shown}");
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
    assert!(shown.contains(&format!("Accepted by name ({})", accepted.len())), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Accepted because: It refuses the change and only reports today"), "{shown}");
    assert!(flat.contains("accepted by name: "), "point 5 tells it: {shown}");
}

#[test]
fn the_one_who_tested_is_never_made_up_from_another_word() {
    let home = Home::new();
    report(&home, "p1");
    for line in home.journal().iter().filter(|line| line["entry"]["entry"] == "tested") {
        assert_eq!(line["entry"]["person"], "simulated person of the rehearsal");
    }
}
