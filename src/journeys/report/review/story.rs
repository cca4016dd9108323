//! What happened since the last review and what follows: sign-ins, changes, the lockout matrix, recurring work, decisions and
//! signatures.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::domain::record::Class;

/// A sign-in of one of the accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignInReport {
    /// The account, as a plan names it: `first`.
    pub slot: String,
    /// When.
    pub at: Timestamp,
    /// From where: address, city, country, as far as the log says.
    pub place: String,
    /// Into which application.
    pub application: String,
    /// With which method.
    pub method: String,
    /// How it ended.
    pub result: String,
    /// What Conditional Access did.
    pub policies: String,
    /// The id of its line in the log.
    pub request: String,
    /// What it was, once somebody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// A change to the accounts or to what protects them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeReport {
    /// When.
    pub at: Timestamp,
    /// What was done, as the log calls it.
    pub what: String,
    /// Who did it, as the log says.
    pub by: String,
    /// To whom or what.
    pub target: String,
    /// The id of its line in the log.
    pub request: String,
    /// What it was, once somebody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// Who still gets in when something fails.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixReport {
    /// What fails, one a column.
    pub columns: Vec<String>,
    /// A row for each Global Administrator and each emergency access account.
    pub rows: Vec<MatrixRow>,
}

/// How one of them stands in each column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixRow {
    /// Who.
    pub who: String,
    /// One cell a column, in their order.
    pub cells: Vec<CellReport>,
}

/// Whether somebody gets in, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CellReport {
    /// Whether.
    pub can: Can,
    /// Why, in a short sentence.
    pub why: String,
}

/// Whether somebody gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Can {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The facts do not say.
    Unknown,
}

impl Can {
    /// As a table has it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "NO",
            Self::Unknown => "?",
        }
    }
}

/// A task that recurs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueReport {
    /// Its id in the guide: `sign-in-test`.
    pub task: String,
    /// Its name.
    pub name: String,
    /// How often, as a reader says it: "every month".
    pub every: String,
    /// When it was done last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// When it is due next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
    /// Days since it was due; 0 while it is in time.
    pub overdue_days: i64,
    /// Who does it.
    pub owner: String,
}

/// A decision of the review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// In one sentence.
    pub sentence: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Decided {
    /// What, by whom and when.
    pub fn words(&self) -> String {
        let by = self.person.iter().cloned().chain(self.date.map(|day| day.to_string()));
        let by: Vec<String> = by.collect();
        if by.is_empty() { self.sentence.clone() } else { format!("{} ({})", self.sentence, by.join(", ")) }
    }
}

/// A name under the review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// Who signed.
    pub person: String,
    /// On which day.
    pub date: Date,
    /// The hash of the record's last line before it was signed.
    pub head: String,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// What was to be read.
    pub area: String,
    /// What happened.
    pub what: String,
    /// What to do next.
    pub next: String,
}
