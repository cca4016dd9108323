//! What rules are made of: what is wrong about one answer, in the words of the plan list and with the key of the file.

use crate::domain::plan::plan_file::labels::label;

/// What is wrong about one answer of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where the file has it, lists counted from 0: `accounts.0.user_name`.
    pub key: String,
    /// What is wrong and what it should be, as a sentence that begins with the answer's name in the plan list.
    pub words: String,
    /// Whether nothing is wrong but that there is no answer yet.
    pub is_missing: bool,
}

impl Wrong {
    /// The answer at `key`, and what is wrong with it: "must not be empty."
    pub(super) fn about(key: &str, says: impl AsRef<str>) -> Self {
        Self { key: key.to_owned(), words: format!("{} {}", label(key), says.as_ref()), is_missing: false }
    }

    /// A whole sentence about what stands at `key`.
    pub(super) fn of(key: &str, sentence: impl Into<String>) -> Self {
        Self { key: key.to_owned(), words: sentence.into(), is_missing: false }
    }
}

/// What is wrong with the answer at `key`, when it is so.
pub(super) fn when(is_so: bool, key: &str, says: &str) -> Option<Wrong> {
    is_so.then(|| Wrong::about(key, says))
}

/// Whether nothing was written.
pub(super) fn is_blank(text: impl AsRef<str>) -> bool {
    text.as_ref().trim().is_empty()
}

/// That something must be there, where nothing was written.
pub(super) fn filled(text: &str, key: &str) -> Option<Wrong> {
    let missing = when(is_blank(text), key, "must not be empty.");
    missing.map(|wrong| Wrong { is_missing: true, ..wrong })
}

/// Those that came before, whatever their case and the space around them; each with its place in the list.
pub(super) fn again<'a>(all: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut seen = std::collections::BTreeSet::new();
    let named = all.map(str::trim).enumerate().filter(|(_, one)| !one.is_empty());
    named.filter(move |(_, one)| !seen.insert(one.to_lowercase()))
}
