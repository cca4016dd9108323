//! The course of long work: what was done in this run, and what comes next, beside what is being done.
//!
//! A face with room shows it while something is written, read or awaited. One that tells what is being done as it comes
//! has said it once already, and leaves it out.

/// What was done, and what comes next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// What was done, the newest last.
    pub done: Vec<Stage>,
    /// What comes next, the nearest first.
    pub next: Vec<String>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The time of day, as `14:03:22` UTC; empty where it was not noted.
    pub at: String,
    /// What it was.
    pub words: String,
}

impl Stage {
    /// Something whose time was not noted.
    pub fn untimed(words: impl Into<String>) -> Self {
        Self { at: String::new(), words: words.into() }
    }
}
