//! A whole review by the real program, line by line: looked at, mended, signed, and compared with the next one.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::served::Served;
use crate::support::terminal::Window;
use crate::support::{Home, choice, plain};

/// The review of a tenant that was set up, in the plain face.
fn review(home: &Home, plan: &Path) -> Command {
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000", "--plain"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(plan);
    command
}

/// A home whose tenant was set up with nobody there.
fn set_up() -> Home {
    let home = Home::new();
    let output = home.setup("p1").output().expect("it runs");
    assert!(output.status.code().is_some_and(|code| code == 0 || code == 2), "{output:?}");
    home
}

/// The entries of the record that are called `kind`.
fn entries(home: &Home, kind: &str) -> Vec<Value> {
    let lines = home.journal().into_iter().map(|line| line["entry"].clone());
    lines.filter(|entry| entry["entry"] == kind).collect()
}

/// Goes through `command`, choosing the first of `wishes` that is offered, until `goal` is shown.
fn walk(command: Command, goal: &str, wishes: &'static [&'static str]) -> String {
    plain::walk_until(command, goal, &mut plain::person(wishes))
}

/// What leads to the signature, past whatever stays open.
const SIGN: &[&str] = &[
    "Sample Person A signs",
    "Sample Person signs",
    "Sign off",
    "To the sign-ins and changes",
    "Classify",
    "Drill",
    "drill",
    "Back to the board",
];

#[test]
fn it_is_frozen_signed_over_the_record_and_the_next_one_compares_itself() {
    let home = set_up();
    let plan = home.plan();
    walk(review(&home, &plan), "is signed off", SIGN);
    let began = entries(&home, "review-began");
    let signed = entries(&home, "review-signed");
    let reviewed = entries(&home, "reviewed");
    assert_eq!([began.len(), signed.len(), reviewed.len()], [1, 1, 1], "one review, one name, one end");
    assert_eq!(began[0]["facts"], signed[0]["facts"], "what was signed is what was seen at the beginning");
    let journal = home.journal();
    let place =
        journal.iter().position(|line| line["entry"]["entry"] == "review-signed").expect("it is there");
    assert_eq!(signed[0]["head"], journal[place - 1]["hash"], "signed over the line before");
    let again = walk(review(&home, &plan), "Since the last review", &[]);
    assert!(again.contains(", last one "), "{again}");
    assert_eq!(entries(&home, "review-began").len(), 2, "a second one is open");
    let resumed = walk(review(&home, &plan), "Since the last review", &[]);
    assert!(resumed.contains("Since the last review"), "{resumed}");
    assert_eq!(entries(&home, "review-began").len(), 2, "and goes on where it was left");
}

#[test]
fn two_names_where_the_plan_has_two_and_never_the_same_twice() {
    let home = set_up();
    let plan = home.path("two.toml");
    let text = std::fs::read_to_string(home.plan()).expect("the plan") + "\n[review]\nsignatures = 2\n";
    std::fs::write(&plan, text).expect("it can be written");
    let mut names = ["Sample Person", "sample person", "Another Person"].into_iter();
    let mut person = plain::person(&[
        "Somebody else signs",
        "Sign off",
        "To the sign-ins and changes",
        "Classify",
        "Drill",
        "drill",
    ]);
    let mut decide = |shown: &str| match shown.lines().last().unwrap_or_default().starts_with("Who signs") {
        true => names.next().map(str::to_owned),
        false => person(shown),
    };
    let seen = plain::walk_until(review(&home, &plan), "is signed off", &mut decide);
    assert!(seen.contains("has signed already"), "{seen}");
    let signed: Vec<Value> =
        entries(&home, "review-signed").into_iter().map(|entry| entry["person"].clone()).collect();
    assert_eq!(signed, ["Sample Person", "Another Person"]);
}

#[test]
fn nobody_at_the_console_signs_nothing_and_says_how_it_stands() {
    let home = set_up();
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000", "--unattended"]);
    let output =
        command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan()).output().expect("it runs");
    assert!(matches!(output.status.code(), Some(0 | 2)), "nothing drifted: {output:?}");
    assert!(entries(&home, "review-signed").is_empty(), "silence never signs");
    assert!(entries(&home, "review-began").is_empty(), "what a person signs is what a person began");
}

#[test]
fn by_keys_in_the_smallest_window_killed_in_the_middle_and_gone_on_with() {
    let home = set_up();
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    let mut window = Window::open(&command, (80, 24));
    window.wait_for("the first one").wait_for("[s] Sign off");
    window.keys("l").wait_for("Who gets in when something fails");
    window.keys("\u{1b}").wait_for("[d] Due work");
    window.keys("7").keys("x").keys("d").wait_for("10  Due work");
    window.signal("KILL");
    window.ended();
    assert_eq!(entries(&home, "review-began").len(), 1);
    let mut window = Window::open(&command, (120, 40));
    window.wait_for("[s] Sign off").wait_for("9 Tests");
    window.resize((80, 24)).wait_for("[l] Lockout");
    window.keys("s").wait_for("Sample Person A signs").keys("\r").wait_for("Who signs (name)");
    // Enter never signs.
    window.keys("\u{1b}").wait_for("Sample Person A signs").keys("1").wait_for("is signed off");
    // The report with the signatures is there at once, and nothing has to be begun again for it.
    window.keys("p").wait_for("The report is in");
    let reports = std::fs::read_dir(home.record().join("reports")).expect("a folder");
    let names: Vec<String> =
        reports.map(|one| one.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert!(
        matches!(names.as_slice(), [one] if one.starts_with("review-") && one.ends_with(".pdf")),
        "{names:?}"
    );
    window.keys("q");
    assert_eq!(window.ended(), 0, "nothing drifted and nothing is due");
    assert_eq!(entries(&home, "review-began").len(), 1, "the one that was killed went on");
    assert_eq!(entries(&home, "reviewed").len(), 1);
}

#[test]
fn begun_on_one_day_and_signed_on_another_it_is_the_review_of_the_first() {
    let home = set_up();
    let plan = home.plan();
    walk(review(&home, &plan), "Nothing needs you", &[]);
    home.time_passes(1);
    walk(review(&home, &plan), "is signed off", SIGN);
    let (began, reviewed) = (entries(&home, "review-began"), entries(&home, "reviewed"));
    assert_eq!((began.len(), reviewed.len()), (1, 1));
    assert_eq!(began[0]["facts"], reviewed[0]["facts"]);
    assert_ne!(began[0]["date"], reviewed[0]["date"], "each has its own day");
}

#[test]
fn in_a_tenant_that_was_never_seen_a_person_chooses_among_accounts_and_adopts_a_group() {
    let served = Served::new("drifted", Vec::new());
    let mut command = served.home.breakglass();
    command.args(["review", "--plain"]).args(served.options());
    let other = &breakglass::rehearsal::emergency_accounts("drifted")[1];
    // The second is only eligible for the role today, and is not among those that are proposed.
    let mut chosen = ["harbor.lantern", "Another account", "These are the accounts"].into_iter();
    let mut person = plain::person(&["Adopt this exclusion group", "Conditional Access"]);
    let mut decide = |shown: &str| match plain::last_screen(shown) {
        _ if shown.lines().last().unwrap_or_default().starts_with("Name it signs in with") => {
            Some(other.clone())
        }
        screen if screen.contains("Which accounts are") => {
            chosen.next().and_then(|words| choice(shown, words))
        }
        _ => person(shown),
    };
    let seen = plain::walk_until(command, "The plan of the record adopts", &mut decide);
    assert!(
        seen.contains("chosen as First") && seen.contains("Proposed are Global Administrators"),
        "{seen}"
    );
    let plan = std::fs::read_to_string(served.home.record().join("plan.toml")).expect("the plan is saved");
    assert!(plan.contains("adopt = ") && plan.contains("harbor.lantern@"), "{plan}");
}
