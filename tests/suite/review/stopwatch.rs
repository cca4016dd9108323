//! The alert test over the wire, by lines: a sign-in a quarter after the setup, its row, and the alert that its rule raises in
//! the rehearsal's Azure, with the seconds of each on the screen and in the record; and a rule that never fires.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::in_process::changed_on_disk;
use crate::support::{Home, choice, plain, words};

/// Slow enough that a test is over before its row is in the workspace, a quarter of a tenant hour later.
const SPEED: &str = "60";

/// What leads to the test, and through the sign-in.
const ON: &[&str] = &[
    "Look at the log and the alerts again",
    "Test the alert, by a sign-in",
    "Sign in as the",
    "WRITES: Begin the test",
    "Due work",
];

/// A finished setup, a quarter later.
fn a_quarter_later() -> Home {
    let home = Home::new();
    let output = home.setup("p1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    home.time_passes(92);
    home
}

fn review(home: &Home) -> Command {
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", SPEED, "--plain"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    command
}

/// The last alert test of the record.
fn tested(home: &Home) -> Value {
    let entries = home.journal().into_iter().map(|line| line["entry"].clone());
    entries.filter(|entry| entry["entry"] == "alert-tested").last().expect("an alert test")
}

/// Walks on until `seen` stands on the screen of the test, and then says `word`, and who says so.
fn walked(home: &Home, (seen, word): (&str, &str), goal: &str) -> String {
    let mut on = plain::person(ON);
    let mut decide = |shown: &str| match shown.lines().last().unwrap_or_default() {
        asked if asked.starts_with("Minutes from the sign-in") => Some("7".to_owned()),
        _ if shown.contains("Who says so?") => choice(shown, "Sample Person A"),
        "Choice: " if shown.contains(seen) => choice(shown, word).or_else(|| on(shown)),
        _ => on(shown),
    };
    plain::walk_until(review(home), goal, &mut decide)
}

#[test]
fn an_alert_that_fires_is_timed_on_the_screen_and_in_the_record() {
    let home = a_quarter_later();
    let told = walked(&home, ("fired after", "The mail came"), "The alert was tested");
    assert!(told.contains("its action group was told"), "{told}");
    let tested = tested(&home);
    let seconds = |name: &str| tested[name].as_i64().unwrap_or_else(|| panic!("no {name}: {tested}"));
    assert!(told.contains(&format!("fired after {} seconds", seconds("alert_seconds"))), "{told}");
    assert!(seconds("row_seconds") >= 0 && seconds("alert_seconds") >= 1, "{tested}");
    assert_eq!((&tested["mail_minutes"], &tested["person"]), (&json!(7), &json!("Sample Person A")));
}

#[test]
fn an_alert_that_never_fires_is_recorded_as_silence() {
    let home = a_quarter_later();
    changed_on_disk(&home.record().join(breakglass::app::REHEARSAL_STATE), &[("rule-off", json!({}))]);
    let told = walked(&home, ("seen after", "No mail came"), "The alert reached nobody");
    assert!(told.contains("No alert of that time was seen either"), "{told}");
    let tested = tested(&home);
    assert!(tested["row_seconds"].is_i64(), "{tested}");
    assert_eq!((tested.get("alert_seconds"), tested.get("mail_minutes")), (None, None), "{tested}");
}
