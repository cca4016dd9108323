//! A file that cannot be read: what the reader of TOML says, in the words of people, and without what stood there.

use super::locate::{key_at, line_of, table_at};
use crate::domain::text::{known_near, sentence};
use crate::domain::trouble::Trouble;

/// A kind of file: what it is called, what its answers are called, and what helps.
pub(in crate::domain) struct Kind {
    /// "plan"
    pub(in crate::domain) name: &'static str,
    /// The name of the answer at a key.
    pub(in crate::domain) label: fn(&str) -> String,
    /// What to do about a mistake.
    pub(in crate::domain) next: &'static str,
}

/// What is wrong with the file, and where.
pub(in crate::domain) fn unreadable(text: &str, error: &toml::de::Error, kind: &Kind) -> Trouble {
    let place = error.span().map(|span| format!(" at line {}", line_of(text, span.start)));
    Trouble::new(
        format!("The {} cannot be read{}.", kind.name, place.unwrap_or_default()),
        told(text, error, kind),
        kind.next,
    )
}

/// What is wrong, with the name of the answer and without the line.
pub(super) fn told(text: &str, error: &toml::de::Error, kind: &Kind) -> String {
    let at = error.span().map(|span| span.start);
    let key = match error.message().strip_prefix("missing field ") {
        Some(name) => at.and_then(|at| Some(format!("{}.{}", table_at(text, at)?, name.trim_matches('`')))),
        None => at.and_then(|at| key_at(text, at)),
    };
    let answer = key.map(|key| format!("{}: ", (kind.label)(&key)));
    sentence(&format!("{}{}", answer.unwrap_or_default(), in_words(error.message())))
}

/// The message of the reader for people; one that is not known stays as it is, without the text it found.
fn in_words(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    let quoted = |words: &str| words.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let names = quoted(rest);
        let (name, known) = names.split_first().map_or(("", &[][..]), |(name, known)| (name.as_str(), known));
        let near = known_near(name, known.iter().map(String::as_str));
        return format!("there is no key `{name}` here{near}; the keys here are {}", keys(known));
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return format!("the key {} is missing here", keys(&quoted(rest)));
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return format!("this is none of the words that may stand here: {}", words(&quoted(rest)));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: ")) {
        return wrong_kind(rest);
    }
    without_values(message)
}

fn keys(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The words that may stand there; the first was what stood there, and is not repeated.
fn words(names: &[String]) -> String {
    names.iter().skip(1).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// "string …, expected usize", as people call both.
fn wrong_kind(rest: &str) -> String {
    let (found, wanted) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
    let found = match found.split([' ', '`']).next().unwrap_or_default() {
        "string" => "text in quotes",
        "integer" | "floating" => "a number",
        "boolean" => "true or false",
        "map" => "a table",
        "sequence" => "a list",
        "datetime" => "a date",
        _ => "something else",
    };
    let wanted = match wanted {
        "usize" | "u8" | "u16" | "u32" | "u64" | "i64" => "a whole number, not less than 0,",
        "a string" => "text in quotes",
        "a boolean" => "true or false, without quotes,",
        "a sequence" => "a list in [ ]",
        "a datetime" | "a date" => "a date like 2026-11-02",
        other if other.starts_with("struct ") => "a table with keys",
        other => {
            return format!(
                "here stands {found}, which does not fit; {} is asked for",
                without_values(other)
            );
        }
    };
    format!("here stands {found}, and {wanted} is asked for")
}

/// The message without the text it found in the wrong place, which might be anything.
fn without_values(message: &str) -> String {
    let found = message.find("string \"").zip(message.rfind('"'));
    match found {
        Some((start, end)) => format!("{}a string{}", &message[..start], &message[end + 1..]),
        None => message.to_owned(),
    }
}
