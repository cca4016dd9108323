//! Step 6: security defaults, as decided.
//!
//! They are never turned off where nothing would take their place, and never turned on here.

use std::collections::BTreeSet;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::policy::{Policy, State};
use crate::domain::plan::DefaultsDecision;
use crate::domain::slot::Slot;
use crate::domain::text::counted;
use crate::domain::write::action::Action;
use crate::steps::shared::look::{Look, Seen, every_slot, fail, listed, needs_person, pass, read, report};
use crate::steps::shared::policies::Policies;
use crate::steps::shared::{exclusion_group, second_factor};

/// Whether security defaults are as decided.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    vec![report(CheckId::DefaultsDecision, decision(case))]
}

/// Nothing here needs a person: the decision stands in the plan.
pub fn asks(_: &Case<'_>) -> Vec<Ask> {
    Vec::new()
}

fn decision(case: &Case<'_>) -> Look<Seen> {
    let on = *read(&case.facts.defaults)?;
    match (case.plan.security_defaults.decision, on) {
        (DefaultsDecision::AsTheyAre | DefaultsDecision::KeepOn, true) => kept_on(case),
        (DefaultsDecision::KeepOn, false) => Ok(fail("off, although they are to stay on")),
        (DefaultsDecision::TurnOff, true) => Ok(still_on(case)),
        (DefaultsDecision::AsTheyAre | DefaultsDecision::TurnOff, false) => off(case),
    }
}

/// While they are on, an account without a second factor is shut out: they know no exclusions (contract 7). Beside
/// enabled policies they cannot stand: which of the two is in force is not what anybody decided.
fn kept_on(case: &Case<'_>) -> Look<Seen> {
    if exclusion_group::licensed(case) != Some(false) {
        read(&case.facts.policies)?;
        let policies = Policies::of(case);
        let enabled: Vec<&str> =
            policies.all().filter(|p| p.state == State::Enabled).map(|p| p.name.as_str()).collect();
        if !enabled.is_empty() {
            return Ok(fail(format!(
                "on beside {}, and the two exclude each other: turn them off, here with security_defaults.decision = \
                 \"turn-off\" in the plan, or switch the policies off in the portal ({})",
                counted(enabled.len(), "enabled policy", "enabled policies"),
                listed(&enabled)
            ))
            .told());
        }
    }
    read(&case.facts.methods)?;
    let lacking = every_slot(case).into_iter().filter(|slot| !second_factor::can_be_used(case, *slot));
    let lacking: Vec<&str> = lacking.map(Slot::name).collect();
    Ok(if lacking.is_empty() {
        pass("on, and every account has a second factor")
    } else {
        needs_person(format!("on, and no second factor yet for: {}", lacking.join(", ")))
            .because(Cause::NoSecondFactor)
    })
}

fn still_on(case: &Case<'_>) -> Seen {
    if exclusion_group::licensed(case) == Some(false) {
        return needs_person("still on; No Entra ID P1: nothing could take their place, so they stay on")
            .because(Cause::Unlicensed);
    }
    if ready(case).is_empty() && !Policies::of(case).any_enabled() {
        return needs_person(
            "still on; no named policy excludes the group yet, so nothing would take their place",
        )
        .because(Cause::Waits);
    }
    fail("still on")
}

fn off(case: &Case<'_>) -> Look<Seen> {
    let nothing = "off, and no policy is enabled: nobody needs a second factor";
    if exclusion_group::licensed(case) == Some(false) {
        return Ok(fail(nothing).because(Cause::Unprotected));
    }
    read(&case.facts.policies)?;
    let waiting: Vec<&str> =
        named(case).filter(|p| p.state != State::Enabled).map(|p| p.name.as_str()).collect();
    Ok(if !waiting.is_empty() {
        fail(format!("off, and not enabled yet: {}", listed(&waiting)))
    } else if Policies::of(case).any_enabled() {
        pass("off, and policies are enabled in their place")
    } else {
        fail(nothing).because(Cause::Unprotected)
    })
}

/// The policies that the plan wants enabled in place of security defaults.
fn named<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Policy> {
    let plan = &case.plan.security_defaults;
    let wanted = plan.decision == DefaultsDecision::TurnOff;
    let names: BTreeSet<&str> = plan.enable.iter().filter(|_| wanted).map(String::as_str).collect();
    Policies::of(case).all().filter(move |p| names.contains(p.name.as_str()))
}

/// Those of them that are not enabled yet and already exclude the group.
fn ready<'a>(case: &Case<'a>) -> Vec<&'a Policy> {
    let Some(group) = exclusion_group::usable(case) else { return Vec::new() };
    named(case).filter(|p| p.state != State::Enabled && p.excludes_group(&group.id)).collect()
}

/// Policies first, so that the tenant is never without either. Entra may refuse that while security defaults are on
/// (contract 7: the two exclude each other); once it has, the order turns round, still in one sitting.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    if exclusion_group::licensed(case) != Some(true) {
        return Vec::new();
    }
    let mut actions: Vec<Action> = ready(case).into_iter().map(enabling).collect();
    let refused = actions.iter().any(|action| case.evidence.refused.contains_key(&action.key()));
    let due = case.plan.security_defaults.decision == DefaultsDecision::TurnOff
        && case.facts.defaults.get() == Some(&true)
        && (Policies::of(case).any_enabled() || !actions.is_empty());
    if due {
        let place = if refused { 0 } else { actions.len() };
        actions.insert(place, Action::DisableSecurityDefaults);
    }
    actions
}

fn enabling(policy: &Policy) -> Action {
    Action::EnablePolicy { policy: policy.id.clone(), name: policy.name.clone() }
}
