//! Pieces that several sheets are put together from: tables and lists below a heading, nothing where they are empty.

use crate::paper::page::{Piece, Table};

/// A heading and a table; nothing where it has no rows.
pub(super) fn titled(title: &str, columns: &[(&str, u8)], rows: Vec<Vec<String>>) -> Vec<Piece> {
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table { heads: heads(columns), rows };
    vec![Piece::Section(title.to_owned()), Piece::Table(table)]
}

/// The heads of a table, each with its share of the width.
pub(super) fn heads(columns: &[(&str, u8)]) -> Vec<(String, u8)> {
    columns.iter().map(|(name, share)| ((*name).to_owned(), *share)).collect()
}

/// A heading and a list; nothing where it has no items.
pub(super) fn listed(title: &str, items: impl Iterator<Item = String>) -> Vec<Piece> {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Piece::Section(title.to_owned()), Piece::List(items)]
}

/// A heading and paragraphs; nothing where there are none.
pub(super) fn told(title: &str, paragraphs: impl Iterator<Item = String>) -> Vec<Piece> {
    let mut paragraphs = paragraphs.map(Piece::Text).peekable();
    let heading = paragraphs.peek().is_some().then(|| Piece::Section(title.to_owned()));
    heading.into_iter().chain(paragraphs).collect()
}
