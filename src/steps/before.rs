//! Before step 1: who is signed in, what the tenant is licensed for, and whether those who watch it were told.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Operator, Reading};
use crate::domain::plan::Destination;
use crate::domain::trouble::Trouble;
use crate::steps::shared::look::{Look, Seen, listed, needs_person, pass, read, report, vouched};
use crate::steps::shared::{self, by_hand, exclusion_group, needs};

/// The check that a person vouches for.
const TELL: CheckId = CheckId::TellMonitoring;

/// What is true before step 1.
pub fn connect_checks(case: &Case<'_>) -> Vec<Finding> {
    by_hand::worded(case, looked(case))
}

fn looked(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![report(CheckId::ConnectRole, read(&case.facts.operator).map(role))];
    if !case.is_by_hand() {
        findings.push(report(CheckId::ConnectScopes, read(&case.facts.operator).map(|o| scopes(case, o))));
    }
    findings.extend([
        report(CheckId::ConnectAzure, azure(case)),
        report(CheckId::ConnectLicenses, licenses(case)),
        report(CheckId::ConnectAdmins, administrators(case)),
        report(TELL, Ok(told(case))),
    ]);
    findings
}

/// What a person has to say before step 1; without a connection also what there is to look at.
pub fn connect_asks(case: &Case<'_>) -> Vec<Ask> {
    let to_look = if case.is_by_hand() { by_hand::asks(case, &looked(case)) } else { Vec::new() };
    tell_ask(case).into_iter().chain(to_look).collect()
}

/// The question whether those who watch alerts were told, until somebody vouched for it.
pub fn tell_ask(case: &Case<'_>) -> Option<Ask> {
    (!case.attested(&TELL.whole())).then(|| {
        Ask::Attest(Attest {
            about: TELL.whole(),
            statement: "The people who watch alerts know that emergency access accounts are being made."
                .to_owned(),
            note: "Who was told".to_owned(),
        })
    })
}

/// By role, with what Privileged Identity Management would give on request.
fn role(operator: &Operator) -> Seen {
    let lacking = needs::lacking_roles(operator, &needs::ROLES);
    if lacking.is_empty() {
        return pass(format!("{} holds the roles this work needs", operator.upn));
    }
    let names: Vec<String> = lacking
        .iter()
        .map(|role| match needs::is_eligible(operator, *role) {
            true => format!("{} (eligible, not activated)", role.name),
            false => role.name.to_owned(),
        })
        .collect();
    needs_person(format!("{} lacks Global Administrator, or else: {}", operator.upn, listed(&names)))
}

/// By permission, from what the token says about itself.
fn scopes(case: &Case<'_>, operator: &Operator) -> Seen {
    let lacking = needs::lacking_scopes(operator, &needs::scopes(case));
    match (operator.scopes.is_empty(), lacking.is_empty()) {
        (true, _) => pass("the token does not tell; a refusal names what is missing"),
        (false, true) => pass("the sign-in carries every permission the steps need"),
        (false, false) => needs_person(format!("the sign-in lacks {}", listed(&lacking))),
    }
}

/// What step 7 needs in Azure.
fn azure(case: &Case<'_>) -> Look<Seen> {
    if case.plan.alerts.destination == Destination::Elsewhere {
        return Ok(pass("not needed: the logs go elsewhere"));
    }
    if exclusion_group::licensed(case) == Some(false) {
        return Ok(pass("not needed: without Entra ID P1 there are no logs to send"));
    }
    let monitoring = match &case.facts.monitoring {
        Reading::Unreadable(trouble) => return Ok(shared::azure::unread(trouble)),
        other => read(other)?,
    };
    if monitoring.subscription.is_none() {
        return Ok(shared::azure::without_subscription(case, monitoring));
    }
    Ok(match (needs::azure(case), &monitoring.subscription) {
        (Some((what, who)), _) => needs_person(format!("missing: {what}; {who}")),
        (None, Some((_, name))) => pass(format!("rights in {name}")),
        (None, None) => pass("rights"),
    })
}

/// Why the person who signed in must not set up: an emergency access account is kept for the emergency, and would vouch
/// for itself.
pub fn refused_operator(case: &Case<'_>) -> Option<Trouble> {
    let operator = case.facts.operator.get()?;
    let is_account = case.facts.account_ids().contains(&operator.id)
        || case.evidence.accounts.values().any(|id| *id == operator.id);
    let group = case.facts.group.get().and_then(|groups| groups.found.as_ref());
    let is_member = group.is_some_and(|group| exclusion_group::holds(group, &operator.id));
    let why = match (is_account, is_member) {
        (true, _) => "It is one of this tenant's emergency access accounts, which are kept for an emergency.",
        (false, true) => {
            "It is a member of the exclusion group: an emergency access account, or somebody who must not be in it."
        }
        (false, false) => return None,
    };
    Some(Trouble::new(
        format!("{} cannot set the accounts up.", operator.upn),
        why,
        "Sign in as another administrator. An everyday account in that group is taken out of it first, in the portal.",
    ))
}

fn licenses(case: &Case<'_>) -> Look<Seen> {
    let licenses = read(&case.facts.licenses)?;
    let held = match (licenses.p2, licenses.p1) {
        (true, _) => "Entra ID P2",
        (false, true) => "Entra ID P1; without P2 the role is assigned directly",
        (false, false) => {
            "neither P1 nor P2: no Conditional Access and no sign-in logs, so steps 5 and 7 shrink"
        }
    };
    Ok(pass(if case.is_by_hand() {
        format!("{held} (as the plan says, not looked up)")
    } else {
        held.to_owned()
    }))
}

/// CIS wants 2 to 4, SCuBA 2 to 8.
fn administrators(case: &Case<'_>) -> Look<Seen> {
    let count = read(&case.facts.roles)?.administrators;
    Ok(match count {
        0 | 1 => needs_person(format!("{count} Global Administrator(s); 2 to 8 are recommended"))
            .because(Cause::TooFew),
        2..=4 => pass(format!("{count} Global Administrators")),
        5..=8 => pass(format!("{count} Global Administrators; CIS recommends 4 at most")),
        _ => needs_person(format!("{count} Global Administrators; 8 at most are recommended")),
    })
}

fn told(case: &Case<'_>) -> Seen {
    vouched(case, &TELL.whole()).unwrap_or_else(|| needs_person("nobody has said that they were told"))
}
