//! Promise 5 at every request: killed before and after each, and at every line of the record between, it arrives at the same
//! tenant, and says what became of the write that it was in the middle of.
//!
//! Here stands a fixed sample: a kill after each of some kinds of write was made and before its answer was heard, and real
//! kills. `tests/matrix.sh` runs all of it, of a setup and of each repair.

use std::collections::BTreeSet;
use std::process::{Command, Output, Stdio};

use breakglass::domain::check::repair::RepairCase;
use serde_json::{Value, json};

use crate::support::between::Between;
use crate::support::crashes::kill_at;
use crate::support::matrix::{ENDED_EARLY, Matrix, Run};
use crate::support::phone::plan_with_phone;
use crate::support::plain::{self, BY_HAND};
use crate::support::served::{Served, once};
use crate::support::{choice, words};

/// Everything that was said, on one line.
fn told(output: &Output) -> String {
    words(output).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that was said; or how it ended, where that is not well.
fn ended_well(mut command: Command) -> Result<String, String> {
    let output = command.output().expect("it runs");
    match output.status.code() {
        Some(0) => Ok(told(&output)),
        other => Err(format!("it ended with {other:?}: {}", told(&output))),
    }
}

/// The same of a setup. Killed before the record had the sign-in of its own test, nothing tells that from anybody else's: then a
/// person is asked whose it was, and nothing else is open.
fn set_up_well(mut command: Command) -> Result<String, String> {
    let output = command.output().expect("it runs");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let is_a_sign_in = |finding: &Value| finding["check"] == "test.others";
    let only_those = |open: &Vec<Value>| !open.is_empty() && open.iter().all(is_a_sign_in);
    match output.status.code() {
        Some(0) => Ok(told(&output)),
        Some(2) if result["open"].as_array().is_some_and(only_those) => Ok(told(&output)),
        other => Err(format!("it ended with {other:?}: {}", told(&output))),
    }
}

fn setup() -> Matrix {
    Matrix::of(Served::new("p1", Vec::new()), Box::new(|served| set_up_well(served.setup())))
}

/// Just after the browser of a sign-in came to the tenant.
const SIGNED_IN: (&str, &str) = ("after GET /login/", "/authorize");

/// Kinds of write that the sample is killed in.
const SAMPLE: [&str; 6] =
    ["create-user", "create-group", "exclude-group", "issue-pass", "assign-role", "set-password"];

#[test]
fn killed_between_a_write_and_its_answer_it_says_what_it_finds_and_arrives() {
    let matrix = setup();
    let mut kinds: BTreeSet<&str> = SAMPLE.into();
    let mut chosen = BTreeSet::new();
    for crash in matrix.crashes().iter().filter(|crash| crash.at.starts_with("after")) {
        let kind = crash.open.as_deref().and_then(|key| key.split(' ').next());
        if kind.is_some_and(|kind| kinds.remove(kind)) {
            chosen.insert(crash.open.clone());
        }
    }
    assert!(kinds.is_empty(), "never seen: {kinds:?}");
    matrix.resume("sample of a setup", |crash| {
        let signed_in = crash.at.starts_with(SIGNED_IN.0) && crash.at.ends_with(SIGNED_IN.1);
        signed_in || crash.at.starts_with("after") && chosen.contains(&crash.open)
    });
}

/// Moments at which the real program is killed: after a write that makes something, and before one.
const KILLS: [&str; 2] = ["after POST /graph/v1.0/users", "before POST /graph/v1.0/groups"];

#[test]
fn really_killed_before_and_after_a_request_it_arrives() {
    let mut served = Served::new("p1", Vec::new());
    let between = Between::new();
    between.stand_before(&served);
    for at in KILLS {
        let mut command = served.setup();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        assert!(kill_at(&between, &mut command, at), "it never came to {at}");
    }
    let told = ended_well(served.setup()).expect("it comes to its end");
    assert!(told.contains(ENDED_EARLY) && told.contains("the tenant does not have it"), "{told}");
    once(&served.stop());
    println!("kill matrix, SIGKILL: {} moments", KILLS.len());
}

#[test]
#[ignore = "some hundred setups: tests/matrix.sh"]
fn matrix_of_kills_in_a_setup() {
    setup().resume("setup", |_| true);
}

/// A tenant that was set up by this plan.
fn set_up(plan: impl Fn(&Served) -> std::path::PathBuf) -> Served {
    let served = Served::new("p1", Vec::new());
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options()).arg("--plan").arg(plan(&served));
    ended_well(command).expect("it is set up");
    served
}

/// A repair in the plain face, until nothing is left to do on its screen and it is finished.
fn repair(case: RepairCase, plan: fn(&Served) -> std::path::PathBuf) -> Run {
    Box::new(move |served| {
        let mut command = served.home.breakglass();
        command.args(["repair", case.id(), "--account", "second", "--plain"]).args(served.options());
        command.arg("--plan").arg(plan(served));
        let seen = plain::walk_until(command, "One case and one account at a time", &mut person());
        let mut lines = served.home.journal().into_iter().map(|line| line["entry"].clone());
        let end: Option<Value> = lines.rfind(|entry| entry["entry"] == "concluded");
        match end.is_some_and(|end| end["complete"] == true) {
            true => Ok(seen.split_whitespace().collect::<Vec<_>>().join(" ")),
            false => Err(format!("it is not complete: {seen}")),
        }
    })
}

/// Who does what a repair asks for.
fn person() -> impl FnMut(&str) -> Option<String> {
    let mut asked = false;
    let mut person = plain::person(&[
        "Compass key 1",
        "Yes; put it into the record",
        "WRITES: Write ",
        "WRITES: Make the slip now",
        "Do it for me",
    ]);
    move |shown: &str| {
        if shown.ends_with("the number of the case: ") {
            return Some("Sample: seen at night; case 7".to_owned());
        }
        if shown.contains("phone; its place") && shown.ends_with("]: ") {
            asked = true;
            return Some("+1 5555550199; Sample Building South, safe".to_owned());
        }
        let number = if asked { None } else { choice(shown, "Give the new number") };
        number.or_else(|| person(shown)).or_else(|| choice(shown, "Finish; back to the list"))
    }
}

fn by_hand(served: &Served) -> std::path::PathBuf {
    served.home.plan_with(&[BY_HAND])
}

fn matrix_of(case: RepairCase) {
    let served = set_up(|served| served.home.plan());
    if case == RepairCase::Blocked {
        served.change("policy-loses-exclusions", &json!({"policy": "CA001 Require MFA for all users"}));
    }
    Matrix::of(served, repair(case, by_hand)).resume(case.id(), |_| true);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_the_repair_of_a_block() {
    matrix_of(RepairCase::Blocked);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_the_repair_of_a_lost_password() {
    matrix_of(RepairCase::LostPassword);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_the_repair_of_a_key() {
    matrix_of(RepairCase::KeyFails);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_the_repair_after_misuse() {
    matrix_of(RepairCase::Misuse);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_a_rotation() {
    matrix_of(RepairCase::Rotation);
}

#[test]
#[ignore = "many repairs: tests/matrix.sh"]
fn matrix_of_kills_in_the_repair_of_a_lost_phone() {
    let served = set_up(|served| plan_with_phone(served, BY_HAND.0));
    let run = repair(RepairCase::LostPhone, |served| plan_with_phone(served, BY_HAND.1));
    Matrix::of(served, run).resume(RepairCase::LostPhone.id(), |_| true);
}
