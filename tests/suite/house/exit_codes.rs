//! A table of commands with their exit codes; and that a result that reaches nobody is never told as done.

use std::fs::File;
use std::process::Stdio;

use breakglass::domain::record::Entry;
use breakglass::effects::record::{JOURNAL, Record};
use serde::Deserialize;

use crate::support::{Home, words};

#[derive(Deserialize)]
struct Table {
    command: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    typed: String,
    code: i32,
    #[serde(default)]
    says: String,
}

/// A folder with plans, a pipe, records, and something else.
fn furnished() -> Home {
    let home = Home::new();
    let plan = home.plan();
    let bad = std::fs::read_to_string(plan).expect("the plan").replace("length = 32", "length = 8");
    std::fs::write(home.path("bad.toml"), bad).expect("a file");
    std::fs::create_dir(home.path("other")).expect("a folder");
    std::fs::write(home.path("other/letter.txt"), "Dear Sample Person").expect("a file");
    for name in ["record", "broken"] {
        let mut record = Record::open(&home.path(name)).expect("a record");
        for step in 1..=3 {
            let entry = Entry::HandedBack { step };
            record.append(jiff::Timestamp::UNIX_EPOCH, &entry).expect("a line");
        }
    }
    let journal = home.path("broken").join(JOURNAL);
    let text = std::fs::read_to_string(&journal).expect("the journal").replace("\"step\":2", "\"step\":7");
    std::fs::write(journal, text).expect("a file");
    let made = std::process::Command::new("mkfifo").arg(home.path("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    home
}

#[test]
fn every_command_ends_with_its_code() {
    let table: Table = toml::from_str(include_str!("exit_codes.toml")).expect("the table is TOML");
    let home = furnished();
    let mut wrong = Vec::new();
    for row in table.command {
        let mut command = home.breakglass();
        let output = command.args(row.typed.split(' ')).stdin(Stdio::null()).output().expect("it runs");
        let told = words(&output);
        if output.status.code() != Some(row.code) || !told.contains(&row.says) {
            wrong.push(format!("{}: {:?}, not {}\n{told}", row.typed, output.status.code(), row.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_written_is_not_done() {
    let home = furnished();
    for typed in [
        "--help",
        "--version",
        "guide",
        "sheet",
        "sheet --output -",
        "plan example",
        "plan check plan.toml",
        "plan check --json plan.toml",
        "completions zsh",
        "man",
        "record show record",
        "record verify record",
        "repair --list",
        "rehearsal reset --record nowhere",
        "rehearsal serve --record fresh",
        "setup --unattended --dry-run --tenant rehearsal --seed p1 --plan plan.toml --record dry",
    ] {
        let full = File::options().write(true).open("/dev/full").expect("a full disk");
        let mut command = home.breakglass();
        let output =
            command.args(typed.split(' ')).stdin(Stdio::null()).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{typed}: {}", words(&output));
        assert!(words(&output).contains("written"), "{typed}: {}", words(&output));
    }
}

#[test]
fn a_reader_that_stops_reading_ends_nothing_badly() {
    let home = furnished();
    for typed in ["guide", "sheet", "plan example", "completions bash", "man", "record show record"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = home.breakglass();
        let output =
            command.args(typed.split(' ')).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{typed}: {}", words(&output));
        assert!(!words(&output).contains("written"), "{typed}: {}", words(&output));
    }
}

#[test]
fn a_dry_run_lists_its_writes_and_names_slots_as_the_plan_does() {
    let home = furnished();
    let typed =
        "setup --unattended --dry-run --json --tenant Rehearsal --seed p1 --plan plan.toml --record dry";
    let output = home.breakglass().args(typed.split(' ')).stdin(Stdio::null()).output().expect("it runs");
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(&output)));
    assert_eq!(report["format"], 1);
    let planned = report["planned"].as_array().expect("what is planned");
    let written = planned.iter().filter(|one| one["kind"] == "write");
    let written: Vec<&serde_json::Value> = written.collect();
    assert!(written.len() > 20, "{}", written.len());
    assert!(written.iter().all(|one| one["request"]["method"].is_string() && one["step"].is_u64()));
    assert_eq!(written[0]["request"]["path"], "/v1.0/users");
    assert!(planned.iter().any(|one| one["kind"] == "person" && one["request"].is_null()));
    let slots = report["open"].as_array().expect("what is open").iter().filter_map(|one| one.get("slot"));
    let slots: Vec<&serde_json::Value> = slots.collect();
    assert!(!slots.is_empty() && slots.iter().all(|slot| *slot == "first" || *slot == "second"), "{slots:?}");
    assert_eq!(report["written"], serde_json::json!([]));
    assert_eq!(output.status.code(), Some(2), "everything that fails has a planned write: {report}");
    let sentences: Vec<&str> = planned.iter().filter_map(|one| one["sentence"].as_str()).collect();
    for word in [
        "slips 1",
        "test notification arrived",
        "The pages in ‹folder of the pages› are printed",
        "seal that shows",
    ] {
        assert!(sentences.iter().any(|one| one.contains(word)), "{word}: {sentences:#?}");
    }
}
