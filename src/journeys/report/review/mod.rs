//! The report of a review: one value, from which every format is made.
//!
//! The journey fills [`Report`]; the files beside this one turn it into text of one format each, and `paper` into pages. It is
//! read back as well, by a later review that compares itself with it. Nothing here reads a clock, a tenant or a record.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::record::Head;

mod controls;
mod csv;
pub mod export;
pub mod happened;
mod json;
mod junit;
mod markdown;
pub mod matrix;
mod row;
mod sarif;
mod story;
mod text;
pub mod verdict;

pub use controls::controls;
pub use json::{read, schema};
pub use text::Marks;

pub use row::{Control, Effective, Evidence, FindingReport, Row, Since, Waiver};
pub use story::{
    Can, CellReport, ChangeReport, Class, Decided, DueReport, MatrixReport, MatrixRow, SignInReport,
    Signature, Unread,
};

/// The version of these names: it grows when a name changes its meaning or goes, not when one is added. The number of a
/// setup's result is another one.
pub const FORMAT: u32 = 1;

/// The result of a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReviewReport")]
pub struct Report {
    /// The version of these names.
    #[schemars(extend("const" = FORMAT))]
    pub format: u32,
    /// The version of the program.
    pub program: String,
    /// REHEARSAL, EXERCISE, LIVE, MANUAL.
    pub mark: String,
    /// Which tenant.
    pub tenant: TenantReport,
    /// The emergency access accounts.
    #[serde(default)]
    pub accounts: Vec<AccountReport>,
    /// What has to be known before the rest is read, in sentences.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What the review is called: its year and quarter, `2026-Q4`.
    pub review: String,
    /// The day on which it was begun and its facts were frozen.
    pub began: Date,
    /// When this report was made.
    pub at: Timestamp,
    /// The day of the last signed review, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// SHA-256 of the frozen facts, in hexadecimal digits.
    pub facts: String,
    /// The hash of the record's last line.
    pub head: String,
    /// How many lines the record had; 0 in a report of a version that did not say it.
    #[serde(default)]
    pub lines: u64,
    /// The profiles that were chosen, by their names in a plan; the guide is always one of them.
    pub profiles: Vec<String>,
    /// Sentences about chosen profiles that contradict each other.
    #[serde(default)]
    pub conflicts: Vec<String>,
    /// Whether all is in order and nothing is due.
    pub complete: bool,
    /// The exit code: 0 in order, 1 drift or a failed check, 2 something needs a person, 3 nothing usable could be read.
    pub exit: u8,
    /// The points that were looked at.
    pub rows: Vec<Row>,
    /// Sign-ins of the accounts since the last review.
    pub sign_ins: Vec<SignInReport>,
    /// Changes to the accounts and what protects them since the last review.
    pub changes: Vec<ChangeReport>,
    /// Who still gets in when something fails.
    #[serde(default)]
    pub matrix: MatrixReport,
    /// The recurring work.
    pub due: Vec<DueReport>,
    /// What was decided in this review.
    pub decided: Vec<Decided>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// Writes that were made in this review, as sentences.
    pub written: Vec<String>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// The folder of the record.
    pub record: String,
}

/// A tenant, by all its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TenantReport {
    /// Its id.
    pub id: String,
    /// Its display name; empty where it could not be read.
    pub name: String,
    /// Its initial domain; empty where it could not be read.
    pub domain: String,
}

/// An emergency access account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountReport {
    /// As a plan names it: `first`.
    pub slot: String,
    /// The name it signs in with.
    pub name: String,
}

/// A format that is text. Pages are made of the same value by `paper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for a terminal of eighty.
    Text(Marks),
    /// JSON with stable names.
    Json,
    /// Markdown, whole.
    Markdown,
    /// JUnit XML.
    Junit,
    /// An action plan for a spreadsheet.
    Csv,
    /// SARIF 2.1.0.
    Sarif,
}

/// The report in a format.
pub fn render(report: &Report, format: Format) -> String {
    let report = &report.cleaned();
    match format {
        Format::Text(marks) => text::text(report, marks),
        Format::Json => json::json(report),
        Format::Markdown => markdown::markdown(report),
        Format::Junit => junit::junit(report),
        Format::Csv => csv::csv(report),
        Format::Sarif => sarif::sarif(report),
    }
}

impl Report {
    /// The report with every text made safe for a terminal and for paper: names in it are written by people we do not know.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        super::cleaned::cleaned(self)
    }

    /// What the record can be held against; empty where no line was written.
    pub fn head_words(&self) -> String {
        match self.lines {
            0 => self.head.clone(),
            lines => Head { hash: self.head.clone(), lines }.words(),
        }
    }

    /// Every finding, in the order of the rows.
    pub fn findings(&self) -> impl Iterator<Item = &FindingReport> {
        self.rows.iter().flat_map(|row| &row.findings)
    }

    /// How many findings came to this.
    pub fn count(&self, effective: Effective) -> usize {
        self.findings().filter(|finding| finding.effective == effective).count()
    }
}
