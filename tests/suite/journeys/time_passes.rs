//! Journeys in which time passes: the same setup a week, a quarter, a year later, by a clock that the test sets.
//!
//! The tenant holds how far it is ahead of this machine ([`Home::time_passes`], [`Served::time_passes`]); the program lives
//! by the clock of its tenant. Nothing here waits.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::support::home::report;
use crate::support::served::Served;
use crate::support::{Home, words};

/// The day that the newest line of the record was written on.
fn last_day(home: &Home) -> Date {
    let journal = home.journal();
    let at = journal.last().and_then(|line| line["at"].as_str()).expect("a line with a time");
    at.parse::<jiff::Timestamp>().expect("a time").to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn days_between(earlier: Date, later: Date) -> i32 {
    later.since(earlier).expect("days").get_days()
}

/// What the report lists as open, by check.
fn open(report: &Value) -> Vec<&str> {
    report["open"].as_array().into_iter().flatten().filter_map(|finding| finding["check"].as_str()).collect()
}

#[test]
fn a_finished_setup_a_week_later() {
    let home = Home::new();
    let (code, first) = report(&home, "fresh");
    assert_eq!(code, Some(0), "{first:#}");
    let day = last_day(&home);
    home.time_passes(7);
    let (code, later) = report(&home, "fresh");
    assert_eq!(days_between(day, last_day(&home)), 7);
    assert_eq!((code, open(&later)), (Some(0), Vec::new()), "{later:#}");
}

/// The detail of a check about the tenant as a whole.
fn told(report: &Value, check: &str) -> String {
    let steps = report["steps"].as_array().into_iter().flatten();
    let mut findings = steps.flat_map(|step| step["findings"].as_array().into_iter().flatten());
    let found = findings.find(|finding| finding["check"] == check).unwrap_or_else(|| panic!("no {check}"));
    format!(
        "{}: {}",
        found["verdict"].as_str().unwrap_or_default(),
        found["detail"].as_str().unwrap_or_default()
    )
}

#[test]
fn a_quarter_later_the_test_is_overdue_and_is_made_again_and_the_rotation_keeps_its_date() {
    let home = Home::new();
    let (code, first) = report(&home, "fresh");
    assert_eq!(code, Some(0), "{first:#}");
    let rotation = told(&first, "schedule.rotation");
    home.time_passes(92);
    let dry: Value = {
        let mut command = home.setup("fresh");
        let output = command.args(["--json", "--dry-run"]).output().expect("it runs");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", words(&output)))
    };
    assert!(told(&dry, "schedule.test").starts_with("fail: overdue"), "{}", told(&dry, "schedule.test"));
    let (code, later) = report(&home, "fresh");
    assert_eq!((code, open(&later)), (Some(0), Vec::new()), "{later:#}");
    assert_eq!(told(&later, "schedule.rotation"), rotation, "the date of the passwords does not slide");
    assert_ne!(told(&later, "schedule.test"), told(&first, "schedule.test"), "tested anew");
    let sent = home.journal().iter().filter(|line| line["entry"]["entry"] == "notified").count();
    assert_eq!(sent, 2, "the alerts were tested anew");
}

#[test]
fn a_year_later_the_passwords_are_overdue_and_no_setup_makes_new_ones_by_itself() {
    let home = Home::new();
    report(&home, "p1");
    let slips = |home: &Home| home.journal().iter().filter(|l| l["entry"]["entry"] == "slip").count();
    let made = slips(&home);
    home.time_passes(400);
    let (code, later) = report(&home, "p1");
    assert_eq!((code, open(&later)), (Some(1), vec!["schedule.rotation"]), "{later:#}");
    assert!(told(&later, "schedule.rotation").starts_with("fail: overdue: it was due on "));
    assert_eq!(slips(&home), made);
}

#[test]
fn a_page_that_is_made_a_year_later_bears_that_day() {
    let home = Home::new();
    report(&home, "p1");
    let sheet = || {
        let mut command = home.breakglass();
        words(&command.args(["sheet", "--record"]).arg(home.record()).output().expect("it runs"))
    };
    let today = breakglass::effects::clock::today();
    let later = today.checked_add(jiff::ToSpan::days(365)).expect("a day");
    assert!(!sheet().contains(&later.to_string()));
    home.time_passes(365);
    assert!(sheet().contains(&later.to_string()), "{later}: {}", sheet());
}

#[test]
fn the_program_and_a_served_tenant_agree_on_what_time_it_is() {
    let mut served = Served::new("p1", Vec::new());
    let first = served.setup().output().expect("it runs");
    assert_eq!(first.status.code(), Some(0), "{}", words(&first));
    let day = last_day(&served.home);
    served.time_passes(90);
    served.time_passes(1);
    let later = served.setup().output().expect("it runs");
    assert!(!words(&later).contains("clock"), "{}", words(&later));
    assert_eq!(days_between(day, last_day(&served.home)), 91);
    assert_eq!(served.stop()["ahead"], json!(91 * 24 * 3_600_000_i64));
}
