//! The lockout matrix in the report, and what is said of those whose name is not known. How it looks on a screen stands with
//! the screens of the review.

use crate::domain::text::is_guid;
use crate::journeys::report::review::{Can as Told, CellReport, MatrixReport, MatrixRow};
use crate::steps::review::lockout::{Can, Column, LockoutRow, Matrix};

/// What is said of somebody of whom only the object id was read.
pub fn unnamed(who: &str) -> Option<String> {
    is_guid(who).then(|| {
        format!("{who} is an object id: the name of this administrator was not read; Entra ID > Users finds it by the id")
    })
}

/// The matrix for the report.
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

/// Whether somebody gets in, in the words of the report.
pub fn told(can: Can) -> Told {
    match can {
        Can::Yes => Told::Yes,
        Can::No => Told::No,
        Can::Unknown => Told::Unknown,
    }
}
