//! What was registered for an account, put beside what was planned: its keys, its phone, its certificate.
//!
//! Whether more can be registered, and what is written for it, stands in `second_factor`.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Accepted, MethodKind, Registered};
use crate::domain::plan::Method;
use crate::domain::slot::Slot;
use crate::steps::shared::key_rules;
use crate::steps::shared::look::{
    Look, Seen, account, fail, listed, needs_person, pass, read, unknown, vouched,
};

/// The planned method of the account in `slot`.
pub(in crate::steps) fn method(case: &Case<'_>, slot: Slot) -> Method {
    case.plan.account(slot).map(|planned| planned.method).unwrap_or_default()
}

/// The registered keys of an account, put beside the planned ones.
pub(in crate::steps) struct Keys<'a> {
    pub planned: Vec<Option<&'a Registered>>,
    pub extra: Vec<&'a Registered>,
}

/// A key belongs to the place where the record saw it, or else to the plan's key of its name. One left over fills a
/// place that never had a key, as when an account is adopted; it never stands in for a key that has vanished.
pub(in crate::steps) fn keys<'a>(case: &Case<'a>, slot: Slot) -> Keys<'a> {
    let mut left: Vec<&Registered> =
        case.facts.methods_of(slot).filter(|m| m.kind == MethodKind::Fido2).collect();
    let names = case.plan.account(slot).map(|planned| planned.keys.as_slice()).unwrap_or_default();
    let seen = |index: usize| case.evidence.keys.get(&(slot, index));
    let mut planned: Vec<Option<&Registered>> = Vec::new();
    for (index, key) in names.iter().enumerate() {
        let fits = |m: &&Registered| seen(index).map_or(m.name == key.name, |s| s.method == m.id);
        planned.push(left.iter().position(fits).map(|at| left.remove(at)));
    }
    for (index, place) in planned.iter_mut().enumerate() {
        if place.is_none() && seen(index).is_none() && !left.is_empty() {
            *place = Some(left.remove(0));
        }
    }
    Keys { planned, extra: left }
}

/// The registered key that stands in the place of key `key` of the plan.
pub(in crate::steps) fn planned_key<'a>(case: &Case<'a>, slot: Slot, key: usize) -> Option<&'a Registered> {
    keys(case, slot).planned.get(key).copied().flatten()
}

/// The registered keys of the plan, by their places.
pub fn planned_keys<'a>(case: &Case<'a>, slot: Slot) -> Vec<(usize, &'a Registered)> {
    let planned = keys(case, slot).planned.into_iter().enumerate();
    planned.filter_map(|(place, key)| Some((place, key?))).collect()
}

/// Registered keys that are none of the plan's.
pub(in crate::steps) fn extra_keys<'a>(case: &Case<'a>, slot: Slot) -> Vec<&'a Registered> {
    keys(case, slot).extra
}

/// When a key that nobody planned may be removed.
const PROVE_FIRST: &str =
    "it can be removed here when a sign-in test has passed with a planned one, named by whoever tests";
const REGISTER_FIRST: &str = "it can be removed here when the planned ones are registered under their names, and a sign-in test has passed with one of them";

/// Whether every planned key is the one that the record saw registered, or else has its name, and is accepted: only then it
/// is known which of several is none of the plan's.
pub(in crate::steps) fn planned_are_ours(case: &Case<'_>, slot: Slot) -> bool {
    let planned = keys(case, slot).planned;
    let names = case.plan.account(slot).map(|account| account.keys.as_slice()).unwrap_or_default();
    let is_known = |index: usize, key: &Registered| match case.evidence.keys.get(&(slot, index)) {
        Some(seen) => seen.method == key.id,
        None => names[index].name == key.name,
    };
    let is_ours = |(index, found): (usize, Option<&Registered>)| {
        found.is_some_and(|key| {
            is_known(index, key) && key_rules::is_accepted(case, slot, key) && !key_rules::is_synced(key)
        })
    };
    !planned.is_empty() && planned.into_iter().enumerate().all(is_ours)
}

pub(in crate::steps) fn keys_registered(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    read(&case.facts.methods)?;
    let Keys { planned, extra } = keys(case, slot);
    let name = |(index, key): (usize, Option<&Registered>)| key.map(|_| case.plan.key_name(slot, index));
    let names: Vec<String> = planned.iter().copied().enumerate().filter_map(name).collect();
    let refused = refused(case, slot, &planned);
    let unsure = unsure(case, slot, &planned);
    Ok(if !extra.is_empty() {
        let names: Vec<&str> = extra.iter().map(|key| key.name.as_str()).collect();
        let next = if planned_are_ours(case, slot) { PROVE_FIRST } else { REGISTER_FIRST };
        fail(format!("registered but not planned: {}; {next}", listed(&names))).because(Cause::Unplanned)
    } else if planned.is_empty() {
        fail("the plan names no key").because(Cause::NotFound)
    } else if !refused.is_empty() {
        fail(listed(&refused)).because(Cause::NotAccepted)
    } else if names.len() < planned.len() && !case.facts.cloud.has_pass() {
        needs_person(format!(
            "{} of {} registered; this cloud has no Temporary Access Pass, so sign in as the account with the password \
             of its slip and register them by hand",
            names.len(),
            planned.len()
        ))
        .told()
    } else if names.len() < planned.len() {
        fail(format!("{} of {} registered", names.len(), planned.len()))
    } else if !unsure.is_empty() {
        unknown(listed(&unsure)).because(Cause::Hidden)
    } else {
        pass(format!("{} registered: {}", names.len(), listed(&names)))
    })
}

/// What is no method of this account today: keys that the tenant's rule refuses, keys that lie in no safe, and keys of the
/// plan that could not be registered.
fn refused(case: &Case<'_>, slot: Slot, planned: &[Option<&Registered>]) -> Vec<String> {
    let name = |index: usize| case.plan.key_name(slot, index);
    let why = |(index, found): (usize, Option<&Registered>)| match found {
        Some(key) if key_rules::is_synced(key) => {
            Some(format!("{}: a passkey that is synced between devices lies in no safe", name(index)))
        }
        Some(key) => {
            key_rules::refusal(case, slot, key).map(|why| format!("{} is not accepted: {why}", name(index)))
        }
        None => key_rules::planned_refusal(case, slot, index)
            .map(|why| format!("{} of the plan would not be accepted: {why}", name(index))),
    };
    planned.iter().copied().enumerate().filter_map(why).collect()
}

fn unsure(case: &Case<'_>, slot: Slot, planned: &[Option<&Registered>]) -> Vec<String> {
    let why = |(index, key): (usize, Option<&Registered>)| match key_rules::accepted(case, slot, key?) {
        Accepted::Unknown(why) => Some(format!("{}: {why}", case.plan.key_name(slot, index))),
        Accepted::Yes | Accepted::No(_) => None,
    };
    planned.iter().copied().enumerate().filter_map(why).collect()
}

/// Whether a key of the plan is still to be registered: none stands in its place, or one that is no method any more.
pub(in crate::steps) fn is_due(case: &Case<'_>, slot: Slot, key: usize) -> bool {
    match planned_key(case, slot, key) {
        None => key_rules::planned_refusal(case, slot, key).is_none(),
        Some(found) => key_rules::is_synced(found) || key_rules::refusal(case, slot, found).is_some(),
    }
}

pub(in crate::steps) fn certificate(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    if !read(&case.facts.method_policy)?.certificate.enabled {
        return Ok(fail("certificates are switched off in the method policy").because(Cause::NotAccepted));
    }
    let by_hand = || {
        needs_person("a person has to look whether it is bound and still valid").because(Cause::NotVouched)
    };
    Ok(vouched(case, &CheckId::MethodCertificate.of(slot)).unwrap_or_else(by_hand))
}

pub(in crate::steps) fn has(case: &Case<'_>, slot: Slot, kind: MethodKind) -> bool {
    case.facts.methods_of(slot).any(|m| m.kind == kind)
}

/// Whether the account in `slot` has all of its planned second factor.
pub(in crate::steps) fn is_registered(case: &Case<'_>, slot: Slot) -> bool {
    let seen = match method(case, slot) {
        Method::SecurityKey => keys_registered(case, slot),
        Method::Phone => return has(case, slot, MethodKind::Phone),
        Method::Certificate => certificate(case, slot),
    };
    seen.is_ok_and(|seen| seen.is_pass())
}
