//! Upkeep: the tasks that come round, and how often. The guide says how often (`assets/guide/upkeep.toml`, held against
//! this by a test); a plan may say otherwise.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How often a task recurs, most often first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// Seven days.
    Week,
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
}

impl Every {
    /// The date one period after `day`; the last day of the month where the month is shorter.
    pub fn after(self, day: Date) -> Date {
        let span = match self {
            Every::Week => 7.days(),
            Every::Month => 1.month(),
            Every::Quarter => 3.months(),
            Every::HalfYear => 6.months(),
            Every::Year => 12.months(),
        };
        day.checked_add(span).unwrap_or(day)
    }

    /// The interval as a reader says it: "every week".
    pub fn words(self) -> &'static str {
        match self {
            Every::Week => "every week",
            Every::Month => "every month",
            Every::Quarter => "every three months",
            Every::HalfYear => "every six months",
            Every::Year => "every year",
        }
    }
}

/// A task that comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpkeepTask {
    /// Somebody looks through the sign-ins and the changes.
    LogReview,
    /// Each account signs in, with each of its keys.
    SignInTest,
    /// The tenant itself is looked at: accounts, role, methods, exclusions.
    ExclusionReview,
    /// An alert is raised and reaches people.
    AlertTest,
    /// Pages, places and people are read through.
    DocumentReview,
    /// New passwords.
    Rotation,
}

impl UpkeepTask {
    /// Every task, most often first.
    pub const ALL: [Self; 6] = [
        Self::LogReview,
        Self::SignInTest,
        Self::ExclusionReview,
        Self::AlertTest,
        Self::DocumentReview,
        Self::Rotation,
    ];

    /// The id under which the guide has it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LogReview => "log-review",
            Self::SignInTest => "sign-in-test",
            Self::ExclusionReview => "exclusion-review",
            Self::AlertTest => "alert-test",
            Self::DocumentReview => "document-review",
            Self::Rotation => "rotation",
        }
    }

    /// The key under which a plan says how often.
    pub fn key(self) -> String {
        self.id().replace('-', "_")
    }

    /// The task that the guide calls `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.id() == id)
    }

    /// How often, unless a plan says otherwise: as often as the guide.
    pub const fn usual(self) -> Every {
        match self {
            Self::LogReview => Every::Week,
            Self::SignInTest => Every::Month,
            Self::ExclusionReview | Self::AlertTest => Every::Quarter,
            Self::DocumentReview => Every::HalfYear,
            Self::Rotation => Every::Year,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_after_the_31st_is_the_last_day() {
        assert_eq!(Every::Month.after(date(2027, 1, 31)), date(2027, 2, 28));
        assert_eq!(Every::Year.after(date(2026, 11, 23)), date(2027, 11, 23));
    }
}
