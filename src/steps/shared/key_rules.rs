//! Whether today's rule of the tenant accepts a key: one that is registered, and one of the plan before somebody walks to
//! its safe (contract 4 and 16).
//!
//! The rule itself is `domain::facts::KeyRule`; here it is decided whose rule counts for an account. The tenant's rule is
//! somebody's decision and is never changed here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::check::case::Case;
use crate::domain::facts::{Accepted, EVERYBODY, KeyRule, MethodPolicy, Models, Registered};
use crate::domain::slot::Slot;
use crate::steps::shared::exclusion_group;

/// Whether a registered key of the account in `slot` is accepted today.
pub(in crate::steps) fn accepted(case: &Case<'_>, slot: Slot, key: &Registered) -> Accepted {
    by_rules(case, slot, |rule| rule.accepts(key.traits()))
}

/// Whether a registered key is accepted for sure; one of which that is not known is not.
pub(in crate::steps) fn is_accepted(case: &Case<'_>, slot: Slot, key: &Registered) -> bool {
    accepted(case, slot, key) == Accepted::Yes
}

/// Why the rule refuses a registered key, where it does.
pub(in crate::steps) fn refusal(case: &Case<'_>, slot: Slot, key: &Registered) -> Option<String> {
    match accepted(case, slot, key) {
        Accepted::No(why) => Some(why),
        Accepted::Yes | Accepted::Unknown(_) => None,
    }
}

/// Why key `key` of the plan cannot be registered, where its model is known and is not accepted.
pub(in crate::steps) fn planned_refusal(case: &Case<'_>, slot: Slot, key: usize) -> Option<String> {
    let model = planned_model(case, slot, key)?;
    match by_rules(case, slot, |rule| rule.models.accept(Some(model))) {
        Accepted::No(why) => Some(why),
        Accepted::Yes | Accepted::Unknown(_) => None,
    }
}

fn planned_model<'a>(case: &Case<'a>, slot: Slot, key: usize) -> Option<&'a str> {
    case.plan.account(slot)?.keys.get(key)?.aaguid.as_deref()
}

/// What to compare before key `key` of the plan is fetched, where the rule asks for something.
pub fn before_fetching(case: &Case<'_>, slot: Slot, key: usize) -> Option<String> {
    let policy = case.facts.method_policy.get()?;
    let rules = certain(case, policy, slot);
    let models: BTreeSet<String> = rules.iter().filter_map(|rule| models_words(&rule.models)).collect();
    let attested = rules.iter().any(|rule| rule.attested == Some(true));
    let mut words: Vec<String> = models.into_iter().collect();
    words.extend(attested.then(|| "a key has to attest its model".to_owned()));
    if words.is_empty() {
        return None;
    }
    let ours = match (planned_refusal(case, slot, key), planned_model(case, slot, key)) {
        (Some(why), _) => format!("This key is refused: {why}."),
        (None, Some(model)) => format!("The plan says that it is {model}."),
        (None, None) => {
            "Compare its AAGUID with that before you fetch it; the plan does not tell it.".to_owned()
        }
    };
    Some(format!("The tenant restricts keys: {}. {ours}", words.join("; ")))
}

fn models_words(models: &Models) -> Option<String> {
    let listed = |list: &[String]| if list.is_empty() { "none".to_owned() } else { list.join(", ") };
    match models {
        Models::All => None,
        Models::Only(list) => Some(format!("only the models {} are accepted", listed(list))),
        Models::AllBut(list) => Some(format!("the models {} are blocked", listed(list))),
        Models::Unknown => Some("which models are accepted could not be read".to_owned()),
    }
}

/// What the rules that count for the account say together. How Entra joins several profiles is not in the contract: only
/// where all agree, it is certain. A group that is not ours may hold the account as well, so its profile makes doubtful
/// what the others refuse.
fn by_rules(case: &Case<'_>, slot: Slot, judge: impl Fn(&KeyRule) -> Accepted) -> Accepted {
    let Some(policy) = case.facts.method_policy.get() else {
        return Accepted::Unknown("the rule for keys was not read".to_owned());
    };
    let certain: Vec<Accepted> = certain(case, policy, slot).iter().map(&judge).collect();
    let mut refused = certain.iter().filter(|verdict| matches!(verdict, Accepted::No(_)));
    if refused.clone().count() < certain.len() {
        let doubt = certain.iter().find(|verdict| **verdict != Accepted::Yes);
        return match doubt {
            None => Accepted::Yes,
            Some(Accepted::No(why)) => {
                Accepted::Unknown(format!("one of its passkey profiles says that {why}"))
            }
            Some(other) => other.clone(),
        };
    }
    let perhaps = of_targets(policy, |id| !is_certain(case, slot, id));
    match refused.next() {
        Some(_) if perhaps.iter().any(|rule| !matches!(judge(rule), Accepted::No(_))) => Accepted::Unknown(
            "a profile of another group accepts it, and whether the account is in it is not known".to_owned(),
        ),
        Some(no) => no.clone(),
        None => Accepted::Yes,
    }
}

/// The rules that count for sure: the profiles of the targets that name the account, or else the rule of the policy itself.
fn certain(case: &Case<'_>, policy: &MethodPolicy, slot: Slot) -> Vec<KeyRule> {
    let rules = of_targets(policy, |id| is_certain(case, slot, id));
    if rules.is_empty() { vec![policy.key_rules.whole.clone()] } else { rules }
}

fn is_certain(case: &Case<'_>, slot: Slot, target: &str) -> bool {
    let account = case.facts.account(slot).map(|account| account.id.as_str());
    let group = case.facts.group.get().and_then(|groups| groups.found.as_ref());
    let in_group = |id: &str| group.is_some_and(|g| g.id == target && exclusion_group::holds(g, id));
    target == EVERYBODY || account.is_some_and(|id| id == target || in_group(id))
}

/// The rules of the profiles that some targets allow; a profile that was not told is a rule of which nothing is known.
fn of_targets(policy: &MethodPolicy, is_meant: impl Fn(&str) -> bool) -> Vec<KeyRule> {
    let meant = policy.fido2.targets.iter().filter(|target| target["id"].as_str().is_some_and(&is_meant));
    let ids: BTreeSet<&str> = meant
        .filter_map(|target| target["allowedPasskeyProfiles"].as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let rule = |id: &str| {
        let found = policy.key_rules.profiles.iter().find(|profile| profile.id.eq_ignore_ascii_case(id));
        found.map_or_else(KeyRule::default, |profile| profile.rule.clone())
    };
    ids.into_iter().map(rule).collect()
}

/// Whether it is known to be synchronized between devices: then it lies in no safe.
pub(in crate::steps) fn is_synced(key: &Registered) -> bool {
    key.synced == Some(true)
}
