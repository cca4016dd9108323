//! Every answer that cannot be read, not only the first: another value takes the place of each in turn, and the rest is
//! read again.

use super::locate::{Answer, answer_at, line_of};
use super::unreadable::{Kind, told};

/// As many mistakes as are told at once.
const MOST: usize = 40;
/// Values of each kind, one of which fits where another kind stands.
const VALUES: [&str; 5] = ["1", "\"x\"", "true", "[]", "{}"];

/// What is wrong with each answer, with its line; `read` says what is wrong with a text first.
///
/// What is missing, and what is no TOML, ends it: nothing can be put in its place.
pub(in crate::domain) fn wrong(
    text: &str,
    kind: &Kind,
    read: impl Fn(&str) -> Option<toml::de::Error>,
) -> Vec<String> {
    let mut rest = text.to_owned();
    let mut all = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    while let Some(error) = read(&rest).filter(|_| all.len() < MOST) {
        let missing = error.message().strip_prefix("missing field ").map(|name| name.trim_matches('`'));
        // What was taken out is missing then, and is no mistake of the author.
        if missing.is_some_and(|name| taken.iter().any(|one| one == name)) {
            break;
        }
        let at = error.span().map(|span| span.start);
        let answer = at.filter(|_| missing.is_none()).and_then(|at| answer_at(&rest, at));
        if !all.is_empty() && missing.is_none() && answer.is_none() {
            break;
        }
        let line = at.map(|at| format!(" (line {})", line_of(&rest, at))).unwrap_or_default();
        all.push(format!("{}{line}", told(&rest, &error, kind)));
        let Some(answer) = answer else { break };
        rest = without(&rest, &answer, &error, &read);
        taken.push(answer.name);
    }
    all
}

/// `text` with another value for the answer, or without the answer where no value helps.
fn without(
    text: &str,
    answer: &Answer,
    error: &toml::de::Error,
    read: &impl Fn(&str) -> Option<toml::de::Error>,
) -> String {
    let words = error.message().split('`').skip(1).step_by(2).map(|word| format!("\"{word}\""));
    // The first word is the one that stands there.
    let words = words.skip(1).take(1).filter(|_| error.message().starts_with("unknown variant"));
    let is_key = error.message().starts_with("unknown field");
    let values = VALUES.iter().map(|value| (*value).to_owned());
    let mut tries = words.chain(values).filter(|_| !is_key).map(|value| replaced(text, answer, &value));
    let is_still_there = |text: &str| {
        let at = read(text).and_then(|error| error.span()).map(|span| span.start);
        at.and_then(|at| answer_at(text, at)).is_some_and(|other| other.whole.start == answer.whole.start)
    };
    tries.find(|text| !is_still_there(text)).unwrap_or_else(|| blanked(text, answer))
}

/// `text` with `value` for the answer; the lines after it stay where they are.
fn replaced(text: &str, answer: &Answer, value: &str) -> String {
    let breaks = "\n".repeat(text[answer.value.clone()].matches('\n').count());
    format!("{}{value}{breaks}{}", &text[..answer.value.start], &text[answer.value.end..])
}

fn blanked(text: &str, answer: &Answer) -> String {
    let blanks = text[answer.whole.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' });
    format!("{}{}{}", &text[..answer.whole.start], blanks.collect::<String>(), &text[answer.whole.end..])
}
