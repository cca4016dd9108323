//! What happened since the last review, and what comes round: sign-ins, changes, the lockout matrix, recurring work.

use super::columns::{Cell, row};
use super::{WIDTH, bullet};
use crate::domain::text::counted;
use crate::journeys::report::review::matrix::unnamed;
use crate::journeys::report::review::verdict::minute;
use crate::journeys::report::review::{Can, Class, MatrixReport, Report};

/// A line for each task.
pub(super) fn due(report: &Report) -> Vec<String> {
    let line = |task: &crate::journeys::report::review::DueReport| {
        row(&[
            Cell::new(&task.name, 36),
            Cell::new(&task.state(), 18),
            Cell::new(&task.owner, WIDTH - 36 - 18 - 6),
        ])
    };
    report.due.iter().flat_map(line).collect()
}

/// Those that nobody has classified line by line, the others as a count.
pub(super) fn sign_ins(report: &Report) -> Vec<String> {
    let open = report.sign_ins.iter().filter(|sign_in| sign_in.class.is_none());
    let told = open.flat_map(|one| {
        let first = [
            Cell::new(&minute(one.at), 20),
            Cell::new(&one.slot, 8),
            Cell::new(&one.application, 28),
            Cell::new(&one.result, WIDTH - 20 - 8 - 28 - 8),
        ];
        let below = [Cell::new("", 20), Cell::new(&format!("{}; request {}", one.place, one.request), 56)];
        row(&first).into_iter().chain(row(&below))
    });
    let told: Vec<String> = told.collect();
    let classes: Vec<Option<Class>> = report.sign_ins.iter().map(|one| one.class).collect();
    counts(&classes).into_iter().chain(told).collect()
}

/// The same of changes.
pub(super) fn changes(report: &Report) -> Vec<String> {
    let open = report.changes.iter().filter(|change| change.class.is_none());
    let told = open.flat_map(|one| {
        let first = [Cell::new(&minute(one.at), 20), Cell::new(&one.what, WIDTH - 20 - 4)];
        let below = format!("{}, by {}; request {}", one.target, one.by, one.request);
        row(&first).into_iter().chain(row(&[Cell::new("", 20), Cell::new(&below, 56)]))
    });
    let told: Vec<String> = told.collect();
    let classes: Vec<Option<Class>> = report.changes.iter().map(|one| one.class).collect();
    counts(&classes).into_iter().chain(told).collect()
}

/// "3 drills, 1 not classified"
fn counts(classes: &[Option<Class>]) -> Vec<String> {
    let count = |class: Option<Class>| classes.iter().filter(|one| **one == class).count();
    let told = [
        (count(Some(Class::Drill)), "drill", "drills"),
        (count(Some(Class::Emergency)), "emergency", "emergencies"),
        (count(Some(Class::Misuse)), "misuse", "misuses"),
        (count(Some(Class::Work)), "planned work", "planned work"),
        (count(None), "not classified", "not classified"),
    ];
    let told = told.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, several)| counted(n, one, several));
    let told: Vec<String> = told.collect();
    if told.is_empty() { Vec::new() } else { vec![format!("  {}", told.join(", "))] }
}

/// Numbers as heads, so that every column fits, each told below; then why somebody does not get in.
pub(super) fn matrix(report: &Report) -> Vec<String> {
    let MatrixReport { columns, rows } = &report.matrix;
    if columns.is_empty() || rows.is_empty() {
        return Vec::new();
    }
    let cell = |text: &str| Cell::new(text, 3);
    let who = WIDTH - 2 - columns.len() * 5;
    let heads = (1..=columns.len()).map(|n| cell(&n.to_string()));
    let mut told = row(&[Cell::new("", who)].into_iter().chain(heads).collect::<Vec<_>>());
    for line in rows {
        let cells = line.cells.iter().map(|one| cell(one.can.words()));
        told.extend(row(&[Cell::new(&line.who, who)].into_iter().chain(cells).collect::<Vec<_>>()));
    }
    let legend = columns.iter().enumerate();
    told.extend(legend.flat_map(|(i, name)| row(&[cell(&(i + 1).to_string()), Cell::new(name, WIDTH - 7)])));
    told.extend(rows.iter().filter_map(|row| unnamed(&row.who)).flat_map(|sentence| bullet(&sentence)));
    told.extend(refused(&report.matrix).iter().flat_map(|sentence| bullet(sentence)));
    told
}

/// Why, for every cell that is no.
fn refused(matrix: &MatrixReport) -> Vec<String> {
    let cells = matrix.rows.iter().flat_map(|row| {
        let named = matrix.columns.iter().zip(&row.cells);
        named
            .filter(|(_, cell)| cell.can == Can::No)
            .map(|(column, cell)| format!("{}, {}: {}", row.who, column, cell.why))
    });
    cells.collect()
}
