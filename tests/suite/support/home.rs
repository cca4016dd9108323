//! The real binary in folders of its own, what a run of it says and writes, and plans as files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

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

    /// The example plan without the word about whatever begins with `about`.
    pub fn plan_without_word(&self, about: &str) -> PathBuf {
        let example = breakglass::domain::plan::plan_file::example();
        let unwanted = format!("\nabout = \"{about}");
        let parts: Vec<&str> =
            example.split("[[attestations]]").filter(|part| !part.starts_with(&unwanted)).collect();
        assert!(parts.len() < example.split("[[attestations]]").count(), "no word about {about}");
        let path = self.path("plan.toml");
        std::fs::write(&path, parts.join("[[attestations]]")).expect("the plan can be written");
        path
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
        // A script may want what it tests to be the release build.
        let built = std::env::var_os("BREAKGLASS_UNDER_TEST");
        let mut command = Command::new(built.unwrap_or_else(|| env!("CARGO_BIN_EXE_breakglass").into()));
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

    /// Lets so many days go by for the rehearsal tenant of this record and for every run on it, while nobody looks.
    pub fn time_passes(&self, days: i64) {
        let mut tenant = self.tenant();
        let ahead = tenant["ahead"].as_i64().expect("a clock") + days * 24 * 3600 * 1000;
        tenant["ahead"] = ahead.into();
        let file = self.record().join(breakglass::app::REHEARSAL_STATE);
        std::fs::write(file, tenant.to_string()).expect("the state can be written");
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

/// Runs an unattended setup with this plan text and returns code and words.
pub fn with_plan(plan: &str) -> (Option<i32>, String) {
    let home = Home::new();
    let mut command = home.setup("p1");
    std::fs::write(home.path("plan.toml"), plan).expect("the plan can be written");
    let output = command.output().expect("it runs");
    (output.status.code(), words(&output))
}

pub fn example() -> String {
    breakglass::domain::plan::plan_file::example().to_owned()
}

pub fn report(home: &Home, seed: &str) -> (Option<i32>, Value) {
    let output = home.setup(seed).arg("--json").output().expect("it runs");
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error} in the report of {seed}: {}", words(&output)));
    (output.status.code(), json)
}

pub fn writes(home: &Home) -> usize {
    home.journal().iter().filter(|line| line["entry"]["entry"] == "intends").count()
}
