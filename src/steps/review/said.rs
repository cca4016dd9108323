//! What only a person can say, and only after a while: whose word it is, that it has ended, or by when it is asked for the
//! first time. What was just set up is not asked about on the same day.

use jiff::civil::Date;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::subject::CheckSubject;
use crate::domain::record::{SlipState, Test};
use crate::steps::shared::look::{Seen, needs_person, pass, vouched};

/// A statement that comes round.
pub(super) struct Statement {
    /// What it is about.
    pub about: CheckSubject,
    /// Since when there is something to say.
    pub since: Option<Date>,
    /// What is said as long as nobody has said it and it is due.
    pub open: &'static str,
}

impl Statement {
    /// What somebody said of it, or whether it is due.
    pub fn seen(&self, case: &Case<'_>) -> Seen {
        if let Some(seen) = vouched(case, &self.about) {
            return seen;
        }
        match self.first_day(case) {
            Some(day) if day >= case.today => pass(format!("asked for the first time by {day}")),
            Some(day) => {
                needs_person(format!("{}; it was due on {day}", self.open)).because(Cause::NotVouched)
            }
            None => needs_person(self.open).because(Cause::NotVouched),
        }
    }

    /// Whether somebody has to say it now.
    pub fn is_due(&self, case: &Case<'_>) -> bool {
        !self.seen(case).is_pass()
    }

    fn first_day(&self, case: &Case<'_>) -> Option<Date> {
        self.since.and_then(|day| case.last_day(&self.about, day))
    }

    /// The question for it, where it is due.
    pub fn ask(&self, case: &Case<'_>, statement: String, note: &str) -> Option<Ask> {
        let about = self.about.clone();
        let attest = || Ask::Attest(Attest { about, statement, note: note.to_owned() });
        self.is_due(case).then(attest)
    }

    /// The finding of its check.
    pub fn finding(&self, case: &Case<'_>) -> Option<Finding> {
        let check = self.about.check()?;
        let finding = crate::steps::shared::look::report(check, Ok(self.seen(case)));
        Some(match self.about.slot() {
            Some(slot) => finding.of(slot),
            None => finding,
        })
    }
}

/// Since when the accounts are set up: their first slip, or else their first test.
pub(super) fn set_up_on(case: &Case<'_>) -> Option<Date> {
    let slips = case.evidence.slips.values().filter(|slip| slip.state == SlipState::Confirmed);
    slips.map(|slip| slip.date).min().or_else(|| first_test(case))
}

/// When an account first signed in.
pub(super) fn first_test(case: &Case<'_>) -> Option<Date> {
    case.evidence.tests.iter().filter(|test| test.passed).map(Test::date).min()
}
