//! How a record can be found, and what is told: torn, cut, rechained, wide, linked, gone; in `verify`, `show` and a run.

use std::path::Path;
use std::process::Stdio;

use breakglass::domain::record::Entry;
use breakglass::effects::record::{JOURNAL, Record};
use breakglass::effects::record_chain::{self, START};

use crate::support::{Home, words};

const LINES: u8 = 4;

fn kept(home: &Home) {
    let mut record = Record::open(&home.record()).expect("a new record opens");
    for step in 1..=LINES {
        record.append(jiff::Timestamp::UNIX_EPOCH, &Entry::HandedBack { step }).expect("a line");
    }
}

/// What is done to a record, and what is told of it.
struct Row {
    name: &'static str,
    damage: fn(&Path),
    /// Code and words of `record verify`.
    verify: (i32, &'static str),
    /// Words of `record show`.
    show: &'static str,
    /// Code and words of a run that is given the record.
    run: (i32, &'static str),
}

fn journal(folder: &Path, change: impl FnOnce(String) -> String) {
    let path = folder.join(JOURNAL);
    let text = std::fs::read_to_string(&path).expect("the journal");
    std::fs::write(path, change(text)).expect("the journal can be written");
}

/// The whole journal made anew, with one entry changed: what a chain cannot show.
fn rechained(text: &str) -> String {
    let mut last = START.to_owned();
    let lines = text.lines().map(|line| {
        let (body, _) = line.rsplit_once(",\"hash\":\"").expect("a hash");
        let body = body.replace("\"step\":2", "\"step\":7") + "}";
        let mut sealed: record_chain::Line = serde_json::from_str(&body).expect("a line");
        sealed.prev.clone_from(&last);
        let (text, hash) = record_chain::seal(&sealed).expect("it is sealed");
        last = hash;
        text + "\n"
    });
    lines.collect()
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
}

fn linked(folder: &Path) {
    let (from, to) = (folder.join(JOURNAL), folder.join("elsewhere"));
    std::fs::rename(&from, &to).expect("it moves");
    std::os::unix::fs::symlink(to, from).expect("a link");
}

fn piped(folder: &Path) {
    std::fs::remove_file(folder.join(JOURNAL)).expect("it goes");
    let made = std::process::Command::new("mkfifo").arg(folder.join(JOURNAL)).status().expect("mkfifo runs");
    assert!(made.success());
}

fn folder_linked(folder: &Path) {
    let to = folder.with_file_name("elsewhere");
    std::fs::rename(folder, &to).expect("it moves");
    std::os::unix::fs::symlink(to, folder).expect("a link");
}

const TABLE: [Row; 13] = [
    Row {
        name: "as it should be",
        damage: |_| (),
        verify: (0, "The chain is whole: 4 lines."),
        show: "Step 4, which was handed over, is done",
        run: (0, ""),
    },
    Row {
        name: "torn",
        damage: |folder| journal(folder, |text| text[..text.len() - 20].to_owned()),
        verify: (2, "A last line was torn in the middle of being written"),
        show: "A last line was torn in the middle of being written",
        run: (0, "The last line was torn by a crash and is set aside in journal.torn-1"),
    },
    Row {
        name: "cut in the middle",
        damage: |folder| {
            journal(folder, |text| {
                text.lines()
                    .filter(|line| !line.contains("\"step\":2"))
                    .fold(String::new(), |all, line| all + line + "\n")
            });
        },
        verify: (1, "The chain is broken at line 2 of 3."),
        show: "The chain of this record breaks at line 2.",
        run: (3, "is broken at line 2"),
    },
    Row {
        name: "cut at its end, which no chain shows",
        damage: |folder| {
            journal(folder, |text| text.lines().take(2).fold(String::new(), |all, line| all + line + "\n"));
        },
        verify: (
            0,
            "Whole lines that were cut off at the end, or a file that was made anew, leave a whole chain.",
        ),
        show: "Step 2, which was handed over, is done",
        run: (0, ""),
    },
    Row {
        name: "changed in one place",
        damage: |folder| journal(folder, |text| text.replace("\"step\":2", "\"step\":7")),
        verify: (1, "The chain is broken at line 2 of 4."),
        show: "The chain of this record breaks at line 2.",
        run: (3, "is broken at line 2"),
    },
    Row {
        name: "rechained, which only a hash noted elsewhere shows",
        damage: |folder| journal(folder, |text| rechained(&text)),
        verify: (0, "name the head that you noted elsewhere: --head HASH --lines N"),
        show: "Step 7, which was handed over, is done",
        run: (0, ""),
    },
    Row {
        name: "wide",
        damage: |folder| mode(folder, 0o755),
        verify: (2, "Other users of this computer may enter"),
        show: "Other users of this computer may enter",
        run: (0, "Other users of this computer may enter"),
    },
    Row {
        name: "a folder that others may write to",
        damage: |folder| mode(folder, 0o777),
        verify: (2, "Other users of this computer may write to it"),
        show: "Other users of this computer may write to it",
        run: (3, "Other users of this computer may write to it"),
    },
    Row {
        name: "a journal that others may write to",
        damage: |folder| mode(&folder.join(JOURNAL), 0o666),
        verify: (2, "Other users of this computer may write to it"),
        show: "Other users of this computer may write to it",
        run: (3, "Other users of this computer may write to it"),
    },
    Row {
        name: "a journal with a second name",
        damage: |folder| {
            std::fs::hard_link(folder.join(JOURNAL), folder.with_file_name("second")).expect("a second name");
        },
        verify: (2, "It has a second name elsewhere"),
        show: "It has a second name elsewhere",
        run: (3, "It has a second name elsewhere"),
    },
    Row {
        name: "a link in place of the journal",
        damage: linked,
        verify: (3, "It is a symbolic link, not a file"),
        show: "It is a symbolic link, not a file",
        run: (3, "It is a symbolic link, not a file"),
    },
    Row {
        name: "a pipe in place of the journal",
        damage: piped,
        verify: (3, "It is a pipe or a device, not a file."),
        show: "It is a pipe or a device, not a file.",
        run: (3, "It is a pipe or a device, not a file."),
    },
    Row {
        name: "a link in place of the folder",
        damage: folder_linked,
        verify: (0, "The chain is whole: 4 lines."),
        show: "Step 4, which was handed over, is done",
        run: (3, "It is a symbolic link to"),
    },
];

#[test]
fn however_it_is_found_it_is_told() {
    for row in TABLE {
        let home = Home::new();
        kept(&home);
        (row.damage)(&home.record());
        let told = |args: &[&str]| {
            let output = home.breakglass().args(args).arg(home.record()).output().expect("it runs");
            (output.status.code(), words(&output))
        };
        let (code, said) = told(&["record", "verify"]);
        assert!(code == Some(row.verify.0) && said.contains(row.verify.1), "{}: {code:?} {said}", row.name);
        let (_, said) = told(&["record", "show"]);
        assert!(said.contains(row.show), "{}: {said}", row.name);
        let mut setup = home.setup("p1");
        let output = setup.arg("--dry-run").stdin(Stdio::null()).output().expect("it runs");
        let (code, said) =
            (output.status.code(), words(&output).split_whitespace().collect::<Vec<_>>().join(" "));
        let refused = code == Some(3);
        assert!(refused == (row.run.0 == 3) && said.contains(row.run.1), "{}: {code:?} {said}", row.name);
    }
}

/// What was done to a record since its head was noted, and what is told of it.
struct Since {
    name: &'static str,
    damage: fn(&Path),
    code: i32,
    says: &'static str,
}

const SINCE: [Since; 7] = [
    Since { name: "nothing", damage: |_| (), code: 0, says: "It ends with the head that you named" },
    Since {
        name: "a line was added",
        damage: |folder| {
            let mut record = Record::open(folder).expect("it opens");
            record.append(jiff::Timestamp::UNIX_EPOCH, &Entry::HandedBack { step: 9 }).expect("a line");
        },
        code: 0,
        says: "as line 4, and goes on for 1 more",
    },
    Since {
        name: "its end was cut off",
        damage: |folder| {
            journal(folder, |text| text.lines().take(2).fold(String::new(), |all, line| all + line + "\n"));
        },
        code: 1,
        says: "It had 4 lines when that head was noted and has 2 now",
    },
    Since {
        name: "it was made anew",
        damage: |folder| journal(folder, |text| rechained(&text)),
        code: 1,
        says: "Line 4 has another hash than the head that you named",
    },
    Since {
        name: "cut, and gone on with by somebody who knows how",
        damage: |folder| {
            journal(folder, |text| text.lines().take(2).fold(String::new(), |all, line| all + line + "\n"));
            let mut record = Record::open(folder).expect("it opens");
            for step in 7..=9 {
                record.append(jiff::Timestamp::UNIX_EPOCH, &Entry::HandedBack { step }).expect("a line");
            }
        },
        code: 1,
        says: "Line 4 has another hash than the head that you named",
    },
    Since {
        name: "changed in one place, its hashes left as they were",
        damage: |folder| journal(folder, |text| text.replace("\"step\":2", "\"step\":7")),
        code: 1,
        says: "The head that you named was not compared",
    },
    Since {
        name: "changed in one place, and a line added at its end",
        damage: |folder| {
            let mut record = Record::open(folder).expect("it opens");
            record.append(jiff::Timestamp::UNIX_EPOCH, &Entry::HandedBack { step: 9 }).expect("a line");
            journal(folder, |text| text.replace("\"step\":2", "\"step\":7"));
        },
        code: 1,
        says: "The head that you named was not compared",
    },
];

/// What is said only of a record that holds the head.
const HOLDS: [&str; 2] = ["nothing was added, changed or cut off", "nothing up to there was changed"];

#[test]
fn a_head_that_was_noted_elsewhere_shows_what_no_chain_shows() {
    for Since { name, damage, code, says } in SINCE {
        let home = Home::new();
        kept(&home);
        let head = Record::open(&home.record()).expect("it opens").head().expect("a head");
        damage(&home.record());
        let mut command = home.breakglass();
        command.args(["record", "verify", "--head", &head.hash[..20], "--lines", "4"]).arg(home.record());
        let output = command.output().expect("it runs");
        let said = words(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(output.status.code(), Some(code), "{name}: {said}");
        assert!(said.contains(says), "{name}: {said}");
        let is_held = HOLDS.iter().any(|words| said.contains(words));
        assert_eq!(is_held, code == 0, "{name}: {said}");
    }
}

#[test]
fn a_run_with_nobody_at_the_console_goes_on_after_a_torn_line() {
    let home = Home::new();
    kept(&home);
    journal(&home.record(), |text| text[..text.len() - 30].to_owned());
    let mut setup = home.setup("p1");
    let output = setup.args(["--dry-run", "--json"]).stdin(Stdio::null()).output().expect("it runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let was_read = |step: &serde_json::Value| step["findings"].to_string().contains("\"verdict\":\"fail\"");
    let steps = report["steps"].as_array().expect("the steps");
    assert!(steps.iter().any(was_read), "the tenant was read: {}", words(&output));
    let said = words(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("The run goes on with it as it is"), "{said}");
}

#[test]
fn a_journal_or_a_folder_that_vanishes_takes_no_line() {
    type Vanish = fn(&Path);
    let ways: [Vanish; 4] = [
        |folder| std::fs::remove_file(folder.join(JOURNAL)).expect("it goes"),
        |folder| std::fs::rename(folder.join(JOURNAL), folder.join("aside")).expect("it moves"),
        |folder| std::fs::remove_dir_all(folder).expect("it goes"),
        |folder| {
            let copy = std::fs::read(folder.join(JOURNAL)).expect("the journal");
            std::fs::remove_file(folder.join(JOURNAL)).expect("it goes");
            std::fs::write(folder.join(JOURNAL), copy).expect("another one");
        },
    ];
    for vanish in ways {
        let home = Home::new();
        kept(&home);
        let mut record = Record::open(&home.record()).expect("it opens");
        vanish(&home.record());
        let refused = record.append(jiff::Timestamp::UNIX_EPOCH, &Entry::HandedBack { step: 9 });
        let refused = refused.expect_err("it is gone");
        assert!(refused.why.contains("moved or taken away"), "{refused}");
    }
}

#[test]
fn a_folder_that_is_none_of_ours_is_left_alone() {
    let home = Home::new();
    std::fs::create_dir(home.record()).expect("a folder");
    std::fs::write(home.record().join("letter.txt"), "Dear Sample Person").expect("a file");
    let refused = Record::open(&home.record()).expect_err("it is no record");
    assert!(refused.why.contains("other things and no record"), "{refused}");
    assert_eq!(std::fs::read_dir(home.record()).expect("the folder").count(), 1, "nothing was made in it");
}

#[test]
fn a_record_without_its_journal_says_so() {
    let home = Home::new();
    kept(&home);
    std::fs::copy(home.plan(), home.record().join("plan.toml")).expect("a plan");
    std::fs::remove_file(home.record().join(JOURNAL)).expect("it goes");
    let record = Record::open(&home.record()).expect("a new one begins");
    assert!(
        record.notes().iter().any(|note| note.contains("is gone; a new one begins")),
        "{:?}",
        record.notes()
    );
}

#[test]
fn receipts_and_words_are_shown_in_the_words_of_people() {
    use breakglass::domain::record::{Outcome, Voice};
    use breakglass::domain::write::action::ActionKey;
    let home = Home::new();
    let mut record = Record::open(&home.record()).expect("a record");
    let key = ActionKey::from("create-user/first".to_owned());
    let entries = [
        Entry::Intends {
            key: key.clone(),
            sentence: "Create user harbor.lantern".to_owned(),
            call: "POST /users".to_owned(),
            slot: None,
            original: None,
        },
        Entry::Receipt { key, outcome: Outcome::Done, slot: None, id: None, request: None, trouble: None },
        Entry::Attested {
            about: "paper.safe:first:half-a".into(),
            tenant: String::new(),
            person: "Sample Person A".to_owned(),
            date: jiff::civil::date(2026, 11, 2),
            note: "seal 1".to_owned(),
            thing: Some("slip 4".to_owned()),
            voice: Voice::Person,
        },
    ];
    for entry in entries {
        record.append(jiff::Timestamp::UNIX_EPOCH, &entry).expect("a line");
    }
    drop(record);
    let output = home.breakglass().args(["record", "show"]).arg(home.record()).output().expect("it runs");
    let shown = words(&output);
    assert!(shown.contains("Done: Create user harbor.lantern"), "{shown}");
    assert!(
        shown.contains("Sample Person A attested on 2026-11-02: ") && shown.contains("half a"),
        "{shown}"
    );
    for machine in ["create-user/first", "paper.safe", "half-a"] {
        assert!(!shown.contains(machine), "{machine}: {shown}");
    }
}
