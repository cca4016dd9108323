//! The report of a review on paper: a cover with the verdict and the signatures, then every finding with its evidence, then
//! who still gets in, then what was decided.

use jiff::tz::TimeZone;

use crate::domain::review::Effective;
use crate::journeys::report::review::verdict::{accounts_words, ids, minute};
use crate::journeys::report::review::{
    Decided, Evidence, FindingReport, MatrixReport, Report, Row, Signature, Waiver,
};
use crate::paper::page::{Form, Heading, Piece, Sheet, Table, id_of, pair};
use crate::paper::pieces::{heads, listed, titled};

/// Names under a review that has none yet: a plan wants two at the most.
const LINES_TO_SIGN: usize = 2;

/// The report as a sheet of several pages.
pub fn review(report: &Report) -> Sheet {
    let report = &report.cleaned();
    let mut pieces = cover(report);
    pieces.push(Piece::Break);
    pieces.extend(report.rows.iter().flat_map(findings));
    pieces.extend(work(report));
    pieces.extend(uses(report));
    pieces.extend(matrix(&report.matrix));
    pieces.extend(listed("Decided", report.decided.iter().map(Decided::words)));
    pieces.extend(listed("Written in this review", report.written.iter().cloned()));
    let unread = report.unread.iter().map(|area| format!("{}: {} {}", area.area, area.what, area.next));
    pieces.extend(listed("Could not be read", unread));
    Sheet { name: "review", form: Form::Flowing, heading: heading(report), pieces }
}

fn heading(report: &Report) -> Heading {
    Heading {
        mark: report.mark.clone(),
        tenant: report.tenant_words(),
        document: format!("{} review {}", id_of(&report.tenant.id), report.review),
        date: report.at.to_zoned(TimeZone::UTC).date(),
    }
}

fn cover(report: &Report) -> Vec<Piece> {
    let mut pieces = vec![Piece::Title(format!("Review {}", report.review)), Piece::Text(report.days())];
    pieces.push(Piece::Section("Verdict".to_owned()));
    pieces.push(Piece::Text(report.verdict()));
    let counts = Effective::ALL.map(|effective| (effective.words(), report.count(effective)));
    let counts = counts.into_iter().filter(|(_, n)| *n > 0);
    pieces.push(Piece::Pairs(counts.map(|(words, n)| pair(&capital(words), n.to_string())).collect()));
    pieces.push(Piece::Section("Signed".to_owned()));
    pieces.push(Piece::Pairs(signatures(&report.signatures)));
    pieces.push(Piece::Section("What this report stands on".to_owned()));
    pieces.push(Piece::Pairs(vec![
        pair("Tenant", &report.tenant.id),
        pair("Accounts", accounts_words(&report.accounts)),
        pair("Facts (SHA-256)", &report.facts),
        pair("Head of the record", report.head_words()),
        pair("Profiles", report.profiles.join(", ")),
        pair("Program", format!("breakglass {}", report.program)),
    ]));
    pieces.extend(listed("To know", report.notes.iter().cloned()));
    pieces.extend(listed("Where profiles differ", report.conflicts.iter().cloned()));
    pieces
}

/// Who signed, or lines to sign on.
fn signatures(signed: &[Signature]) -> Vec<(String, String)> {
    if signed.is_empty() {
        return (1..=LINES_TO_SIGN).map(|n| pair(&format!("Name, date {n}"), "")).collect();
    }
    let words =
        |s: &Signature| pair("Signed by", format!("{} on {}, record at {}", s.person, s.date, s.head));
    signed.iter().map(words).collect()
}

/// A row: what is open or accepted in full, what is in order as a table.
fn findings(row: &Row) -> Vec<Piece> {
    let mut pieces = vec![Piece::Section(format!("{} {}: {}", row.id, row.name, row.effective.words()))];
    let (fine, others): (Vec<_>, Vec<_>) =
        row.findings.iter().partition(|finding| finding.effective == Effective::Pass);
    pieces.extend(others.into_iter().map(|finding| Piece::Pairs(in_full(finding))));
    let rows: Vec<Vec<String>> = fine.into_iter().map(in_order).collect();
    let heads = heads(&[("In order", 34), ("Seen", 36), ("Evidence", 30)]);
    pieces.extend((!rows.is_empty()).then_some(Piece::Table(Table { heads, rows })));
    pieces
}

/// All that is known of a finding that is not in order.
fn in_full(finding: &FindingReport) -> Vec<(String, String)> {
    let notes: Vec<String> = finding.notes().into_iter().chain(finding.age()).collect();
    let pairs = [
        (capital(finding.effective.words()), finding.label.clone()),
        ("Seen".to_owned(), finding.detail.clone()),
        ("Since the last".to_owned(), notes.join(", ")),
        ("Evidence".to_owned(), evidence(finding)),
        ("Accepted".to_owned(), finding.waiver.as_ref().map(Waiver::words).unwrap_or_default()),
        ("To do".to_owned(), finding.remedy.clone()),
        ("By".to_owned(), finding.owner.clone().unwrap_or_default()),
        ("Controls".to_owned(), ids(&finding.controls)),
    ];
    // What is empty would be a line to write on.
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn in_order(finding: &FindingReport) -> Vec<String> {
    let notes = finding.notes();
    let label = match notes.is_empty() {
        true => finding.label.clone(),
        false => format!("{} ({})", finding.label, notes.join(", ")),
    };
    vec![label, finding.detail.clone(), evidence(finding)]
}

fn evidence(finding: &FindingReport) -> String {
    finding.evidence.iter().map(Evidence::words).collect::<Vec<_>>().join("; ")
}

fn work(report: &Report) -> Vec<Piece> {
    let rows = report.due.iter().map(|task| {
        let last = task.last.map_or("never".to_owned(), |day| day.to_string());
        vec![task.name.clone(), task.every.clone(), last, task.state(), task.owner.clone()]
    });
    let columns = [("Task", 34), ("How often", 16), ("Last", 14), ("State", 18), ("Owner", 18)];
    titled("Recurring work", &columns, rows.collect())
}

fn uses(report: &Report) -> Vec<Piece> {
    let sign_ins = report.sign_ins.iter().map(|one| {
        let how = format!("{}; {}", one.application, one.method);
        let result = format!("{}; {}", one.result, one.policies);
        vec![
            minute(one.at),
            one.slot.clone(),
            one.place.clone(),
            how,
            result,
            one.classed(),
            one.request.clone(),
        ]
    });
    let columns = [
        ("When", 13),
        ("Account", 9),
        ("Place", 14),
        ("Application, method", 18),
        ("Result, policies", 17),
        ("What it was", 14),
        ("Request", 15),
    ];
    let mut pieces = titled("Sign-ins since the last review", &columns, sign_ins.collect());
    let changes = report.changes.iter().map(|one| {
        let (what, target, by) = (one.what.clone(), one.target.clone(), one.by.clone());
        vec![minute(one.at), what, target, by, one.classed(), one.request.clone()]
    });
    let columns = [("When", 13), ("What", 22), ("To", 18), ("By", 17), ("What it was", 15), ("Request", 15)];
    pieces.extend(titled("Changes since the last review", &columns, changes.collect()));
    pieces
}

/// Numbers as heads, so that every column fits; each is told below, and so is why somebody does not get in.
fn matrix(matrix: &MatrixReport) -> Vec<Piece> {
    if matrix.columns.is_empty() {
        return Vec::new();
    }
    let share = u8::try_from(64 / matrix.columns.len()).unwrap_or(1).max(1);
    let numbers = (1..=matrix.columns.len()).map(|n| (n.to_string(), share));
    let heads = [("Who".to_owned(), 36)].into_iter().chain(numbers).collect();
    let rows = matrix.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| cell.can.words().to_owned());
        [row.who.clone()].into_iter().chain(cells).collect()
    });
    let mut pieces = vec![Piece::Section("Who still gets in".to_owned())];
    pieces.push(Piece::Table(Table { heads, rows: rows.collect() }));
    let columns = matrix.columns.iter().enumerate();
    pieces.push(Piece::Pairs(columns.map(|(i, name)| pair(&(i + 1).to_string(), name)).collect()));
    let because = matrix.rows.iter().flat_map(|row| {
        let cells = matrix.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.why.is_empty());
        cells.map(|(column, cell)| {
            vec![row.who.clone(), column.clone(), cell.can.words().to_owned(), cell.why.clone()]
        })
    });
    let columns = [("Who", 26), ("When", 26), ("Gets in", 8), ("Because", 40)];
    let because = Table { heads: crate::paper::pieces::heads(&columns), rows: because.collect() };
    pieces.extend((!because.rows.is_empty()).then_some(Piece::Table(because)));
    pieces
}

fn capital(words: &str) -> String {
    crate::domain::text::capitalized(words)
}
