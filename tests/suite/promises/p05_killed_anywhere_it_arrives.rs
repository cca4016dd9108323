//! Promise 5: kill it anywhere, run it again, arrive at the same tenant.
//!
//! The rehearsal is served by this process, the program is another one and is killed with SIGKILL as soon as its
//! record has grown by a few lines; then it is started again, until a run comes to its end.

use crate::support::killed::run_and_kill;
use crate::support::served::{Served, once};

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

/// The record of a whole setup on `p1` has some hundred lines.
const LAST_LINE: usize = 98;

// Two halves, so that they run beside each other.
#[test]
fn killed_at_every_even_line_it_still_arrives() {
    killed_once_at((2..=LAST_LINE).step_by(2));
}

#[test]
fn killed_at_every_odd_line_it_still_arrives() {
    killed_once_at((1..=LAST_LINE).step_by(2));
}
