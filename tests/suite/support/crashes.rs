//! What a killed program leaves behind, at every moment of a run.
//!
//! A kill takes the program's memory and nothing else: what it leaves is the files of its record as the system has them, and
//! the tenant as it is. Nothing of it is kept anywhere else, the lock of the folder ends with the process, and the tenant is
//! served by another one. So whoever copies both in the middle of a run, and begins again from the copy, has killed it there;
//! and moments between which neither has changed are one. That makes a hundred kills out of a single run. What SIGKILL itself
//! does to the real process is tried beside it, at fixed moments.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::support::between::{Between, Go};
use crate::support::files;
use crate::support::served::Served;

/// What lies there after a kill.
#[derive(Clone, PartialEq)]
pub struct Left {
    tenant: Vec<u8>,
    record: Vec<(PathBuf, Vec<u8>)>,
}

/// What a kill at some moments leaves behind.
pub struct Crash {
    /// The first of those moments: `after POST /graph/v1.0/users`.
    pub at: String,
    /// The writes that were begun and have no receipt, as their keys; the last line of the record where there is none.
    pub open: Option<String>,
    pub left: Left,
}

/// Every different thing that a run leaves behind when it is killed, and how many moments there are.
pub struct Crashes {
    pub crashes: Vec<Crash>,
    pub moments: usize,
}

impl Left {
    fn of(home: &Path) -> Self {
        let mut record = files(&home.join("record"));
        record.retain(|(path, _)| !path.ends_with("lock"));
        record.sort();
        Self { tenant: std::fs::read(home.join("tenant.json")).unwrap_or_default(), record }
    }

    /// Puts everything back as it was, and serves the tenant.
    pub fn put_back(&self, served: &mut Served, between: &Between) {
        let folder = served.home.record();
        let _gone = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder");
        close(&folder);
        for (path, bytes) in &self.record {
            let parent = path.parent().expect("a folder");
            std::fs::create_dir_all(parent).expect("the folder");
            close(parent);
            std::fs::write(path, bytes).expect("the file");
            std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
                .expect("its mode");
        }
        let tenant: Value = serde_json::from_slice(&self.tenant).expect("JSON");
        served.changed(|state| *state = tenant, Vec::new());
        between.stand_before(served);
    }
}

fn close(folder: &Path) {
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("its mode");
}

/// The write that the record says was begun last, where it has no receipt.
fn open(record: &[(PathBuf, Vec<u8>)]) -> Option<String> {
    let (_, journal) = record.iter().find(|(path, _)| path.ends_with("journal.jsonl"))?;
    let last = journal.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty())?;
    let last: Value = serde_json::from_slice(last).ok()?;
    let entry = &last["entry"];
    (entry["entry"] == "intends").then(|| entry["key"].as_str().unwrap_or_default().to_owned())
}

/// Does what `run` does once, without a break, and keeps what a kill would leave at each moment.
pub fn crashes(served: &Served, between: &Between, run: impl FnOnce()) -> Crashes {
    let home = served.home.path("");
    let seen: Arc<Mutex<(Vec<Crash>, usize)>> = Arc::default();
    let kept = Arc::clone(&seen);
    between.watch(Box::new(move |moment| {
        let mut seen = kept.lock().unwrap_or_else(PoisonError::into_inner);
        seen.1 += 1;
        let left = Left::of(&home);
        if seen.0.last().is_none_or(|last| last.left != left) {
            let open = open(&left.record);
            seen.0.push(Crash { at: moment.to_owned(), open, left });
        }
        Go::On
    }));
    run();
    between.rest();
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    Crashes { crashes: std::mem::take(&mut seen.0), moments: seen.1 }
}

/// Kills the program with SIGKILL at the first moment that contains `at`; whether it came to it.
pub fn kill_at(between: &Between, command: &mut Command, at: &str) -> bool {
    let at = at.to_owned();
    let (tell, told) = std::sync::mpsc::channel();
    between.watch(Box::new(move |moment| match moment.contains(&at) {
        true => {
            let _heard = tell.send(());
            Go::Hold
        }
        false => Go::On,
    }));
    let mut child = command.spawn().expect("it starts");
    let came = loop {
        if told.recv_timeout(std::time::Duration::from_millis(10)).is_ok() {
            break true;
        }
        if child.try_wait().expect("a child").is_some() {
            break false;
        }
    };
    let _gone = child.kill();
    child.wait().expect("it is gone");
    between.rest();
    came
}
