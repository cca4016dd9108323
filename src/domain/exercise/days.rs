//! The days of an improvement, and whether they fit: nothing is done before the exercise that shows it is wanted, and nothing
//! is tried again before it is done.

use jiff::civil::Date;

/// Until when something is done, and when it is tried again; either may be unsaid yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// Until when.
    pub due: Option<Date>,
    /// When it is tried again.
    pub retest: Option<Date>,
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Which day, by its name in scripts.
    pub key: &'static str,
    /// What is wrong with it and what to do, a sentence.
    pub words: String,
}

impl Days {
    /// What is said now, and before it what was said already. Something that is due after its retest is tried again on another
    /// day, which is to say anew.
    #[must_use]
    pub fn or(self, before: Self) -> Self {
        let is_after = |retest: &Date| self.due.is_none_or(|due| due <= *retest);
        Self { due: self.due.or(before.due), retest: self.retest.or_else(|| before.retest.filter(is_after)) }
    }

    /// What does not fit an exercise that was held on this day.
    pub fn unfit(self, held: Date) -> Option<Unfit> {
        let before = |day: &Date| *day < held;
        let over = |key, what: &str| Unfit {
            key,
            words: format!("{what}, before the exercise of {held}: take that day or one after it."),
        };
        let due = self.due.filter(before).map(|day| over("due", &format!("It is due on {day}")));
        let retest =
            || self.retest.filter(before).map(|day| over("retest", &format!("It is tried again on {day}")));
        due.or_else(retest).or_else(|| self.early_retest())
    }

    /// What is not done yet cannot be tried again.
    fn early_retest(self) -> Option<Unfit> {
        let (due, retest) = self.due.zip(self.retest)?;
        (retest < due).then(|| Unfit {
            key: "retest",
            words: format!(
                "It is tried again on {retest}, before it is due on {due}: take {due} or a day after it."
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fit_from_the_exercise_on_and_in_their_order() {
        let day = |text: &str| text.parse::<Date>().ok();
        let unfit = |due, retest| {
            let days = Days { due: day(due), retest: day(retest) };
            days.unfit(jiff::civil::date(2026, 11, 30)).map(|unfit| unfit.key)
        };
        for (due, retest, expected) in [
            ("", "", None),
            ("2026-11-30", "2026-11-30", None),
            ("2026-11-29", "2026-12-01", Some("due")),
            ("2026-11-29", "2026-11-29", Some("due")),
            ("", "2026-11-29", Some("retest")),
            ("2026-12-02", "2026-12-01", Some("retest")),
            ("2026-12-02", "", None),
        ] {
            assert_eq!(unfit(due, retest), expected, "{due} {retest}");
        }
    }

    #[test]
    fn a_later_due_day_takes_away_a_retest_before_it_and_no_other() {
        let day = |text: &str| text.parse::<Date>().ok();
        let days = |due, retest| Days { due: day(due), retest: day(retest) };
        let before = days("2026-12-01", "2026-12-10");
        assert_eq!(days("2026-12-11", "").or(before), days("2026-12-11", ""));
        assert_eq!(days("2026-12-10", "").or(before), days("2026-12-10", "2026-12-10"));
        assert_eq!(days("", "2026-12-20").or(before), days("2026-12-01", "2026-12-20"));
        assert_eq!(Days::default().or(before), before);
    }
}
