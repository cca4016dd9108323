//! The lockout matrix on a screen and in the report: a table that fits 80 columns, what its heads mean, and why each no is one.

use crate::journeys::report::review::{Can as Told, CellReport, MatrixReport, MatrixRow};
use crate::journeys::screen::Block;
use crate::steps::review::lockout::{Can, Column, LockoutRow, Matrix};

/// Columns that a table takes at the most.
const WIDTH: usize = 74;
/// Of which names take these.
const NAME: usize = 20;

/// The matrix for a screen.
pub fn blocks(matrix: &Matrix) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("Who gets in when something fails".to_owned())];
    let mut lines = Vec::new();
    for part in parts(matrix) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(table(matrix, &part));
    }
    blocks.push(Block::Verbatim(lines));
    blocks.push(Block::Text(String::new()));
    let heads = matrix.columns.iter().map(|column| (column.head().to_owned(), column.words()));
    blocks.push(Block::Pairs(heads.collect()));
    let no = matrix.rows.iter().flat_map(|row| nos(matrix, row));
    blocks.push(Block::List(no.collect()));
    blocks
}

/// The same for the report.
pub fn report(matrix: &Matrix) -> MatrixReport {
    let cell = |cell: &crate::steps::review::lockout::Cell| CellReport {
        can: told(cell.can),
        why: cell.why.clone(),
    };
    let row =
        |row: &LockoutRow| MatrixRow { who: row.who.clone(), cells: row.cells.iter().map(cell).collect() };
    MatrixReport {
        columns: matrix.columns.iter().map(Column::words).collect(),
        rows: matrix.rows.iter().map(row).collect(),
    }
}

fn told(can: Can) -> Told {
    match can {
        Can::Yes => Told::Yes,
        Can::No => Told::No,
        Can::Unknown => Told::Unknown,
    }
}

/// The columns, in as many tables as they need.
fn parts(matrix: &Matrix) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut taken = WIDTH;
    for (index, column) in matrix.columns.iter().enumerate() {
        let wide = wide(column) + 2;
        if let Some(part) = parts.last_mut().filter(|_| taken + wide <= WIDTH) {
            part.push(index);
        } else {
            parts.push(vec![index]);
            taken = NAME;
        }
        taken += wide;
    }
    parts
}

fn wide(column: &Column) -> usize {
    column.head().chars().count().max("yes".len())
}

fn table(matrix: &Matrix, part: &[usize]) -> Vec<String> {
    let line = |name: &str, cell: &dyn Fn(usize) -> String| {
        let cells = part.iter().map(|&at| format!("  {:<wide$}", cell(at), wide = wide(&matrix.columns[at])));
        format!("{:<NAME$}{}", cut(name), cells.collect::<String>()).trim_end().to_owned()
    };
    let head = line("", &|at| matrix.columns[at].head().to_owned());
    let row = |row: &LockoutRow| line(name(row), &|at| told(row.cells[at].can).words().to_owned());
    std::iter::once(head).chain(matrix.rows.iter().map(row)).collect()
}

/// The part of a name before the @ tells them apart on a narrow table; the whole stands beside each no.
fn name(row: &LockoutRow) -> &str {
    row.who.split('@').next().unwrap_or(&row.who)
}

fn cut(name: &str) -> String {
    match name.chars().count() > NAME {
        true => name.chars().take(NAME - 3).chain("...".chars()).collect(),
        false => name.to_owned(),
    }
}

/// Why an emergency access account does not get in, or why that is not known.
fn nos(matrix: &Matrix, row: &LockoutRow) -> Vec<String> {
    if row.slot.is_none() {
        return Vec::new();
    }
    let cells = matrix.columns.iter().zip(&row.cells).filter(|(_, cell)| cell.can != Can::Yes);
    cells.map(|(column, cell)| format!("{}, {}: {}", row.who, column.head(), cell.why)).collect()
}
