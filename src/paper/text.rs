//! A sheet as plain text of eighty columns: for the terminal, for a line printer, for a file.
//!
//! Long text wraps and long words are broken, so that nothing is ever clipped. The secret goes into one buffer that is
//! wiped when dropped; no other text holds a part of it.

use textwrap::core::display_width;
use zeroize::Zeroizing;

use crate::domain::text::clean;
use crate::domain::wrap::{self, LongWord, behind};
use crate::paper::page::{Heading, Ink, PageNumber, Piece, Place, Sheet, Table};
use crate::paper::secret_text;

/// Columns of a line printer.
pub const COLUMNS: usize = 80;
/// Lines of a page, A4 and Letter both.
pub const LINES: usize = 60;
/// Columns of a page that is looked at in a terminal of eighty.
const LOOKED_AT: usize = 72;
/// Where the secret belongs among the lines.
const PLACE: &str = "\u{1}";

/// The sheet as text, form feeds between pages, the secret (or dots, or boxes) in its place.
pub fn text(sheet: &Sheet, ink: Ink<'_>) -> Zeroizing<String> {
    let Some(place) = sheet.place() else {
        return Zeroizing::new(paged(&sheet.heading, &blocks(sheet, COLUMNS)));
    };
    // A slip is one page, longer than sixty lines rather than torn apart.
    with_secret(&unpaged(sheet, COLUMNS), &place, ink)
}

/// The sheet for looking at: dots for a secret, in a terminal's columns, without page breaks.
pub fn preview(sheet: &Sheet) -> Vec<String> {
    let layout = unpaged(sheet, LOOKED_AT);
    let text = match sheet.place() {
        Some(place) => with_secret(&layout, &place, Ink::Masked),
        None => Zeroizing::new(layout),
    };
    // Every terminal has an asterisk.
    text.lines().map(|line| line.replace(secret_text::MASKED, "*")).collect()
}

/// The layout with the secret (or dots, or boxes) in its place.
fn with_secret(layout: &str, place: &Place, ink: Ink<'_>) -> Zeroizing<String> {
    let room = secret_text::room(place);
    let mut text = Zeroizing::new(String::with_capacity(layout.len() + room));
    let (before, after) = layout.split_once(PLACE).unwrap_or((layout, ""));
    text.push_str(before);
    secret_text::push(&mut text, place, ink.on(place));
    text.push_str(after.trim_start_matches('\n'));
    text
}

/// The lines of a piece, and how many of them stay together on a page.
struct Block {
    lines: Vec<String>,
    together: usize,
}

/// Lines that stay below a heading at the foot of a page.
const BELOW_HEADING: usize = 4;

fn blocks(sheet: &Sheet, columns: usize) -> Vec<Block> {
    sheet.pieces.iter().map(|piece| block(piece, columns)).collect()
}

/// A label is cut out, so it is never torn; a heading never stands alone.
fn block(piece: &Piece, columns: usize) -> Block {
    let lines = lines_of(piece, columns);
    let together = match piece {
        Piece::Label(_) => lines.len(),
        Piece::Break => LINES,
        Piece::Section(_) => lines.len() + BELOW_HEADING,
        _ => 1,
    };
    Block { lines, together }
}

fn lines(sheet: &Sheet, columns: usize) -> Vec<String> {
    blocks(sheet, columns).into_iter().flat_map(|block| block.lines).collect()
}

fn lines_of(piece: &Piece, columns: usize) -> Vec<String> {
    let wrapped = |first: &str, body: &str| wrapped(first, body, columns);
    match piece {
        Piece::Title(title) => surrounded(wrapped("", title)),
        Piece::Section(title) => section(title, columns),
        Piece::Text(body) => surrounded(wrapped("  ", body)),
        Piece::Small(body) => wrapped("  ", body),
        Piece::Pairs(pairs) => pairs.iter().flat_map(|(name, value)| pair(name, value, columns)).collect(),
        Piece::Steps(steps) => {
            let numbered = |(index, step): (usize, &String)| wrapped(&format!("{:>3}. ", index + 1), step);
            surrounded(steps.iter().enumerate().flat_map(numbered).collect())
        }
        Piece::List(items) => surrounded(items.iter().flat_map(|item| wrapped("  - ", item)).collect()),
        Piece::Lines(lines) => surrounded(lines.iter().flat_map(|line| as_it_is(line, columns)).collect()),
        Piece::Secret(_) => vec![PLACE.to_owned()],
        Piece::Fold(words) => surrounded(vec![fold(words, columns)]),
        Piece::Log(heads, rows) => log(heads, *rows, columns),
        Piece::Label(pairs) => label(pairs, columns),
        Piece::Glyphs(glyphs) => glyph_rows(glyphs),
        Piece::Apart(signs) => surrounded(wrapped("    ", &signs.join("   "))),
        Piece::Code(text) => wrapped("  ", &format!("[{text}]")),
        Piece::Table(filled) => table(filled, columns),
        Piece::Mask | Piece::Ruler(..) | Piece::Break => Vec::new(),
    }
}

/// A line with its own spaces; broken only where it is wider than the page.
fn as_it_is(line: &str, columns: usize) -> Vec<String> {
    let room = columns.saturating_sub(4).max(1);
    match display_width(line) <= room {
        true => vec![format!("    {line}")],
        false => wrapped("    ", line, columns),
    }
}

fn surrounded(lines: Vec<String>) -> Vec<String> {
    [String::new()].into_iter().chain(lines).chain([String::new()]).collect()
}

fn heading(heading: &Heading, number: PageNumber, columns: usize) -> Vec<String> {
    let right = format!("{}   {number}", heading.document);
    let mut lines = wrapped("", &format!("{}   {}", heading.mark, heading.tenant), columns);
    lines.push(format!("{right:>columns$}"));
    lines.push("=".repeat(columns));
    lines
}

/// `blocks` on pages with headings, form feeds between them.
fn paged(head: &Heading, blocks: &[Block]) -> String {
    let pages = pages(blocks, LINES - heading(head, PageNumber::ONLY, COLUMNS).len() - 1);
    let mut text = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push('\u{c}');
        }
        let number = PageNumber { page: index + 1, pages: pages.len() };
        push_lines(&mut text, &heading(head, number, COLUMNS));
        push_lines(&mut text, page);
    }
    text
}

/// The lines of every page, `room` at most; what stays together does, and none begins with an empty line.
fn pages(blocks: &[Block], room: usize) -> Vec<Vec<String>> {
    let mut pages = vec![Vec::new()];
    for block in blocks {
        let left = room - pages.last().map_or(0, Vec::len);
        if block.together.min(room) > left {
            pages.push(Vec::new());
        }
        for line in &block.lines {
            if pages.last().is_some_and(|page| page.len() == room) {
                pages.push(Vec::new());
            }
            let Some(page) = pages.last_mut() else { continue };
            if !line.is_empty() || page.last().is_some_and(|last: &String| !last.is_empty()) {
                page.push(line.clone());
            }
        }
    }
    pages.retain(|page| !page.is_empty());
    pages
}

fn unpaged(sheet: &Sheet, columns: usize) -> String {
    let mut text = String::new();
    push_lines(&mut text, &heading(&sheet.heading, PageNumber::ONLY, columns));
    push_lines(&mut text, &squeezed(&lines(sheet, columns)));
    text
}

/// Never two empty lines in a row.
fn squeezed(lines: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.is_empty() || kept.last().is_none_or(|last| !last.is_empty()) {
            kept.push(line.clone());
        }
    }
    kept
}

fn push_lines(text: &mut String, lines: &[String]) {
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// `body` wrapped to the page, `first` before its first line and as much room before the others.
fn wrapped(first: &str, body: &str, columns: usize) -> Vec<String> {
    let margin = first.chars().count();
    behind(first, margin, wrap::lines(&clean(body), columns - margin, LongWord::Broken))
}

/// How wide the names of pairs stand; a longer one gets a line of its own.
const NAMES: usize = 24;

/// `name: value`, aligned.
fn pair(name: &str, value: &str, columns: usize) -> Vec<String> {
    let value = if value.trim().is_empty() { "________________________" } else { value };
    let label = format!("{name}:");
    if label.chars().count() < NAMES - 2 {
        return wrapped(&format!("  {label:<22}"), value, columns);
    }
    let mut lines = wrapped("  ", &label, columns);
    lines.extend(wrapped(&" ".repeat(NAMES), value, columns));
    lines
}

fn section(title: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &title.to_uppercase(), columns));
    lines.push("-".repeat(title.chars().count().min(columns)));
    lines
}

fn fold(words: &str, columns: usize) -> String {
    let dashes = columns.saturating_sub(words.chars().count() + 2) / 4;
    let dashes = "- ".repeat(dashes);
    format!("{} {words} {}", dashes.trim_end(), dashes.trim_end())
}

fn log(heads: &[(String, u8)], rows: usize, columns: usize) -> Vec<String> {
    let width = |share: u8| usize::from(share) * (columns - 1) / 100 - 1;
    let row = |cells: &dyn Fn(&str, usize) -> String| -> String {
        let cells: Vec<String> = heads
            .iter()
            .map(|(name, share)| format!("{:<1$}", cells(name, width(*share)), width(*share)))
            .collect();
        format!("|{}|", cells.join("|"))
    };
    // A head that is wider than its column goes on in the next line.
    let head = |name: &str, room: usize| wrap::lines(name, room - 1, LongWord::Broken);
    let most = heads.iter().map(|(name, share)| head(name, width(*share)).len()).max().unwrap_or(0);
    let line = |at: usize| {
        row(&|name, room| head(name, room).get(at).map(|words| format!(" {words}")).unwrap_or_default())
    };
    let empty = row(&|_, _| String::new());
    let rule = "-".repeat(empty.chars().count());
    let mut lines = vec![String::new()];
    lines.extend((0..most).map(line));
    lines.extend((0..rows).flat_map(|_| [rule.clone(), empty.clone()]));
    lines
}

/// A filled table, cells wrapped in their columns, an empty line between rows.
fn table(filled: &Table, columns: usize) -> Vec<String> {
    let width = |share: u8| (usize::from(share) * columns / 100).saturating_sub(2).max(1);
    let widths: Vec<usize> = filled.heads.iter().map(|(_, share)| width(*share)).collect();
    let heads: Vec<String> = filled.heads.iter().map(|(name, _)| name.clone()).collect();
    let mut lines = vec![String::new()];
    for row in [&heads].into_iter().chain(&filled.rows) {
        lines.extend(beside(row, &widths));
        lines.push(String::new());
    }
    lines
}

/// Cells beside each other.
fn beside(cells: &[String], widths: &[usize]) -> Vec<String> {
    let wrapped = |(cell, width): (&String, &usize)| wrap::lines(&clean(cell), *width, LongWord::Broken);
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(wrapped).collect();
    let most = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let padded = |at: usize, lines: &Vec<String>, width: usize| {
        let text = lines.get(at).map_or("", String::as_str);
        format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text)) + 2))
    };
    (0..most)
        .map(|at| wrapped.iter().zip(widths).map(|(lines, width)| padded(at, lines, *width)).collect())
        .collect()
}

fn label(pairs: &[(String, String)], columns: usize) -> Vec<String> {
    let border = format!("+{}+", "-".repeat(columns - 2));
    let inside = pairs.iter().flat_map(|(name, value)| pair(name, value, columns));
    [String::new(), border.clone()].into_iter().chain(inside).chain([border]).collect()
}

/// Four columns of signs and their names.
fn glyph_rows(glyphs: &[(String, String)]) -> Vec<String> {
    let cell = |(sign, name): &(String, String)| format!("{sign}  {name:<15}");
    let rows = glyphs.chunks(4).map(|row| format!("    {}", row.iter().map(cell).collect::<String>()));
    surrounded(rows.collect())
}
