//! The words of a review: the rows of its board, from `assets/guide/review.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;
use crate::domain::review::ReviewRow;

/// One row of the board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowWords {
    /// Its place, counted from one.
    pub number: u8,
    /// What it is called, in one or two words.
    pub name: String,
    /// Why it is looked at each time.
    pub why: Vec<String>,
}

static ROWS: LazyLock<Vec<RowWords>> = LazyLock::new(|| list("review.toml", "row"));

/// The words of a row.
pub fn review_row(row: ReviewRow) -> &'static RowWords {
    &ROWS[row.index()]
}
