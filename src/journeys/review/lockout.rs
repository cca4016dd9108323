//! The lockout matrix on a screen: the table, what its heads mean, and why each no is one.

use crate::journeys::report::review::matrix::{told, unnamed};
use crate::journeys::screen::{Block, Grid, GridRow};
use crate::steps::review::lockout::{Can, LockoutRow, Matrix};

/// The matrix for a screen.
pub fn blocks(matrix: &Matrix) -> Vec<Block> {
    let heads = matrix.columns.iter().map(|column| (column.head().to_owned(), column.words()));
    let told =
        matrix.rows.iter().filter_map(nameless).chain(matrix.rows.iter().flat_map(|row| nos(matrix, row)));
    vec![
        Block::Heading("Who gets in when something fails".to_owned()),
        Block::Grid(grid(matrix)),
        Block::Text(String::new()),
        Block::Pairs(heads.collect()),
        Block::List(told.collect()),
    ]
}

fn grid(matrix: &Matrix) -> Grid {
    let cells = |row: &LockoutRow| row.cells.iter().map(|cell| told(cell.can).words().to_owned()).collect();
    let row = |row: &LockoutRow| GridRow { name: name(row).to_owned(), cells: cells(row) };
    Grid {
        heads: matrix.columns.iter().map(|column| column.head().to_owned()).collect(),
        rows: matrix.rows.iter().map(row).collect(),
    }
}

/// What a row is that has no name: PIM names who is eligible by their object id alone.
fn nameless(row: &LockoutRow) -> Option<String> {
    unnamed(&row.who)
}

/// The part of a name before the @ tells them apart on a narrow table; the whole stands beside each no.
fn name(row: &LockoutRow) -> &str {
    row.who.split('@').next().unwrap_or(&row.who)
}

/// Why an emergency access account does not get in, or why that is not known.
fn nos(matrix: &Matrix, row: &LockoutRow) -> Vec<String> {
    if row.slot.is_none() {
        return Vec::new();
    }
    let cells = matrix.columns.iter().zip(&row.cells).filter(|(_, cell)| cell.can != Can::Yes);
    cells.map(|(column, cell)| format!("{}, {}: {}", row.who, column.head(), cell.why)).collect()
}
