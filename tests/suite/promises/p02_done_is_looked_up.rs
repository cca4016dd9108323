//! Promise 2: "done" is looked up, never believed. What no API can see is attested by a named person, with a date, for one
//! tenant, and is untrue as soon as what it was about is another.

use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::record::{Entry, Evidence};
use breakglass::effects::clock;
use breakglass::effects::record::Record;
use breakglass::journeys::model::Model;
use breakglass::journeys::tasks::{attest, board};
use breakglass::journeys::{Msg, screen, update};
use jiff::Timestamp;
use serde_json::Value;

use crate::support::home::{example, report, with_plan};
use crate::support::model::{answered, board, chosen, model_at, refused};
use crate::support::served::Served;
use crate::support::{Home, words};

const TENANT: &str = "11111111-2222-4333-8444-555555555555";

/// The report of a run.
fn report_of(command: &mut std::process::Command) -> Value {
    let output = command.output().expect("it runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", words(&output)))
}

/// An unattended setup of the served tenant with a record of its own, as another team would make it.
fn others(served: &Served) -> std::process::Command {
    let mut command = served.setup();
    let with_other_record: Vec<_> = command
        .get_args()
        .map(
            |arg| {
                if arg == served.home.record() { served.home.path("others").into() } else { arg.to_owned() }
            },
        )
        .collect();
    command = served.home.breakglass();
    command.args(with_other_record).stdin(std::process::Stdio::null());
    command
}

#[test]
fn a_new_password_makes_untrue_what_was_vouched_for_about_the_old_one() {
    use breakglass::domain::record::{Entry, Slip, SlipKind, SlipState};
    let slot = breakglass::domain::slot::Slot::FIRST;
    let mut evidence = Evidence::default();
    let about = CheckSubject::from("paper.slip:first");
    let word = Entry::Attested {
        about: about.clone(),
        tenant: TENANT.to_owned(),
        person: "P".to_owned(),
        date: jiff::civil::date(2026, 11, 23),
        note: String::new(),
    };
    evidence.add(Timestamp::UNIX_EPOCH, &word);
    assert!(evidence.attested.contains_key(&about));
    let slip = Slip {
        number: 2,
        slot,
        kind: SlipKind::Password,
        state: SlipState::Made,
        date: jiff::civil::date(2026, 11, 24),
        replaces: Some(1),
        route: String::new(),
        changed: None,
        checked: None,
        file: None,
        safe: String::new(),
        halves: Vec::new(),
    };
    evidence.add(Timestamp::UNIX_EPOCH, &Entry::Slip(slip));
    assert!(!evidence.attested.contains_key(&about));
}

#[test]
fn a_new_secret_of_any_kind_opens_an_envelope() {
    use breakglass::domain::record::{Entry, SlipKind};
    let word = |about: &str| Entry::Attested {
        about: about.into(),
        tenant: TENANT.to_owned(),
        person: "P".to_owned(),
        date: jiff::civil::date(2026, 11, 23),
        note: String::new(),
    };
    let left = |kind| {
        let mut evidence = Evidence::default();
        for about in ["paper.sealed:first", "paper.safe:first", "paper.sealed:second", "paper.proof:A1"] {
            evidence.add(Timestamp::UNIX_EPOCH, &word(about));
        }
        evidence.add(Timestamp::UNIX_EPOCH, &Entry::Slip(crate::support::sample::a_slip(kind)));
        evidence.attested.into_keys().map(|about| about.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(left(SlipKind::Password), ["paper.proof:A1", "paper.sealed:second"]);
    let pin = left(SlipKind::Pin { key: 0 });
    assert_eq!(pin, ["paper.proof:A1", "paper.safe:first", "paper.sealed:second"]);
}

#[test]
fn nobody_vouches_without_a_name_and_the_word_is_told() {
    let mut model = model_at(8);
    model.desk.world.evidence_mut().documents = vec!["pages/credentials.pdf".to_owned()];
    update(&mut model, board(board::Msg::ListTasks));
    let vouch = chosen(&model, "printed, signed");
    update(&mut model, vouch);
    let say = |model: &mut Model, text: &str| {
        let said = answered(model, text);
        update(model, said);
    };
    say(&mut model, "  ");
    assert!(refused(&model).is_some_and(|words| words.contains("A name is needed")));
    say(&mut model, "Sample Person A");
    say(&mut model, "");
    update(&mut model, Msg::Attest(attest::Msg::Yes));
    assert!(screen(&model).done.is_some_and(|words| words.contains("Sample Person A")));
    update(&mut model, board(board::Msg::ShowHow));
    assert_eq!(screen(&model).done, None);
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn a_step_that_was_handed_over_waits_until_it_is_looked_up_as_done() {
        let served = Served::new("p1", Vec::new());
        let hand_over = Entry::HandedOver {
            step: 7,
            to: "Azure team".to_owned(),
            date: jiff::civil::date(2026, 11, 23),
            file: "page.txt".to_owned(),
        };
        std::fs::create_dir_all(served.home.record()).expect("a folder");
        let mut record = Record::open(&served.home.record()).expect("a record");
        record.append(clock::now(), &hand_over).expect("a line");
        drop(record);

        let first = report_of(&mut served.setup());
        assert_eq!(first["waiting"][0]["to"], "Azure team", "{first:#}");
        let intends = served.home.journal();
        assert!(!intends.iter().any(|l| l["entry"]["key"].as_str().is_some_and(|k| k.starts_with("put-"))));

        let done = report_of(&mut others(&served));
        assert_eq!(done["waiting"], Value::Array(Vec::new()));
        let last = report_of(&mut served.setup());
        assert_eq!(last["waiting"], Value::Array(Vec::new()), "{:#}", last["open"]);
        assert!(served.home.journal().iter().any(|l| l["entry"]["entry"] == "handed-back"));
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
    fn the_one_who_tested_is_never_made_up_from_another_word() {
        let home = Home::new();
        report(&home, "p1");
        for line in home.journal().iter().filter(|line| line["entry"]["entry"] == "tested") {
            assert_eq!(line["entry"]["person"], "simulated person of the rehearsal");
        }
    }

    #[test]
    fn an_attestation_for_another_tenant_does_not_count() {
        let other =
            example().replace(breakglass::rehearsal::TENANT_ID, "11111111-2222-4333-8444-555555555555");
        let (code, shown) = with_plan(&other);
        assert_eq!(code, Some(2));
        assert!(shown.contains("nobody has"), "{shown}");
    }
}
