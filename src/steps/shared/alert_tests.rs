//! Alert tests: what was last proved of the way from a sign-in to a person, by a test with a stopwatch or by a notification
//! that somebody saw.

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::record::AlertTest;
use crate::steps::shared::look::{Seen, pass};

/// The latest alert test, where it told somebody and still counts today.
pub(in crate::steps) fn in_time<'a>(case: &Case<'a>) -> Option<&'a AlertTest> {
    let every = case.plan.upkeep.every(UpkeepTask::AlertTest);
    let last = case.evidence.alert_tests.last()?;
    (last.told_somebody() && every.after(last.date) >= case.today).then_some(last)
}

/// What it proves, in one sentence.
pub(in crate::steps) fn seen(test: &AlertTest) -> Seen {
    let AlertTest { slot, person, date, .. } = test;
    pass(format!("a sign-in of the {slot} account told {person} on {date}: {}", test.words()))
}

/// When it was last proved that an alert reaches a person.
pub(in crate::steps) fn last(case: &Case<'_>) -> Option<Date> {
    let tested = case.evidence.alert_tests.iter().filter(|test| test.told_somebody()).map(|test| test.date);
    let said = case.said(&CheckId::AlertsNotification.whole()).map(|word| word.date);
    tested.chain(said).max()
}

/// Whether the notification is to be sent again, because nothing that was proved counts any longer.
pub(in crate::steps) fn is_notification_overdue(case: &Case<'_>) -> bool {
    in_time(case).is_none() && case.ended(&CheckId::AlertsNotification.whole()).is_some()
}
