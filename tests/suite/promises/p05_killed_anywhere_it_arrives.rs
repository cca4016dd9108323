//! Promise 5: kill it anywhere, run it again, arrive at the same tenant.
//!
//! The rehearsal is served by this process, the program is another one and is killed with SIGKILL as soon as its
//! record has grown by a few lines; then it is started again, until a run comes to its end.

use std::sync::LazyLock;

use serde_json::Value;

use crate::support::killed::run_and_kill;
use crate::support::served::{Served, once};
use crate::support::words;

/// No run needs more attempts than the record has lines.
const MOST_RUNS: usize = 150;

#[test]
fn killed_again_and_again_it_still_arrives() {
    let mut served = Served::new("p1", Vec::new());
    // Two lines are written before anything happens (began, planned), so three are the least that can be progress;
    // up to eleven, so that an act of several lines (a slip) gets through in some run.
    let ended = (0..MOST_RUNS).find_map(|round| run_and_kill(&served, 3 + round % 9));
    assert_eq!(ended, Some(0), "it never came to a good end");
    once(&served.stop());
    let verified = breakglass::effects::record::verify(&served.home.record()).expect("a record");
    assert_eq!(verified.broken_at, None);
}

/// Killed once at each of these lines, and run again.
fn killed_once_at(lines: impl Iterator<Item = usize>) {
    for lines in lines {
        let mut served = Served::new("p1", Vec::new());
        assert_eq!(run_and_kill(&served, lines), None, "the record has fewer than {lines} lines");
        assert_eq!(run_and_kill(&served, usize::MAX / 2), Some(0), "killed at line {lines}");
        once(&served.stop());
    }
}

/// The record of a whole setup on `p1` has some hundred lines; a run that is killed in the last ones may have ended.
const LAST_LINE: usize = 98;

/// Lines to be killed at: of every kind of line the first and the last one, some fifty of a hundred. The lines between
/// are the same write for one more policy or one more key, or one more word that was given: whoever survives the first
/// and the last of fourteen policies survives the seventh, which nothing in the program tells from them.
fn telling_lines() -> &'static [usize] {
    static LINES: LazyLock<Vec<usize>> = LazyLock::new(|| {
        let served = Served::new("p1", Vec::new());
        let output = served.setup().output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let kinds: Vec<String> = served.home.journal().iter().map(kind).collect();
        let is_first = |at: usize| !kinds[..at].contains(&kinds[at]);
        let is_last = |at: usize| !kinds[at + 1..].contains(&kinds[at]);
        let lines = (0..kinds.len()).filter(|at| is_first(*at) || is_last(*at)).map(|at| at + 1);
        lines.filter(|line| *line <= LAST_LINE).collect()
    });
    assert!(LINES.len() >= 45, "only {} lines tell something: {LINES:?}", LINES.len());
    &LINES
}

/// What a line of the record is about, whichever account, policy or key it is.
fn kind(line: &Value) -> String {
    let entry = &line["entry"];
    let write = entry["key"].as_str().and_then(|key| key.split(' ').next()).unwrap_or_default();
    format!("{} {write} {}", entry["entry"], entry["state"])
}

#[test]
#[ignore = "a hundred setups, twice each: tests/matrix.sh"]
fn matrix_of_kills_at_every_line() {
    killed_once_at(1..=LAST_LINE);
    println!("kill matrix, SIGKILL at every line: {LAST_LINE} lines");
}

// Two halves, so that they run beside each other.
#[test]
fn killed_at_every_other_telling_line_it_still_arrives() {
    killed_once_at(telling_lines().iter().copied().step_by(2));
}

#[test]
fn killed_at_the_telling_lines_between_it_still_arrives() {
    killed_once_at(telling_lines().iter().copied().skip(1).step_by(2));
}
