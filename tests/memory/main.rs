//! Memory from outside: what the promise about secrets comes to when another process looks through every page.
//!
//! The program runs in a pseudo-terminal, the tenant is served by this process, and what a person does is done by keys or
//! lines. A secret is learned from where it may be: the screen, the page, the file. Then it must be nowhere else: not in
//! memory, whole or any eight characters of it, not in a file, an argument, the environment, nor in what the terminal was
//! sent outside of the reveal.
//!
//! Between the program and its tenant stands a [`wire`] that keeps every exchange: a secret goes over it once, in a body.
//!
//! The short form runs with all other tests: the debug build, one slip in each face, two halves, a pass; it prints its size. The long form is
//! `tests/memory/run.sh`: the release build, each route, one person and two, http and TLS. Whoever runs it must be allowed
//! to read memory: root, or root of a user namespace (`unshare --user --map-root-user`); elsewhere it says so and proves
//! nothing.
#![cfg(target_os = "linux")]

mod client_secret;
mod every_route;
mod full_screen;
mod line_by_line;
mod pass;
mod scanner;
mod watch;
mod wire;

#[allow(dead_code, reason = "they are the other tests' too")]
mod support;

/// Said where memory cannot be read.
fn cannot_look() {
    println!(
        "skipped: whoever runs this may not read the memory of other processes (see tests/memory/run.sh)"
    );
}

use full_screen::{Detour, Sitting};
use support::served::Served;
use watch::Watch;
use wire::Wire;

const BY_HAND: (&str, &str) = ("route = \"file\"", "route = \"by-hand\"");
/// How a plan says that two people keep the First account's password.
const FOR_TWO: (&str, &str) = (
    "# [accounts.second_half]\n# safe = \"A2\"\n# custodian = \"Sample Person C\"\n",
    "[accounts.second_half]\nsafe = \"A2\"\ncustodian = \"Sample Person C\"\n",
);

/// A setup that has come as far as it does without a person: what is left are the slips.
fn left_to_a_person(served: &Served, changes: &[(&str, &str)]) -> std::process::Command {
    let unattended = of_a_person(served, changes).arg("--unattended").arg("setup").output().expect("it runs");
    assert_eq!(unattended.status.code(), Some(2), "{}", support::home::words(&unattended));
    of_a_person(served, changes)
}

/// A setup by a person, from its beginning.
fn of_a_person(served: &Served, changes: &[(&str, &str)]) -> std::process::Command {
    let mut command = served.home.breakglass();
    command.args(served.options()).arg("--plan").arg(served.home.plan_with(changes));
    let authority = served.home.path("ca.pem");
    if authority.exists() {
        command.arg("--ca-file").arg(authority);
    }
    command
}

/// A setup that is complete, and a password of which the slip is lost: the shortest way to a new one.
fn with_a_lost_slip(served: &Served, changes: &[(&str, &str)]) -> std::process::Command {
    let done = served.setup().output().expect("it runs");
    assert!(done.status.code().is_some_and(|code| code <= 2), "{}", support::home::words(&done));
    let plan = served.home.plan_with(changes);
    let mut command = served.home.breakglass();
    command.args(["repair", "lost-password", "--account", "first"]).args(served.options());
    command.arg("--plan").arg(plan);
    command
}

/// The first slip is on paper.
fn typed_back(text: &str, secrets: usize) -> bool {
    secrets > 0 && is_on_paper(text)
}

/// Whether a screen says so: the word about what was just done, which is soon gone, or the check that has looked since.
fn is_on_paper(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = ["on paper and was typed back", "on paper, typed back and sealed", "was typed back on 2"];
    said.iter().any(|said| words.contains(said))
}

/// No file below the home of the program has a secret: record, logs, HOME, temporary files.
fn nothing_in_files(served: &Served, watch: &Watch) {
    watch.nothing_in_files(&served.home.path(""), "/record/slips/");
}

#[test]
fn a_slip_in_the_full_screen_face_leaves_nothing() {
    let served = Served::new("free", Vec::new());
    let command = with_a_lost_slip(&served, &[BY_HAND]);
    let wire = Wire::before(&served);
    let detours = [Detour::Suspended, Detour::GivenUp];
    let watch = Sitting::at(&command, &detours).until("full screen, by hand, http, one person", typed_back);
    nothing_in_files(&served, &watch);
    assert_eq!(wire.carriers(&watch), watch.secrets(), "each secret goes over the wire once");
}

/// Both halves are on paper; whoever was shown the second has looked whether anything of the first was left.
fn both_typed_back(text: &str, secrets: usize) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    secrets == 2 && (words.contains("Half B is on paper") || is_on_paper(text))
}

#[test]
fn while_half_b_is_shown_nothing_of_half_a_is_left() {
    let served = Served::new("free", Vec::new());
    let command = with_a_lost_slip(&served, &[BY_HAND, FOR_TWO]);
    let wire = Wire::before(&served);
    let watch = Sitting::at(&command, &[]).until("full screen, by hand, http, two people", both_typed_back);
    nothing_in_files(&served, &watch);
    assert_eq!(wire.carriers(&watch), 1, "the password of two halves goes over the wire once");
}

#[test]
fn a_slip_line_by_line_leaves_nothing() {
    let served = Served::new("free", Vec::new());
    let mut command = with_a_lost_slip(&served, &[BY_HAND]);
    command.arg("--plain");
    let wire = Wire::before(&served);
    let name = "line by line, by hand, http, one person";
    let watch = line_by_line::sit(name, command, &mut |_| Vec::new(), typed_back);
    nothing_in_files(&served, &watch);
    assert_eq!(wire.carriers(&watch), watch.secrets(), "each secret goes over the wire once");
}
