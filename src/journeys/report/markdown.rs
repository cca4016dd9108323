//! Tables, lists and text of Markdown (GitHub's), for reports.
//!
//! Whatever comes from outside is escaped: it makes no table cell, no link, no heading and no tag of its own.

/// A heading and a table; nothing where it has no rows.
pub(super) fn titled(title: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let table = table(heads, rows);
    if table.is_empty() { table } else { format!("## {title}\n\n{table}") }
}

/// A table; nothing where it has no rows.
pub(super) fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let rows: String = rows.map(|cells| line(cells.iter().map(|cell| safe(cell)).collect())).collect();
    if rows.is_empty() {
        return rows;
    }
    let head = line(heads.iter().map(|head| safe(head)).collect());
    let rule = line(heads.iter().map(|_| "---".to_owned()).collect());
    format!("{head}{rule}{rows}\n")
}

/// A heading and a list; nothing where it has no items.
pub(super) fn list<'a>(title: &str, items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {}", safe(item))).collect();
    if items.is_empty() { String::new() } else { format!("## {title}\n\n{}\n\n", items.join("\n")) }
}

/// `text` as Markdown that shows it as it is.
pub(super) fn safe(text: &str) -> String {
    let mut md = String::with_capacity(text.len());
    for (place, c) in text.trim().char_indices() {
        let has_meaning = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$');
        // Only at the beginning do these make a heading or a list; a number and a dot do it too.
        let begins = place == 0 && matches!(c, '#' | '+' | '-' | '=' | '!');
        let after_number =
            matches!(c, '.' | ')') && place > 0 && text.trim()[..place].bytes().all(|b| b.is_ascii_digit());
        if has_meaning || begins || after_number {
            md.push('\\');
        }
        md.push(c);
    }
    // An address becomes a link by itself; a name that somebody else chose must not.
    md.replace("://", ":\\//").replace("www.", "www\\.")
}
