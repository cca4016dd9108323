//! Step 5: every policy that can exclude users excludes the exclusion group.
//!
//! Policies are changed only in their exclusions and only by adding. What Microsoft refuses is left to a person, and
//! a policy meant for these accounts is left alone.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::policy::{Policy, State};
use crate::domain::facts::{Group, WouldApply};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::shared::exclusion_group::{self, licensed};
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, listed, needs_person, pass, read, report, unknown, vouched,
};
use crate::steps::shared::policies::Policies;
use crate::steps::shared::{aimed, exclusions, what_if_lag};

/// The check that a person may vouch for where Conditional Access is not licensed.
const LICENSE: CheckId = CheckId::PoliciesLicense;

/// What is true of the group and the policies; without a license only that there is none.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![report(LICENSE, license(case))];
    if licensed(case) == Some(false) {
        return findings;
    }
    findings.extend(exclusion_group::checks(case));
    findings.extend([
        report(CheckId::PoliciesExcluded, exclusions::seen(case)),
        report(CheckId::PoliciesCannotExclude, cannot_exclude(case)),
        report(CheckId::PoliciesManaged, managed(case)),
    ]);
    findings.extend(aimed::seen(case).map(|look| report(CheckId::PoliciesAimed, look)));
    findings.extend(
        every_slot(case).into_iter().map(|s| report(CheckId::PoliciesWhatIf, what_if(case, s)).of(s)),
    );
    findings
}

fn license(case: &Case<'_>) -> Look<Seen> {
    let licenses = read(&case.facts.licenses)?;
    let none = || {
        needs_person("No Entra ID P1: there is no Conditional Access, so nothing to exclude")
            .because(Cause::Unlicensed)
    };
    Ok(match (licenses.p2, licenses.p1) {
        (true, _) => pass("Entra ID P2"),
        (false, true) => pass("Entra ID P1"),
        (false, false) => vouched(case, &LICENSE.whole()).unwrap_or_else(none),
    })
}

fn cannot_exclude(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.policies)?;
    let policies = Policies::of(case);
    let reason = |p: &Policy| Some(format!("{} {}", p.name, p.cannot_exclude()?.words()));
    let reasons = policies.all().filter_map(reason);
    let meant = policies.all().filter(|p| p.cannot_exclude().is_none() && policies.is_allowed(p));
    let meant = meant.map(|p| format!("{} is meant for these accounts", p.name));
    let listed: Vec<String> = reasons.chain(meant).collect();
    Ok(pass(if listed.is_empty() { "every policy can exclude users".to_owned() } else { listed.join("; ") }))
}

fn managed(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.policies)?;
    let policies = Policies::of(case);
    let refused: Vec<&Policy> =
        policies.lacking().filter(|p| p.is_microsoft_managed() && policies.is_refused(p)).collect();
    let names: Vec<&str> = refused.iter().map(|p| p.name.as_str()).collect();
    Ok(if refused.is_empty() {
        pass(if policies.applicable().any(Policy::is_microsoft_managed) {
            "no change was refused"
        } else {
            "there are none"
        })
    } else if refused.iter().any(|p| p.state == State::Enabled) {
        needs_person(format!("enforced and refused here, exclude the group by hand in: {}", listed(&names)))
    } else {
        // Nothing is caught today, but Microsoft may enable such a policy by itself (contract 6).
        unknown(format!(
            "not enforced today; refused here, so exclude the group by hand in: {}",
            listed(&names)
        ))
    })
}

fn what_if(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    let would = read(&case.facts.what_if)?;
    let policies = Policies::of(case);
    let allowed = policies.allowed_ids();
    let bad: Vec<&str> =
        policies.aimed().filter(|p| aimed::keeps_out(case, p)).map(|p| p.id.as_str()).collect();
    let is_allowed = |id: &str| allowed.contains(id) && !bad.contains(&id);
    let unwanted = |w: &&WouldApply| w.slot == slot && !is_allowed(&w.policy);
    let would: Vec<&WouldApply> = would.iter().filter(unwanted).collect();
    let (late, would): (Vec<&WouldApply>, Vec<&WouldApply>) =
        would.into_iter().partition(|w| what_if_lag::is_late(case, w));
    let enforced = names(would.iter().filter(|w| w.enforced));
    let reporting = names(would.iter().filter(|w| !w.enforced));
    Ok(if !enforced.is_empty() {
        fail(format!("would apply: {}", listed(&enforced)))
    } else if !late.is_empty() {
        unknown(format!(
            "What If does not know the new membership yet: it still names {}, and the group this account is in is \
             excluded there; check again in some minutes",
            listed(&names(late.iter()))
        ))
        .because(Cause::Lag)
    } else if reporting.is_empty() {
        pass("no unwanted policy would apply")
    } else {
        pass(format!("nothing enforced would apply; only reported: {}", listed(&reporting)))
    })
}

/// The names of policies, each once: a policy turns up for every context it was asked in.
fn names<'a>(would: impl Iterator<Item = &'a &'a WouldApply>) -> Vec<&'a str> {
    let unique: std::collections::BTreeSet<&str> = would.map(|w| w.name.as_str()).collect();
    unique.into_iter().collect()
}

/// The group, its members, the exclusions.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    if licensed(case) != Some(true) {
        return Vec::new();
    }
    let mut actions: Vec<Action> = exclusion_group::creation(case).into_iter().collect();
    actions.extend(exclusion_group::membership(case));
    actions.extend(exclusion_group::ownership(case));
    actions.extend(exclusions(case));
    actions
}

/// The least dangerous policy comes first: a disabled one shows whether a change does only what it should.
fn exclusions(case: &Case<'_>) -> Vec<Action> {
    let group = exclusion_group::usable(case).filter(|g| exclusion_group::is_safe_to_exclude(case, g));
    let Some(group) = group else { return Vec::new() };
    let policies = Policies::of(case);
    let mut lacking: Vec<&Policy> = policies.lacking().filter(|p| !policies.is_refused(p)).collect();
    lacking.sort_by(|a, b| (a.state, &a.name, &a.id).cmp(&(b.state, &b.name, &b.id)));
    let gone = &case.evidence.former_groups;
    lacking.into_iter().map(|policy| exclusion(&policy.without_groups(gone), group)).collect()
}

fn exclusion(policy: &Policy, group: &Group) -> Action {
    Action::ExcludeGroup {
        policy: policy.id.clone(),
        name: policy.name.clone(),
        state: policy.state,
        groups: policy.excluded_groups_with(&group.id),
        group: group.id.clone(),
    }
}

/// What only a person can vouch for: going on without the license, or with an ordinary group.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    if licensed(case) == Some(false) {
        let statement = "We know that there is no Conditional Access here, and go on without it.";
        return attest(case, LICENSE, statement, "reason").into_iter().collect();
    }
    let adopted = exclusion_group::usable(case).filter(|group| !group.role_assignable);
    let statement = "The adopted ordinary group is protected in another way against new members.";
    let protected = adopted.filter(|g| case.plan.group.adopt.as_ref() == Some(&g.id));
    let ask = protected.and_then(|_| attest(case, exclusion_group::PROTECTED, statement, "how"));
    ask.into_iter().collect()
}

fn attest(case: &Case<'_>, check: CheckId, statement: &str, note: &str) -> Option<Ask> {
    let about = check.whole();
    (!case.attested(&about))
        .then(|| Ask::Attest(Attest { about, statement: statement.to_owned(), note: note.to_owned() }))
}
