//! Every answer that cannot be read, not only the first: another value takes the place of each in turn, what is missing is
//! filled in, and the rest is read again.

use super::filled::{VALUES, filled, missing};
use super::locate::{Answer, answer_at, line_of};
use super::unreadable::{Kind, told};

/// As many mistakes as are told at once.
const MOST: usize = 40;

/// What is wrong with each answer, with its line; `read` says what is wrong with a text first. What is no TOML ends it:
/// nothing can be put in its place.
pub(in crate::domain) fn wrong(
    text: &str,
    kind: &Kind,
    read: impl Fn(&str) -> Option<toml::de::Error>,
) -> Vec<String> {
    let mut mended =
        Mended { text: text.to_owned(), taken: Vec::new(), unknown: Vec::new(), lines: Vec::new() };
    let mut all = Vec::new();
    // What was taken out is filled in, so that there are two turns for each at the most.
    for _ in 0..2 * MOST {
        let Some(error) = read(&mended.text).filter(|_| all.len() < MOST) else { break };
        let is_told = match missing(&error) {
            Some(name) => mended.was_taken(name),
            None => !all.is_empty() && mended.answer(&error).is_none(),
        };
        if !is_told {
            all.push(mended.told(&error, kind));
        }
        if !mended.mend(&error, &read) {
            break;
        }
    }
    all
}

/// A text that is mended mistake by mistake.
struct Mended {
    text: String,
    /// The names of answers that were taken out or have another value.
    taken: Vec<String>,
    /// The names of keys that there are not.
    unknown: Vec<String>,
    /// The lines that were put in, oldest first, each as it was counted then.
    lines: Vec<usize>,
}

impl Mended {
    fn answer(&self, error: &toml::de::Error) -> Option<Answer> {
        error.span().and_then(|span| answer_at(&self.text, span.start))
    }

    /// What was taken out is missing then, and is no mistake of the author; nor is what is only spelled wrong.
    fn was_taken(&self, name: &str) -> bool {
        let is_meant = |one: &String| name.len() > 3 && strsim::osa_distance(one, name) < 3;
        self.taken.iter().any(|one| one == name) || self.unknown.iter().any(is_meant)
    }

    fn told(&self, error: &toml::de::Error, kind: &Kind) -> String {
        let line = error.span().map(|span| self.line(line_of(&self.text, span.start)));
        let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
        format!("{}{line}", told(&self.text, error, kind))
    }

    /// The line of the author's text.
    fn line(&self, line: usize) -> usize {
        self.lines.iter().rev().fold(line, |line, put_in| if line > *put_in { line - 1 } else { line })
    }

    /// Whether the mistake could be mended.
    fn mend(&mut self, error: &toml::de::Error, read: &impl Fn(&str) -> Option<toml::de::Error>) -> bool {
        if missing(error).is_some() {
            let Some(filled) = filled(&self.text, error, read) else { return false };
            self.lines.extend(filled.line);
            self.text = filled.text;
            return true;
        }
        let Some(answer) = self.answer(error) else { return false };
        self.text = without(&self.text, &answer, error, read);
        let is_unknown = error.message().starts_with("unknown field");
        if is_unknown { &mut self.unknown } else { &mut self.taken }.push(answer.name);
        true
    }
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
