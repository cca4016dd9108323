//! Before step 1: who is signed in, what the tenant is licensed for, and whether those who watch it were told.

use crate::domain::action::GLOBAL_ADMINISTRATOR;
use crate::domain::ask::{Ask, Attest};
use crate::domain::case::Case;
use crate::domain::facts::Operator;
use crate::domain::finding::Finding;
use crate::steps::by_hand;
use crate::steps::look::{Look, Seen, listed, needs_person, pass, read, report, vouched};

/// The check that a person vouches for.
const TELL: &str = "tell.monitoring";

/// Roles that together do what Global Administrator does here (contract 0), by their English names.
const ROLES: [&str; 6] = [
    "Privileged Role Administrator",
    "Privileged Authentication Administrator",
    "Conditional Access Administrator",
    "Security Administrator",
    "User Administrator",
    "Authentication Policy Administrator",
];

/// Delegated scopes without which a step cannot write (contract 0).
const SCOPES: [&str; 9] = [
    "User.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User.RevokeSessions.All",
    "RoleManagement.ReadWrite.Directory",
    "UserAuthenticationMethod.ReadWrite.All",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.SecurityDefaults",
    "Group.ReadWrite.All",
];

/// What is true before step 1.
pub fn connect_checks(case: &Case<'_>) -> Vec<Finding> {
    by_hand::worded(case, looked(case))
}

fn looked(case: &Case<'_>) -> Vec<Finding> {
    vec![
        report("connect.role", read(&case.facts.operator).map(role)),
        report("connect.licenses", licenses(case)),
        report("connect.admins", administrators(case)),
        report(TELL, Ok(told(case))),
    ]
}

/// What a person has to say before step 1; without a connection also what there is to look at.
pub fn connect_asks(case: &Case<'_>) -> Vec<Ask> {
    let to_look = if case.is_by_hand() { by_hand::asks(case, &looked(case)) } else { Vec::new() };
    tell_ask(case).into_iter().chain(to_look).collect()
}

/// The question whether those who watch alerts were told, until somebody vouched for it.
pub fn tell_ask(case: &Case<'_>) -> Option<Ask> {
    (!case.attested(TELL)).then(|| {
        Ask::Attest(Attest {
            about: TELL.to_owned(),
            statement: "The people who watch alerts know that emergency access accounts are being made."
                .to_owned(),
            note: "who was told".to_owned(),
        })
    })
}

/// The list of roles is served from an index that may be late, so a role that is not in it is no verdict (contract 15.2).
fn role(operator: &Operator) -> Seen {
    let lacking = lacking_scopes(operator);
    let roles = lacking_roles(operator);
    if !roles.is_empty() {
        needs_person(format!("{} lacks Global Administrator, or else: {}", operator.upn, listed(&roles)))
    } else if !lacking.is_empty() {
        needs_person(format!("the sign-in lacks the scopes {}", listed(&lacking)))
    } else {
        pass(format!("{} holds what this work needs", operator.upn))
    }
}

fn lacking_roles(operator: &Operator) -> Vec<&'static str> {
    if operator.roles.iter().any(|(template, _)| template == GLOBAL_ADMINISTRATOR) {
        return Vec::new();
    }
    ROLES.into_iter().filter(|role| !operator.roles.iter().any(|(_, name)| name == role)).collect()
}

fn lacking_scopes(operator: &Operator) -> Vec<&'static str> {
    if operator.scopes.is_empty() {
        return Vec::new();
    }
    SCOPES.into_iter().filter(|scope| !operator.scopes.iter().any(|s| s == scope)).collect()
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
        0 | 1 => needs_person(format!("{count} Global Administrator(s); 2 to 8 are recommended")),
        2..=4 => pass(format!("{count} Global Administrators")),
        5..=8 => pass(format!("{count} Global Administrators; CIS recommends 4 at most")),
        _ => needs_person(format!("{count} Global Administrators; 8 at most are recommended")),
    })
}

fn told(case: &Case<'_>) -> Seen {
    vouched(case, TELL).unwrap_or_else(|| needs_person("nobody has said that they were told"))
}
