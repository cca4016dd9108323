//! Where in the file an answer stands: the line of its key.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line, counted from 1, of the answer at `key`; of what it would stand in, where it was left out.
pub(in crate::domain) fn line(text: &str, key: &str) -> Option<usize> {
    let (table, _) = DeTable::parse_recoverable(text);
    let parts: Vec<&str> = key.split('.').collect();
    in_table(table.get_ref(), &parts).map(|at| line_of(text, at))
}

/// The line, counted from 1, of the byte at `at`.
pub(in crate::domain) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|b| *b == b'\n').count()
}

/// The key whose answer holds the byte at `at`, lists counted from 0.
pub(in crate::domain) fn key_at(text: &str, at: usize) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut found = None;
    holding(table.get_ref(), "", at, &mut found);
    found
}

/// The key of the innermost table that the byte at `at` belongs to, lists counted from 0.
pub(in crate::domain) fn table_at(text: &str, at: usize) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().iter().find_map(|(key, value)| table_in(value, key.get_ref().to_string(), at))
}

/// An answer in the text of a file.
pub(super) struct Answer {
    /// The name of its key.
    pub(super) name: String,
    /// All of it, from its key to the end of its value.
    pub(super) whole: Range<usize>,
    /// Its value.
    pub(super) value: Range<usize>,
}

/// The answer that the byte at `at` belongs to; none where the text is no TOML.
pub(super) fn answer_at(text: &str, at: usize) -> Option<Answer> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() { answer_in(table.get_ref(), at) } else { None }
}

fn answer_in(table: &DeTable<'_>, at: usize) -> Option<Answer> {
    table.iter().find_map(|(key, value)| {
        let whole = key.span().start..value.span().end;
        let own = || Answer { name: key.get_ref().to_string(), whole: whole.clone(), value: value.span() };
        let is_here = whole.contains(&at);
        match value.get_ref() {
            DeValue::Table(table) => answer_in(table, at).or_else(|| key.span().contains(&at).then(own)),
            DeValue::Array(items) => {
                let mut tables = items.iter().filter_map(|item| item.get_ref().as_table());
                // A list of tables with headers of their own is no single stretch of text.
                let is_list = tables.clone().next().is_some();
                tables.find_map(|table| answer_in(table, at)).or_else(|| (is_here && !is_list).then(own))
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => is_here.then(own),
        }
    })
}

fn table_in(value: &Spanned<DeValue<'_>>, path: String, at: usize) -> Option<String> {
    match value.get_ref() {
        DeValue::Table(table) => {
            let below = table
                .iter()
                .find_map(|(key, value)| table_in(value, format!("{path}.{}", key.get_ref()), at));
            below.or_else(|| value.span().contains(&at).then_some(path))
        }
        DeValue::Array(items) => {
            let mut each = items.iter().enumerate();
            each.find_map(|(i, item)| table_in(item, format!("{path}.{i}"), at))
        }
        _ => None,
    }
}

fn in_table(table: &DeTable<'_>, parts: &[&str]) -> Option<usize> {
    let (first, rest) = parts.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    Some(in_value(value, rest).unwrap_or(key.span().start))
}

fn in_value(value: &Spanned<DeValue<'_>>, parts: &[&str]) -> Option<usize> {
    let (first, rest) = parts.split_first()?;
    match value.get_ref() {
        DeValue::Table(table) => in_table(table, parts),
        DeValue::Array(items) => {
            let item = items.get(first.parse::<usize>().ok()?)?;
            Some(in_value(item, rest).unwrap_or(item.span().start))
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}

fn holding(table: &DeTable<'_>, above: &str, at: usize, found: &mut Option<String>) {
    for (key, value) in table {
        let path =
            if above.is_empty() { key.get_ref().to_string() } else { format!("{above}.{}", key.get_ref()) };
        holding_value(value, path, at, found);
    }
}

fn holding_value(value: &Spanned<DeValue<'_>>, path: String, at: usize, found: &mut Option<String>) {
    match value.get_ref() {
        DeValue::Table(table) => holding(table, &path, at, found),
        DeValue::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                holding_value(item, format!("{path}.{i}"), at, found);
            }
            if found.is_none() && value.span().contains(&at) {
                *found = Some(path);
            }
        }
        _ if value.span().contains(&at) => *found = Some(path),
        _ => {}
    }
}
