//! A review that is killed at any line of its record goes on to the same end: nobody signs twice, nothing that was classified
//! is asked again, nothing is written twice, and what it came to is the same.
//!
//! One review is walked through by lines; then its record is cut behind each of its lines, as a kill leaves it, and another
//! program goes on from there, on the tenant as it was at that line.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::support::drifting::copied;
use crate::support::in_process::changed_on_disk;
use crate::support::{Home, plain, words};

/// What a whole review leads through: what happened is classified, what drifted is repaired, two people sign.
const ON: &[&str] = &[
    "Sample Person A signs",
    "Sample Person B signs",
    "A drill:",
    "Say so; put it into the record",
    "First 2",
    "Sample Person A",
    "To the sign-ins and changes",
    "Say what each sign-in",
    "WRITES: Write it",
    "Do it for me",
    "Accounts (1 open",
    "Sign off",
    "Back to the board",
];

/// A whole review: its record, and the tenant before and after it.
struct Whole {
    home: Home,
    journal: Vec<String>,
    /// How many lines the setup wrote.
    setup: usize,
    before: String,
    after: String,
}

fn lines(home: &Home) -> Vec<String> {
    let text = std::fs::read_to_string(home.record().join("journal.jsonl")).expect("the record");
    text.lines().map(str::to_owned).collect()
}

fn state(home: &Home) -> String {
    home.tenant().to_string()
}

/// The entries of the record that are called `kind`.
fn entries(home: &Home, kind: &str) -> Vec<Value> {
    let all = home.journal().into_iter().map(|line| line["entry"].clone());
    all.filter(|entry| entry["entry"] == kind).collect()
}

fn plan(home: &Home) -> std::path::PathBuf {
    let file = home.path("two.toml");
    let text = std::fs::read_to_string(home.plan()).expect("the plan") + "\n[review]\nsignatures = 2\n";
    std::fs::write(&file, text).expect("it can be written");
    file
}

fn review(home: &Home, how: &[&str]) -> Command {
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000"]).args(how);
    command.arg("--record").arg(home.record()).arg("--plan").arg(plan(home));
    command
}

fn walked(home: &Home) -> String {
    plain::walk_until(review(home, &["--plain"]), "is signed off", &mut plain::person(ON))
}

/// A tenant that was set up, in which somebody has done something a day later, and its review.
static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let home = Home::new();
    let output = home.setup("p1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    home.time_passes(1);
    let sign_in = json!({"account": "harbor.lantern", "address": "192.0.2.44", "country": "NL"});
    let busy = [("sign-in-arrives", sign_in), ("licensed-account", json!({}))];
    changed_on_disk(&home.record().join(breakglass::app::REHEARSAL_STATE), &busy);
    home.time_passes(1);
    let (setup, before) = (lines(&home).len(), state(&home));
    walked(&home);
    let (journal, after) = (lines(&home), state(&home));
    Whole { home, journal, setup, before, after }
});

impl Whole {
    /// The lines between the first of the review and its end.
    fn cuts(&self) -> std::ops::Range<usize> {
        self.setup + 1..self.place("reviewed") + 1
    }

    fn place(&self, kind: &str) -> usize {
        let is_it = |line: &String| {
            let line: Value = serde_json::from_str(line).expect("a line");
            line["entry"]["entry"] == kind
        };
        self.setup + self.journal[self.setup..].iter().position(is_it).expect("it is there")
    }

    /// What a kill behind so many lines leaves. A write that was intended has reached the tenant; its receipt was not kept.
    fn cut(&self, lines: usize) -> Home {
        let home = Home::new();
        copied(&self.home.record(), &home.record());
        let kept = self.journal[..lines].join("\n") + "\n";
        write(&home.record().join("journal.jsonl"), &kept);
        let tenant = if lines > self.place("intends") { &self.after } else { &self.before };
        write(&home.record().join(breakglass::app::REHEARSAL_STATE), tenant);
        home
    }
}

fn write(file: &Path, text: &str) {
    std::fs::write(file, text).expect("it can be written");
}

/// What a review came to, without what differs from run to run.
fn came_to(home: &Home) -> Value {
    let of = |kind: &str, keys: &[&str]| -> Vec<Value> {
        let picked = |entry: Value| keys.iter().map(|key| settled(&entry[*key])).collect::<Value>();
        entries(home, kind).into_iter().map(picked).collect()
    };
    let mut classified = of("classified", &["id", "class", "person"]);
    classified.sort_by_key(Value::to_string);
    json!({
        "began": of("review-began", &["review"]),
        "signed": of("review-signed", &["review", "person"]),
        "classified": classified,
        "licenses": entries(home, "intends").iter().filter(|entry| is_about_a_license(entry)).count(),
        "reviewed": of("reviewed", &["review", "policies", "findings"]),
    })
}

/// The hash of what a review froze, as it began, was signed and ended: one and the same.
fn frozen(home: &Home) -> Value {
    let of = |kind: &str| entries(home, kind).into_iter().map(|entry| entry["facts"].clone());
    let mut all: Vec<Value> = of("review-began").chain(of("review-signed")).chain(of("reviewed")).collect();
    all.dedup();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// Without the minute of the newest row of a log, which a later look sees later.
fn settled(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let is_of_now = |one: &&Value| one["check"] == "logs.flowing";
    items.iter().filter(|one| !is_of_now(one)).cloned().collect()
}

fn is_about_a_license(entry: &Value) -> bool {
    entry["key"].as_str().is_some_and(|key| key.starts_with("remove-license"))
}

/// What the report of a finished review says of everything that was looked at.
fn report(home: &Home) -> Vec<String> {
    let output = review(home, &["--unattended", "--format", "json"]).output().expect("it runs");
    let told: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(&output)));
    let rows = told["rows"].as_array().expect("rows").iter();
    let findings = rows.flat_map(|row| settled(&row["findings"]).as_array().cloned().unwrap_or_default());
    findings.map(|one| format!("{} {} {}", one["subject"], one["effective"], one["detail"])).collect()
}

fn goes_on_at(cuts: impl Iterator<Item = usize>) {
    let whole = &*WHOLE;
    let (end, told) = (came_to(&whole.home), report(&whole.home));
    for lines in cuts {
        let home = whole.cut(lines);
        walked(&home);
        assert_eq!(came_to(&home), end, "cut behind line {lines}: {}", whole.journal[lines - 1]);
        // One that was not begun yet is frozen anew, with the minute that it is by then.
        if lines > whole.place("review-began") {
            assert_eq!(frozen(&home), frozen(&whole.home), "cut behind line {lines}");
        } else {
            frozen(&home);
        }
        assert_eq!(report(&home), told, "cut behind line {lines}: {}", whole.journal[lines - 1]);
        let verified = breakglass::effects::record::verify(&home.record()).expect("a record");
        assert_eq!(verified.broken_at, None);
    }
}

#[test]
fn a_whole_review_classifies_repairs_and_is_signed_by_two() {
    let end = came_to(&WHOLE.home);
    let people: Vec<&Value> = end["signed"].as_array().into_iter().flatten().map(|one| &one[1]).collect();
    assert_eq!(people, ["Sample Person A", "Sample Person B"], "{end:#}");
    assert_eq!(
        (end["began"].as_array().map(Vec::len), end["reviewed"].as_array().map(Vec::len)),
        (Some(1), Some(1))
    );
    assert_eq!(end["licenses"], 1, "{end:#}");
    assert!(end["classified"].as_array().is_some_and(|all| all.len() >= 2), "{end:#}");
    assert!(WHOLE.cuts().len() >= 12, "{:?}", WHOLE.cuts());
}

// Two halves, so that they run beside each other.
#[test]
fn cut_behind_every_other_line_it_goes_on_to_the_same_end() {
    goes_on_at(WHOLE.cuts().step_by(2));
}

#[test]
fn cut_behind_the_lines_between_it_goes_on_to_the_same_end() {
    goes_on_at(WHOLE.cuts().skip(1).step_by(2));
}
