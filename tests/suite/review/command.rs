//! `review` without a person: what it is told on the command line, what it writes (nothing, unless `--repair` names it), and
//! how it ends.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::apps::{OWN_APP, private};
use crate::support::served::Served;
use crate::support::{Home, words};

/// A review of a rehearsal tenant in this home, with nobody there.
pub fn review(home: &Home, seed: &str) -> Command {
    let mut command = home.breakglass();
    command.args(["review", "--unattended", "--tenant", "rehearsal", "--seed", seed, "--speed", "1000"]);
    command.arg("--record").arg(home.record());
    command
}

pub fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(output)))
}

/// The verdicts of a check, by what it counts as.
fn counts_as(report: &Value, check: &str) -> Vec<String> {
    let rows = report["rows"].as_array().expect("rows").iter();
    let findings = rows.flat_map(|row| row["findings"].as_array().expect("findings"));
    let own = findings.filter(|finding| finding["check"] == check);
    own.map(|finding| finding["effective"].as_str().expect("a verdict").to_owned()).collect()
}

fn intended(home: &Home) -> Vec<String> {
    let lines = home.journal();
    let writes = lines.iter().filter(|line| line["entry"]["entry"] == "intends");
    writes.map(|line| line["entry"]["key"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_drifted_tenant_that_was_never_seen_is_reviewed_on_an_empty_record_and_ends_with_1() {
    let home = Home::new();
    let output = review(&home, "drifted").args(["--format", "json"]).output().expect("it runs");
    let told = report(&output);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert_eq!((&told["exit"], &told["complete"]), (&Value::from(1), &Value::from(false)));
    assert_eq!(counts_as(&told, "account.exists"), ["pass", "pass"], "the seed tells its accounts: {told}");
    assert!(counts_as(&told, "policies.excluded").contains(&"fail".to_owned()), "{told}");
    assert_eq!(told["head"].as_str().map(str::len), Some(64), "{told}");
    assert!(intended(&home).is_empty(), "nothing is written unless it is named");
    assert_eq!(told["written"], Value::from(Vec::<Value>::new()));
}

#[test]
fn a_tenant_whose_accounts_nobody_names_ends_with_2_and_says_what_to_add() {
    let home = Home::new();
    let output = review(&home, "p1").args(["--format", "json"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    let told = words(&output);
    assert!(told.contains("Which accounts are the emergency access accounts is not known."), "{told}");
    assert!(told.contains("Add --account for each of them"), "{told}");
}

#[test]
fn accounts_are_named_on_the_command_line() {
    let home = Home::new();
    let named = breakglass::rehearsal::emergency_accounts("drifted");
    let mut command = review(&home, "drifted");
    command.args(["--format", "json", "--account", &named[1], "--account", &named[0]]);
    let output = command.output().expect("it runs");
    let told = report(&output);
    assert_eq!(counts_as(&told, "account.exists"), ["pass", "pass"]);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    let other = format!("nobody.{}", named[0]);
    let output = review(&Home::new(), "drifted").args(["--format", "json", "--account", &other]).output();
    assert!(counts_as(&report(&output.expect("it runs")), "account.exists").contains(&"fail".to_owned()));
}

#[test]
fn only_what_is_named_is_repaired_and_it_is_looked_up_again() {
    let home = Home::new();
    let mut command = review(&home, "drifted");
    let output = command.args(["--format", "json", "--repair", "license"]).output().expect("it runs");
    let told = report(&output);
    let kinds: Vec<String> = intended(&home);
    assert!(!kinds.is_empty() && kinds.iter().all(|key| key.starts_with("remove-license ")), "{kinds:?}");
    assert_eq!(told["written"].as_array().map(Vec::len), Some(kinds.len()), "{told}");
    assert_eq!(counts_as(&told, "account.no-license"), ["pass", "pass"], "{told}");
    assert_eq!(output.status.code(), Some(1), "policies have drifted still: {}", words(&output));
    // What another administrator did at the same time, to the same account, is not taken for a write of this run.
    let changes = told["changes"].as_array().expect("changes").iter();
    let of_others: Vec<&Value> =
        changes.filter(|change| change["by"].as_str().is_some_and(|by| by.starts_with("casey"))).collect();
    assert!(
        !of_others.is_empty() && of_others.iter().all(|change| change.get("class").is_none()),
        "{of_others:?}"
    );
    let again = review(&home, "drifted").args(["--format", "json"]).output().expect("it runs");
    assert_eq!(counts_as(&report(&again), "account.no-license"), ["pass", "pass"]);
}

#[test]
fn a_dry_run_repairs_nothing_and_lists_what_it_would() {
    let home = Home::new();
    let mut command = review(&home, "drifted");
    let output =
        command.args(["--dry-run", "--repair", "license", "--repair", "account"]).output().expect("it runs");
    assert!(intended(&home).is_empty());
    let told = words(&output);
    assert!(told.contains("Would be written: Remove a license from the First account"), "{told}");
    assert!(told.contains("/assignLicense"), "{told}");
}

#[test]
fn what_ends_with_1_can_be_chosen() {
    let home = Home::new();
    let kept = home.path("first.json");
    let mut command = review(&home, "drifted");
    let first = command.args(["--format", "json", "--output"]).arg(&kept).output().expect("it runs");
    assert_eq!((first.status.code(), first.stdout.len()), (Some(1), 0), "{}", words(&first));
    let ends = |more: &[&str]| {
        let mut command = review(&home, "drifted");
        command.args(["--format", "json", "--since"]).arg(&kept).args(more).output().expect("it runs")
    };
    let same = ends(&["--fail-on", "regression"]);
    assert_eq!(same.status.code(), Some(2), "nothing is worse than it was: {}", words(&same));
    assert_eq!(ends(&["--fail-on", "fail"]).status.code(), Some(1));
    assert_eq!(ends(&["--fail-on", "expired"]).status.code(), Some(2));
    // It never overwrites a report, and says so before anything is read.
    let lines = home.journal().len();
    let mut command = review(&home, "drifted");
    let again = command.args(["--format", "json", "--output"]).arg(&kept).output().expect("it runs");
    assert_eq!(again.status.code(), Some(3), "{}", words(&again));
    assert!(words(&again).contains("first.json") && !words(&again).contains("reading"), "{}", words(&again));
    assert_eq!(home.journal().len(), lines, "nothing was begun");
}

/// The steps that a text names, as "step 7".
fn steps_in(text: &str) -> Vec<&str> {
    let named = text.match_indices("step ").map(|(at, _)| &text[at..text.len().min(at + 6)]);
    named.filter(|words| words.ends_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn nothing_in_a_review_speaks_of_the_steps_of_a_setup() {
    let home = Home::new();
    let output = review(&home, "drifted").args(["--format", "json"]).output().expect("it runs");
    let told = report(&output);
    let rows = told["rows"].as_array().expect("rows").iter();
    let findings: Vec<&Value> = rows.flat_map(|row| row["findings"].as_array().expect("findings")).collect();
    for finding in &findings {
        for part in ["remedy", "detail", "label"] {
            let text = finding[part].as_str().unwrap_or_default();
            assert!(steps_in(text).is_empty() && !text.contains(['{', '}']), "{part}: {finding:#}");
        }
    }
    let of = |check: &str| findings.iter().find(|finding| finding["check"] == check).expect("the finding");
    let remedy = of("alerts.action-group")["remedy"].as_str().expect("words");
    assert!(remedy.starts_with("Create the action group in row 6 (Alerts)"), "{remedy}");
    let deputy = of("test.deputy")["detail"].as_str().expect("words");
    assert_eq!(deputy, "nobody has made a test within the year");
    let ways = of("policies.contexts")["detail"].as_str().expect("words");
    assert!(ways.contains("(First and Second account: "), "{ways}");
    let uses = of("use.classified")["detail"].as_str().expect("words");
    assert!(uses.contains(" account: ") && uses.contains("; "), "{uses}");
}

#[test]
fn a_report_says_whose_accounts_they_are_and_that_nobody_gave_a_plan() {
    let home = Home::new();
    let output = review(&home, "drifted").args(["--format", "json"]).output().expect("it runs");
    let told = report(&output);
    let named = breakglass::rehearsal::emergency_accounts("drifted");
    let accounts: Vec<(&str, &str)> = told["accounts"]
        .as_array()
        .expect("accounts")
        .iter()
        .filter_map(|one| Some((one["slot"].as_str()?, one["name"].as_str()?)))
        .collect();
    assert_eq!(accounts, [("first", named[0].as_str()), ("second", named[1].as_str())]);
    assert!(told["notes"][0].as_str().is_some_and(|note| note.starts_with("Nobody gave a plan")), "{told}");
    let text = words(&review(&home, "drifted").output().expect("it runs"));
    assert!(text.contains("First account: ") && text.contains("Nobody gave a plan"), "{text}");
    assert!(text.contains(" need a person"), "{text}");
    // Hashes stand there whole, or they can be held against nothing.
    assert!(text.lines().any(|line| line.starts_with("Facts") && line.len() == 15 + 64), "{text}");
    let plan = home.plan();
    let output = review(&home, "drifted").args(["--format", "json", "--plan"]).arg(plan).output();
    assert_eq!(report(&output.expect("it runs"))["notes"], Value::from(Vec::<Value>::new()));
}

#[test]
fn a_report_that_is_none_is_refused_kindly() {
    let home = Home::new();
    std::fs::write(home.path("bad.json"), "{\"format\": \"\u{1b}[2J\"").expect("a file");
    std::fs::write(home.path("other.json"), "[1, 2, 3]").expect("a file");
    std::fs::write(home.path("newer.json"), "{\"format\": 99}").expect("a file");
    std::fs::write(home.path("half.json"), "{\"format\": 1}").expect("a file");
    std::fs::write(home.path("bytes.json"), [0xff, 0xfe, 0x00]).expect("a file");
    for (since, says) in [
        ("bad.json", "It is no JSON, or only a part of it."),
        ("other.json", "does not say of which format"),
        ("newer.json", "It has format 99, and this program reads format 1."),
        ("half.json", "is not whole"),
        ("bytes.json", "could not be read"),
        ("nowhere.json", "It does not exist."),
        (".", "It is a folder"),
        ("/dev/zero", "It is a pipe or a device"),
        ("2026-01-31", "There is no review of 2026-01-31 or before."),
    ] {
        let output = review(&home, "drifted").args(["--since", since]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{since}: {}", words(&output));
        assert!(words(&output).contains(says), "{since}: {}", words(&output));
        assert!(!words(&output).contains('\u{1b}'), "{since}");
    }
}

#[test]
fn only_what_is_due_is_told() {
    let home = Home::new();
    let output = review(&home, "drifted").args(["--due", "--format", "json"]).output().expect("it runs");
    let told = report(&output);
    let rows: Vec<&str> =
        told["rows"].as_array().expect("rows").iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(rows.len(), 1, "{told}");
    assert!(!told["due"].as_array().expect("tasks").is_empty(), "{told}");
}

#[test]
fn a_record_that_another_run_uses_is_waited_for_and_then_told() {
    let home = Home::new();
    std::fs::create_dir_all(home.record()).expect("a folder");
    let held = breakglass::effects::lock::Lock::take(&home.record()).expect("it is free");
    let output =
        review(&home, "drifted").args(["--format", "json", "--wait", "1"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    assert!(words(&output).contains("is in use; waiting for 1 s"), "{}", words(&output));
    drop(held);
    let output =
        review(&home, "drifted").args(["--format", "json", "--wait", "1"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
}

#[test]
fn an_app_reviews_what_it_may_read_and_names_what_it_may_not() {
    let served = Served::new("drifted", Vec::new());
    let secret = served.home.path("secret");
    private(&secret, "not a real secret");
    let mut command = served.home.breakglass();
    command.args(["review", "--unattended", "--format", "json"]).args(served.options());
    command.args(["--sign-in", "client-secret", "--client-id", OWN_APP]).arg("--secret-file").arg(&secret);
    for account in breakglass::rehearsal::emergency_accounts("drifted") {
        command.args(["--account", &account]);
    }
    let output = command.output().expect("it runs");
    let told = report(&output);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert_eq!(counts_as(&told, "account.exists"), ["pass", "pass"]);
    assert!(counts_as(&told, "policies.excluded").contains(&"fail".to_owned()), "{told}");
    // Not looked up is not there: a person is told what to bring.
    assert_eq!(counts_as(&told, "logs.diagnostic-setting"), ["needs_person"], "{told}");
    assert!(words(&output).contains("No Azure subscription is visible to you"), "{}", words(&output));
    assert!(!words(&output).contains("not a real secret"));
}

#[test]
fn a_live_tenant_is_looked_at_without_consent_and_repaired_only_with_it() {
    let served = Served::new("drifted", Vec::new());
    served.mark_live();
    let review = |more: &[&str]| {
        let mut command = served.home.breakglass();
        command.args(["review", "--unattended", "--format", "json"]).args(served.options()).args(more);
        for account in breakglass::rehearsal::emergency_accounts("drifted") {
            command.args(["--account", &account]);
        }
        command.output().expect("it runs")
    };
    let looked = review(&[]);
    assert_eq!(looked.status.code(), Some(1), "{}", words(&looked));
    let refused = review(&["--repair", "license"]);
    assert_eq!(refused.status.code(), Some(64), "{}", words(&refused));
    assert!(words(&refused).contains("--yes-write-to"), "{}", words(&refused));
    assert!(intended(&served.home).is_empty());
    let written = review(&["--repair", "license", "--yes-write-to", breakglass::rehearsal::TENANT_ID]);
    assert_eq!(written.status.code(), Some(1), "{}", words(&written));
    assert!(!intended(&served.home).is_empty(), "{}", words(&written));
}

#[test]
fn an_alert_that_reaches_nobody_is_neither_made_nor_in_order() {
    let home = Home::new();
    let mut command = review(&home, "existing");
    command.args(["--format", "json", "--repair", "logs", "--repair", "alerts"]);
    let output = command.output().expect("it runs");
    let told = report(&output);
    let kinds = intended(&home);
    assert!(
        !kinds.iter().any(|key| key.starts_with("put-action-group") || key.starts_with("test-")),
        "{kinds:?}"
    );
    assert_eq!(counts_as(&told, "alerts.action-group"), ["fail"], "{told}");
    assert_eq!(output.status.code().map(Value::from), Some(told["exit"].clone()), "{}", words(&output));
}

#[test]
fn by_hand_what_nobody_has_vouched_for_is_not_in_order() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["review", "--unattended", "--tenant", "manual", "--format", "json"]);
    let output = command.arg("--record").arg(home.record()).output().expect("it runs");
    let told = report(&output);
    assert_eq!((&told["exit"], &told["complete"]), (&Value::from(1), &Value::from(false)), "{told}");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
}

#[test]
fn a_word_that_stands_in_the_plan_reaches_the_record_and_one_that_is_over_does_not() {
    let home = Home::new();
    let plan = home.plan();
    let told = |day: &str| {
        let text = std::fs::read_to_string(&plan).expect("the plan");
        let word = format!(
            "\n[[attestations]]\nabout = \"account.cleanup-exempt\"\ntenant = \"{}\"\nperson = \"Sample Person A\"\n\
             date = \"{day}\"\nnote = \"no such job\"\n",
            breakglass::rehearsal::TENANT_ID
        );
        let own = home.path(&format!("{day}.toml"));
        std::fs::write(&own, text + &word).expect("a file");
        let output = review(&home, "drifted").args(["--format", "json", "--plan"]).arg(&own).output();
        let output = output.expect("it runs");
        counts_as(&report(&output), "account.cleanup-exempt")
    };
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let ago = |days: i64| today.checked_sub(jiff::Span::new().days(days)).expect("a day").to_string();
    assert_eq!(told(&ago(500)), ["needs_person"], "its time is over");
    assert_eq!(told(&ago(1)), ["pass"], "it counts");
    let words = home.journal();
    let words: Vec<&Value> = words.iter().filter(|line| line["entry"]["entry"] == "attested").collect();
    assert!(words.iter().any(|line| line["entry"]["person"] == "Sample Person A"), "{words:?}");
}
