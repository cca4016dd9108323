//! What drifts about policies beside the exclusions, which step 5 looks at: those that nobody has looked at in a review yet,
//! ids in them that belong to nothing any more, and sign-ins of other kinds that one of them would catch.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::WouldApply;
use crate::domain::facts::policy::Policy;
use crate::domain::text::counted;
use crate::steps::review::{around, attest};
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::look::{Look, Seen, fail, listed, needs_person, pass, read, report, unknown};
use crate::steps::shared::policies::Policies;
use crate::steps::shared::{aimed, what_if_lag};

/// What is true of the policies; nothing where there are none for want of a license.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    if is_unlicensed(case) {
        return Vec::new();
    }
    let others =
        [report(CheckId::PoliciesGhosts, ghosts(case)), report(CheckId::PoliciesContexts, contexts(case))];
    new(case).map(|look| report(CheckId::PoliciesNew, look)).into_iter().chain(others).collect()
}

/// Somebody says of each new policy that it is known.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    if is_unlicensed(case) {
        return Vec::new();
    }
    let ask = |policy: &Policy| {
        let statement =
            format!("We know the policy \"{}\": who made it, whom it reaches and what it asks.", policy.name);
        attest(case, about(policy), statement, "Who made it, and why")
    };
    appeared(case).into_iter().filter_map(ask).collect()
}

/// Nothing is new at the first review: then everything is looked at.
fn new(case: &Case<'_>) -> Option<Look<Seen>> {
    let last = case.evidence.reviews.last.as_ref()?;
    Some(read(&case.facts.policies).map(|_| {
        let names: Vec<&str> = appeared(case).into_iter().map(|policy| policy.name.as_str()).collect();
        match names.is_empty() {
            true => pass(format!("none since {}, or somebody says what it is", last.date)),
            false => needs_person(format!("new since {}: {}", last.date, listed(&names))),
        }
    }))
}

/// Policies that were not there at the last review and that nobody spoke of, what Microsoft made first: such a policy comes
/// by itself, and is enabled by itself (contract 6).
fn appeared<'a>(case: &Case<'a>) -> Vec<&'a Policy> {
    let (Some(last), Some(policies)) = (&case.evidence.reviews.last, case.facts.policies.get()) else {
        return Vec::new();
    };
    let known: BTreeSet<&str> = last.policies.iter().map(String::as_str).collect();
    let is_new =
        |policy: &&Policy| !known.contains(policy.id.as_str()) && case.said(&about(policy)).is_none();
    let mut new: Vec<&Policy> = policies.iter().filter(is_new).collect();
    new.sort_by_key(|policy| (!policy.is_microsoft_managed(), policy.name.clone()));
    new
}

fn about(policy: &Policy) -> CheckSubject {
    CheckId::PoliciesNew.about(&policy.id)
}

/// Whoever makes a new object cannot get such an id; but Entra may refuse every change of a policy that names it.
fn ghosts(case: &Case<'_>) -> Look<Seen> {
    let policies = read(&case.facts.policies)?;
    let excluded = read(&around(case)?.excluded)?;
    let names = |policy: &&Policy| {
        excluded
            .gone
            .iter()
            .any(|id| policy.excludes_group(id) || policy.excluded_users().any(|user| user == id))
    };
    let naming: Vec<&str> = policies.iter().filter(names).map(|policy| policy.name.as_str()).collect();
    Ok(if !excluded.gone.is_empty() {
        let ids = counted(excluded.gone.len(), "id that belongs", "ids that belong");
        fail(format!("{ids} to nothing any more ({}) in {}", listed(&excluded.gone), listed(&naming)))
    } else if excluded.left > 0 {
        unknown(format!("{} excluded ids were looked up, {} more were not", excluded.looked, excluded.left))
    } else {
        pass("whatever policies exclude is there")
    })
}

/// One finding for all accounts: the policy, and the ways to sign in that it would catch.
fn contexts(case: &Case<'_>) -> Look<Seen> {
    let would = read(&around(case)?.contexts)?;
    let policies = Policies::of(case);
    let allowed = policies.allowed_ids();
    let bad: Vec<&str> =
        policies.aimed().filter(|p| aimed::keeps_out(case, p)).map(|p| p.id.as_str()).collect();
    let is_allowed = |id: &str| allowed.contains(id) && !bad.contains(&id);
    let unwanted = would.iter().filter(|w| w.enforced && !is_allowed(&w.policy));
    let (late, caught): (Vec<&WouldApply>, Vec<&WouldApply>) =
        unwanted.partition(|would| what_if_lag::is_late(case, would));
    let mut by_policy: BTreeMap<&str, Vec<&WouldApply>> = BTreeMap::new();
    for one in caught {
        by_policy.entry(one.name.as_str()).or_default().push(one);
    }
    let told: Vec<String> =
        by_policy.iter().map(|(policy, ways)| format!("{policy} ({})", ways_in(ways))).collect();
    Ok(match (told.is_empty(), late.is_empty()) {
        (false, _) => fail(format!("would apply: {}", listed(&told))),
        (true, false) => unknown("What If does not know the new membership yet; check again in some minutes")
            .because(Cause::Lag),
        (true, true) => {
            pass("no unwanted policy would apply from an app, another system, another country or by a code")
        }
    })
}

/// "First and Second account: an app on Linux, an app on a phone; Second account: a browser in another country".
fn ways_in(caught: &[&WouldApply]) -> String {
    let mut by_way: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in caught {
        match by_way.iter_mut().find(|(way, _)| *way == one.context) {
            Some((_, whose)) => whose.push(one.slot.name()),
            None => by_way.push((&one.context, vec![one.slot.name()])),
        }
    }
    let mut by_account: Vec<(String, Vec<&str>)> = Vec::new();
    for (way, whose) in by_way {
        let whose = whose.join(" and ");
        match by_account.iter_mut().find(|(known, _)| *known == whose) {
            Some((_, ways)) => ways.push(way),
            None => by_account.push((whose, vec![way])),
        }
    }
    let told: Vec<String> =
        by_account.iter().map(|(whose, ways)| format!("{whose} account: {}", ways.join(", "))).collect();
    told.join("; ")
}
