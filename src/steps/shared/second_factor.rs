//! The second factor of the accounts of whatever slots, and the slip with each key's PIN.
//!
//! Keys are registered by a person in a browser; here it is decided when that can succeed, and seen when it did.
//! A key or phone that nobody planned is removed when a sign-in has worked without it.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{MethodKind, Registered, WouldApply};
use crate::domain::plan::Method;
use crate::domain::record::{Checked, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, listed, pass, read, report, unknown,
};
use crate::steps::shared::registered::{
    certificate, extra_keys, has, is_due, is_registered, keys, keys_registered, method, planned_are_ours,
};
use crate::steps::shared::{exclusion_group, key_rules, method_policy, password_slip, role, what_if_lag};

/// What is true of the second factors of the accounts in `slots`.
pub(in crate::steps) fn checks_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = slots.iter().flat_map(|slot| slot_checks(case, *slot)).collect();
    if slots.contains(&home_of_strong(case)) {
        findings.push(report(CheckId::MethodStrong, strong(case)));
    }
    findings
}

/// What is true of the second factor of the account in `slot`.
pub(in crate::steps) fn slot_checks(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    let looks = match method(case, slot) {
        Method::SecurityKey => vec![
            (CheckId::MethodPolicy, method_policy::check(case, slot)),
            (CheckId::MethodRegistrationOpen, registration_open(case, slot)),
            (CheckId::MethodKey, keys_registered(case, slot)),
            (CheckId::MethodPinSlip, pin_slips(case, slot)),
        ],
        Method::Phone => vec![(CheckId::MethodPolicy, method_policy::check(case, slot))],
        Method::Certificate => vec![(CheckId::MethodCertificate, certificate(case, slot))],
    };
    let phone = phone(case, slot).map(|look| (CheckId::MethodPhone, look));
    looks.into_iter().chain(phone).map(|(check, look)| report(check, look).of(slot)).collect()
}

/// Only an enforced policy stops a registration; one that reports does not.
fn registration_open(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    if is_registered(case, slot) {
        return Ok(pass("every planned key is registered already"));
    }
    if exclusion_group::licensed(case) == Some(false) {
        return Ok(pass("no Entra ID P1, so no Conditional Access that could stop it"));
    }
    account(case, slot)?;
    let stopping = read(&case.facts.registration)?.iter().filter(|w| w.slot == slot && w.enforced);
    let (late, stopping): (Vec<&WouldApply>, Vec<&WouldApply>) =
        stopping.partition(|w| what_if_lag::is_late(case, w));
    let mut names: Vec<&str> = stopping.iter().map(|w| w.name.as_str()).collect();
    names.dedup();
    Ok(if names.is_empty() && late.is_empty() {
        pass("no policy stops the registration")
    } else if names.is_empty() {
        unknown("What If does not know the new membership yet; check again in some minutes")
            .because(Cause::Lag)
    } else {
        fail(format!("would be stopped by {}: exclude the accounts first", listed(&names)))
    })
}

/// The step of the exclusions, where a policy would stop the registration of a key.
pub(in crate::steps) fn waits_for(case: &Case<'_>, slots: &[Slot]) -> Option<StepId> {
    let is_key = |slot: &&Slot| method(case, **slot) == Method::SecurityKey;
    let stopped = |slot: &Slot| {
        case.facts.account(*slot).is_some()
            && registration_open(case, *slot).is_ok_and(|seen| !seen.is_pass())
    };
    slots.iter().filter(is_key).any(stopped).then_some(StepId::CONDITIONAL_ACCESS)
}

/// Whether every planned key has a PIN slip that was typed back.
pub(in crate::steps) fn pin_slips(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let planned = keys(case, slot).planned.len();
    let lacking: Vec<String> = lacking_pins(case, slot).map(|key| case.plan.key_name(slot, key)).collect();
    Ok(if lacking.is_empty() {
        let slips = if planned == 1 { "slip" } else { "slips" };
        pass(format!("{planned} PIN {slips} {}", pins_checked(case, slot)))
    } else {
        fail(format!("no PIN slip typed back for {}", listed(&lacking)))
    })
}

/// How the PIN slips were checked; one that only its file vouches for decides.
fn pins_checked(case: &Case<'_>, slot: Slot) -> &'static str {
    let slips = case.evidence.slips.values().filter(|slip| slip.slot == slot);
    let mut pins = slips.filter(|slip| matches!(slip.kind, SlipKind::Pin { .. }));
    let in_system = case.plan.system_of(slot, SlipKind::Pin { key: 0 }).is_some();
    match pins.any(|slip| slip.checked == Some(Checked::FileReadBack)) {
        _ if in_system => "read back from the system that keeps them",
        true => "read back from files by the program",
        false => "typed back",
    }
}

fn lacking_pins(case: &Case<'_>, slot: Slot) -> impl Iterator<Item = usize> {
    let planned = case.plan.account(slot).map_or(0, |planned| planned.keys.len());
    (0..planned).filter(move |key| !is_pin_confirmed(case, slot, *key))
}

fn is_pin_confirmed(case: &Case<'_>, slot: Slot, key: usize) -> bool {
    case.evidence.slip(slot, SlipKind::Pin { key }).is_some_and(|slip| slip.state == SlipState::Confirmed)
}

/// The PIN slips still to be written for `slot`.
pub(in crate::steps) fn pin_slip_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    match method(case, slot) {
        Method::SecurityKey => lacking_pins(case, slot).map(|key| Ask::MakePinSlip { slot, key }).collect(),
        Method::Phone | Method::Certificate => Vec::new(),
    }
}

/// A phone is looked for where it is planned, and spoken of where it is not.
fn phone(case: &Case<'_>, slot: Slot) -> Option<Look<Seen>> {
    let look = || {
        account(case, slot)?;
        read(&case.facts.methods)?;
        Ok(has(case, slot, MethodKind::Phone))
    };
    match (method(case, slot), look()) {
        (Method::Phone, Ok(true)) => Some(Ok(pass("registered; the number is proved by the sign-in test"))),
        (Method::Phone, Ok(false)) => Some(Ok(fail("not registered"))),
        (Method::Phone, Err(why)) => Some(Err(why)),
        (_, Ok(true)) => {
            Some(Ok(fail("a phone is registered that nobody planned").because(Cause::Unplanned)))
        }
        (_, Ok(false) | Err(_)) => None,
    }
}

/// Whether the account in `slot` can pass a second factor at all, be it less than planned.
pub(in crate::steps) fn can_be_used(case: &Case<'_>, slot: Slot) -> bool {
    let mut keys = keys_of(case, slot);
    let has_key = keys.any(|key| key_rules::refusal(case, slot, key).is_none());
    has_key || has(case, slot, MethodKind::Phone) || is_registered(case, slot)
}

fn keys_of<'a>(case: &Case<'a>, slot: Slot) -> impl Iterator<Item = &'a Registered> {
    case.facts.methods_of(slot).filter(|method| method.kind == MethodKind::Fido2)
}

/// What opens the account without a phone, and is accepted today.
fn strength(case: &Case<'_>, slot: Slot) -> Strength {
    let certified = method(case, slot) == Method::Certificate && is_registered(case, slot);
    if has(case, slot, MethodKind::Phone) {
        Strength::Weak
    } else if certified || keys_of(case, slot).any(|key| key_rules::is_accepted(case, slot, key)) {
        Strength::Strong
    } else if keys_of(case, slot).any(|key| key_rules::refusal(case, slot, key).is_none()) {
        Strength::Unknown
    } else {
        Strength::Weak
    }
}

/// How strong the second factor of an account is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
    /// There is a key, and whether the tenant accepts it is not known.
    Unknown,
}

/// The tenant's one finding about strength stands beside the first account that is to do without a phone.
fn home_of_strong(case: &Case<'_>) -> Slot {
    let without_phone = case.plan.slots().find(|(_, planned)| planned.method != Method::Phone);
    without_phone.map_or(Slot::FIRST, |(slot, _)| slot)
}

fn strong(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.accounts)?;
    read(&case.facts.methods)?;
    let of = |wanted| every_slot(case).into_iter().filter(move |slot| strength(case, *slot) == wanted);
    let strong: Vec<&str> = of(Strength::Strong).map(Slot::name).collect();
    Ok(if !strong.is_empty() {
        pass(format!("by key or certificate: {}", strong.join(", ")))
    } else if of(Strength::Unknown).next().is_some() {
        unknown("whether the tenant accepts the keys that are registered is not known").because(Cause::Hidden)
    } else {
        fail("no account has a key or certificate and no phone")
    })
}

/// What can be written for the second factors of `slots` now.
pub(in crate::steps) fn actions_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Action> {
    let mut actions = method_policy::actions(case, slots);
    actions.extend(slots.iter().filter_map(|slot| phone_to_add(case, *slot)));
    actions.extend(slots.iter().flat_map(|slot| passes_to_delete(case, *slot)));
    actions.extend(slots.iter().flat_map(|slot| unplanned(case, *slot)));
    actions
}

/// Keys and phones that nobody planned go when a planned one is proved: a way in is taken away only after another one has
/// worked (contract 15.3). An account without the role has nothing to be shut out of.
fn unplanned(case: &Case<'_>, slot: Slot) -> Vec<Action> {
    let Some(account) = case.facts.account(slot) else { return Vec::new() };
    let id = &account.id;
    let removal = |method: &Registered| match method.kind {
        MethodKind::Phone => Action::DeletePhone { slot, id: id.clone(), phone: method.id.clone() },
        _ => Action::DeleteKey { slot, id: id.clone(), key: method.id.clone(), name: method.name.clone() },
    };
    let may_go = others(case, slot).into_iter().filter(|method| may_lose(case, slot, method));
    may_go.map(removal).collect()
}

/// Keys and phones beside the planned keys, where it is known which these are.
fn others<'a>(case: &Case<'a>, slot: Slot) -> Vec<&'a Registered> {
    if method(case, slot) != Method::SecurityKey || !planned_are_ours(case, slot) {
        return Vec::new();
    }
    let phones = case.facts.methods_of(slot).filter(|method| method.kind == MethodKind::Phone);
    extra_keys(case, slot).into_iter().chain(phones).collect()
}

fn may_lose(case: &Case<'_>, slot: Slot, method: &Registered) -> bool {
    !role::is_held(case, slot) || is_proved_without(case, slot, &method.id)
}

/// Whether a sign-in has worked that cannot have used this very method: it was not there then, or whoever tested said
/// which other key it was.
pub(in crate::steps) fn is_proved_without(case: &Case<'_>, slot: Slot, method: &str) -> bool {
    let test = case.evidence.test(slot).filter(|test| test.passed);
    let with = test.and_then(|test| test.with.as_ref());
    // A named key that is gone proves nothing any more.
    let is_there = |key: &String| case.facts.methods_of(slot).any(|method| method.id == *key);
    let proves =
        with.is_some_and(|with| with.proves_another_than(method) && with.key.as_ref().is_none_or(is_there));
    proves && !case.evidence.untested.contains(&slot)
}

/// Whether something that nobody planned waits for a test that proves the planned keys.
pub(in crate::steps) fn awaits_proof(case: &Case<'_>, slot: Slot) -> bool {
    others(case, slot).into_iter().any(|method| !may_lose(case, slot, method))
}

fn phone_to_add(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let id = case.facts.account(slot)?.id.clone();
    let planned = case.plan.account(slot).filter(|planned| planned.method == Method::Phone)?;
    let number = planned.phone.as_ref()?.number.clone();
    case.facts.methods.get()?;
    let due = method_policy::is_open(case, slot) && !has(case, slot, MethodKind::Phone);
    due.then_some(Action::AddPhone { slot, id, number })
}

/// A pass has served once every planned key is there.
fn passes_to_delete(case: &Case<'_>, slot: Slot) -> Vec<Action> {
    let Some(account) = case.facts.account(slot).filter(|_| is_registered(case, slot)) else {
        return Vec::new();
    };
    let passes = case.facts.methods_of(slot).filter(|m| m.kind == MethodKind::TemporaryPass);
    passes.map(|m| Action::DeletePass { slot, id: account.id.clone(), pass: m.id.clone() }).collect()
}

/// What a person has to do for the second factors of `slots`.
pub(in crate::steps) fn asks_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Ask> {
    slots.iter().flat_map(|slot| slot_asks(case, *slot)).collect()
}

fn slot_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    match method(case, slot) {
        Method::SecurityKey => key_asks(case, slot),
        Method::Phone => Vec::new(),
        Method::Certificate => certificate_ask(case, slot).into_iter().collect(),
    }
}

/// The PIN comes before the key: who registers a key is asked to set one.
fn key_asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    let mut asks = pin_slip_asks(case, slot);
    if !case.facts.cloud.has_pass() {
        // Without a pass the slip's password is what opens the page where keys are registered.
        asks.extend(password_slip::ask(case, slot));
        return asks;
    }
    if can_register(case, slot) {
        let due = (0..keys(case, slot).planned.len()).filter(|key| is_due(case, slot, *key));
        asks.extend(due.map(|key| Ask::RegisterKey { slot, key }));
    }
    asks.sort_by_key(place);
    asks
}

fn place(ask: &Ask) -> (usize, bool) {
    match ask {
        Ask::MakePinSlip { key, .. } => (*key, false),
        Ask::RegisterKey { key, .. } => (*key, true),
        _ => (usize::MAX, false),
    }
}

/// Whether a registration can succeed now.
pub(in crate::steps) fn can_register(case: &Case<'_>, slot: Slot) -> bool {
    let open = registration_open(case, slot).is_ok_and(|seen| seen.is_pass());
    let known = case.facts.methods.get().is_some() && case.facts.account(slot).is_some();
    known && open && method_policy::is_open(case, slot)
}

fn certificate_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::MethodCertificate.of(slot);
    let due = case.facts.account(slot).is_some() && !case.attested(&about);
    due.then(|| {
        Ask::Attest(Attest {
            about,
            statement: format!(
                "The certificate of the {slot} account is bound to it and counts as multifactor."
            ),
            note: "End date of the certificate".to_owned(),
        })
    })
}
