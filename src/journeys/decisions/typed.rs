//! What was typed as an answer: numbers, one of a few words, lists, mailboxes; or what is wrong with it.

use crate::domain::plan::Recipient;

pub(super) fn number(text: &str, range: std::ops::RangeInclusive<usize>) -> Result<usize, String> {
    let wrong = || format!("Write a number from {} to {}.", range.start(), range.end());
    text.parse().ok().filter(|n| range.contains(n)).ok_or_else(wrong)
}

pub(super) fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(w, _)| text.eq_ignore_ascii_case(w));
    let known: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
    found.map(|(_, value)| *value).ok_or_else(|| format!("Write one of: {}.", known.join(", ")))
}

/// The text, unless a rule has something against it.
pub(super) fn right(text: String, rule: fn(&str) -> Option<String>) -> Result<String, String> {
    rule(&text).map_or(Ok(text), Err)
}

pub(super) fn items(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

pub(super) fn recipient(text: &str) -> Result<Recipient, String> {
    let (name, rest) = text.split_once('<').unwrap_or(("", text));
    let email = rest.trim_end_matches('>').trim().to_owned();
    if !email.contains('@') {
        return Err(format!("\"{text}\" has no mailbox; write name <mailbox>."));
    }
    let name = if name.trim().is_empty() { email.clone() } else { name.trim().to_owned() };
    Ok(Recipient { name, email })
}
