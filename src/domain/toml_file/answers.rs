//! Every answer that cannot be read, not only the first: each is taken out in turn, and the rest is read again.

use std::ops::Range;

use super::locate::{answer_at, line_of};
use super::unreadable::{Kind, told};

/// As many mistakes as are told at once.
const MOST: usize = 40;

/// What is wrong with each answer, with its line; `read` says what is wrong with a text first.
///
/// What is missing, and what is no TOML, ends it: neither can be taken out.
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
        let line = at.map(|at| format!(" (line {})", line_of(&rest, at))).unwrap_or_default();
        let answer = at.filter(|_| missing.is_none()).and_then(|at| answer_at(&rest, at));
        if !all.is_empty() && missing.is_none() && answer.is_none() {
            break;
        }
        all.push(format!("{}{line}", told(&rest, &error, kind)));
        let Some((name, span)) = answer else { break };
        taken.push(name);
        blank(&mut rest, span);
    }
    all
}

/// Spaces in the place of what stands in `span`; lines stay.
fn blank(text: &mut String, span: Range<usize>) {
    let blanks = text[span.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' });
    let blanks: String = blanks.collect();
    text.replace_range(span, &blanks);
}
