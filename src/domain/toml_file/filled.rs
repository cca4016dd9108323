//! A text in which a key that is missing has some value that fits, so that what comes after it is read as well.

use std::ops::Range;

use super::locate::line_of;

/// Values of each kind, one of which fits where another kind stands.
pub(super) const VALUES: [&str; 5] = ["1", "\"x\"", "true", "[]", "{}"];

/// The name of the key that is missing, where one is.
pub(super) fn missing(error: &toml::de::Error) -> Option<&str> {
    error.message().strip_prefix("missing field ").map(|name| name.trim_matches('`'))
}

/// A text with one more answer.
pub(super) struct Filled {
    pub(super) text: String,
    /// The line that was put in for it; `None` where it stands in a line that was there.
    pub(super) line: Option<usize>,
}

/// `text` with a value for the key that `error` says is missing; `None` where none fits or its table is not found.
pub(super) fn filled(
    text: &str,
    error: &toml::de::Error,
    read: &impl Fn(&str) -> Option<toml::de::Error>,
) -> Option<Filled> {
    let name = missing(error)?;
    let place = Place::of(text, error.span())?;
    let mut first_word = None;
    for value in VALUES {
        let (text, own) = place.with(text, name, value);
        match read(&text).filter(|next| is_within(next, &own) || is_same(next, error)) {
            None => return Some(place.filled(text)),
            Some(next) => first_word = first_word.or_else(|| word(&next)),
        }
    }
    let (text, own) = place.with(text, name, &first_word?);
    let is_wrong = read(&text).is_some_and(|next| is_within(&next, &own));
    (!is_wrong).then(|| place.filled(text))
}

/// Whether the next mistake is about what was just filled in; where both begin at the same byte, it is about all of the file.
fn is_within(next: &toml::de::Error, own: &Range<usize>) -> bool {
    next.span().is_some_and(|span| span.start > own.start && span.start < own.end)
}

/// Whether the same is still missing in the same place.
fn is_same(next: &toml::de::Error, error: &toml::de::Error) -> bool {
    next.message() == error.message()
        && next.span().map(|span| span.start) == error.span().map(|span| span.start)
}

/// The first word that may stand there, where it has to be one of some.
fn word(error: &toml::de::Error) -> Option<String> {
    let rest = error.message().strip_prefix("unknown variant ")?;
    rest.split('`').skip(1).step_by(2).nth(1).map(|word| format!("\"{word}\""))
}

/// Where an answer can be put in.
enum Place {
    /// As a line of its own, at this byte.
    Line { at: usize, line: usize },
    /// Behind the opening brace, at this byte; whether others follow.
    Braces { at: usize, is_empty: bool },
}

impl Place {
    fn of(text: &str, span: Option<Range<usize>>) -> Option<Self> {
        let is_whole =
            |span: &Range<usize>| span.start == 0 && (span.end == 0 || span.end >= text.trim_end().len());
        let Some(span) = span.filter(|span| !is_whole(span)) else {
            return Some(Self::Line { at: 0, line: 1 });
        };
        let rest = text.get(span.start..)?;
        match rest.chars().next()? {
            '[' => {
                let at = rest.find('\n').map_or(text.len(), |end| span.start + end + 1);
                let line = line_of(text, span.start) + 1;
                Some(Self::Line { at, line })
            }
            '{' => {
                let is_empty = rest[1..].trim_start().starts_with('}');
                Some(Self::Braces { at: span.start + 1, is_empty })
            }
            _ => None,
        }
    }

    /// `text` with the answer, and where that stands.
    fn with(&self, text: &str, name: &str, value: &str) -> (String, Range<usize>) {
        let (at, own) = match self {
            Self::Line { at, .. } if *at == text.len() => (*at, format!("\n{name} = {value}")),
            Self::Line { at, .. } => (*at, format!("{name} = {value}\n")),
            Self::Braces { at, is_empty: true } => (*at, format!(" {name} = {value} ")),
            Self::Braces { at, is_empty: false } => (*at, format!(" {name} = {value}, ")),
        };
        (format!("{}{own}{}", &text[..at], &text[at..]), at..at + own.len())
    }

    fn filled(&self, text: String) -> Filled {
        let line = match self {
            Self::Line { line, .. } => Some(*line),
            Self::Braces { .. } => None,
        };
        Filled { text, line }
    }
}
