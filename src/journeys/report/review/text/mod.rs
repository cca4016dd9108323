//! The report as text of eighty columns, for a terminal: what needs somebody first, what is in order as a count.
//!
//! Columns are aligned; what is new and what is late stands in words in a column of its own, so that nobody needs color.

use crate::domain::review::{Effective, Since};
use crate::domain::text::{capitalized, counted, sentence};
use crate::domain::wrap::{LongWord, behind, lines};
use crate::journeys::report::review::verdict::accounts_words;
use crate::journeys::report::review::{FindingReport, Report, Row, Waiver};

mod columns;
mod since;

use columns::{Cell, padded, row, wide};

/// Columns of a terminal.
const WIDTH: usize = 80;
/// What a finding's notes take at the right edge: "repaired 2026-11-30".
const NOTES: usize = 20;

/// Which marks stand before findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Signs that every terminal has.
    Ascii,
    /// Signs of Unicode.
    Unicode,
}

impl Marks {
    fn of(self, effective: Effective) -> &'static str {
        match (self, effective) {
            (Self::Ascii, Effective::Pass) => "+",
            (Self::Ascii, Effective::Fail | Effective::Expired) => "x",
            (Self::Unicode, Effective::Pass) => "✓",
            (Self::Unicode, Effective::Fail | Effective::Expired) => "✗",
            (_, Effective::NeedsPerson) => "!",
            (_, Effective::Unknown) => "?",
            (_, Effective::Waived) => "~",
        }
    }
}

/// The report as text.
pub fn text(report: &Report, marks: Marks) -> String {
    let mut all = head(report);
    all.extend(section("What needs you", open(report, marks)));
    all.extend(section("Could not be read", unread(report)));
    all.extend(section("Accepted", accepted(report, marks)));
    all.extend(section("Put right since the last review", fixed(report, marks)));
    all.extend(section("In order", in_order(report, marks)));
    all.extend(section("Recurring work", since::due(report)));
    all.extend(section("Sign-ins since the last review", since::sign_ins(report)));
    all.extend(section("Changes since the last review", since::changes(report)));
    all.extend(section("Who still gets in", since::matrix(report)));
    all.extend(section("Decided", report.decided.iter().flat_map(|d| bullet(&d.words())).collect()));
    all.extend(section("Written", report.written.iter().flat_map(|sentence| bullet(sentence)).collect()));
    all.extend(section("Where profiles differ", report.conflicts.iter().flat_map(|c| bullet(c)).collect()));
    all.extend(foot(report));
    all.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn head(report: &Report) -> Vec<String> {
    let title = format!("breakglass review {}", report.review);
    let room = WIDTH.saturating_sub(wide(&report.mark));
    let mut head = vec![format!("{}{}", padded(&title, room), report.mark)];
    for sentence in [report.tenant_words(), accounts_words(&report.accounts), report.days()] {
        head.extend(Some(sentence).filter(|words| !words.is_empty()).iter().flat_map(|words| prose(words)));
    }
    head.extend(report.notes.iter().flat_map(|note| prose(note)));
    head.push(String::new());
    head.extend(prose(&report.verdict()));
    head.extend(prose(&report.signed()));
    head
}

/// What the chain of the record can be held against.
fn foot(report: &Report) -> Vec<String> {
    let mut foot = vec![String::new()];
    let (profiles, head) = (report.profiles.join(", "), report.head_words());
    for (name, value) in [
        ("Profiles", profiles.as_str()),
        ("Facts", report.facts.as_str()),
        ("Record's head", head.as_str()),
        ("Record", report.record.as_str()),
    ] {
        let first = format!("{name:<15}");
        foot.extend(behind(&first, 15, lines(value, WIDTH - 15, LongWord::Broken)));
    }
    foot
}

/// A heading and what is below it; nothing where nothing is.
fn section(title: &str, body: Vec<String>) -> Vec<String> {
    let heading = [String::new(), title.to_owned()];
    let is_empty = body.is_empty();
    heading.into_iter().chain(body).filter(|_| !is_empty).collect()
}

fn prose(sentence: &str) -> Vec<String> {
    lines(sentence, WIDTH, LongWord::Broken)
}

/// A sentence as an item of a list.
fn bullet(sentence: &str) -> Vec<String> {
    behind("  - ", 4, lines(sentence, WIDTH - 4, LongWord::Broken))
}

fn open(report: &Report, marks: Marks) -> Vec<String> {
    let id = id_width(report);
    report
        .open()
        .into_iter()
        .flat_map(|(row, finding)| {
            let mut told = first_lines(row, finding, marks.of(finding.effective), id);
            told.extend(below(id, &finding.detail));
            told.extend(finding.age().iter().flat_map(|age| below(id, &sentence(&capitalized(age)))));
            let ended = finding.waiver.iter().filter(|_| finding.effective == Effective::Expired);
            told.extend(ended.flat_map(|waiver| below(id, &waiver.words())));
            told.extend(next(id, &finding.remedy));
            told
        })
        .collect()
}

/// How wide the ids of rows stand.
fn id_width(report: &Report) -> usize {
    report.rows.iter().map(|row| wide(&row.id)).max().unwrap_or(1).min(10)
}

/// The mark, the row, what was looked at, and at the right edge what is worth telling apart.
fn first_lines(at: &Row, finding: &FindingReport, mark: &str, id: usize) -> Vec<String> {
    let mut notes = finding.notes();
    if finding.effective == Effective::Expired {
        notes.insert(0, "expired".to_owned());
    }
    let cells = [
        Cell::new(mark, 1),
        Cell::new(&at.id, id),
        Cell::new(&finding.label, WIDTH - NOTES - id - 9),
        Cell::listed(&notes, NOTES),
    ];
    row(&cells)
}

fn below(id: usize, sentence: &str) -> Vec<String> {
    indented("", id, sentence)
}

fn next(id: usize, remedy: &str) -> Vec<String> {
    indented("-> ", id, remedy)
}

fn indented(sign: &str, id: usize, sentence: &str) -> Vec<String> {
    if sentence.is_empty() {
        return Vec::new();
    }
    let margin = id + 7 + sign.len();
    let first = format!("{}{sign}", " ".repeat(id + 7));
    behind(&first, margin, lines(sentence, WIDTH - margin, LongWord::Broken))
}

fn accepted(report: &Report, marks: Marks) -> Vec<String> {
    let id = id_width(report);
    let accepted = report.chosen(|finding| finding.effective == Effective::Waived);
    let told = accepted.flat_map(|(row, finding)| {
        let first = first_lines(row, finding, marks.of(finding.effective), id);
        let why = finding.waiver.as_ref().map(Waiver::words).unwrap_or_default();
        first.into_iter().chain(below(id, &why))
    });
    told.collect()
}

fn fixed(report: &Report, marks: Marks) -> Vec<String> {
    let id = id_width(report);
    let is_fixed = |f: &FindingReport| f.effective == Effective::Pass && f.since == Since::Fixed;
    let fixed = report.chosen(is_fixed);
    fixed.flat_map(|(row, finding)| first_lines(row, finding, marks.of(Effective::Pass), id)).collect()
}

/// A line for each row; nobody reads a list of what is in order unless they ask.
fn in_order(report: &Report, marks: Marks) -> Vec<String> {
    let id = id_width(report);
    let counted = report.rows.iter().filter_map(|at| {
        let count = at.findings.iter().filter(|f| f.effective == Effective::Pass).count();
        let told = counted(count, "check", "checks");
        let cells = [
            Cell::new(marks.of(Effective::Pass), 1),
            Cell::new(&at.id, id),
            Cell::new(&at.name, WIDTH - NOTES - id - 9),
            Cell::new(&told, NOTES),
        ];
        (count > 0).then(|| row(&cells))
    });
    counted.flatten().collect()
}

fn unread(report: &Report) -> Vec<String> {
    let told = report.unread.iter().map(|unread| format!("{}: {} {}", unread.area, unread.what, unread.next));
    told.flat_map(|sentence| bullet(&sentence)).collect()
}
