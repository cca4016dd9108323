//! Alert tests: what was last proved of the way from a sign-in to a person, by a test with a stopwatch or by a notification
//! that somebody saw.

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::facts::monitoring::Told;
use crate::domain::record::{AlertTest, Test};
use crate::domain::write::action::RuleKind;
use crate::steps::shared::alert_rules;
use crate::steps::shared::look::{Seen, pass, same};

/// Whether it proves the alert as it is: somebody was told of a sign-in that was made after the last write to it.
fn proves(case: &Case<'_>, test: &AlertTest) -> bool {
    test.told_somebody() && case.evidence.written.alert.is_none_or(|written| written < test.test)
}

/// The latest alert test, where it told somebody and still counts today.
pub(in crate::steps) fn in_time<'a>(case: &Case<'a>) -> Option<&'a AlertTest> {
    let every = case.plan.upkeep.every(UpkeepTask::AlertTest);
    let last = case.evidence.alert_tests.last()?;
    (proves(case, last) && every.after(last.date) >= case.today).then_some(last)
}

/// The alert that the sign-in of `test` raised, as Azure tells it: seconds from one to the other, and whether anybody was
/// told. `None` where none of that time is seen, or alerts may not be read.
pub fn alert_of<'a>(case: &Case<'a>, test: &Test) -> Option<(i64, &'a Told)> {
    let monitoring = case.facts.monitoring.get()?;
    let rule = alert_rules::planned(case, monitoring, RuleKind::SignIn);
    let mut fired = monitoring.fired.get()?.iter().filter(|one| same(&one.rule, &rule.id));
    let newest = fired.find(|one| one.at.is_some_and(|at| at >= test.at))?;
    let at = newest.at?;
    // It may be of a later sign-in as well.
    let mut later = case.evidence.tests.iter().filter(|other| other.passed && other.at > test.at);
    let is_its_own = later.all(|other| other.at > at);
    is_its_own.then(|| (at.duration_since(test.at).as_secs(), &newest.told))
}

/// Seconds from the sign-in of `test` until its row was seen in the tenant's log.
pub fn row_seconds(case: &Case<'_>, test: &Test) -> Option<i64> {
    let seen = case.evidence.logged_at.get(&(test.slot, test.at))?;
    Some(seen.duration_since(test.at).as_secs().max(0))
}

/// What it proves, in one sentence.
pub(in crate::steps) fn seen(test: &AlertTest) -> Seen {
    let AlertTest { slot, person, date, .. } = test;
    pass(format!("a sign-in of the {slot} account told {person} on {date}: {}", test.words()))
}

/// When it was last proved that an alert reaches a person.
pub(in crate::steps) fn last(case: &Case<'_>) -> Option<Date> {
    let tested = case.evidence.alert_tests.iter().filter(|test| proves(case, test)).map(|test| test.date);
    let said = case.said(&CheckId::AlertsNotification.whole()).map(|word| word.date);
    tested.chain(said).max()
}

/// Whether the notification is to be sent again, because nothing that was proved counts any longer.
pub(in crate::steps) fn is_notification_overdue(case: &Case<'_>) -> bool {
    in_time(case).is_none() && case.ended(&CheckId::AlertsNotification.whole()).is_some()
}
