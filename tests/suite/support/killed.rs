//! A run that is killed with SIGKILL as soon as its record has grown by a few lines.

use std::process::Stdio;

use crate::support::served::Served;

/// Runs until the record has grown by `lines`, then kills; `Some(code)` when the run ended by itself.
pub fn run_and_kill(served: &Served, lines: usize) -> Option<i32> {
    let journal = served.home.record().join("journal.jsonl");
    let count = || std::fs::read_to_string(&journal).map_or(0, |text| text.matches('\n').count());
    let start = count();
    let mut child = served.setup().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.code();
        }
        if count() >= start + lines {
            child.kill().expect("it can be killed");
            child.wait().expect("it is gone");
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}
