//! Promise 5 with a record that breaks in the middle of a run: it stops before the next write, and not after it.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use breakglass::effects::record::JOURNAL;

use crate::support::between::{Between, Go};
use crate::support::served::{Served, once};
use crate::support::words;

/// What somebody does to the journal.
type Damage = (&'static str, fn(&Path));

const DAMAGES: [Damage; 6] = [
    ("removed", |journal| std::fs::remove_file(journal).expect("it goes")),
    ("moved", |journal| std::fs::rename(journal, journal.with_file_name("aside")).expect("it moves")),
    ("replaced by a link", |journal| {
        let aside = journal.with_file_name("aside");
        std::fs::rename(journal, &aside).expect("it moves");
        std::os::unix::fs::symlink(aside, journal).expect("a link");
    }),
    ("replaced by a copy", |journal| {
        let copy = std::fs::read(journal).expect("the journal");
        std::fs::remove_file(journal).expect("it goes");
        std::fs::write(journal, copy).expect("another one");
    }),
    ("in a folder that can only be read", |journal| {
        let only_read = std::os::unix::fs::PermissionsExt::from_mode(0o500);
        std::fs::set_permissions(journal.with_file_name(""), only_read).expect("its mode");
    }),
    ("cut off", |journal| {
        let file = std::fs::OpenOptions::new().write(true).open(journal).expect("the journal");
        file.set_len(100).expect("it is shorter");
    }),
];

/// Where it happens, and how many writes may still be heard: the one that is on its way, or none.
const MOMENTS: [(&str, usize); 2] = [
    ("before POST /graph/v1.0/users", 1),
    ("before POST /graph/v1.0/identity/conditionalAccess/evaluate", 0),
];

/// Whether this is a write that begins. What-If and queries are asked with POST, and change nothing.
fn is_write(moment: &str) -> bool {
    let asked = ["evaluate", "/query", "/login/", "/people/", "$batch", "/token"];
    let begins = moment.strip_prefix("before ").is_some_and(|line| !line.starts_with("GET "));
    begins && !asked.iter().any(|part| moment.contains(part))
}

/// Runs a setup in which `damage` is done at the first moment like `at`; the writes that began then or later, and how it
/// ended.
fn broken_at(served: &Served, between: &Between, (at, damage): (&str, fn(&Path))) -> (Vec<String>, String) {
    let journal = served.home.record().join(JOURNAL);
    let writes: Arc<Mutex<Vec<String>>> = Arc::default();
    let (heard, at) = (Arc::clone(&writes), at.to_owned());
    let mut struck = false;
    between.watch(Box::new(move |moment| {
        // What-If is asked in the first look already, when there is nothing yet that could be written next.
        if !struck && moment == at && journal.is_file() {
            damage(&journal);
            struck = true;
        }
        if struck && is_write(moment) {
            heard.lock().expect("a list").push(moment.to_owned());
        }
        Go::On
    }));
    let output = served.setup().output().expect("it runs");
    between.rest();
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    let writes = writes.lock().expect("a list").clone();
    (writes, words(&output))
}

#[test]
fn a_record_that_is_taken_away_or_changed_stops_the_run_before_the_next_write() {
    for (name, damage) in DAMAGES {
        for (at, most) in MOMENTS {
            let served = Served::new("p1", Vec::new());
            let between = Between::new();
            between.stand_before(&served);
            let (writes, told) = broken_at(&served, &between, (at, damage));
            assert!(writes.len() <= most, "{name} {at}: {writes:?}");
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(told.contains("Nothing could be written to the record"), "{name} {at}: {told}");
        }
    }
}

/// How large a file may become, in blocks of 512 bytes, until the record takes no line any more.
const BLOCKS: [u32; 2] = [24, 60];

#[test]
fn a_disk_that_takes_no_more_stops_the_run_and_the_next_one_arrives() {
    let mut served = Served::new("p1", Vec::new());
    for blocks in BLOCKS {
        let setup = served.setup();
        // A signal that is ignored stays so in the program: the write is refused instead.
        let mut limited = Command::new("sh");
        limited.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
        limited.arg(setup.get_program()).args(setup.get_args()).stdin(std::process::Stdio::null());
        limited.envs(setup.get_envs().filter_map(|(name, value)| Some((name, value?))));
        limited.current_dir(served.home.path(""));
        let output = limited.output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{blocks}: {}", words(&output));
        assert!(words(&output).contains("Nothing could be written to the record"), "{}", words(&output));
    }
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    once(&served.stop());
}
