//! A subject: what lies on the table. Whatever it is, it has findings, writes, tasks and words of a [`Case`].

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::repair::Repairing;
use crate::domain::facts::Area;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::guide;
use crate::steps::{self, Pages, STEPS, Step, StepId};

/// What lies on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// What is looked at before step 1.
    Before,
    /// One of the nine steps.
    Step(StepId),
    /// A repair.
    Repair(Repairing),
}

impl Subject {
    /// What is true.
    pub fn checks(&self, case: &Case<'_>) -> Vec<Finding> {
        match self {
            Self::Before => steps::connect_checks(case),
            Self::Step(id) => step(*id).checks(case),
            Self::Repair(at) => steps::repair::checks(case, at),
        }
    }

    /// What can be written now, in order.
    pub fn actions(&self, case: &Case<'_>) -> Vec<Action> {
        match self {
            Self::Before => Vec::new(),
            Self::Step(id) => step(*id).actions(case),
            Self::Repair(at) => steps::repair::actions(case, at),
        }
    }

    /// What only a person can do, in order.
    pub fn asks(&self, case: &Case<'_>) -> Vec<Ask> {
        match self {
            Self::Before => steps::connect_asks(case),
            Self::Step(id) => step(*id).asks(case),
            Self::Repair(at) => steps::repair::asks(case, at),
        }
    }

    /// What it looks at.
    pub fn areas(&self) -> Vec<Area> {
        match self {
            Self::Before => Area::ALL.to_vec(),
            Self::Step(id) => step(*id).areas.to_vec(),
            Self::Repair(at) => steps::repair::areas(at.case),
        }
    }

    /// The step to do first, where this cannot be finished before it.
    pub fn comes_first(&self, case: &Case<'_>) -> Option<StepId> {
        match self {
            Self::Before | Self::Repair(_) => None,
            Self::Step(id) => steps::comes_first(case, step(*id)).and_then(StepId::new),
        }
    }

    /// What stands in the way of it as a whole, with the next thing to do.
    pub fn trouble(&self, case: &Case<'_>) -> Option<Trouble> {
        match self {
            Self::Before | Self::Repair(_) => case.facts.organization.trouble().cloned(),
            Self::Step(id) => steps::trouble(*id, case),
        }
    }

    /// The words in front of which the number of the step stands, where there is one.
    pub fn heading(&self, words: &str) -> String {
        match self {
            Self::Before | Self::Repair(_) => words.to_owned(),
            Self::Step(id) => format!("{id}  {words}"),
        }
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Before => "Before step 1",
            Self::Step(id) => &guide::step(id.number()).title,
            Self::Repair(at) => &guide::repair(at.case).name,
        }
    }

    /// The title of its board: what it is about, too.
    pub fn board_title(&self) -> String {
        match self {
            Self::Before | Self::Step(_) => self.heading(self.title()),
            Self::Repair(at) => format!("{}: {} account", self.title(), at.slot),
        }
    }

    /// Help of its own.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Before | Self::Repair(_) => None,
            Self::Step(id) => Some(&guide::step(id.number()).help),
        }
    }

    /// Why it matters, or what it is.
    pub fn why(&self) -> &'static [String] {
        match self {
            Self::Before => &[],
            Self::Step(id) => &guide::step(id.number()).why,
            Self::Repair(at) => &guide::repair(at.case).what,
        }
    }

    /// How it is done by hand, with places for the tenant's own values.
    pub fn by_hand(&self) -> &'static [String] {
        match self {
            Self::Before => &[],
            Self::Step(id) => &guide::step(id.number()).by_hand,
            Self::Repair(at) => guide::repair_by_hand(at.case),
        }
    }

    /// What cannot be done by hand.
    pub fn limits(&self) -> &'static [String] {
        match self {
            Self::Before | Self::Repair(_) => &[],
            Self::Step(id) => &guide::step(id.number()).limits,
        }
    }

    /// Whether it is about paper.
    pub fn is_about_paper(&self) -> bool {
        matches!(self, Self::Step(id) if step(*id).pages == Pages::Shown)
    }

    /// The account that its instructions speak of.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Before => Slot::FIRST,
            Self::Step(id) => step(*id).slot,
            Self::Repair(at) => at.slot,
        }
    }
}

fn step(id: StepId) -> &'static Step {
    &STEPS[id.index()]
}
