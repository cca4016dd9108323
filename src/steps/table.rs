//! The table of the nine steps: what each looks at, and its functions. What a step is to others is told here alone.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::facts::Area;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::by_hand;
use crate::steps::{
    step_1_first_account, step_2_role, step_3_second_factor, step_4_second_account,
    step_5_conditional_access, step_6_security_defaults, step_7_alerts, step_8_credentials,
    step_9_sign_in_test,
};

/// One step of the guide.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Its number.
    pub id: StepId,
    /// What it looks at.
    pub areas: &'static [Area],
    checks: fn(&Case<'_>) -> Vec<Finding>,
    actions: fn(&Case<'_>) -> Vec<Action>,
    asks: fn(&Case<'_>) -> Vec<Ask>,
    comes_first: fn(&Case<'_>) -> Option<StepId>,
    trouble: fn(&Case<'_>) -> Option<Trouble>,
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

    /// The step to do first, where this one cannot be finished before it.
    pub fn comes_first(&self, case: &Case<'_>) -> Option<StepId> {
        if case.is_by_hand() { None } else { (self.comes_first)(case) }
    }

    /// What stands in the way of the step as a whole, with the next thing to do.
    pub fn trouble(&self, case: &Case<'_>) -> Option<Trouble> {
        (self.trouble)(case)
    }
}

/// Most steps wait for no other.
fn nothing(_: &Case<'_>) -> Option<StepId> {
    None
}

/// Most troubles are findings.
fn no_trouble(_: &Case<'_>) -> Option<Trouble> {
    None
}

/// The nine steps, by number.
pub static STEPS: [Step; 9] = [
    Step {
        id: StepId::FIRST_ACCOUNT,
        areas: &[Area::Organization, Area::Accounts],
        checks: step_1_first_account::checks,
        actions: step_1_first_account::actions,
        asks: step_1_first_account::asks,
        comes_first: nothing,
        trouble: step_1_first_account::trouble,
    },
    Step {
        id: StepId::ROLE,
        areas: &[Area::Licenses, Area::Accounts, Area::Roles],
        checks: step_2_role::checks,
        actions: step_2_role::actions,
        asks: step_2_role::asks,
        comes_first: step_2_role::comes_first,
        trouble: no_trouble,
    },
    Step {
        id: StepId::SECOND_FACTOR,
        areas: SECOND_FACTOR,
        checks: step_3_second_factor::checks,
        actions: step_3_second_factor::actions,
        asks: step_3_second_factor::asks,
        comes_first: step_3_second_factor::comes_first,
        trouble: no_trouble,
    },
    Step {
        id: StepId::SECOND_ACCOUNT,
        areas: &[Area::Organization, Area::Accounts],
        checks: step_4_second_account::checks,
        actions: step_4_second_account::actions,
        asks: step_4_second_account::asks,
        comes_first: nothing,
        trouble: step_4_second_account::trouble,
    },
    Step {
        id: StepId::CONDITIONAL_ACCESS,
        areas: &[Area::Licenses, Area::Accounts, Area::Group, Area::Policies, Area::WhatIf],
        checks: step_5_conditional_access::checks,
        actions: step_5_conditional_access::actions,
        asks: step_5_conditional_access::asks,
        comes_first: nothing,
        trouble: no_trouble,
    },
    Step {
        id: StepId::SECURITY_DEFAULTS,
        areas: DEFAULTS,
        checks: step_6_security_defaults::checks,
        actions: step_6_security_defaults::actions,
        asks: step_6_security_defaults::asks,
        comes_first: nothing,
        trouble: no_trouble,
    },
    Step {
        id: StepId::ALERTS,
        areas: &[Area::Licenses, Area::Accounts, Area::Group, Area::Monitoring],
        checks: step_7_alerts::checks,
        actions: step_7_alerts::actions,
        asks: step_7_alerts::asks,
        comes_first: nothing,
        trouble: no_trouble,
    },
    Step {
        id: StepId::CREDENTIALS,
        areas: &[Area::Accounts],
        checks: step_8_credentials::checks,
        actions: step_8_credentials::actions,
        asks: step_8_credentials::asks,
        comes_first: nothing,
        trouble: no_trouble,
    },
    Step {
        id: StepId::SIGN_IN_TEST,
        areas: TEST,
        checks: step_9_sign_in_test::checks,
        actions: step_9_sign_in_test::actions,
        asks: step_9_sign_in_test::asks,
        comes_first: nothing,
        trouble: no_trouble,
    },
];

const SECOND_FACTOR: &[Area] =
    &[Area::Licenses, Area::Accounts, Area::Methods, Area::MethodPolicy, Area::Group, Area::Registration];

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
