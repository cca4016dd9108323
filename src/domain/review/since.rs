//! How a finding stands: against the review before, and with what somebody decided about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::check::concluded::Concluded;
use crate::domain::check::finding::{Finding, Verdict};

/// How a finding stands against the review before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// Not in order, and the review before knew nothing of it.
    New,
    /// Not in order, and it was.
    Regressed,
    /// In order, and it was not.
    Fixed,
    /// As it was.
    Unchanged,
}

impl Since {
    /// As a reader says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Regressed => "regressed",
            Self::Fixed => "fixed",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What a finding counts as, beside what was seen (`original` beside `effective`, as scanners have it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effective {
    /// In order.
    Pass,
    /// Not in order.
    Fail,
    /// A person has to do or say something.
    NeedsPerson,
    /// Not known.
    Unknown,
    /// Not in order, and accepted by name until a day.
    Waived,
    /// It was accepted, or vouched for, until a day that is over.
    Expired,
}

impl Effective {
    /// Every one, those that need somebody first.
    pub const ALL: [Self; 6] =
        [Self::Fail, Self::Expired, Self::NeedsPerson, Self::Unknown, Self::Waived, Self::Pass];

    /// Whether something is left to do about it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Fail | Self::Expired | Self::NeedsPerson | Self::Unknown => true,
            Self::Pass | Self::Waived => false,
        }
    }

    /// The name that formats carry: `needs_person`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NeedsPerson => "needs_person",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Expired => "expired",
        }
    }

    /// So many of them, as a reader says it: "2 need a person".
    pub fn counted(self, number: usize) -> String {
        match (self, number) {
            (Self::NeedsPerson, 0 | 2..) => format!("{number} need a person"),
            (_, number) => format!("{number} {}", self.words()),
        }
    }

    /// As a reader says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pass => "in order",
            Self::Fail => "failed",
            Self::NeedsPerson => "needs a person",
            Self::Unknown => "not known",
            Self::Waived => "accepted",
            Self::Expired => "expired",
        }
    }
}

impl From<Verdict> for Effective {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Fail => Self::Fail,
            Verdict::Unknown => Self::Unknown,
            Verdict::NeedsPerson => Self::NeedsPerson,
        }
    }
}

/// How `finding` stands against what the review before saw; `None` where there was none.
pub fn since(finding: &Finding, before: Option<&[Concluded]>) -> Option<Since> {
    let before = before?.iter().find(|seen| seen.is_of(finding)).map(|seen| seen.verdict == Verdict::Pass);
    Some(match (before, finding.passed()) {
        (None, false) => Since::New,
        (Some(true), false) => Since::Regressed,
        (Some(false), true) => Since::Fixed,
        (None | Some(true), true) | (Some(false), false) => Since::Unchanged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::check::id::CheckId;
    use crate::domain::slot::Slot;

    #[test]
    fn each_finding_stands_against_its_own_of_the_review_before() {
        let seen = |verdict| Finding::new(CheckId::AccountEnabled, verdict, "").of(Slot::FIRST);
        let before = |verdict| vec![Concluded::from(seen(verdict))];
        let other = vec![Concluded::from(seen(Verdict::Pass).of(Slot::SECOND))];
        for (now, before, expected) in [
            (Verdict::Fail, before(Verdict::Pass), Since::Regressed),
            (Verdict::NeedsPerson, before(Verdict::Fail), Since::Unchanged),
            (Verdict::Pass, before(Verdict::Unknown), Since::Fixed),
            (Verdict::Pass, before(Verdict::Pass), Since::Unchanged),
            (Verdict::Fail, other, Since::New),
        ] {
            assert_eq!(since(&seen(now), Some(&before)), Some(expected), "{now:?}");
        }
        assert_eq!(since(&seen(Verdict::Fail), None), None, "the first review compares with nothing");
    }
}
