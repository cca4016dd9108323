//! The report of a review as it leaves the program, in the format that was asked for.

use crate::app::Program;
use crate::domain::plan::PaperSize;
use crate::domain::review::{Format, ReviewRow, Scope};
use crate::domain::trouble::Trouble;
use crate::effects::sheets;
use crate::journeys::report::review::{self as review_report, MatrixReport, Report};
use crate::journeys::{self, review};
use crate::paper;

/// The report of the review that `program` has made, in this format.
///
/// # Errors
///
/// It cannot be made.
pub fn review_report(program: &Program, format: Format) -> Result<Vec<u8>, Trouble> {
    formatted(&report(program), format, program.model.desk.plan().paper.size)
}

/// The report as it stands.
fn report(program: &Program) -> Report {
    let desk = &program.model.desk;
    let report = review::report(desk, journeys::exit_code(&program.model));
    match desk.wish.scope {
        Scope::All => report,
        Scope::Due => due_only(report),
    }
}

/// The work that is due and nothing else.
fn due_only(report: Report) -> Report {
    let upkeep = ReviewRow::Upkeep.number().to_string();
    let rows: Vec<_> = report.rows.into_iter().filter(|row| row.id == upkeep).collect();
    let complete = rows.iter().all(|row| !row.effective.is_open());
    Report {
        rows,
        complete,
        sign_ins: Vec::new(),
        changes: Vec::new(),
        matrix: MatrixReport::default(),
        decided: Vec::new(),
        ..report
    }
}

fn formatted(report: &Report, format: Format, size: PaperSize) -> Result<Vec<u8>, Trouble> {
    let text = match format {
        Format::Pdf => return sheets::as_pdf(&[paper::review(report)], size),
        Format::Text => review_report::Format::Text(review_report::Marks::Ascii),
        Format::Json => review_report::Format::Json,
        Format::Markdown => review_report::Format::Markdown,
        Format::Junit => review_report::Format::Junit,
        Format::Csv => review_report::Format::Csv,
        Format::Sarif => review_report::Format::Sarif,
    };
    Ok(review_report::render(report, text).into_bytes())
}
