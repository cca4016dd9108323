//! A page: lines of at most eighty columns under a heading that always carries the tenant's mark.
//!
//! Long text wraps and long words are broken, so that nothing is ever clipped.

use crate::domain::case::Case;
use crate::domain::text::clean;

/// Columns of a line printer.
pub const COLUMNS: usize = 80;
/// Lines of a page, A4 and Letter both.
pub const LINES: usize = 60;

/// Which tenant a page belongs to, and how it is marked.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    mark: String,
    tenant: String,
    document: String,
}

impl Heading {
    /// The heading of every page of a case.
    pub fn of(case: &Case<'_>, mark: &str) -> Self {
        let organization = case.facts.organization.get();
        let tenant = organization.map_or_else(String::new, |o| format!("{} ({})", o.name, o.initial_domain));
        Self { mark: mark.to_owned(), tenant: clean(&tenant), document: document_id(case) }
    }

    fn lines(&self, (page, pages): (usize, usize)) -> Vec<String> {
        let right = format!("{}   page {page} of {pages}", self.document);
        let mut lines = wrapped("", &format!("{}   {}", self.mark, self.tenant));
        lines.push(format!("{right:>COLUMNS$}"));
        lines.push("=".repeat(COLUMNS));
        lines
    }
}

/// The id that slips and document share: which tenant they are about.
pub(super) fn document_id(case: &Case<'_>) -> String {
    let tenant: String = case.tenant().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("EA-{}", tenant.to_uppercase())
}

/// `lines` as pages with headings, form feeds between them.
pub(super) fn paged(heading: &Heading, lines: &[String]) -> String {
    let room = LINES - heading.lines((1, 1)).len() - 1;
    let pages: Vec<&[String]> = lines.chunks(room).collect();
    let mut text = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push('\u{c}');
        }
        for line in heading.lines((index + 1, pages.len())).iter().chain(*page) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// `body` wrapped to the page, `first` before its first line and as much room before the others.
pub(super) fn wrapped(first: &str, body: &str) -> Vec<String> {
    let margin = first.chars().count();
    let room = COLUMNS - margin;
    let mut lines = vec![first.to_owned()];
    let mut used = 0;
    for word in clean(body).split_whitespace().flat_map(|word| pieces(word, room)) {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines.push(" ".repeat(margin));
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&word);
            used += length;
        }
    }
    lines
}

/// A word in pieces that fit into `room`.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(room).map(|piece| piece.iter().collect()).collect()
}

/// `name: value`, aligned.
pub(super) fn pair(name: &str, value: &str) -> Vec<String> {
    wrapped(
        &format!("  {:<22}", format!("{name}:")),
        if value.trim().is_empty() { "________________" } else { value },
    )
}

/// A heading within a page.
pub(super) fn section(title: &str) -> Vec<String> {
    vec![String::new(), title.to_uppercase(), "-".repeat(title.chars().count().min(COLUMNS))]
}
