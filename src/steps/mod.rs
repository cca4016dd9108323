//! FLOOR 0: the nine steps, each the same three pure functions of a [`Case`].
//!
//! Checks say what is true, actions what can be written now, asks what only a person can do. All three are derived
//! from what was just read; nothing here reads, writes or remembers. One definition serves setup, review, exercise and
//! repair.

pub mod account;
pub mod alerts;
mod by_hand;
pub mod conditional_access;
mod connect;
pub mod credentials;
mod exclusion_group;
mod for_others;
mod look;
mod method_policy;
mod needs;
mod policies;
pub mod repair;
pub mod role;
pub mod second_account;
pub mod second_factor;
pub mod security_defaults;
pub mod sign_in_test;
pub mod subject;
pub mod uses;

pub use connect::{connect_asks, connect_checks, refused_operator, tell_ask};
pub use for_others::facts_for_others;
pub use needs::{Lack, lacks};
pub use subject::Subject;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::facts::Area;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;

/// The number of a step, 1 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct StepId(u8);

impl StepId {
    /// The first step.
    pub const FIRST: Self = Self(1);

    /// The number, 1 to 9.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The position in [`STEPS`], counted from zero.
    pub fn index(self) -> usize {
        usize::from(self.0).saturating_sub(1)
    }

    /// The step of `number`, when there is one.
    pub fn new(number: u8) -> Option<Self> {
        (1..=9).contains(&number).then_some(Self(number))
    }
}

impl std::fmt::Display for StepId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether the board of a step leads to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// It is about paper.
    Shown,
    /// It is not.
    NotShown,
}

/// One step of the guide.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Its number.
    pub id: StepId,
    /// What it looks at.
    pub areas: &'static [Area],
    /// The account that its instructions speak of.
    pub slot: Slot,
    /// Whether its board leads to the pages.
    pub pages: Pages,
    checks: fn(&Case<'_>) -> Vec<Finding>,
    actions: fn(&Case<'_>) -> Vec<Action>,
    asks: fn(&Case<'_>) -> Vec<Ask>,
}

impl Step {
    /// What is true: looked up, or without a connection vouched for.
    pub fn checks(&self, case: &Case<'_>) -> Vec<Finding> {
        by_hand::worded(case, (self.checks)(case))
    }

    /// What can be written now, in order; nothing without a connection.
    pub fn actions(&self, case: &Case<'_>) -> Vec<Action> {
        if case.is_by_hand() { Vec::new() } else { (self.actions)(case) }
    }

    /// What only a person can do, in order; without a connection also everything there is to look at.
    pub fn asks(&self, case: &Case<'_>) -> Vec<Ask> {
        let mut asks = (self.asks)(case);
        if case.is_by_hand() {
            asks.extend(by_hand::asks(case, &(self.checks)(case)));
        }
        asks
    }
}

/// The number of the step to do first, where this one cannot be finished before it.
pub fn comes_first(case: &Case<'_>, step: &Step) -> Option<u8> {
    match step.id.number() {
        _ if case.is_by_hand() => None,
        2 => role::waits_for(case, &look::first_slot(case)),
        3 => second_factor::waits_for(case, &look::first_slot(case)),
        4 => second_factor::waits_for(case, &look::other_slots(case)),
        _ => None,
    }
}

/// What stands in the way of a step as a whole, with the next thing to do.
pub fn trouble(id: StepId, case: &Case<'_>) -> Option<Trouble> {
    match id.number() {
        1 => account::trouble_for(case, &look::first_slot(case)),
        4 => account::trouble_for(case, &look::other_slots(case)),
        _ => None,
    }
}

/// The nine steps, in order.
pub static STEPS: [Step; 9] = [
    Step {
        id: StepId(1),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: &[Area::Organization, Area::Accounts],
        checks: account::checks,
        actions: account::actions,
        asks: account::asks,
    },
    Step {
        id: StepId(2),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: &[Area::Licenses, Area::Accounts, Area::Roles],
        checks: role::checks,
        actions: role::actions,
        asks: role::asks,
    },
    Step {
        id: StepId(3),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: SECOND_FACTOR,
        checks: second_factor::checks,
        actions: second_factor::actions,
        asks: second_factor::asks,
    },
    Step {
        id: StepId(4),
        slot: Slot::SECOND,
        pages: Pages::NotShown,
        areas: SECOND_ACCOUNT,
        checks: second_account::checks,
        actions: second_account::actions,
        asks: second_account::asks,
    },
    Step {
        id: StepId(5),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: &[Area::Licenses, Area::Accounts, Area::Group, Area::Policies, Area::WhatIf],
        checks: conditional_access::checks,
        actions: conditional_access::actions,
        asks: conditional_access::asks,
    },
    Step {
        id: StepId(6),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: DEFAULTS,
        checks: security_defaults::checks,
        actions: security_defaults::actions,
        asks: security_defaults::asks,
    },
    Step {
        id: StepId(7),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: &[Area::Licenses, Area::Accounts, Area::Group, Area::Monitoring],
        checks: alerts::checks,
        actions: alerts::actions,
        asks: alerts::asks,
    },
    Step {
        id: StepId(8),
        slot: Slot::FIRST,
        pages: Pages::Shown,
        areas: &[Area::Accounts],
        checks: credentials::checks,
        actions: credentials::actions,
        asks: credentials::asks,
    },
    Step {
        id: StepId(9),
        slot: Slot::FIRST,
        pages: Pages::NotShown,
        areas: TEST,
        checks: sign_in_test::checks,
        actions: sign_in_test::actions,
        asks: sign_in_test::asks,
    },
];

const SECOND_FACTOR: &[Area] =
    &[Area::Licenses, Area::Accounts, Area::Methods, Area::MethodPolicy, Area::Group, Area::Registration];

const SECOND_ACCOUNT: &[Area] = &[
    Area::Organization,
    Area::Licenses,
    Area::Accounts,
    Area::Roles,
    Area::Methods,
    Area::MethodPolicy,
    Area::Group,
    Area::Registration,
];

const DEFAULTS: &[Area] = &[
    Area::Licenses,
    Area::Accounts,
    Area::Methods,
    Area::MethodPolicy,
    Area::Group,
    Area::Policies,
    Area::Defaults,
];

const TEST: &[Area] = &[
    Area::Licenses,
    Area::Accounts,
    Area::Roles,
    Area::Methods,
    Area::MethodPolicy,
    Area::Group,
    Area::Policies,
    Area::SignIns,
];
