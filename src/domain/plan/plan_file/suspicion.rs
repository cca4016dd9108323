//! Keys of a plan that look as if they held a secret, and values that look as if they were one.
//!
//! The file is looked at even where it is not valid TOML, because a message about a broken line must not repeat
//! what stands there. No value is ever told, only what it looks like.

use crate::domain::secret::names::sounds_secret;
use crate::domain::secret::values::looks_secret;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A key that looks as if it held a secret.
pub(super) struct Suspect {
    /// The key as it stands in the file.
    pub(super) key: String,
    /// Its byte in the file.
    pub(super) at: usize,
    /// What its value looks like, where it is not the key that tells.
    pub(super) kind: Option<&'static str>,
}

/// Keys of the plan itself that contain such a word and hold none.
const STRUCTURAL: [&str; 3] = ["passwords.length", "passwords.forget_after", "accounts.pin_safe"];

/// The first suspicious key that holds text or a number.
pub(super) fn first(text: &str) -> Option<Suspect> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut found = Vec::new();
    look(table.get_ref(), &Above { path: String::new(), is_suspicious: false }, &mut found);
    found.into_iter().min_by_key(|suspect| suspect.at)
}

struct Above {
    path: String,
    is_suspicious: bool,
}

fn look(table: &DeTable<'_>, above: &Above, found: &mut Vec<Suspect>) {
    for (key, value) in table {
        let path = join(&above.path, key.get_ref());
        let is_suspicious = above.is_suspicious || sounds_secret(key.get_ref());
        let here = Above { is_suspicious: is_suspicious && !STRUCTURAL.contains(&path.as_str()), path };
        let is_small = above.is_suspicious && !sounds_secret(key.get_ref()) && is_small(value);
        if here.is_suspicious && holds_something(value) && !is_small {
            found.push(Suspect { key: key.get_ref().to_string(), at: key.span().start, kind: None });
        } else if let Some(kind) = kind_of(value) {
            found.push(Suspect { key: key.get_ref().to_string(), at: key.span().start, kind: Some(kind) });
        }
        look_into(value, &here, found);
    }
}

fn look_into(value: &Spanned<DeValue<'_>>, here: &Above, found: &mut Vec<Suspect>) {
    match value.get_ref() {
        DeValue::Table(table) => look(table, here, found),
        DeValue::Array(items) => items.iter().for_each(|item| look_into(item, here, found)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

/// What a text, or one in a list, looks like; tables are looked into key by key.
fn kind_of(value: &Spanned<DeValue<'_>>) -> Option<&'static str> {
    match value.get_ref() {
        DeValue::String(text) => looks_secret(text),
        DeValue::Array(items) => items.iter().find_map(kind_of),
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Table(_) => None,
    }
}

/// A number of two digits: a misspelled `passwords.length`, and no secret.
fn is_small(value: &Spanned<DeValue<'_>>) -> bool {
    matches!(value.get_ref(), DeValue::Integer(number) if number.as_str().len() <= 2)
}

/// Text or a number, directly or in a list.
fn holds_something(value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) => true,
        DeValue::Array(items) => items.iter().any(holds_something),
        DeValue::Table(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => false,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
