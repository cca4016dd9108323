//! What lies on the table: what is looked at before step 1, a step, a repair, or a row of a review. Whoever shows it, asks it and writes for
//! it needs to know no more than this.
//!
//! It decides nothing of its own: each question is handed to the step, to `before` or to the repair, and the words are the
//! guide's.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::repair::Repairing;
use crate::domain::facts::Area;
use crate::domain::review::{Mend, ReviewRow};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::guide;
use crate::steps::before::{connect_asks, connect_checks};
use crate::steps::id::StepId;
use crate::steps::repair;
use crate::steps::review;
use crate::steps::shared::exclusion_group::{self, is_unlicensed};
use crate::steps::table::{STEPS, Step};

/// Something with checks, writes and questions of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// What is looked at before step 1.
    Before,
    /// One of the nine steps.
    Step(StepId),
    /// A repair under way.
    Repair(Repairing),
    /// A row of a review.
    Review(ReviewRow),
    /// What a review without a person may repair, and nothing else.
    Mend(Vec<Mend>),
}

impl Subject {
    /// The nine steps, in order.
    pub fn steps() -> impl Iterator<Item = Self> {
        STEPS.iter().map(|step| Self::Step(step.id))
    }

    /// Whether it is the step of this number.
    pub fn is_step(&self, number: u8) -> bool {
        matches!(self, Self::Step(id) if id.number() == number)
    }

    /// What is true.
    pub fn checks(&self, case: &Case<'_>) -> Vec<Finding> {
        match self {
            Self::Before => connect_checks(case),
            Self::Step(id) => step(*id).checks(case),
            Self::Repair(at) => repair::checks(case, at),
            Self::Review(row) => review::checks(case, *row),
            Self::Mend(mends) => review::checks_of(case, mends),
        }
    }

    /// What can be written now, in order.
    pub fn actions(&self, case: &Case<'_>) -> Vec<Action> {
        match self {
            Self::Before => Vec::new(),
            Self::Step(id) => step(*id).actions(case),
            Self::Repair(at) => repair::actions(case, at),
            Self::Review(row) => review::actions(case, *row),
            Self::Mend(mends) => review::mends(case, mends),
        }
    }

    /// What only a person can do, in order.
    pub fn asks(&self, case: &Case<'_>) -> Vec<Ask> {
        match self {
            Self::Before => connect_asks(case),
            Self::Step(id) => step(*id).asks(case),
            Self::Repair(at) => repair::asks(case, at),
            Self::Review(row) => review::asks(case, *row),
            Self::Mend(_) => Vec::new(),
        }
    }

    /// What it looks at: before step 1 everything, so that the steps have something to say from the start.
    pub fn areas(&self) -> Vec<Area> {
        match self {
            Self::Before => Area::ALL.to_vec(),
            Self::Step(id) => step(*id).areas.to_vec(),
            Self::Repair(at) => repair::areas(at.case),
            Self::Review(row) => review::areas(*row),
            Self::Mend(_) => Area::ALL.to_vec(),
        }
    }

    /// The step to do first, where this one cannot be finished before it.
    pub fn comes_first(&self, case: &Case<'_>) -> Option<StepId> {
        match self {
            Self::Step(id) => step(*id).comes_first(case),
            Self::Before | Self::Repair(_) | Self::Review(_) | Self::Mend(_) => None,
        }
    }

    /// What stands in the way of the whole, with the next thing to do.
    pub fn trouble(&self, case: &Case<'_>) -> Option<Trouble> {
        match self {
            Self::Step(id) => step(*id).trouble(case),
            Self::Before | Self::Repair(_) | Self::Review(_) | Self::Mend(_) => {
                case.facts.organization.trouble().cloned()
            }
        }
    }

    /// The words in front of which the number of the step stands, where there is one.
    pub fn heading(&self, words: &str) -> String {
        match self {
            Self::Before | Self::Repair(_) | Self::Mend(_) => words.to_owned(),
            Self::Review(row) => format!("{}  {words}", row.number()),
            Self::Step(id) => format!("{id}  {words}"),
        }
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Before => "Before step 1",
            Self::Step(id) => &guide::step(id.number()).title,
            Self::Repair(at) => &guide::repair(at.case).name,
            Self::Review(row) => &guide::review_row(*row).name,
            Self::Mend(_) => "Repairs",
        }
    }

    /// The title of its board: what it is about, too.
    pub fn board_title(&self) -> String {
        match self {
            Self::Before | Self::Step(_) | Self::Review(_) | Self::Mend(_) => self.heading(self.title()),
            Self::Repair(at) => format!("{}: {} account", self.title(), at.slot),
        }
    }

    /// Help of its own.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Before | Self::Repair(_) | Self::Review(_) | Self::Mend(_) => None,
            Self::Step(id) => Some(&guide::step(id.number()).help),
        }
    }

    /// Why it matters, or what it is.
    pub fn why(&self) -> &'static [String] {
        match self {
            Self::Before => &[],
            Self::Step(id) => &guide::step(id.number()).why,
            Self::Repair(at) => &guide::repair(at.case).what,
            Self::Review(row) => &guide::review_row(*row).why,
            Self::Mend(_) => &[],
        }
    }

    /// Why it comes now, where its number does not say so.
    pub fn place(&self) -> Option<&'static str> {
        let Self::Step(id) = self else { return None };
        Some(guide::step(id.number()).place.as_str()).filter(|words| !words.is_empty())
    }

    /// How it is done by hand, with places for the tenant's own values.
    pub fn by_hand(&self, case: &Case<'_>) -> &'static [String] {
        match self {
            Self::Before => &[],
            Self::Step(id) if is_shrunk(*id, case) => &guide::step(id.number()).by_hand_unlicensed,
            Self::Step(id) if is_there(*id, case) => &guide::step(id.number()).by_hand_there,
            Self::Step(id) => &guide::step(id.number()).by_hand,
            Self::Repair(at) => guide::repair_by_hand(at.case),
            Self::Review(row) => match review::steps_of(*row) {
                [step, ..] => Self::Step(*step).by_hand(case),
                [] => &[],
            },
            Self::Mend(_) => &[],
        }
    }

    /// What cannot be done by hand.
    pub fn limits(&self, case: &Case<'_>) -> &'static [String] {
        match self {
            Self::Before | Self::Repair(_) | Self::Review(_) | Self::Mend(_) => &[],
            Self::Step(id) if is_shrunk(*id, case) => &[],
            Self::Step(id) => &guide::step(id.number()).limits,
        }
    }

    /// Whether it is about paper.
    pub fn is_about_paper(&self) -> bool {
        matches!(self, Self::Step(StepId::CREDENTIALS) | Self::Review(ReviewRow::Point(7 | 8)))
    }

    /// The account that its instructions speak of.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Before => Slot::FIRST,
            Self::Step(StepId::SECOND_ACCOUNT) => Slot::SECOND,
            Self::Step(_) | Self::Review(_) | Self::Mend(_) => Slot::FIRST,
            Self::Repair(at) => at.slot,
        }
    }
}

/// Whether what the step makes first by hand is there already: a group of that name that can be used, or that is adopted.
fn is_there(id: StepId, case: &Case<'_>) -> bool {
    let has_words = !guide::step(id.number()).by_hand_there.is_empty();
    has_words && exclusion_group::usable(case).is_some()
}

/// Whether the step is another one here, because the license is missing for what it is about.
fn is_shrunk(id: StepId, case: &Case<'_>) -> bool {
    is_unlicensed(case) && !guide::step(id.number()).by_hand_unlicensed.is_empty()
}

fn step(id: StepId) -> &'static Step {
    &STEPS[id.index()]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::check::repair::RepairCase;
    use crate::domain::facts::{Accounts, Facts, Reading};
    use crate::domain::plan::plan_file;
    use crate::domain::record::Evidence;
    use crate::domain::slot::Slot;

    fn repairs() -> impl Iterator<Item = Repairing> {
        let of = |case| Repairing { case, slot: Slot::FIRST, key: None, since: 0, tests: 0, before: None };
        RepairCase::ALL.into_iter().map(of)
    }

    /// Every subject in a tenant whose first account was deleted, and in one that nobody is connected to.
    fn with_cases(look: impl Fn(&Case<'_>)) {
        let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
        let accounts =
            Accounts { deleted: Reading::Read(vec![(Slot::FIRST, "1".to_owned())]), ..Accounts::default() };
        let deleted = Facts { accounts: Reading::Read(accounts), ..Facts::default() };
        let evidence = Evidence::default();
        for facts in [Facts::default(), deleted, Facts::by_hand(None)] {
            look(&Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) });
        }
    }

    #[test]
    fn before_step_1_it_is_what_connect_says() {
        with_cases(|case| {
            assert_eq!(Subject::Before.checks(case), connect_checks(case));
            assert_eq!(Subject::Before.asks(case), connect_asks(case));
            assert!(Subject::Before.actions(case).is_empty());
            assert_eq!(Subject::Before.areas(), Area::ALL);
        });
    }

    #[test]
    fn a_step_is_what_the_step_says() {
        with_cases(|case| {
            for (subject, step) in Subject::steps().zip(&STEPS) {
                assert_eq!(subject.checks(case), step.checks(case));
                assert_eq!(subject.actions(case), step.actions(case));
                assert_eq!(subject.asks(case), step.asks(case));
                assert_eq!(subject.areas(), step.areas);
                assert_eq!(subject.trouble(case), step.trouble(case));
                assert_eq!(subject.comes_first(case), step.comes_first(case));
            }
        });
    }

    #[test]
    fn a_repair_is_what_the_repair_says() {
        with_cases(|case| {
            for at in repairs() {
                let subject = Subject::Repair(at.clone());
                assert_eq!(subject.checks(case), repair::checks(case, &at));
                assert_eq!(subject.actions(case), repair::actions(case, &at));
                assert_eq!(subject.asks(case), repair::asks(case, &at));
                assert_eq!(subject.areas(), repair::areas(at.case));
                assert_eq!(subject.comes_first(case), None);
            }
        });
    }

    #[test]
    fn a_deleted_first_account_stands_in_the_way_of_the_first_step_only() {
        with_cases(|case| {
            let deleted =
                case.facts.accounts.get().is_some_and(|accounts| accounts.deleted_in(Slot::FIRST).is_some());
            let told: Vec<Subject> = Subject::steps().filter(|s| s.trouble(case).is_some()).collect();
            assert_eq!(told.len(), usize::from(deleted));
            assert!(told.iter().all(|subject| *subject == Subject::Step(STEPS[0].id)));
        });
    }
}
