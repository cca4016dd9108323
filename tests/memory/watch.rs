//! A program that is watched from outside: its memory, its arguments and environment, its files, its terminal.

use std::path::Path;
use std::time::Duration;

use crate::scanner::{Needles, Scan};
use crate::support::home::files;

/// How often it is looked again before something that is still there counts: a task that was given up may end a moment later.
const LOOKS: usize = 40;
const BETWEEN: Duration = Duration::from_millis(50);

/// What is known of a run, and what was looked at.
pub struct Watch {
    /// Every secret that is known by now.
    pub needles: Needles,
    process: u32,
    scans: usize,
    bytes: usize,
    sealed: usize,
    secrets: usize,
}

impl Watch {
    /// Watches this process.
    pub fn over(process: u32) -> Self {
        let needles = Needles::default();
        Self { needles, process, scans: 0, bytes: 0, sealed: 0, secrets: 0 }
    }

    /// There is a secret; `false` when it was known.
    pub fn learn(&mut self, name: &str, secret: &str) -> bool {
        let before = self.needles.len();
        self.needles.add(name, secret);
        let is_new = self.needles.len() > before;
        self.secrets += usize::from(is_new);
        is_new
    }

    /// How many secrets are known.
    pub fn secrets(&self) -> usize {
        self.secrets
    }

    /// What is in memory now; `None` where nobody may look.
    pub fn look(&mut self) -> Option<Scan> {
        let scan = self.needles.scan(self.process)?;
        self.scans += 1;
        self.bytes += scan.bytes;
        self.sealed = self.sealed.max(scan.sealed);
        Some(scan)
    }

    /// No secret is in memory.
    pub fn nothing_in_memory(&mut self, when: &str) {
        let mut last = None;
        for _ in 0..LOOKS {
            match self.look() {
                None => return,
                Some(scan) if scan.found.is_empty() => return,
                Some(scan) => last = Some(scan),
            }
            std::thread::sleep(BETWEEN);
        }
        panic!("{when}: {last:#?}");
    }

    /// No secret is among the arguments and in the environment.
    pub fn nothing_told(&self) {
        for what in ["cmdline", "environ"] {
            let Ok(bytes) = std::fs::read(format!("/proc/{}/{what}", self.process)) else { continue };
            assert!(self.needles.in_text(&bytes).is_empty(), "{what}");
        }
    }

    /// No secret is in a file below `folder`, but for those that were named for it.
    pub fn nothing_in_files(&self, folder: &Path, named: &str) {
        let all = files(folder);
        assert!(!all.is_empty(), "nothing is there");
        for (path, bytes) in
            all.iter().filter(|(path, _)| named.is_empty() || !path.to_string_lossy().contains(named))
        {
            let found = self.needles.in_text(bytes);
            assert!(found.is_empty(), "{} has {found:?}", path.display());
        }
    }

    /// No secret is in what the terminal was sent.
    pub fn nothing_sent(&self, when: &str, bytes: &[u8]) {
        let found = self.needles.in_text(bytes);
        assert!(found.is_empty(), "{when}: the terminal was sent {found:?}");
    }

    /// The size of what was proved.
    pub fn told(&self, name: &str) {
        println!(
            "{name}: {} secrets, {} runs of eight, {} scans, {} MB of memory read, {} kB that nobody else can read",
            self.secrets,
            self.needles.len(),
            self.scans,
            self.bytes / 1_000_000,
            self.sealed / 1_000,
        );
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.scans == 0 {
            crate::cannot_look();
        }
    }
}
