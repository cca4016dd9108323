//! Cells beside each other, each wrapped in its own width, so that columns stay aligned whatever stands in them.

use textwrap::core::display_width;

use crate::domain::wrap::{LongWord, lines};

/// What stands between columns.
const GAP: &str = "  ";

/// One cell: its lines, and how wide it stands.
pub(super) struct Cell {
    lines: Vec<String>,
    width: usize,
}

impl Cell {
    /// Text, wrapped.
    pub fn new(text: &str, width: usize) -> Self {
        Self { lines: lines(text, width, LongWord::Broken), width }
    }

    /// Several texts, each on lines of its own.
    pub fn listed(texts: &[String], width: usize) -> Self {
        Self { lines: texts.iter().flat_map(|text| lines(text, width, LongWord::Broken)).collect(), width }
    }
}

/// The lines of a row of cells, a little indented.
pub(super) fn row(cells: &[Cell]) -> Vec<String> {
    let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let line = |at: usize| {
        let cells =
            cells.iter().map(|cell| padded(cell.lines.get(at).map_or("", String::as_str), cell.width));
        format!("{GAP}{}", cells.collect::<Vec<_>>().join(GAP))
    };
    (0..height).map(line).collect()
}

/// `text` with spaces behind it up to `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(wide(text))))
}

/// How many columns `text` takes.
pub(super) fn wide(text: &str) -> usize {
    display_width(text)
}
