//! What the tests share: the real binary in folders of its own, and a person who answers the plain face.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The longest a test waits for a text before it gives up; never part of what is tested.
const PATIENCE: Duration = Duration::from_mins(2);

/// A folder that is gone after the test, with the record in it.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A path inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the record.
    pub fn record(&self) -> PathBuf {
        self.path("record")
    }

    /// The example plan as a file.
    pub fn plan(&self) -> PathBuf {
        self.plan_with(&[])
    }

    /// The example plan with some texts replaced.
    pub fn plan_with(&self, changes: &[(&str, &str)]) -> PathBuf {
        let mut text = breakglass::domain::plan::plan_file::example().to_owned();
        for (from, to) in changes {
            assert!(text.contains(from), "the example plan has no {from:?}");
            text = text.replace(from, to);
        }
        let path = self.path("plan.toml");
        std::fs::write(&path, text).expect("the plan can be written");
        path
    }

    /// The binary with its HOME, data and temporary folders here.
    pub fn breakglass(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breakglass"));
        let tmp = self.path("tmp");
        std::fs::create_dir_all(&tmp).expect("a folder");
        command.env("HOME", self.folder.path()).env("XDG_DATA_HOME", self.path("data")).env("TMPDIR", tmp);
        command.env("LC_ALL", "C.UTF-8").current_dir(self.folder.path());
        command
    }

    /// An unattended setup on a rehearsal seed, a thousand times faster than life.
    pub fn setup(&self, seed: &str) -> Command {
        let mut command = self.breakglass();
        command.args(["setup", "--tenant", "rehearsal", "--seed", seed, "--speed", "1000", "--unattended"]);
        command.arg("--record").arg(self.record()).arg("--plan").arg(self.plan());
        command.stdin(Stdio::null());
        command
    }

    /// The lines of the record.
    pub fn journal(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.record().join("journal.jsonl")).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The state of the rehearsal tenant of this record.
    pub fn tenant(&self) -> serde_json::Value {
        let text = std::fs::read_to_string(self.record().join(breakglass::app::REHEARSAL_STATE));
        serde_json::from_str(&text.expect("the state file")).expect("JSON")
    }
}

/// Standard output and error of a finished run, as text.
pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Every file below `folder` with its content.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path, bytes));
        }
    }
    found
}

/// A person at the plain face, over pipes.
pub struct Person {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Vec<u8>>,
    /// Everything shown so far.
    pub seen: String,
    read_to: usize,
}

impl Person {
    /// Starts the program and sits down.
    pub fn at(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            // As large as a pipe, so that what is written at once is read at once: half a line is no question.
            let mut buffer = vec![0; 65_536];
            while let Ok(n) = stdout.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, output, seen: String::new(), read_to: 0 }
    }

    /// Reads until the program asks something, and returns what was shown since the last question.
    pub fn next_question(&mut self) -> Option<String> {
        loop {
            let fresh = &self.seen[self.read_to..];
            if is_question(fresh) {
                let shown = fresh.to_owned();
                self.read_to = self.seen.len();
                return Some(shown);
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => return None,
            }
        }
    }

    /// Types one line.
    pub fn type_line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("the input is open");
        writeln!(input, "{line}").expect("it listens");
    }

    /// Closes the input and waits for the exit code.
    pub fn leave(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("it ends").code()
    }
}

/// A prompt ends without a line break.
fn is_question(shown: &str) -> bool {
    let last = shown.lines().last().unwrap_or_default();
    let is_group = last.starts_with("Group ") && shown.ends_with('\n');
    shown.ends_with(": ") || shown.ends_with("next one.\n") || is_group
}

/// The number of the choice in `shown` whose label contains `words`.
pub fn choice(shown: &str, words: &str) -> Option<String> {
    shown.lines().rev().find_map(|line| {
        let (number, label) = line.trim_start().split_once("  ")?;
        let number = number.trim_start_matches('/');
        (label.contains(words) && number.parse::<usize>().is_ok()).then(|| number.to_owned())
    })
}
