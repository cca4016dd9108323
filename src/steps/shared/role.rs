//! Global Administrator, assigned for good, directly, for the whole directory, to the accounts of whatever slots.
//!
//! Eligible, activated for a while, ending or through a group does not count. Nothing is taken away here.

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Holding, HoldingKind, Reading};
use crate::domain::plan::RoleOrder;
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, RoleRoute};
use crate::steps::id::StepId;
use crate::steps::shared::look::{Look, Seen, account, fail, listed, pass, read, report, unknown};
use crate::steps::shared::{exclusions, registered};

/// Whether the accounts in `slots` hold the role.
pub(in crate::steps) fn checks_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Finding> {
    slots.iter().map(|slot| report(CheckId::RolePermanent, permanent(case, *slot)).of(*slot)).collect()
}

fn permanent(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let roles = read(&case.facts.roles)?;
    let id = &account(case, slot)?.id;
    let held: Vec<&Holding> = roles.holdings.iter().filter(|h| h.principal == *id).collect();
    if held.iter().any(|h| h.is_permanent()) {
        return Ok(pass("assigned and active, without end, directly, for the whole directory"));
    }
    if !held.is_empty() {
        let shortcomings: Vec<String> = held.iter().map(|h| shortcoming(h)).collect();
        return Ok(fail(listed(&shortcomings)));
    }
    Ok(match case.plan.role.order {
        RoleOrder::AfterProof if !is_proven(case, slot) => unknown(format!(
            "waits, as planned, until the exclusion (step {}) and the second factor (step {}) are looked up",
            StepId::CONDITIONAL_ACCESS,
            StepId::SECOND_FACTOR
        )),
        RoleOrder::AsInGuide | RoleOrder::AfterProof => fail("not assigned"),
    })
}

fn shortcoming(holding: &Holding) -> String {
    if holding.through_group {
        return "held through a group".to_owned();
    }
    match (holding.kind, holding.ends) {
        (HoldingKind::Eligible, _) => "only eligible".to_owned(),
        (HoldingKind::Activated, _) => "only activated for a while".to_owned(),
        (HoldingKind::Assigned, Some(end)) => format!("ends on {}", end.strftime("%Y-%m-%d")),
        (HoldingKind::Assigned, None) => format!("only for the scope {}", holding.scope),
    }
}

/// Whether the account in `slot` holds the role for good.
pub(in crate::steps) fn is_held(case: &Case<'_>, slot: Slot) -> bool {
    permanent(case, slot).is_ok_and(|seen| seen.is_pass())
}

/// The assignments for the accounts in `slots` that lack one.
pub(in crate::steps) fn actions_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Action> {
    slots.iter().filter_map(|slot| assignment(case, *slot)).collect()
}

fn assignment(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let roles = case.facts.roles.get()?;
    let account = case.facts.account(slot)?;
    let due = match case.plan.role.order {
        RoleOrder::AsInGuide => true,
        RoleOrder::AfterProof => is_proven(case, slot),
    };
    // Which way to take depends on the licenses: wait for them, but not for ever.
    let licenses_looked_at = case.facts.licenses != Reading::NotYet;
    (due && licenses_looked_at && !is_held(case, slot)).then(|| Action::AssignRole {
        slot,
        principal: account.id.clone(),
        route: route(case, roles.permanent_allowed),
    })
}

/// Where the role's settings forbid a permanent assignment, the direct way is the only one that lasts (contract 3).
fn route(case: &Case<'_>, permanent_allowed: Option<bool>) -> RoleRoute {
    if case.facts.has_p2() && permanent_allowed != Some(false) {
        RoleRoute::Pim { justification: case.plan.role.justification.clone() }
    } else {
        RoleRoute::Direct
    }
}

/// The step that a planned order puts before the assignment: the exclusion, then the keys.
pub(in crate::steps) fn waits_for(case: &Case<'_>, slots: &[Slot]) -> Option<StepId> {
    let waits = |slot: &&Slot| {
        case.facts.account(**slot).is_some() && !is_held(case, **slot) && !is_proven(case, **slot)
    };
    slots.iter().find(waits).filter(|_| case.plan.role.order == RoleOrder::AfterProof)?;
    Some(match exclusions::complete_or_unlicensed(case) {
        true => StepId::SECOND_FACTOR,
        false => StepId::CONDITIONAL_ACCESS,
    })
}

fn is_proven(case: &Case<'_>, slot: Slot) -> bool {
    exclusions::complete_or_unlicensed(case) && registered::is_registered(case, slot)
}
