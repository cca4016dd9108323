//! What the command line asks of a review: how it is told, what may be repaired, what it is compared with, and what counts as
//! a failure for whoever reads the exit code.

use crate::domain::review::{Closed, Effective, Mend, Since};

/// What was asked of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Who reviews.
    pub by: By,
    /// Whether only the work that is due is of interest.
    pub scope: Scope,
    /// What may be repaired where nobody is there.
    pub repairs: Vec<Mend>,
    /// What ends with 1.
    pub fail_on: FailOn,
    /// What it is compared with, where that is not the last review of the record.
    pub compared: Option<Closed>,
}

/// Who reviews. A machine looks and opens no review: silence signs nothing, and what a person freezes is of their own day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// Somebody at the console.
    #[default]
    Person,
    /// Nobody is there.
    Machine,
}

/// How much is of interest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    #[default]
    All,
    /// The work that is due.
    Due,
}

/// What ends a review with 1. What is open beside that ends it with 2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Whatever failed or expired.
    #[default]
    Fail,
    /// Only what expired: a waiver or somebody's word whose time is over.
    Expired,
    /// Only what is new or worse than at the review it is compared with.
    Regression,
}

impl FailOn {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Fail, Self::Expired, Self::Regression];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Expired => "expired",
            Self::Regression => "regression",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether a finding ends the review with 1. Where there is nothing to compare with, everything is new.
    pub fn counts(self, effective: Effective, since: Option<Since>) -> bool {
        let is_bad = matches!(effective, Effective::Fail | Effective::Expired);
        match self {
            Self::Fail => is_bad,
            Self::Expired => effective == Effective::Expired,
            Self::Regression => is_bad && !matches!(since, Some(Since::Unchanged | Since::Fixed)),
        }
    }
}

/// How the result is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, in a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For a page of a wiki, or a comment.
    Markdown,
    /// For the files of whoever audits.
    Pdf,
    /// For a build server.
    Junit,
    /// A plan of action, for a table.
    Csv,
    /// For code scanning.
    Sarif,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Json, Self::Markdown, Self::Pdf, Self::Junit, Self::Csv, Self::Sarif];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Pdf => "pdf",
            Self::Junit => "junit",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_with_1_is_what_was_asked_for() {
        use Effective::{Expired, Fail, NeedsPerson};
        for (fail_on, effective, since, counts) in [
            (FailOn::Fail, Fail, Some(Since::Unchanged), true),
            (FailOn::Fail, Expired, None, true),
            (FailOn::Fail, NeedsPerson, Some(Since::New), false),
            (FailOn::Expired, Fail, Some(Since::New), false),
            (FailOn::Expired, Expired, Some(Since::Unchanged), true),
            (FailOn::Regression, Fail, Some(Since::Unchanged), false),
            (FailOn::Regression, Fail, Some(Since::Regressed), true),
            (FailOn::Regression, Expired, Some(Since::New), true),
            (FailOn::Regression, Fail, None, true),
        ] {
            assert_eq!(fail_on.counts(effective, since), counts, "{fail_on:?} {effective:?} {since:?}");
        }
    }
}
