//! Whether a scenario fits together: names that are spelled well and once, references to what there is, texts that can be
//! shown, rules about numbers, and a play that cannot come to a dead end. Every mistake, not only the first.

mod channels;
mod ids;
mod reach;
mod references;
mod rules;
mod texts;

use super::{Objects, Scenario};

/// What is wrong about one answer of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where the file has it, lists counted from 0: `injects.0.when`.
    pub(super) key: String,
    /// What is wrong and what it should be, as a sentence.
    pub(super) words: String,
}

/// What is wrong at `key`.
fn wrong(key: impl Into<String>, words: impl Into<String>) -> Wrong {
    Wrong { key: key.into(), words: words.into() }
}

/// What is wrong at `key`, when it is so.
fn when(is_so: bool, key: impl Into<String>, words: &str) -> Option<Wrong> {
    is_so.then(|| wrong(key, words))
}

/// Everything that must be corrected in `scenario`, whose file has this `text`; `objects` says what is wrong with a change of
/// a name.
pub(super) fn corrections(text: &str, scenario: &Scenario, objects: &Objects<'_>) -> Vec<Wrong> {
    let mut all = texts::wrong(text);
    all.extend(texts::screens(scenario));
    all.extend(ids::wrong(scenario));
    all.extend(rules::wrong(scenario));
    let references = references::wrong(scenario, objects);
    // What refers to nothing waits for nothing: where the play leads is asked when every reference is good.
    let is_whole = references.is_empty();
    all.extend(references);
    if is_whole {
        all.extend(reach::wrong(scenario));
        all.extend(channels::wrong(scenario));
    }
    all
}
