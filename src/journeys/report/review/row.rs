//! What was looked at: a row of the board, its findings, and how each compares with the last review.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::check::finding::Verdict;
pub use crate::domain::review::{Effective, Since};

/// One row of the board: a point of the guide's checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its number, `1` to `9`, or a name where it has none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The worst of its findings.
    pub effective: Effective,
    /// What its checks saw.
    pub findings: Vec<FindingReport>,
}

/// What a check saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingReport {
    /// The check.
    pub check: String,
    /// The account, when the check concerns one, as a plan names it: `first`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// What waivers and attestations name: `check` or `check:slot`. The same in every run.
    pub subject: String,
    /// What was looked at, in the words of the guide.
    pub label: String,
    /// What the check concluded.
    pub original: Verdict,
    /// What it counts as.
    pub effective: Effective,
    /// What was seen.
    pub detail: String,
    /// How it compares with the last review.
    pub since: Since,
    /// The day on which it was first seen like this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<Date>,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Days since that day; left out where it is still to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_days: Option<i64>,
    /// Who has to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// By whom, why and until when it is accepted, or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// What to do about it; empty where nothing is left to do.
    #[serde(default)]
    pub remedy: String,
    /// The day on which it was repaired and looked up again in this review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired: Option<Date>,
    /// The controls of the chosen profiles that it answers.
    #[serde(default)]
    pub controls: Vec<Control>,
}

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// In one sentence.
    pub what: String,
    /// Of which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The request id by which Microsoft finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// By whom, why and until when a finding is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// Who asked for it; empty in a plan of the old form.
    pub person: String,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// The last day on which it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A control of a framework that a finding answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Control {
    /// The profile, by its name in a plan: `cis`.
    pub profile: String,
    /// The control's own id.
    pub id: String,
    /// What it asks for, in our words.
    pub title: String,
}
