//! What each step asks of whoever carries it out, what of it is missing, and who can grant it (contract 0).
//!
//! It warns early and by name; what is allowed, the tenant alone decides when it is asked.

use std::collections::BTreeMap;

use crate::domain::check::case::Case;
use crate::domain::facts::Operator;
use crate::domain::plan::{DefaultsDecision, Destination};
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::steps::id::StepId;
use crate::steps::shared::azure::WhyNone;
use crate::steps::shared::exclusion_group::licensed;

/// A built-in role, the same in every tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Its English name.
    pub name: &'static str,
    /// Its template id.
    pub template: &'static str,
}

/// Roles that together do what Global Administrator does here (contract 0).
pub const ROLES: [Role; 6] = [ROLE_KEEPER, METHODS, POLICIES, SECURITY, USERS, METHOD_POLICIES];

const ROLE_KEEPER: Role =
    Role { name: "Privileged Role Administrator", template: "e8611ab8-c189-46e8-94e1-60213ab1f814" };
const METHODS: Role = Role {
    name: "Privileged Authentication Administrator",
    template: "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
};
const POLICIES: Role =
    Role { name: "Conditional Access Administrator", template: "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9" };
const SECURITY: Role =
    Role { name: "Security Administrator", template: "194ae4cb-b126-40b2-bd5b-6091b380977d" };
const USERS: Role = Role { name: "User Administrator", template: "fe930be7-5e62-47db-91af-98c3a49a38b1" };
const METHOD_POLICIES: Role =
    Role { name: "Authentication Policy Administrator", template: "0526716b-113d-4c15-b2c8-68e3c22b9f80" };

/// What one step needs, Azure apart.
struct Need {
    step: u8,
    roles: &'static [Role],
    scopes: &'static [&'static str],
    license: Option<&'static str>,
}

const NEEDS: [Need; 9] = [
    Need { step: 1, roles: &[USERS], scopes: &["User.ReadWrite.All"], license: None },
    Need { step: 2, roles: &[ROLE_KEEPER], scopes: &["RoleManagement.ReadWrite.Directory"], license: None },
    Need {
        step: 3,
        roles: &[METHODS, METHOD_POLICIES],
        scopes: &["UserAuthenticationMethod.ReadWrite.All", "Policy.ReadWrite.AuthenticationMethod"],
        license: None,
    },
    Need { step: 4, roles: &[USERS], scopes: &["User.ReadWrite.All"], license: None },
    Need {
        step: 5,
        roles: &[POLICIES, ROLE_KEEPER],
        scopes: &[
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess",
            "Application.Read.All",
            "Group.ReadWrite.All",
            "RoleManagement.ReadWrite.Directory",
        ],
        license: Some("Entra ID P1"),
    },
    Need { step: 6, roles: &[SECURITY], scopes: &["Policy.ReadWrite.SecurityDefaults"], license: None },
    Need { step: 7, roles: &[SECURITY], scopes: &[], license: Some("Entra ID P1") },
    Need {
        step: 8,
        roles: &[METHODS],
        scopes: &["User-PasswordProfile.ReadWrite.All", "User.RevokeSessions.All"],
        license: None,
    },
    Need {
        step: 9,
        roles: &[METHODS],
        scopes: &["User.RevokeSessions.All", "AuditLog.Read.All"],
        license: Some("Entra ID P1"),
    },
];

/// Something that is missing, for which steps, and who can grant it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// What, by name.
    pub what: String,
    /// The steps that need it, in order.
    pub steps: Vec<u8>,
    /// Who can grant it, and how.
    pub who: String,
}

/// Everything that is missing for the steps as planned, as far as it was read.
pub fn lacks(case: &Case<'_>) -> Vec<Lack> {
    let mut found: BTreeMap<(u8, String), (Vec<u8>, String)> = BTreeMap::new();
    let mut lacking = |order: u8, step: u8, (what, who): (String, String)| {
        found.entry((order, what)).or_insert_with(|| (Vec::new(), who)).0.push(step);
    };
    for need in NEEDS.iter().filter(|need| is_planned(case, need.step)) {
        if let Some(operator) = case.facts.operator.get() {
            for role in lacking_roles(operator, need.roles) {
                lacking(0, need.step, (format!("role {}", role.name), role_from(operator, role)));
            }
            for scope in lacking_scopes(operator, need.scopes) {
                lacking(1, need.step, (format!("permission {scope}"), SCOPE_FROM.to_owned()));
            }
        }
        if let Some(license) = need.license.filter(|_| licensed(case) == Some(false)) {
            lacking(3, need.step, (format!("license {license}"), LICENSE_FROM.to_owned()));
        }
    }
    if let Some(lack) = azure(case) {
        lacking(2, 7, lack);
    }
    found.into_iter().map(|((_, what), (steps, who))| Lack { what, steps, who }).collect()
}

const SCOPE_FROM: &str = "sign in again and consent; where users may not, an administrator who may consent for the application does";
const LICENSE_FROM: &str = "whoever buys licenses; without it the step shrinks and says how";

/// Security defaults are only read unless they are to go off.
fn is_planned(case: &Case<'_>, step: u8) -> bool {
    step != 6 || case.plan.security_defaults.decision == DefaultsDecision::TurnOff
}

/// Whether `held`, a template id, is `role` or Global Administrator, which covers every one here.
fn gives(held: &str, role: Role) -> bool {
    held == GLOBAL_ADMINISTRATOR || held == role.template
}

/// The roles among `wanted` that the operator does not hold now. The list is served from an index that may be late, so
/// a role that is not in it is a warning and no verdict (contract 15.2).
pub(in crate::steps) fn lacking_roles(operator: &Operator, wanted: &[Role]) -> Vec<Role> {
    wanted.iter().copied().filter(|role| !operator.roles.iter().any(|(held, _)| gives(held, *role))).collect()
}

/// The scopes among `wanted` that the token does not carry; none when the token cannot be looked into.
pub(in crate::steps) fn lacking_scopes<'a>(operator: &Operator, wanted: &[&'a str]) -> Vec<&'a str> {
    if operator.scopes.is_empty() {
        return Vec::new();
    }
    wanted.iter().copied().filter(|scope| !operator.scopes.iter().any(|s| s == scope)).collect()
}

/// Every scope that a step as planned needs, each once.
pub(in crate::steps) fn scopes(case: &Case<'_>) -> Vec<&'static str> {
    let mut all: Vec<&str> =
        NEEDS.iter().filter(|n| is_planned(case, n.step)).flat_map(|n| n.scopes).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether Privileged Identity Management would give the operator `role`, or all roles, on request.
pub(in crate::steps) fn is_eligible(operator: &Operator, role: Role) -> bool {
    operator.eligible.as_ref().is_some_and(|eligible| eligible.iter().any(|held| gives(held, role)))
}

fn role_from(operator: &Operator, role: Role) -> String {
    if is_eligible(operator, role) {
        return "yours on request: activate it in Privileged Identity Management (ID Governance), then sign in again"
            .to_owned();
    }
    "a Privileged Role Administrator or Global Administrator assigns it; then sign in again".to_owned()
}

/// What Azure lacks for step 7, and who can grant it.
pub(in crate::steps) fn azure(case: &Case<'_>) -> Option<(String, String)> {
    if case.plan.alerts.destination == Destination::Elsewhere || licensed(case) == Some(false) {
        return None;
    }
    let other = format!("or hand step {} over to somebody who has one", StepId::ALERTS);
    let monitoring = case.facts.monitoring.get()?;
    let grants =
        format!("an Owner of one gives you Monitoring Contributor and Log Analytics Contributor, {other}");
    let Some((_, name)) = &monitoring.subscription else {
        let reason = super::azure::no_subscription(case, monitoring);
        return Some(match super::azure::why_none(case, monitoring) {
            WhyNone::Off => (
                reason,
                format!(
                    "whoever pays for it makes it active again, or you name another one in the plan                      (alerts.subscription), {other}"
                ),
            ),
            WhyNone::NotSeen if case.plan.alerts.subscription.is_some() => (reason, grants),
            WhyNone::NotSeen => ("an Azure subscription that you can see".to_owned(), grants),
            WhyNone::Several => (
                format!("the choice among {} Azure subscriptions", monitoring.usable().count()),
                "you: name one in the plan (alerts.subscription)".to_owned(),
            ),
        });
    };
    let lacking = super::alert_writes::hindrances(case, monitoring);
    (!lacking.is_empty()).then(|| {
        (
            format!("Azure rights in {name}: {}", super::look::listed(&lacking)),
            format!("an Owner or User Access Administrator there gives them, {other}"),
        )
    })
}
