//! One cell of the matrix: whether somebody gets in when one thing fails, by the facts.

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::facts::policy::Policy;
use crate::domain::facts::{Approval, Holding, HoldingKind, MethodKind};
use crate::domain::plan::Method;
use crate::domain::slot::Slot;
use crate::steps::review::lockout::who::Who;
use crate::steps::review::lockout::{Cell, Column};
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::policies::Policies;
use crate::steps::shared::role::approved_by;

/// Whether `who` gets in when that fails.
pub(super) fn cell(case: &Case<'_>, who: &Who<'_>, column: &Column) -> Cell {
    if let Some(out) = never(case, who) {
        return out;
    }
    match column {
        Column::MfaService => factor(case, who, "checked by Entra itself"),
        Column::Phones => factor(case, who, "no phone is needed"),
        Column::Federation => federation(case, who),
        Column::BlockAll => block_all(case, who),
        Column::Approval => approval(case, who),
        Column::Site { place, .. } => site(case, who, place),
        Column::Operator => operator(case, who),
    }
}

/// Why nothing has to fail for it not to get in, or why nothing is known of it.
fn never(case: &Case<'_>, who: &Who<'_>) -> Option<Cell> {
    if who.slot.is_some() {
        match (case.facts.accounts.get().is_some(), who.account) {
            (false, _) => return Some(Cell::unknown("the account could not be read")),
            (true, None) => return Some(Cell::no("the account is not there")),
            (true, Some(account)) if !account.enabled => return Some(Cell::no("the account is disabled")),
            (true, Some(_)) => {}
        }
    }
    match &who.holdings {
        None => Some(Cell::unknown("who holds the role could not be read")),
        Some(held) if held.is_empty() => Some(Cell::no("does not hold Global Administrator")),
        Some(_) => None,
    }
}

/// By what it signs in beside the password: the same answer for the service and for phones, since a key needs neither.
fn factor(case: &Case<'_>, who: &Who<'_>, by_key: &str) -> Cell {
    let Some(slot) = who.slot else { return Cell::unknown("what it signs in with is not looked up") };
    if case.facts.methods.get().is_none() {
        return Cell::unknown("its methods could not be read");
    }
    let has = |kind| case.facts.methods_of(slot).any(|method| method.kind == kind);
    if has(MethodKind::Fido2) {
        return Cell::yes(format!("has a security key: {by_key}"));
    }
    if is_by_certificate(case, slot) {
        return Cell::yes(format!("has a certificate, somebody vouches: {by_key}"));
    }
    match (has(MethodKind::Phone), has(MethodKind::Other)) {
        (true, _) => Cell::no("has no key, only a phone"),
        (false, true) => Cell::no("has no key, only an app or code"),
        (false, false) => Cell::no("has only a password"),
    }
}

fn is_by_certificate(case: &Case<'_>, slot: Slot) -> bool {
    let planned = case.plan.account(slot).is_some_and(|account| account.method == Method::Certificate);
    planned && case.attested(&CheckId::MethodCertificate.of(slot))
}

fn federation(case: &Case<'_>, who: &Who<'_>) -> Cell {
    let Some(tenant) = case.facts.organization.get() else {
        return Cell::unknown("the domains could not be read");
    };
    if tenant.federated.is_empty() {
        return Cell::yes("no domain is federated");
    }
    let Some((_, domain)) = who.name.rsplit_once('@') else {
        return Cell::unknown("its domain is not known");
    };
    let is_one_of = |domains: &[String]| domains.iter().any(|one| one.eq_ignore_ascii_case(domain));
    match (is_one_of(&tenant.federated), is_one_of(&tenant.domains)) {
        (true, _) => Cell::no(format!("{domain} is federated")),
        (false, true) => Cell::yes(format!("{domain} is not federated")),
        (false, false) => Cell::unknown(format!("{domain} is not a domain of this tenant")),
    }
}

/// A new policy is taken to exclude what the others do; whoever is in no such group is caught.
fn block_all(case: &Case<'_>, who: &Who<'_>) -> Cell {
    if is_unlicensed(case) {
        return Cell::yes("there is no Conditional Access without a license");
    }
    let (Some(groups), true) = (case.facts.group.get(), case.facts.policies.get().is_some()) else {
        return Cell::unknown("group and policies could not be read");
    };
    let members = groups.found.iter().flat_map(|group| &group.members);
    if !members.into_iter().any(|(id, _)| *id == who.id) {
        return Cell::no("is not in the exclusion group");
    }
    let policies = Policies::of(case);
    // What Microsoft keeps to itself is a finding of its own.
    let is_kept = |policy: &&Policy| policies.is_refused(policy) && policy.is_microsoft_managed();
    let lacking = policies.lacking().filter(|policy| !is_kept(policy));
    let lacking: Vec<&str> = lacking.map(|policy| policy.name.as_str()).collect();
    match (lacking.as_slice(), policies.applicable().count()) {
        ([], 0) => Cell::unknown("there is no policy yet that excludes the group"),
        ([], _) => Cell::yes("is in the group that the policies exclude"),
        ([one], _) => Cell::no(format!("{one} does not exclude the group")),
        (some, _) => Cell::no(format!("{} policies do not exclude the group", some.len())),
    }
}

fn approval(case: &Case<'_>, who: &Who<'_>) -> Cell {
    if case.facts.licenses.get().is_some_and(|licenses| !licenses.p2) {
        return Cell::yes("nothing is activated without Entra ID P2");
    }
    let held = who.holdings.iter().flatten();
    let best = held.min_by_key(|holding| weight(holding));
    match best.map(|holding| (holding.kind, holding.ends, holding.through_group)) {
        Some((HoldingKind::Assigned, None, false)) => Cell::yes("is assigned, without an end"),
        Some((HoldingKind::Assigned, None, true)) => Cell::yes("is assigned, through a group"),
        Some((HoldingKind::Assigned, Some(ends), _)) => {
            Cell::unknown(format!("is assigned until {} only", ends.strftime("%Y-%m-%d")))
        }
        Some((HoldingKind::Activated, ..)) => Cell::unknown("is activated for some hours only"),
        Some((HoldingKind::Eligible, ..)) => activation(case),
        None => Cell::no("does not hold Global Administrator"),
    }
}

fn activation(case: &Case<'_>) -> Cell {
    match case.facts.roles.get().and_then(|roles| roles.approval.as_ref()) {
        None => Cell::unknown("is eligible; whether that waits for approval could not be read"),
        Some(Approval::NotNeeded) => Cell::yes("is eligible, and activates it without approval"),
        Some(Approval::Needed(approvers)) => Cell::no(format!("is eligible, and {}", approved_by(approvers))),
    }
}

/// What holds longest comes first.
fn weight(holding: &Holding) -> (u8, bool, bool) {
    let kind = match holding.kind {
        HoldingKind::Assigned => 0,
        HoldingKind::Activated => 1,
        HoldingKind::Eligible => 2,
    };
    (kind, holding.ends.is_some(), holding.through_group)
}

fn site(case: &Case<'_>, who: &Who<'_>, place: &str) -> Cell {
    let Some(account) = who.slot.and_then(|slot| case.plan.account(slot)) else {
        return Cell::unknown("where its things are is not known");
    };
    match case.plan.needs_place(account, place) {
        true => Cell::no("its password, PINs or every key of it lie there"),
        false => Cell::yes("what it needs is kept elsewhere"),
    }
}

fn operator(case: &Case<'_>, who: &Who<'_>) -> Cell {
    match case.facts.operator.get() {
        None => Cell::unknown("who is signed in could not be read"),
        Some(operator) if operator.id == who.id => Cell::no("is the account that is lost"),
        Some(_) => Cell::yes("is another account"),
    }
}
