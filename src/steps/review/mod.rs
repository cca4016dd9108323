//! What a review looks at: everything that the nine steps check, and what only time brings about, put together in the rows of
//! its board. A row offers the same writes and the same tasks as the steps that its checks come from.
//!
//! Each other file here has checks of one topic that a setup does not make. Pure, like the steps.

mod accounts;
mod exercises;
mod group;
mod methods;
mod policies;
mod roles;
mod tenant;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::{self, Finding};
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::Area;
use crate::domain::facts::around::Around;
use crate::domain::review::{Mend, ReviewRow};
use crate::domain::write::action::Action;
use crate::guide;
use crate::steps::before::connect_checks;
use crate::steps::id::StepId;
use crate::steps::shared::by_hand;
use crate::steps::shared::look::{Look, read};
use crate::steps::table::STEPS;

pub mod changes;
mod due;
pub mod happened;
pub mod lockout;
mod logs;
mod paper;
mod said;
mod tests;

pub use due::{Due, DueWork, due};
pub use group::foreign_group;

/// Everything that a review checks, in the order of the steps; what two steps look at stands here once.
pub fn findings(case: &Case<'_>) -> Vec<Finding> {
    let before = connect_checks(case).into_iter().filter(|finding| finding.check == CheckId::ConnectAdmins);
    let steps = STEPS.iter().flat_map(|step| step.checks(case));
    finding::once(before.chain(steps).chain(by_hand::worded(case, beyond(case))))
}

/// What a setup does not check, as the checks see it where there is a connection.
fn beyond(case: &Case<'_>) -> Vec<Finding> {
    let topics = [
        accounts::checks,
        roles::checks,
        methods::checks,
        group::checks,
        policies::checks,
        tenant::checks,
        logs::checks,
        paper::checks,
        tests::checks,
        exercises::checks,
        changes::checks,
        lockout::checks,
    ];
    topics.into_iter().flat_map(|checks| checks(case)).collect()
}

/// What only these checks ask a person for; without a connection everything that they look at.
fn asks_beyond(case: &Case<'_>) -> Vec<Ask> {
    let topics = [
        accounts::asks,
        methods::asks,
        policies::asks,
        logs::asks,
        paper::asks,
        tests::asks,
        exercises::asks,
        changes::asks,
    ];
    let to_look = if case.is_by_hand() { by_hand::asks(case, &beyond(case)) } else { Vec::new() };
    topics.into_iter().flat_map(|asks| asks(case)).chain(to_look).collect()
}

/// What surrounds the accounts.
fn around<'a>(case: &Case<'a>) -> Look<&'a Around> {
    read(&case.facts.around).map(|around| &**around)
}

/// The question for somebody's word, until it was given.
fn attest(case: &Case<'_>, about: CheckSubject, statement: String, note: &str) -> Option<Ask> {
    (!case.attested(&about)).then(|| Ask::Attest(Attest { about, statement, note: note.to_owned() }))
}

/// The checks of one row.
pub(in crate::steps) fn checks(case: &Case<'_>, row: ReviewRow) -> Vec<Finding> {
    findings(case).into_iter().filter(|finding| row_of(finding.check) == row).collect()
}

/// What can be written for a row: what its steps write.
pub(in crate::steps) fn actions(case: &Case<'_>, row: ReviewRow) -> Vec<Action> {
    steps_of(row).iter().flat_map(|id| STEPS[id.index()].actions(case)).collect()
}

/// The writes that `mends` stands for, of all that any step derives, in the order of the steps.
pub(in crate::steps) fn mends(case: &Case<'_>, mends: &[Mend]) -> Vec<Action> {
    let is_meant = |action: &Action| Mend::of(action.kind()).is_some_and(|mend| mends.contains(&mend));
    let all = STEPS.iter().flat_map(|step| step.actions(case)).filter(is_meant);
    all.fold(Vec::new(), |mut once, action| {
        if !once.iter().any(|other: &Action| other.key() == action.key()) {
            once.push(action);
        }
        once
    })
}

/// What is checked about whatever `mends` may write.
pub(in crate::steps) fn checks_of(case: &Case<'_>, mends: &[Mend]) -> Vec<Finding> {
    if mends.is_empty() { Vec::new() } else { findings(case) }
}

/// What a person is asked for at a row.
pub(in crate::steps) fn asks(case: &Case<'_>, row: ReviewRow) -> Vec<Ask> {
    let steps = STEPS.iter().flat_map(|step| step.asks(case));
    let own = steps.chain(asks_beyond(case)).filter(|ask| row_of_ask(ask) == Some(row));
    let due = if row == ReviewRow::Upkeep { due::asks(case) } else { Vec::new() };
    let mut asks: Vec<Ask> = Vec::new();
    for ask in own.chain(due) {
        if !asks.iter().any(|known| known.key() == ask.key()) {
            asks.push(ask);
        }
    }
    asks
}

/// What a row looks at.
pub(in crate::steps) fn areas(row: ReviewRow) -> Vec<Area> {
    match row {
        ReviewRow::Point(_) => {
            let of_steps = steps_of(row).iter().flat_map(|id| STEPS[id.index()].areas.to_vec());
            of_steps.chain([Area::Around]).collect()
        }
        ReviewRow::Upkeep | ReviewRow::Changes | ReviewRow::Lockout => Area::REVIEW.to_vec(),
    }
}

/// The steps whose writes mend what a row checks.
pub(in crate::steps) const fn steps_of(row: ReviewRow) -> &'static [StepId] {
    match row {
        ReviewRow::Point(1 | 2) => &[StepId::FIRST_ACCOUNT, StepId::SECOND_ACCOUNT],
        ReviewRow::Point(3) => &[StepId::ROLE],
        ReviewRow::Point(4) => &[StepId::SECOND_FACTOR],
        ReviewRow::Point(5) => &[StepId::CONDITIONAL_ACCESS, StepId::SECURITY_DEFAULTS],
        ReviewRow::Point(6) => &[StepId::ALERTS],
        ReviewRow::Point(7) => &[StepId::CREDENTIALS],
        ReviewRow::Point(9) => &[StepId::SIGN_IN_TEST],
        ReviewRow::Point(_) | ReviewRow::Upkeep | ReviewRow::Changes | ReviewRow::Lockout => &[],
    }
}

/// The row that a check belongs to: the first point of the checklist that it proves, or else the one that is about its
/// subject.
pub fn row_of(check: CheckId) -> ReviewRow {
    let mut points = guide::checklist().iter();
    match points.find(|point| point.checks.contains(&check)).map(|point| point.number) {
        Some(10 | 11) => ReviewRow::Upkeep,
        Some(number) => ReviewRow::Point(number),
        None => by_name(check),
    }
}

fn by_name(check: CheckId) -> ReviewRow {
    match check.name().split('.').next().unwrap_or_default() {
        "connect" | "role" => ReviewRow::Point(3),
        "method" => ReviewRow::Point(4),
        "group" | "policies" | "defaults" | "tenant" => ReviewRow::Point(5),
        "logs" | "alerts" | "tell" => ReviewRow::Point(6),
        "paper" => ReviewRow::Point(7),
        "test" => ReviewRow::Point(9),
        "schedule" | "upkeep" | "review" | "exercise" => ReviewRow::Upkeep,
        "use" | "log" | "repair" => ReviewRow::Changes,
        "lockout" => ReviewRow::Lockout,
        _ => ReviewRow::Point(1),
    }
}

fn row_of_ask(ask: &Ask) -> Option<ReviewRow> {
    Some(match ask {
        Ask::Attest(attest) => row_of(attest.about.check()?),
        Ask::MakePinSlip { .. } | Ask::RegisterKey { .. } => ReviewRow::Point(4),
        Ask::MakePasswordSlip { .. } | Ask::DestroyFiles { .. } | Ask::WriteDocument => ReviewRow::Point(7),
        Ask::TestSignIn { .. } => ReviewRow::Point(9),
        Ask::AwaitRecipients | Ask::TestAlert { .. } => ReviewRow::Point(6),
        Ask::Classify => ReviewRow::Changes,
    })
}

#[cfg(test)]
mod rows {
    use super::*;

    #[test]
    fn the_row_of_a_step_has_its_writes() {
        for step in &STEPS {
            let row = ReviewRow::of_step(step.id.number());
            assert!(steps_of(row).contains(&step.id), "{row:?} does not write what step {} does", step.id);
        }
    }

    #[test]
    fn every_check_has_a_row() {
        for (check, row) in [
            (CheckId::AccountEnabled, ReviewRow::Point(1)),
            (CheckId::AccountUnit, ReviewRow::Point(1)),
            (CheckId::ConnectAdmins, ReviewRow::Point(3)),
            (CheckId::PoliciesExcluded, ReviewRow::Point(5)),
            (CheckId::DefaultsProtected, ReviewRow::Point(5)),
            (CheckId::PaperProcedure, ReviewRow::Point(8)),
            (CheckId::ScheduleTest, ReviewRow::Upkeep),
            (CheckId::UseRotated, ReviewRow::Changes),
        ] {
            assert_eq!(row_of(check), row, "{check}");
        }
        assert!(CheckId::all().all(|check| ReviewRow::ALL.contains(&row_of(check))));
    }
}
