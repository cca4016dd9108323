//! What the record holds of reviews: that one began with what it saw, who signed it, and what it came to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::check::concluded::Concluded;

/// A review began: what the checks saw then stays as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Its name: year and quarter, `2026-Q4`, with a number behind from the second one on.
    pub review: String,
    /// The day.
    pub date: Date,
    /// [`digest`](super::digest) of findings and policies.
    pub facts: String,
    /// Ids of the Conditional Access policies there were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// What those were called, in the same order. A record of a version before does not know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What the checks saw.
    pub findings: Vec<Concluded>,
}

/// Somebody signed a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Which.
    pub review: String,
    /// Who.
    pub person: String,
    /// When.
    pub date: Date,
    /// [`Begun::facts`] of the review.
    pub facts: String,
    /// The hash of the record's last line before this one; filled in where the record is written.
    #[serde(default)]
    pub head: String,
}

/// A review ended: what its checks came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Which.
    pub review: String,
    /// The day.
    pub date: Date,
    /// [`Begun::facts`].
    pub facts: String,
    /// Ids of the Conditional Access policies there were at the end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// What those were called, in the same order. A record of a version before does not know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What the checks saw at the end.
    pub findings: Vec<Concluded>,
}

/// A signature, as it stands in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub person: String,
    /// When.
    pub date: Date,
    /// The head of the record that was signed.
    pub head: String,
}

/// What the record knows of reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    /// The one under way, if one is.
    pub open: Option<Begun>,
    /// Who has signed it, or the last one where none is open.
    pub signatures: Vec<Signature>,
    /// The last one that was signed off.
    pub last: Option<Closed>,
    /// How many were begun, by the name without a number.
    pub begun: Vec<String>,
}

impl Reviews {
    /// A review began.
    pub fn began(&mut self, begun: &Begun) {
        self.begun.push(begun.review.clone());
        self.signatures.clear();
        self.open = Some(begun.clone());
    }

    /// Somebody signed the one that is open.
    pub fn signed(&mut self, signed: &Signed) {
        if self.open.as_ref().is_some_and(|open| open.review == signed.review) {
            let Signed { person, date, head, .. } = signed.clone();
            self.signatures.push(Signature { person, date, head });
        }
    }

    /// The one that was open has ended.
    pub fn closed(&mut self, closed: &Closed) {
        self.open = None;
        self.last = Some(closed.clone());
    }

    /// The name of a review that begins on `day`.
    pub fn name(&self, day: Date) -> String {
        let quarter = format!("{}-Q{}", day.year(), (day.month() + 2) / 3);
        let is_same = |name: &&String| name.split('.').next() == Some(quarter.as_str());
        match self.begun.iter().filter(is_same).count() {
            0 => quarter,
            before => format!("{quarter}.{}", before + 1),
        }
    }
}
