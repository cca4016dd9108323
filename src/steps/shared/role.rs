//! Global Administrator, assigned for good, directly, for the whole directory, to the accounts of whatever slots.
//!
//! Eligible, activated for a while, ending or through a group does not count. Nothing is taken away here.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Approval, Approver, Holding, HoldingKind, Reading, Roles};
use crate::domain::plan::{IfForbidden, RoleOrder};
use crate::domain::slot::Slot;
use crate::domain::trouble::{Kind, Trouble};
use crate::domain::write::action::{Action, ActionKind, RoleRoute};
use crate::steps::id::StepId;
use crate::steps::shared::look::{
    Look, Seen, account, fail, listed, needs_person, pass, read, report, unknown,
};
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
        let past = match roles.permanent_allowed {
            Some(false) => "; past the settings of Privileged Identity Management, which forbid it",
            Some(true) | None => "",
        };
        let words = "assigned and active, without end, directly, for the whole directory";
        return Ok(pass(format!("{words}{past}")));
    }
    if !held.is_empty() {
        let mut shortcomings: Vec<String> = held.iter().map(|h| shortcoming(h, roles)).collect();
        shortcomings.extend(refused(case, slot).map(Trouble::reason));
        return Ok(fail(listed(&shortcomings)));
    }
    if let Some(trouble) = refused(case, slot).filter(|_| !is_to_go_past(case, slot)) {
        return Ok(needs_person(format!("refused: {}", trouble.reason())).said_by(trouble));
    }
    Ok(match case.plan.role.order {
        RoleOrder::AfterProof if !is_proven(case, slot) => unknown(
            "waits, as planned, until the exclusion and the second factor are looked up",
        )
        .because(Cause::Waits),
        RoleOrder::AsInGuide | RoleOrder::AfterProof if is_undecided(case, slot) => needs_person(
            "not assigned: Privileged Identity Management forbids an assignment without end. Allow it in the role's \
             settings, or decide that it is assigned directly, past them (in the plan: role.if_forbidden)",
        )
        .told(),
        RoleOrder::AsInGuide | RoleOrder::AfterProof => fail("not assigned"),
    })
}

/// Why the assignment was refused when it was last tried; not what an earlier run heard of a rule that is lifted now.
fn refused<'a>(case: &Case<'a>, slot: Slot) -> Option<&'a Trouble> {
    let key = ActionKind::AssignRole.about(slot.key());
    let refusal = case.evidence.refused.get(&key)?;
    let is_lifted = is_allowed(case) == Some(true) && is_about_the_end(refusal);
    (!is_lifted || case.evidence.refused_now.contains(&key)).then_some(refusal)
}

fn is_about_the_end(refusal: &Trouble) -> bool {
    refusal.kind == Kind::EndIsWanted
}

/// Whether the settings of PIM allow an assignment without end, where they can be read.
fn is_allowed(case: &Case<'_>) -> Option<bool> {
    case.facts.roles.get().and_then(|roles| roles.permanent_allowed)
}

/// Whether the settings of PIM forbid an assignment without end. What was read decides. Where they cannot be read, a
/// refusal does, in the run that met it: the next one asks PIM again, because somebody may have lifted the rule.
fn is_forbidden(case: &Case<'_>, slot: Slot) -> bool {
    let key = ActionKind::AssignRole.about(slot.key());
    let was_refused = || {
        let now = case.evidence.refused_now.contains(&key);
        now && case.evidence.refused.get(&key).is_some_and(is_about_the_end)
    };
    case.facts.has_p2() && is_allowed(case).map_or_else(was_refused, |allowed| !allowed)
}

fn is_to_go_past(case: &Case<'_>, slot: Slot) -> bool {
    is_forbidden(case, slot) && case.plan.role.if_forbidden == IfForbidden::AssignDirectly
}

fn is_undecided(case: &Case<'_>, slot: Slot) -> bool {
    is_forbidden(case, slot) && case.plan.role.if_forbidden == IfForbidden::Ask
}

fn shortcoming(holding: &Holding, roles: &Roles) -> String {
    if holding.through_group {
        return "held through a group".to_owned();
    }
    match (holding.kind, holding.ends) {
        (HoldingKind::Eligible, _) => match &roles.approval {
            Some(Approval::Needed(approvers)) => format!("only eligible, and {}", approved_by(approvers)),
            Some(Approval::NotNeeded) | None => "only eligible".to_owned(),
        },
        (HoldingKind::Activated, _) => "only activated for a while".to_owned(),
        (HoldingKind::Assigned, Some(end)) => format!("ends on {}", end.strftime("%Y-%m-%d")),
        (HoldingKind::Assigned, None) => format!("only for the scope {}", holding.scope),
    }
}

/// For whom an activation waits, and who of them is not there: "activating it waits for the approval of …".
pub(in crate::steps) fn approved_by(approvers: &[Approver]) -> String {
    let word = |one: &Approver| match one.is_there {
        Some(true) => one.name.clone(),
        Some(false) => format!("{}, who is not there", one.name),
        None => format!("{} (not looked up)", one.name),
    };
    match approvers {
        [] => "activating it waits for an approval; nobody is named for it".to_owned(),
        some => {
            let words: Vec<String> = some.iter().map(word).collect();
            format!("activating it waits for the approval of {}", words.join(" or "))
        }
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
    case.facts.roles.get()?;
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
        route: route(case, slot),
    })
}

/// Where the role's settings forbid a permanent assignment, the direct way is the only one that lasts (contract 3); it is
/// taken only when it was confirmed.
fn route(case: &Case<'_>, slot: Slot) -> RoleRoute {
    let role = &case.plan.role;
    if is_forbidden(case, slot) {
        RoleRoute::PastPim
    } else if case.facts.has_p2() {
        RoleRoute::Pim { justification: role.justification.clone(), ticket: role.ticket.clone() }
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
