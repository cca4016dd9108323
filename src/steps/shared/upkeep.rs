//! Upkeep: when each recurring task was really done last, and so when it is due next.
//!
//! A date counts from the last time it was done, never from today: a setup that is run again moves nothing. What was
//! never done has no date yet; the check of the thing itself says so.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;
use crate::guide::{self, Task};
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::look::{Seen, every_slot, fail, pass, report};
use crate::steps::shared::password_slip::confirmed;

/// The ids under which `assets/guide/upkeep.toml` has the tasks.
const LOG_REVIEW: &str = "log-review";
const TEST: &str = "sign-in-test";
const EXCLUSIONS: &str = "exclusion-review";
const ALERTS: &str = "alert-test";
const DOCUMENTS: &str = "document-review";
const ROTATION: &str = "rotation";

/// When `task` was done last; for what concerns each account, on the account that has waited longest.
pub fn last_done(case: &Case<'_>, task: &str) -> Option<Date> {
    match task {
        TEST => of_every_slot(case, tested),
        ROTATION => of_every_slot(case, rotated),
        ALERTS => case.said(&CheckId::AlertsNotification.whole()).map(|word| word.date),
        DOCUMENTS => case.said(&CheckId::PaperDocument.whole()).map(|word| word.date),
        // What was just read was just looked through.
        EXCLUSIONS => case.facts.policies.get().map(|_| case.today),
        LOG_REVIEW if is_unlicensed(case) => {
            case.said(&CheckId::LogsDiagnosticSetting.whole()).map(|word| word.date)
        }
        LOG_REVIEW => case.facts.sign_ins.get().map(|_| case.today),
        _ => None,
    }
}

/// Whether there is anything for `task` to be done about: without a license there is neither an exclusion nor an alert.
pub fn applies(case: &Case<'_>, task: &Task) -> bool {
    !(is_unlicensed(case) && [EXCLUSIONS, ALERTS].contains(&task.id.as_str()))
}

/// When `task` is due next; `None` as long as it was never done.
pub fn next_due(case: &Case<'_>, task: &Task) -> Option<Date> {
    last_done(case, &task.id).map(|day| task.every.after(day))
}

fn of_every_slot(case: &Case<'_>, last: fn(&Case<'_>, Slot) -> Option<Date>) -> Option<Date> {
    let days: Option<Vec<Date>> = every_slot(case).into_iter().map(|slot| last(case, slot)).collect();
    days?.into_iter().min()
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn tested(case: &Case<'_>, slot: Slot) -> Option<Date> {
    let passed = case.evidence.tests.iter().rev().find(|t| t.slot == slot && t.passed && t.administrator);
    passed.map(|test| day(test.at))
}

fn rotated(case: &Case<'_>, slot: Slot) -> Option<Date> {
    confirmed(case, slot).map(|slip| slip.date)
}

/// Whether the next sign-in test is in time, once there was one.
pub(in crate::steps) fn test(case: &Case<'_>) -> Option<Finding> {
    finding(case, CheckId::ScheduleTest, TEST)
}

/// Whether the next change of passwords is in time, once there are slips.
pub(in crate::steps) fn rotation(case: &Case<'_>) -> Option<Finding> {
    finding(case, CheckId::ScheduleRotation, ROTATION)
}

/// Whether the account in `slot` has waited too long for its test.
pub(in crate::steps) fn is_test_overdue(case: &Case<'_>, slot: Slot) -> bool {
    let every = task(TEST).map(|task| task.every);
    every.zip(tested(case, slot)).is_some_and(|(every, last)| every.after(last) < case.today)
}

fn finding(case: &Case<'_>, check: CheckId, id: &str) -> Option<Finding> {
    let due = next_due(case, task(id)?)?;
    Some(report(check, Ok(seen(case, due))))
}

fn seen(case: &Case<'_>, due: Date) -> Seen {
    let owner = &case.plan.upkeep.owner;
    match due < case.today {
        true => fail(format!("overdue: it was due on {due}, owned by {owner}")),
        false => pass(format!("{due}, {owner}")),
    }
}

fn task(id: &str) -> Option<&'static Task> {
    guide::upkeep().tasks.iter().find(|task| task.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_of_the_guide_is_known_here() {
        let known = [LOG_REVIEW, TEST, EXCLUSIONS, ALERTS, DOCUMENTS, ROTATION];
        let tasks: Vec<&str> = guide::upkeep().tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!(tasks, known);
    }
}
