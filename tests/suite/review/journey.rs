//! A whole review by the real program, line by line: looked at, mended, signed, and compared with the next one.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::printer::{Mood, Printer};
use crate::support::served::Served;
use crate::support::terminal::Window;
use crate::support::{Home, choice, pdf_reader, plain};

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

/// The same, and the report of what was signed as a file.
const SIGN_AND_SAVE: &[&str] = &[
    "Save the report",
    "Sample Person A signs",
    "Sign off",
    "To the sign-ins and changes",
    "Classify",
    "Drill",
    "drill",
    "Back to the board",
];

/// The review with nobody there, as JSON.
fn headless(home: &Home, plan: &Path, more: &[&str]) -> Output {
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000", "--unattended"]);
    command.args(["--format", "json"]).args(more).arg("--plan").arg(plan);
    command.arg("--record").arg(home.record()).output().expect("it runs")
}

/// Somebody disables the first account.
fn first_disabled(home: &Home) {
    let mut tenant = home.tenant();
    let users = tenant["users"].as_array_mut().expect("users");
    let named = |user: &&mut Value| user.to_string().contains("harbor.lantern@");
    users.iter_mut().find(named).expect("the account")["body"]["accountEnabled"] = false.into();
    let state = home.record().join(breakglass::app::REHEARSAL_STATE);
    std::fs::write(state, tenant.to_string()).expect("the state can be written");
}

/// The words of the one report in the record folder.
fn saved_report(home: &Home) -> String {
    let found = std::fs::read_dir(home.record().join("reports")).expect("a folder");
    let files: Vec<std::path::PathBuf> = found.map(|one| one.expect("a file").path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    words_of(&std::fs::read(file).expect("the report"))
}

fn words_of(pdf: &[u8]) -> String {
    pdf_reader::pages(pdf).iter().map(pdf_reader::Page::text).collect()
}

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
fn the_first_of_two_names_does_not_stand_under_what_goes_wrong_before_the_second() {
    let home = set_up();
    let plan = home.path("two.toml");
    let text = std::fs::read_to_string(home.plan()).expect("the plan") + "\n[review]\nsignatures = 2\n";
    std::fs::write(&plan, text).expect("it can be written");
    walk(review(&home, &plan), "signed on", SIGN);
    assert_eq!((entries(&home, "review-signed").len(), entries(&home, "reviewed").len()), (1, 0));
    let signatures = || {
        let report: Value = serde_json::from_slice(&headless(&home, &plan, &[]).stdout).expect("JSON");
        report["signatures"].as_array().expect("signatures").len()
    };
    assert_eq!(signatures(), 1, "nothing has changed");
    first_disabled(&home);
    assert_eq!(signatures(), 0, "whoever signed has not seen that");
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
        matches!(names.as_slice(), [one] if one.starts_with("review-") && std::path::Path::new(one).extension().is_some_and(|it| it == "pdf")),
        "{names:?}"
    );
    window.keys("q");
    assert_eq!(window.ended(), 0, "nothing drifted and nothing is due");
    assert_eq!(entries(&home, "review-began").len(), 1, "the one that was killed went on");
    assert_eq!(entries(&home, "reviewed").len(), 1);
}

#[test]
fn a_look_at_the_setup_in_between_forgets_no_account() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "drifted", "--speed", "1000"]);
    let mut window = Window::open(command.arg("--record").arg(home.record()), (80, 24));
    window.wait_for("[s] Sign off").keys("\u{1b}").wait_for("Set up the accounts").keys("s");
    window.wait_for("Go on to the plan").keys("\u{1b}").wait_for("Go on with review").keys("v");
    window.wait_until("the board", |text| text.contains("[s] Sign off") || text.contains("Which accounts"));
    assert!(!window.text().contains("Which accounts"), "{}", window.text());
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

/// The answers on the way to a plan that the record keeps: what somebody chose, and nothing that would be refused as a plan.
fn kept(home: &Home) -> String {
    assert!(!home.record().join("plan.toml").exists(), "it is not finished");
    std::fs::read_to_string(home.record().join(breakglass::effects::draft::DRAFT)).expect("answers are kept")
}

/// The Second account is not synchronized any more: it is only eligible for the role, and could be an emergency access account.
fn in_the_cloud(served: &Served) {
    served
        .change("account-edited", &json!({"account": "meadow.compass", "property": "onPremisesSyncEnabled"}));
}

#[test]
fn in_a_tenant_that_was_never_seen_a_person_chooses_among_accounts_and_adopts_a_group() {
    let served = Served::new("drifted", Vec::new());
    in_the_cloud(&served);
    let mut command = served.home.breakglass();
    command.args(["review", "--plain"]).args(served.options());
    // The second is only eligible for the role today, and is proposed all the same.
    let mut chosen = ["harbor.lantern", "meadow.compass", "These are the accounts"].into_iter();
    let mut person = plain::person(&["Adopt this exclusion group", "Conditional Access"]);
    let mut decide = |shown: &str| match plain::last_screen(shown) {
        screen if screen.contains("Which accounts are") => {
            chosen.next().and_then(|words| choice(shown, words))
        }
        _ => person(shown),
    };
    let seen = plain::walk_until(command, "The plan of the record adopts", &mut decide);
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        seen.contains("chosen as First") && seen.contains("only eligible for the role - chosen as Second"),
        "{seen}"
    );
    let plan = kept(&served.home);
    assert!(plan.contains("adopt = ") && plan.contains("harbor.lantern@"), "{plan}");
}

#[test]
fn by_keys_a_person_chooses_the_accounts_of_a_tenant_that_was_never_seen() {
    let served = Served::new("drifted", Vec::new());
    in_the_cloud(&served);
    let mut command = served.home.breakglass();
    command.arg("review").args(served.options());
    let mut window = Window::open(&command, (80, 24));
    window.wait_for("Which accounts are the emergency").wait_for("only eligible for the role");
    // Nothing is chosen by itself, and there is a way back.
    assert!(!window.text().contains("These are the accounts"), "{}", window.text());
    let named = |shown: &str, name: &str| {
        let before = shown.split_once(&format!("] {name}")).expect("it is proposed").0;
        before.chars().next_back().expect("its key").to_string()
    };
    let (first, second) =
        (named(&window.text(), "harbor.lantern@"), named(&window.text(), "meadow.compass@"));
    // Who was chosen, and as which, stands on the screen itself: a narrow window explains only the highlighted line.
    let chosen = |slot: &'static str, name: &'static str| {
        move |text: &str| {
            let mut lines = text.lines().map(str::split_whitespace);
            lines.any(|mut words| {
                words.next() == Some(slot) && words.next().is_some_and(|word| word.starts_with(name))
            })
        }
    };
    window.keys(&second).wait_until("it is the first", chosen("First", "meadow.compass"));
    window.keys(&second).wait_until("none is chosen", |text| !text.contains("[u] These are"));
    window.keys(&first).wait_until("it is the first", chosen("First", "harbor.lantern"));
    window.keys(&second).wait_until("it is the second", chosen("Second", "meadow.compass"));
    window.keys("o").wait_for("Name it signs in with").keys("no name\r").wait_for("That is no name");
    window.keys("\u{1b}").wait_for("[u] These are the accounts");
    window.keys("u").wait_for("[s] Sign off");
    let plan = kept(&served.home);
    let places = ["harbor.lantern@", "meadow.compass@"].map(|name| plan.find(&format!("adopt = \"{name}")));
    assert!(places[0].is_some() && places[0] < places[1], "{plan}");
    window.signal("KILL");
    window.ended();
    // Nobody has to choose again, neither at the console nor where nobody sits; and the record is no plan that is refused.
    let mut window = Window::open(&command, (80, 24));
    window.wait_for("[s] Sign off");
    window.signal("KILL");
    window.ended();
    let output = command.arg("--unattended").output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(matches!(output.status.code(), Some(1)) && told.contains("harbor.lantern"), "{output:?}");
}

#[test]
fn since_a_day_it_is_compared_with_the_review_of_that_day() {
    let home = set_up();
    let plan = home.plan();
    walk(review(&home, &plan), "is signed off", SIGN);
    let first = entries(&home, "reviewed")[0]["date"].as_str().expect("its day").to_owned();
    let names = |output: &Output| {
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (report["review"].clone(), report["signatures"].as_array().expect("signatures").len())
    };
    let as_signed = headless(&home, &plan, &[]);
    assert_eq!(
        names(&as_signed),
        (entries(&home, "reviewed")[0]["review"].clone(), 1),
        "nothing has changed"
    );
    // Somebody disables an account, and the next review is signed all the same.
    first_disabled(&home);
    home.time_passes(2);
    let other = headless(&home, &plan, &[]);
    let (name, signatures) = names(&other);
    assert!(name != entries(&home, "reviewed")[0]["review"] && signatures == 0, "nobody signed that: {name}");
    assert!(String::from_utf8_lossy(&other.stdout).contains("not what was signed"));
    walk(review(&home, &plan), "The report is in", SIGN_AND_SAVE);
    assert!(saved_report(&home).contains("regressed"), "what was signed is told against the review before");
    let told = |since: &[&str]| headless(&home, &plan, since);
    let of_enabled = |since: &[&str]| {
        let output = told(since);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rows = report["rows"].as_array().expect("rows").iter();
        let mut all = rows.flat_map(|row| row["findings"].as_array().expect("findings"));
        let found = all.find(|one| one["subject"] == "account.enabled:first").expect("it is checked");
        (found["effective"].clone(), found["since"].clone())
    };
    assert_eq!(of_enabled(&[]), ("fail".into(), "unchanged".into()), "the last review saw it");
    let since = ["--since", first.as_str()];
    assert_eq!(of_enabled(&since), ("fail".into(), "regressed".into()), "the first did not");
    let day = first.parse::<jiff::civil::Date>().expect("a day").yesterday().expect("a day").to_string();
    let output = told(&["--since", &day]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(says.contains(&format!("There is no review of {day} or before.")), "{says}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_with_its_signatures_goes_to_the_printer() {
    let printer = Printer::on(Mood::Prints).await;
    let home = set_up();
    let address = format!("hold = \"until-released\"\nprinter = \"{}\"", printer.address);
    let plan = home.plan_with(&[("hold = \"until-released\"", &address)]);
    let mut command = home.breakglass();
    command.args(["review", "--tenant", "rehearsal", "--seed", "p1", "--speed", "1000"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(plan);
    let sitting = tokio::task::spawn_blocking(move || {
        let mut window = Window::open(&command, (80, 24));
        window.wait_for("[s] Sign off").keys("s").wait_for("Sample Person A signs").keys("1");
        window.wait_for("[t] Print the report with these signatures").keys("t").wait_for("The report is job");
        window.keys("q");
        window.ended()
    });
    assert_eq!(sitting.await.expect("a person"), 0);
    let jobs = printer.jobs();
    assert_eq!(jobs.len(), 1);
    let text = words_of(&jobs[0].document);
    assert!(text.contains("SamplePersonA") && text.contains("REHEARSAL"), "{text}");
    assert!(jobs[0].attributes.iter().any(|one| one.contains("review ")), "{:?}", jobs[0].attributes);
    assert!(!home.record().join("reports").exists(), "nothing was saved for it");
}
