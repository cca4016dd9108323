//! Due work: each task of the upkeep with when it was done last, when it is due next, who owns it and what begins it. What
//! is begun are the tasks and repairs that there are; nothing is done here.

use jiff::civil::Date;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::repair::RepairCase;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::slot::Slot;
use crate::guide::{self, Task};
use crate::steps::review::{logs, paper};
use crate::steps::shared::keys_tried::{days_after, keys_tried};
use crate::steps::shared::look::every_slot;
use crate::steps::shared::upkeep::{applies, last_done, last_rotated, last_tested};
use crate::steps::{step_8_credentials, step_9_sign_in_test};

/// One piece of work that comes round.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The task of the guide.
    pub task: &'static Task,
    /// Which account, or which key of it, where it is about one: "First account, Lantern key 2".
    pub about: Option<String>,
    /// When it was done last; `None` where it never was.
    pub last: Option<Date>,
    /// The last day on which it is in time; `None` where nothing tells since when it has to be done.
    pub next: Option<Date>,
    /// Days since that day; 0 where it has not passed.
    pub overdue_days: i64,
    /// Who owns it.
    pub owner: String,
    /// What begins it.
    pub work: DueWork,
}

/// What begins a piece of work.
#[derive(Debug, Clone, PartialEq)]
pub enum DueWork {
    /// Tasks and questions for a person; none where it waits for something else.
    Asks(Vec<Ask>),
    /// A repair of this account.
    Repair(RepairCase, Slot),
    /// The tenant is looked at, as every review does.
    Look,
}

impl Due {
    /// Whether it is to be done today or was to be done before.
    pub fn is_due(&self, today: Date) -> bool {
        self.next.is_none_or(|next| next <= today)
    }
}

/// Every task of the upkeep that applies here, overdue ones first.
pub fn due(case: &Case<'_>) -> Vec<Due> {
    let tasks = guide::upkeep().tasks.iter().filter(|task| applies(case, task));
    let mut all: Vec<Due> = tasks.flat_map(|task| of_task(case, task)).collect();
    all.sort_by_key(|due| due.next);
    all
}

/// What a person begins with, of all that is due today or was due before.
pub(super) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let due = due(case).into_iter().filter(|due| due.is_due(case.today));
    due.flat_map(|due| match due.work {
        DueWork::Asks(asks) => asks,
        DueWork::Repair(..) | DueWork::Look => Vec::new(),
    })
    .collect()
}

fn of_task(case: &Case<'_>, task: &'static Task) -> Vec<Due> {
    let Some(kind) = UpkeepTask::named(&task.id) else { return Vec::new() };
    let one = |work: DueWork| vec![dated(case, task, kind).beginning(work)];
    match kind {
        UpkeepTask::LogReview => one(DueWork::Asks(vec![logs::log_review()])),
        UpkeepTask::SignInTest => {
            every_slot(case).into_iter().flat_map(|slot| tests(case, task, slot)).collect()
        }
        UpkeepTask::ExclusionReview => one(DueWork::Look),
        UpkeepTask::AlertTest => one(DueWork::Asks(vec![Ask::TestAlert { slot: longest_untested(case) }])),
        UpkeepTask::DocumentReview => one(DueWork::Asks(documents(case))),
        UpkeepTask::Rotation => every_slot(case).into_iter().map(|slot| rotation(case, task, slot)).collect(),
    }
}

/// A task as a whole, still without what begins it.
fn dated(case: &Case<'_>, task: &'static Task, kind: UpkeepTask) -> Due {
    since(case, task, last_done(case, kind))
}

fn since(case: &Case<'_>, task: &'static Task, last: Option<Date>) -> Due {
    let every = crate::steps::every(case, task);
    until(case, task, last.map(|day| every.after(day))).done(last)
}

fn until(case: &Case<'_>, task: &'static Task, next: Option<Date>) -> Due {
    Due {
        task,
        about: None,
        last: None,
        next,
        overdue_days: next.map_or(0, |next| days_after(next, case.today)),
        owner: case.plan.upkeep.owner.clone(),
        work: DueWork::Asks(Vec::new()),
    }
}

impl Due {
    fn done(self, last: Option<Date>) -> Self {
        Self { last, ..self }
    }

    fn beginning(self, work: DueWork) -> Self {
        Self { work, ..self }
    }

    fn about(self, about: String) -> Self {
        Self { about: Some(about), ..self }
    }
}

/// A test for each key; one for the account where it has none, or none is seen from here.
fn tests(case: &Case<'_>, task: &'static Task, slot: Slot) -> Vec<Due> {
    let begins = || DueWork::Asks(step_9_sign_in_test::ask(case, slot).into_iter().collect());
    let keys = keys_tried(case, slot);
    if keys.is_empty() {
        let whole = since(case, task, last_tested(case, slot));
        return vec![whole.about(format!("{slot} account")).beginning(begins())];
    }
    let of_key = |key: &crate::steps::Tried<'_>| {
        let about = format!("{slot} account, {}", key.name);
        until(case, task, key.due).done(key.last).about(about).beginning(begins())
    };
    keys.iter().map(of_key).collect()
}

/// The account whose test is the oldest raises the alert: it is due first anyway.
fn longest_untested(case: &Case<'_>) -> Slot {
    let slots = every_slot(case).into_iter();
    slots.min_by_key(|slot| last_tested(case, *slot)).unwrap_or(Slot::FIRST)
}

/// One account at a time, so that the other always works.
fn rotation(case: &Case<'_>, task: &'static Task, slot: Slot) -> Due {
    let due = since(case, task, last_rotated(case, slot));
    due.about(format!("{slot} account")).beginning(DueWork::Repair(RepairCase::Rotation, slot))
}

/// What is read through: everything about paper that somebody has to say again, and else the pages themselves.
fn documents(case: &Case<'_>) -> Vec<Ask> {
    let is_word = |ask: &Ask| matches!(ask, Ask::Attest(_) | Ask::WriteDocument);
    let envelopes =
        every_slot(case).into_iter().flat_map(|slot| step_8_credentials::envelope_asks(case, slot));
    let all = step_8_credentials::asks(case).into_iter().chain(envelopes).chain(paper::asks(case));
    all.filter(is_word).collect()
}
