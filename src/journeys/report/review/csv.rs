//! The report as an action plan for a spreadsheet: ScubaGear's columns, then whose work it is.
//!
//! Every cell is quoted (RFC 4180), and one that a spreadsheet would take for a formula begins with an apostrophe.

use jiff::civil::Date;

use crate::domain::review::Effective;
use crate::journeys::report::review::verdict::ids;
use crate::journeys::report::review::{FindingReport, Report};

/// The first eight are those of ScubaGear's ActionPlan.csv, in its order.
const COLUMNS: [&str; 13] = [
    "Control ID",
    "Requirement",
    "Result",
    "Criticality",
    "Details",
    "Non-Compliance Reason",
    "Remediation Completion Date",
    "Justification",
    "Owner",
    "Account",
    "Check",
    "Since",
    "Remedy",
];

/// What is open and what is accepted, a line each.
pub fn csv(report: &Report) -> String {
    let open = report.open().into_iter();
    let accepted = report.chosen(|finding| finding.effective == Effective::Waived);
    let lines = open.chain(accepted).map(|(_, finding)| line(&cells(finding)));
    [line(&COLUMNS.map(str::to_owned))].into_iter().chain(lines).collect()
}

fn cells(finding: &FindingReport) -> [String; 13] {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let waiver = finding.waiver.as_ref();
    [
        ids(&finding.controls),
        finding.label.clone(),
        result(finding.effective).to_owned(),
        "Shall".to_owned(),
        finding.detail.clone(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        day(finding.due.or_else(|| waiver?.until)),
        waiver.map(crate::journeys::report::review::Waiver::words).unwrap_or_default(),
        finding.owner.clone().unwrap_or_default(),
        finding.slot.clone().unwrap_or_default(),
        finding.subject.clone(),
        finding.since.words().to_owned(),
        finding.remedy.clone(),
    ]
}

/// As ScubaGear spells a failure; the others are our own.
fn result(effective: Effective) -> &'static str {
    match effective {
        Effective::Fail => "Fail",
        Effective::Expired => "Fail (expired)",
        Effective::NeedsPerson => "Needs a person",
        Effective::Unknown => "Unknown",
        Effective::Waived => "Accepted",
        Effective::Pass => "Pass",
    }
}

fn line(cells: &[String]) -> String {
    let quoted = cells.iter().map(|cell| format!("\"{}\"", inert(cell).replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

/// `cell` as text, also for a spreadsheet that looks for formulas.
fn inert(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
