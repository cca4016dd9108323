//! A word about what was just done, and whether all of it was: a list of which only a part was made must not look done.

/// What was just done, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JustDone {
    /// What it was.
    pub words: String,
    /// How much of what was meant.
    pub extent: Extent,
}

/// How much of what was meant was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part; the words say which.
    Partly,
}

impl JustDone {
    /// All of it was done.
    pub fn wholly(words: impl Into<String>) -> Self {
        Self { words: words.into(), extent: Extent::Whole }
    }

    /// A part of it was done.
    pub fn partly(words: impl Into<String>) -> Self {
        Self { words: words.into(), extent: Extent::Partly }
    }
}
