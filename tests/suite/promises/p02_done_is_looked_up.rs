//! Promise 2: "done" is looked up, never believed. What no API can see is attested by a named person, with a date, for one
//! tenant, and is untrue as soon as what it was about is another.

use breakglass::domain::record::Entry;
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
fn nobody_vouches_without_a_name_and_the_word_is_told() {
    let mut model = model_at(8);
    let pages = breakglass::domain::record::Entry::Documented {
        files: vec!["pages/credentials.pdf".to_owned()],
        date: None,
        procedure: None,
        names: None,
    };
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &pages);
    update(&mut model, board(board::Msg::ListTasks));
    let vouch = chosen(&model, "printed, signed");
    update(&mut model, vouch);
    let say = |model: &mut Model, text: &str| {
        let said = answered(model, text);
        update(model, said);
    };
    let other = chosen(&model, "Somebody else");
    update(&mut model, other);
    say(&mut model, "  ");
    assert!(refused(&model).is_some_and(|words| words.contains("A name is needed")));
    say(&mut model, "Sample Person A");
    update(&mut model, Msg::Attest(attest::Msg::Yes));
    assert!(screen(&model).done.is_some_and(|done| done.words.contains("Sample Person A")));
    update(&mut model, board(board::Msg::ShowHow));
    assert_eq!(screen(&model).done, None);
}

fn output_of(mut command: std::process::Command) -> std::process::Output {
    command.output().expect("it runs")
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
        let mut printed = home.setup("p1");
        printed.arg("--json");
        home.plan_without_word("paper.destroyed:");
        let output = output_of(printed);
        assert_eq!(output.status.code(), Some(2), "printed is not gone");
        let json: Value = serde_json::from_slice(&output.stdout).expect("a report");
        let named: Vec<&str> =
            json["files"].as_array().expect("files").iter().filter_map(Value::as_str).collect();
        assert_eq!(named.len(), 5, "two passwords and three PINs: {named:?}");
        assert!(named.iter().all(|file| std::path::Path::new(file).exists()), "{named:?}");
        let findings = json["steps"].to_string();
        assert!(findings.contains("read back from its file by the program"), "{findings}");
        assert!(!findings.contains("typed back"), "nobody typed anything: {findings}");

        let again = home.setup("p1");
        home.plan_without_word("paper.destroyed:");
        let output = output_of(again);
        let shown = words(&output);
        assert_eq!(output.status.code(), Some(2), "{shown}");
        assert!(shown.contains("Files to destroy (5)"), "somebody has printed them: {shown}");
        let (code, json) = report(&home, "p1");
        assert_eq!(
            (code, json["files"].to_string().as_str()),
            (Some(0), "[]"),
            "the plan says they are gone"
        );
        assert!(!named.iter().any(|file| std::path::Path::new(file).exists()), "{named:?}");
        let unsaid = home.setup("p1");
        home.plan_without_word("paper.printed:");
        std::fs::remove_dir_all(home.record()).expect("a record");
        let shown = words(&output_of(unsaid));
        assert!(shown.contains("Files to print and destroy (5)"), "{shown}");
        assert!(shown.contains("[todo] 7.") || shown.contains("print, compare, and say so"), "{shown}");
        assert!(named.iter().all(|file| shown.contains(*file)), "{shown}");
    }

    #[test]
    fn the_one_who_tested_is_never_made_up_from_another_word() {
        let home = Home::new();
        let without = home.setup("p1");
        home.plan_with(&[("about = \"test.sign-in:", "about = \"test.logged:")]);
        output_of(without);
        let testers = |home: &Home| -> Vec<Value> {
            let lines = home.journal().into_iter().filter(|line| line["entry"]["entry"] == "tested");
            lines.map(|line| line["entry"]["person"].clone()).collect()
        };
        assert_eq!(testers(&home), ["simulated person of the rehearsal"; 2]);
        let home = Home::new();
        report(&home, "p1");
        assert_eq!(testers(&home), ["Sample Person A (simulated)", "Sample Person B (simulated)"]);
    }

    #[test]
    fn the_simulated_people_of_a_rehearsal_speak_after_the_act_and_the_record_says_so() {
        let home = Home::new();
        let (code, _) = report(&home, "p1");
        assert_eq!(code, Some(0));
        let lines = home.journal();
        let at = |what: &dyn Fn(&Value) -> bool| lines.iter().rposition(|line| what(&line["entry"]));
        let slip = at(&|e| e["entry"] == "slip" && e["slot"] == 0).expect("a slip");
        let sealed = at(&|e| e["entry"] == "attested" && e["about"] == "paper.sealed:first").expect("a word");
        assert!(sealed > slip, "sealed in line {sealed}, made in line {slip}");
        let word = &lines[sealed]["entry"];
        let thing = word["thing"].as_str().unwrap_or_default();
        assert_eq!(word["voice"], "simulated");
        assert!(thing.starts_with("slip 4; PINs in safe A1"), "of what there is now: {thing}");
        let told = lines.iter().filter(|line| line["entry"]["entry"] == "attested");
        let today = jiff::Zoned::now().date().to_string();
        let simulated = told.filter(|line| line["entry"]["voice"] == "simulated");
        assert!(simulated.clone().count() >= 8 && simulated.clone().all(|l| l["entry"]["date"] == today));
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
