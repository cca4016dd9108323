//! A full disk, for everything that this program writes: whatever finds no room is told with its reason and the code of a
//! result that reached nobody, nothing half-written stays, and behind a line that the record did not take nothing is written to
//! the tenant. The disk is a limit to the size of files (`ulimit -f`), and a small file system where one can be mounted.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use breakglass::effects::record;
use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::{Home, words};

/// The program, whose files hold so many blocks of 512 bytes at the most.
fn limited(command: &Command, blocks: usize) -> Command {
    wrapped(command, &format!("ulimit -f {blocks} && exec \"$0\" \"$@\""))
}

/// The program, begun by a script that gets it with all of its words.
fn wrapped(command: &Command, script: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        shell.env(name, value.unwrap_or_else(|| OsStr::new("")));
    }
    shell.current_dir(command.get_current_dir().expect("a folder"));
    shell
}

fn ended(mut command: Command) -> Output {
    command.output().expect("it runs")
}

/// What lies in a folder, by name; nothing where there is none.
fn names(folder: &Path) -> Vec<String> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = found.map(|one| one.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_that_finds_no_room_is_told_and_nothing_of_it_stays() {
    let home = Home::new();
    home.plan();
    let before = names(&home.path(""));
    let mut wrong = String::new();
    for (typed, blocks) in [
        ("sheet document --output page.pdf", 8),
        ("sheet document --output page.txt", 1),
        ("sheet envelope --output labels.pdf", 8),
        ("man --all manual", 1),
        ("rehearsal serve --tls certificates --record served", 0),
        ("setup --unattended --tenant rehearsal --seed p1 --plan plan.toml --record record", 0),
        ("setup --unattended --tenant rehearsal --seed p1 --plan plan.toml --record record", 1),
    ] {
        let mut command = home.breakglass();
        command.args(typed.split(' '));
        let output = ended(limited(&command, blocks));
        let told = words(&output);
        let is_told = told.contains("larger here (the system's limit, ulimit -f)");
        if output.status.code() != Some(3) || !is_told {
            let _ = writeln!(wrong, "{typed}, {blocks} blocks: {:?}\n{told}", output.status);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let whole = |name: &String| {
        before.contains(name)
            || ["manual", "certificates", "served", "record", "tmp"].contains(&name.as_str())
    };
    let left: Vec<String> = names(&home.path("")).into_iter().filter(|name| !whole(name)).collect();
    assert!(left.is_empty(), "{left:?}");
    for folder in ["manual", "certificates"] {
        assert!(names(&home.path(folder)).is_empty(), "{folder}: {:?}", names(&home.path(folder)));
    }
}

/// Requests that change something, as the tenant had them.
fn changes(served: &Served) -> usize {
    const ASKED: [&str; 6] = ["oauth2", "/people/", "evaluate", "/query", "checkMember", "getMember"];
    let address = format!("{}/people/requests", served.origin());
    let lines: Vec<String> = served.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        client.get(address).send().await.expect("an answer").json().await.expect("JSON")
    });
    let changes = |line: &&String| !line.starts_with("GET ") && !ASKED.iter().any(|part| line.contains(part));
    lines.iter().filter(changes).count()
}

/// How many entries of this kind the record has.
fn entries(home: &Home, kind: &str) -> usize {
    home.journal().iter().filter(|line| line["entry"]["entry"] == kind).count()
}

#[test]
fn behind_a_line_that_the_record_did_not_take_nothing_is_written_and_the_next_run_arrives() {
    let served = Served::new("p1", Vec::new());
    let mut lengths = Vec::new();
    for blocks in [6, 24, 60] {
        let output = ended(limited(&served.setup(), blocks));
        let told = words(&output);
        assert_eq!(output.status.code(), Some(3), "{blocks} blocks: {told}");
        assert!(told.contains("larger here (the system's limit"), "{blocks} blocks: {told}");
        let seen = record::verify(&served.home.record()).expect("there is a record");
        assert!(seen.broken_at.is_none() && !seen.torn, "{blocks} blocks: {seen:?}");
        let (sent, intended) = (changes(&served), entries(&served.home, "intends"));
        assert!(sent <= intended, "{blocks} blocks: {sent} sent, {intended} in the record");
        lengths.push(seen.lines);
    }
    assert!(lengths.is_sorted() && lengths[0] < lengths[2], "it goes on where it stopped: {lengths:?}");
    let output = ended(served.setup());
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", words(&output));
    let mut served = served;
    crate::support::served::once(&served.stop());
}

#[test]
fn the_report_of_a_review_finds_no_room_in_any_format() {
    let served = Served::new("drifted", Vec::new());
    let accounts = breakglass::rehearsal::emergency_accounts("drifted");
    for format in ["json", "markdown", "pdf", "sarif"] {
        let file = served.home.path(&format!("report.{format}"));
        let mut command = served.home.breakglass();
        command
            .args(["review", "--unattended", "--format", format, "--account", &accounts[0]])
            .arg("--output");
        command.arg(&file).args(served.options()).stdin(Stdio::null());
        // The record has room, and a dry run would leave none.
        command.arg("--dry-run");
        let output = ended(limited(&command, 8));
        assert_eq!(output.status.code(), Some(3), "{format}: {}", words(&output));
        assert!(words(&output).contains("was not written whole"), "{format}: {}", words(&output));
        assert!(!file.exists(), "{format}: half a report");
    }
}

/// A run in a mount of its own, with a small file system at `folder`; what it printed, and what is left there. Nothing where no
/// file system may be mounted.
fn on_a_small_disk(command: &Command, folder: &Path, size: &str) -> Option<(Output, String)> {
    std::fs::create_dir_all(folder).expect("a folder");
    let at = folder.display();
    let inside = format!(
        "mount -t tmpfs -o size={size},mode=700 tmpfs '{at}' || exit 77; \"$0\" \"$@\"; code=$?; \
         for one in '{at}'/*; do echo \"LEFT $one\"; done; exit $code"
    );
    let mut apart = Command::new("unshare");
    apart.args(["-rm", "sh", "-c", &inside]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        apart.env(name, value.unwrap_or_else(|| OsStr::new("")));
    }
    apart.current_dir(command.get_current_dir().expect("a folder")).stdin(Stdio::null());
    let output = apart.output().ok().filter(|output| output.status.code() != Some(77))?;
    let told = words(&output);
    if told.contains("unshare:") || told.contains("mount:") {
        return None;
    }
    let left: Vec<&str> = told.lines().filter(|line| line.starts_with("LEFT ")).collect();
    let left = left.join("\n").replace(&format!("LEFT {at}/*"), "");
    Some((output, left))
}

#[test]
fn a_slip_whose_folder_is_full_is_found_out_before_its_password_is_set() {
    let served = Served::new("p1", Vec::new());
    let folder = served.home.path("small");
    let named = format!("folder = \"{}\"", folder.display());
    served.home.plan_with(&[("folder = \"slips\"", &named)]);
    let plan = served.home.path("given.toml");
    std::fs::copy(served.home.path("plan.toml"), &plan).expect("a copy");
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended", "--json"]).args(served.options()).arg("--plan").arg(&plan);
    let Some((output, left)) = on_a_small_disk(&command, &folder, "16k") else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let told = words(&output);
    assert!(told.contains("The disk is full."), "{told}");
    assert!(matches!(output.status.code(), Some(1 | 2)), "{:?}: {told}", output.status);
    assert_eq!(left, "", "half a slip");
    let set = served.home.journal().into_iter().filter(|line| {
        let text = line["entry"].to_string();
        line["entry"]["entry"] == "intends" && text.contains("set-password")
    });
    assert_eq!(set.collect::<Vec<Value>>(), Vec::<Value>::new(), "no password was changed");
    assert_ne!(entries(&served.home, "intends"), 0, "{}", json!(served.home.journal()));
}
