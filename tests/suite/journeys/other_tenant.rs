//! The tenant chosen on the first screen, in both faces: rehearsal unless said otherwise, a real one, or none at all.

use breakglass::domain::record::Entry;
use breakglass::effects::record::Record;

use crate::support::sample::a_word;
use crate::support::terminal::Window;
use crate::support::{Home, Person, choice};

fn program(home: &Home) -> std::process::Command {
    let mut command = home.breakglass();
    command.args(["--speed", "1000"]);
    command
}

/// The folder of the record of a tenant below the data folder of this home.
fn record(home: &Home, tenant: &str) -> std::path::PathBuf {
    home.path("data").join("breakglass").join(tenant)
}

fn journal(home: &Home, tenant: &str) -> String {
    std::fs::read_to_string(record(home, tenant).join("journal.jsonl")).unwrap_or_default()
}

#[test]
fn line_by_line_a_real_tenant_is_asked_for_and_begun_with_a_record_of_its_own() {
    let home = Home::new();
    let mut command = program(&home);
    command.arg("--plain");
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the first screen");
    assert!(shown.contains("This is the rehearsal tenant") && shown.contains("REHEARSAL"), "{shown}");
    person.type_line(&choice(&shown, "Work on a real tenant").expect("a choice"));
    let shown = person.next_question().expect("the question");
    assert!(shown.ends_with("Tenant (id or domain): "), "{shown}");
    person.type_line("not a tenant");
    let shown = person.next_question().expect("the question again");
    assert!(shown.contains("That is no id and no domain"), "{shown}");
    person.type_line("Woodgrove.example");
    let shown = person.next_question().expect("the first screen of that tenant");
    let shown = &shown[shown.rfind("\nbreakglass  ").expect("a screen")..];
    assert!(shown.contains("LIVE  woodgrove.example") && shown.contains("Set up the accounts"), "{shown}");
    assert!(!shown.contains("Work on a real tenant"), "it was chosen: {shown}");
    person.leave();
    assert!(journal(&home, "woodgrove.example").contains("\"mark\":\"LIVE\""));
    let rehearsed = journal(&home, "rehearsal-fresh");
    assert_eq!(rehearsed.lines().count(), 1, "nothing was done in the rehearsal: {rehearsed}");
}

#[test]
fn line_by_line_the_work_goes_on_without_a_connection() {
    let home = Home::new();
    let mut command = program(&home);
    command.arg("--plain");
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the first screen");
    person.type_line(&choice(&shown, "Work without a connection").expect("a choice"));
    let shown = person.next_question().expect("the first screen without a connection");
    let shown = &shown[shown.rfind("\nbreakglass  ").expect("a screen")..];
    assert!(shown.contains("MANUAL") && shown.contains("Set up the accounts"), "{shown}");
    person.leave();
    assert!(record(&home, "manual").exists());
}

#[test]
fn in_the_window_the_rehearsal_stays_the_way_on_and_a_real_tenant_has_its_key() {
    let home = Home::new();
    let mut window = Window::open(&program(&home), (80, 24));
    window.wait_for("Set up the accounts").keys("l");
    window.wait_for("Tenant (id or domain)").keys("woodgrove.example\r");
    window.wait_for("LIVE");
    window.wait_until("the first screen", |text| text.contains("[s] Set up the accounts"));
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
    let told: String = window.text().split_whitespace().collect();
    assert!(told.contains("woodgrove.example;thenextrun"), "the record of the tenant worked on: {told}");
}

#[test]
fn a_tenant_or_a_record_that_was_named_is_a_choice_already() {
    for named in [["--tenant", "rehearsal"], ["--record", "here"]] {
        let home = Home::new();
        let mut command = program(&home);
        command.arg("--plain").args(named);
        let mut person = Person::at(command);
        let shown = person.next_question().expect("the first screen");
        person.leave();
        assert!(!shown.contains("Work on a real tenant"), "{shown}");
    }
}

#[test]
fn a_record_that_cannot_be_opened_is_told_on_the_first_screen() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("data").join("breakglass")).expect("a folder");
    std::fs::write(record(&home, "woodgrove.example"), "in the way").expect("a file");
    let mut command = program(&home);
    command.arg("--plain");
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the first screen");
    person.type_line(&choice(&shown, "Work on a real tenant").expect("a choice"));
    person.next_question().expect("the question");
    person.type_line("woodgrove.example");
    let shown = person.next_question().expect("the first screen again");
    person.leave();
    assert!(shown.contains("Next:") && shown.contains("REHEARSAL"), "{shown}");
}

/// A rehearsal's record that has told which tenant it is of.
fn rehearsed(home: &Home, domain: &str) {
    let began = Entry::Began {
        journey: "setup".to_owned(),
        tenant: breakglass::rehearsal::TENANT_ID.to_owned(),
        name: "rehearsal".to_owned(),
        mark: "REHEARSAL".to_owned(),
        program: "test".to_owned(),
    };
    let told = Entry::Identified {
        id: breakglass::rehearsal::TENANT_ID.to_owned(),
        domains: vec![domain.to_owned()],
    };
    let word = a_word("tell.monitoring", jiff::civil::date(2026, 11, 2));
    let mut record = Record::open(&record(home, "rehearsal-fresh")).expect("a record");
    for entry in [began, told, word] {
        record.append(jiff::Timestamp::now(), &entry).expect("it is written");
    }
}

#[test]
fn a_real_tenant_never_gets_the_record_of_a_rehearsal_that_is_called_like_it() {
    let home = Home::new();
    rehearsed(&home, "fabrikamrehearsal.onmicrosoft.com");
    let mut command = program(&home);
    command.arg("--plain");
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the first screen");
    person.type_line(&choice(&shown, "Work on a real tenant").expect("a choice"));
    person.next_question().expect("the question");
    person.type_line("fabrikamrehearsal.onmicrosoft.com");
    let shown = person.next_question().expect("the first screen of that tenant");
    person.leave();
    assert!(
        shown.contains("LIVE  fabrikamrehearsal.onmicrosoft.com") && !shown.contains("in use"),
        "{shown}"
    );
    assert!(record(&home, "fabrikamrehearsal.onmicrosoft.com").exists());
}

#[test]
fn a_record_that_this_run_itself_has_open_is_told_as_such() {
    let home = Home::new();
    rehearsed(&home, "fabrikamrehearsal.onmicrosoft.com");
    std::os::unix::fs::symlink(record(&home, "rehearsal-fresh"), record(&home, "woodgrove.example"))
        .expect("a link");
    let mut command = program(&home);
    command.arg("--plain");
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the first screen");
    person.type_line(&choice(&shown, "Work on a real tenant").expect("a choice"));
    person.next_question().expect("the question");
    person.type_line("woodgrove.example");
    let shown = person.next_question().expect("the first screen again");
    person.leave();
    let told = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("this run itself has open") && !told.contains("Another breakglass"), "{shown}");
}
