//! What every TOML file that people write has in common: where in it an answer stands, and what is wrong with one that
//! cannot be read, in the words of people and without what stood there.

pub(in crate::domain) mod answers;
mod filled;
pub(in crate::domain) mod locate;
mod unreadable;

pub(in crate::domain) use unreadable::{Kind, unreadable};

/// "First: user name must not be empty. (accounts.user_name, line 7)"
pub(in crate::domain) fn with_place(text: &str, key: &str, words: &str) -> String {
    let parts = key.split('.').filter(|part| !part.bytes().all(|b| b.is_ascii_digit()));
    let shown = parts.collect::<Vec<_>>().join(".");
    let line = locate::line(text, key).map(|line| format!(", line {line}")).unwrap_or_default();
    format!("{words} ({shown}{line})")
}
