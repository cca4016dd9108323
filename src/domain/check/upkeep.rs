//! Upkeep: when each recurring task is due next.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How often a task recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
