//! Upkeep: when each recurring task was really done last, and so when it is due next.
//!
//! A date counts from the last time it was done, never from today: a setup that is run again moves nothing. What was
//! never done has no date yet; the check of the thing itself says so.

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::{Every, UpkeepTask};
use crate::domain::record::Test;
use crate::domain::slot::Slot;
use crate::guide::Task;
use crate::steps::shared::alert_tests;
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::look::{Seen, every_slot, fail, pass, report};
use crate::steps::shared::password_slip::confirmed;

/// When `task` was done last; for what concerns each account, on the account that has waited longest.
pub fn last_done(case: &Case<'_>, task: UpkeepTask) -> Option<Date> {
    match task {
        UpkeepTask::SignInTest => of_every_slot(case, last_tested),
        UpkeepTask::Rotation => of_every_slot(case, last_rotated),
        UpkeepTask::AlertTest => alert_tests::last(case),
        UpkeepTask::DocumentReview => case.said(&CheckId::PaperDocument.whole()).map(|word| word.date),
        // What was just read was just looked through.
        UpkeepTask::ExclusionReview => case.facts.policies.get().map(|_| case.today),
        UpkeepTask::LogReview => looked_through(case),
    }
}

/// Whether there is anything for `task` to be done about: without a license there is neither an exclusion nor an alert.
pub fn applies(case: &Case<'_>, task: &Task) -> bool {
    let needs_license = [UpkeepTask::ExclusionReview, UpkeepTask::AlertTest];
    !(is_unlicensed(case) && UpkeepTask::named(&task.id).is_some_and(|task| needs_license.contains(&task)))
}

/// How often `task` comes round: as the plan says, or else the guide.
pub fn every(case: &Case<'_>, task: &Task) -> Every {
    UpkeepTask::named(&task.id).map_or(task.every, |task| case.plan.upkeep.every(task))
}

/// When `task` is due next; `None` as long as it was never done.
pub fn next_due(case: &Case<'_>, task: &Task) -> Option<Date> {
    due_next(case, UpkeepTask::named(&task.id)?)
}

fn due_next(case: &Case<'_>, task: UpkeepTask) -> Option<Date> {
    last_done(case, task).map(|day| case.plan.upkeep.every(task).after(day))
}

fn of_every_slot(case: &Case<'_>, last: fn(&Case<'_>, Slot) -> Option<Date>) -> Option<Date> {
    let days: Option<Vec<Date>> = every_slot(case).into_iter().map(|slot| last(case, slot)).collect();
    days?.into_iter().min()
}

/// Somebody looked through sign-ins and changes: their word, a review that was signed, which nobody signs before each is
/// classified, or else what a setup itself had to see of its first tests.
fn looked_through(case: &Case<'_>) -> Option<Date> {
    let said = case.said(&CheckId::ReviewLogs.whole()).map(|word| word.date);
    let last = said.max(signed(case));
    last.or_else(|| case.evidence.tests.iter().filter(|test| test.passed).map(Test::date).min())
}

/// When the last review was signed off.
pub(in crate::steps) fn signed(case: &Case<'_>) -> Option<Date> {
    case.evidence.reviews.last.as_ref().map(|review| review.date)
}

/// When the account in `slot` last passed a sign-in test.
pub(in crate::steps) fn last_tested(case: &Case<'_>, slot: Slot) -> Option<Date> {
    let passed = case.evidence.tests.iter().rev().find(|t| t.slot == slot && t.passed && t.administrator);
    passed.map(Test::date)
}

/// When the account in `slot` last got a password that is on paper.
pub(in crate::steps) fn last_rotated(case: &Case<'_>, slot: Slot) -> Option<Date> {
    confirmed(case, slot).map(|slip| slip.date)
}

/// Whether the next sign-in test is in time, once there was one.
pub(in crate::steps) fn test(case: &Case<'_>) -> Option<Finding> {
    finding(case, CheckId::ScheduleTest, UpkeepTask::SignInTest)
}

/// Whether the next change of passwords is in time, once there are slips.
pub(in crate::steps) fn rotation(case: &Case<'_>) -> Option<Finding> {
    finding(case, CheckId::ScheduleRotation, UpkeepTask::Rotation)
}

/// Whether the account in `slot` has waited too long for its test.
pub(in crate::steps) fn is_test_overdue(case: &Case<'_>, slot: Slot) -> bool {
    let every = case.plan.upkeep.every(UpkeepTask::SignInTest);
    last_tested(case, slot).is_some_and(|last| every.after(last) < case.today)
}

fn finding(case: &Case<'_>, check: CheckId, task: UpkeepTask) -> Option<Finding> {
    let due = due_next(case, task)?;
    Some(report(check, Ok(seen(case, due))))
}

fn seen(case: &Case<'_>, due: Date) -> Seen {
    let owner = &case.plan.upkeep.owner;
    match due < case.today {
        true => fail(format!("overdue: it was due on {due}, owned by {owner}")),
        false => pass(format!("{due}, {owner}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide;

    #[test]
    fn every_task_of_the_guide_is_known_here_and_comes_round_as_often() {
        let known = UpkeepTask::ALL.map(|task| (task.id(), task.usual()));
        let tasks = guide::upkeep().tasks.iter().map(|task| (task.id.as_str(), task.every));
        assert_eq!(tasks.collect::<Vec<_>>(), known);
    }
}
