//! The tenant's method policies: whether they let the accounts register what is planned, and the change if not.
//!
//! A change names the exclusion group and keeps every target of a policy that is on. Exclusions of a method policy are
//! somebody's decision: they are reported, never removed.

use serde_json::{Value, json};

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::{EVERYBODY, Facts, MethodPolicy, MethodState, Original};
use crate::domain::plan::Method;
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, PassUse, PolicyMethod};
use crate::domain::write::call::PASS_MINUTES;
use crate::steps::shared::exclusion_group;
use crate::steps::shared::look::{Look, Seen, fail, needs_person, pass, read};
use crate::steps::shared::registered;

/// Whether a method may be registered by an account, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    Off,
    NoSelfService,
    NotIncluded,
    NotMember,
    Excluded,
}

/// Whether the methods planned for `slot` are open to its account.
pub(in crate::steps) fn check(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let policy = read(&case.facts.method_policy)?;
    let needed = needed(case, slot);
    let closed = needed.iter().map(|m| (*m, gate(case, policy, *m, slot))).find(|(_, g)| *g != Gate::Open);
    let words: Vec<&str> = needed.iter().map(|m| m.words()).collect();
    Ok(match closed {
        None => pass(format!("open: {}", words.join(", "))),
        Some((method, Gate::Excluded)) => {
            needs_person(format!("{}: the policy excludes the group; take that out by hand", method.words()))
                .because(Cause::ByHand)
        }
        Some((method, gate)) if !case.facts.cloud.changes_methods() => needs_person(format!(
            "{}: {}; in this cloud the portal is the place to change that",
            method.words(),
            gate_words(gate)
        ))
        .because(Cause::ByHand),
        Some((method, gate)) => fail(format!("{}: {}", method.words(), gate_words(gate))),
    })
}

/// Whether `method` is open to the account in `slot`.
pub(in crate::steps) fn is_open(case: &Case<'_>, slot: Slot) -> bool {
    check(case, slot).is_ok_and(|seen| seen.is_pass())
}

fn gate_words(gate: Gate) -> &'static str {
    match gate {
        Gate::Open => "open",
        Gate::Off => "switched off",
        Gate::NoSelfService => "users may not register keys themselves",
        Gate::NotIncluded => "the account is not among its targets",
        Gate::NotMember => "open to the group, but the account is not in it",
        Gate::Excluded => "the policy excludes the group",
    }
}

/// A pass is needed only as long as a key is to be registered, and only where the cloud has passes.
fn needed(case: &Case<'_>, slot: Slot) -> Vec<PolicyMethod> {
    let without_pass = !case.facts.cloud.has_pass() || registered::is_registered(case, slot);
    match case.plan.account(slot).map(|planned| planned.method) {
        Some(Method::SecurityKey) if without_pass => vec![PolicyMethod::Fido2],
        Some(Method::SecurityKey) => vec![PolicyMethod::Fido2, PolicyMethod::TemporaryPass],
        Some(Method::Phone) => vec![PolicyMethod::Sms],
        Some(Method::Certificate) | None => Vec::new(),
    }
}

fn state(policy: &MethodPolicy, method: PolicyMethod) -> &MethodState {
    match method {
        PolicyMethod::Fido2 => &policy.fido2,
        PolicyMethod::TemporaryPass => &policy.temporary_pass,
        PolicyMethod::Sms => &policy.sms,
    }
}

fn gate(case: &Case<'_>, policy: &MethodPolicy, method: PolicyMethod, slot: Slot) -> Gate {
    let state = state(policy, method);
    let group = exclusion_group::usable(case);
    let has = |ids: &[String], id: &str| ids.iter().any(|i| i == id);
    let is_member =
        case.facts.account(slot).zip(group).is_some_and(|(a, g)| exclusion_group::holds(g, &a.id));
    if has(&state.excludes, EVERYBODY) || group.is_some_and(|g| has(&state.excludes, &g.id)) {
        Gate::Excluded
    } else if !state.enabled {
        Gate::Off
    } else if method == PolicyMethod::Fido2 && !policy.fido2_self_service {
        Gate::NoSelfService
    } else if has(&state.includes, EVERYBODY) {
        Gate::Open
    } else if !group.is_some_and(|g| has(&state.includes, &g.id)) {
        Gate::NotIncluded
    } else if is_member {
        Gate::Open
    } else {
        Gate::NotMember
    }
}

/// The pass with which the account `id` registers a key: once, for an hour or whatever the policy allows that is nearest.
pub fn pass_for(facts: &Facts, slot: Slot, id: String) -> Action {
    let range = facts.method_policy.get().map(|policy| policy.pass_lifetime).unwrap_or_default();
    Action::IssuePass { slot, id, use_once: PassUse::Once, minutes: range.nearest(PASS_MINUTES) }
}

/// What opens the methods planned for `slots`: the group first, where it is missing, then the policies.
pub(in crate::steps) fn actions(case: &Case<'_>, slots: &[Slot]) -> Vec<Action> {
    if !case.facts.cloud.changes_methods() {
        return Vec::new();
    }
    let Some(policy) = case.facts.method_policy.get() else { return Vec::new() };
    let methods = [PolicyMethod::Fido2, PolicyMethod::TemporaryPass, PolicyMethod::Sms];
    let gates = |method| {
        let wanting = slots.iter().filter(move |slot| needed(case, **slot).contains(&method));
        wanting.map(move |slot| gate(case, policy, method, *slot)).collect::<Vec<Gate>>()
    };
    let shut = |method: &PolicyMethod| gates(*method).iter().any(|g| is_for_us_to_open(*g));
    let openings: Vec<Opening> =
        methods.into_iter().filter(shut).map(|method| opening(case, policy, method)).collect();
    let mut actions = Vec::new();
    if openings.iter().any(|opening| matches!(opening, Opening::NeedsGroup)) {
        actions.extend(exclusion_group::creation(case));
    }
    if methods.into_iter().any(|method| gates(method).contains(&Gate::NotMember)) {
        actions.extend(exclusion_group::additions(case));
    }
    actions.extend(openings.into_iter().filter_map(Opening::action));
    actions
}

fn is_for_us_to_open(gate: Gate) -> bool {
    match gate {
        Gate::Off | Gate::NoSelfService | Gate::NotIncluded => true,
        Gate::Open | Gate::NotMember | Gate::Excluded => false,
    }
}

enum Opening {
    Ready(Action),
    NeedsGroup,
}

impl Opening {
    fn action(self) -> Option<Action> {
        match self {
            Opening::Ready(action) => Some(action),
            Opening::NeedsGroup => None,
        }
    }
}

/// A policy that is off is opened to the group alone, even if it names everybody: switching it on for everybody would
/// be a decision about the whole tenant. A policy that is on keeps every target (contract 15.6).
fn opening(case: &Case<'_>, policy: &MethodPolicy, method: PolicyMethod) -> Opening {
    let state = state(policy, method);
    let everybody = state.enabled && state.includes.iter().any(|id| id == EVERYBODY);
    let group = exclusion_group::usable(case);
    if !everybody && group.is_none() {
        return Opening::NeedsGroup;
    }
    let target = group.filter(|_| !everybody).map(|group| target(method, &group.id));
    Opening::Ready(Action::OpenMethod { method, target, original: original(state) })
}

/// What is known of the policy; the whole of it is read right before the write.
fn original(state: &MethodState) -> Original {
    let is_on = if state.enabled { "enabled" } else { "disabled" };
    Original::new("", json!({"state": is_on, "includeTargets": state.targets}))
}

fn target(method: PolicyMethod, group: &str) -> Value {
    let mut target = json!({"targetType": "group", "id": group, "isRegistrationRequired": false});
    if method == PolicyMethod::Sms {
        // A phone number must not become a user name (contract 15.6).
        target["isUsableForSignIn"] = Value::Bool(false);
    }
    target
}
