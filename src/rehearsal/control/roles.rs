//! Changes of how a role is held and what Privileged Identity Management asks for: a rule of the role's settings, an
//! assignment that ends, one that is only activated.
//!
//! A role that is taken away or left eligible stands among the accounts.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::{account, author, group, means, role};
use super::given::{Given, Refused, bad};
use super::lasting;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::directory::role_name;
use crate::rehearsal::state::model::Assignment;
use crate::rehearsal::state::time::MINUTE;
use crate::rehearsal::state::world::World;

const ACCOUNT: &str = "user principal name, the part of it before the @, or id";
const ROLE: &str = "name of a built-in role; Global Administrator when left out";
const MINUTES: &str = "tenant minutes until it ends, or those of the exercise that does it; 60 when left out";
/// Tenant minutes of a year.
const LONGEST: u32 = 365 * 24 * 60;
/// Rules by the short words of callers.
const RULES: &[(&str, &str)] = &[
    ("expiration", "ExpirationRule"),
    ("mfa", "MfaRule"),
    ("ticketing", "TicketingRule"),
    ("approval", "ApprovalRule"),
];

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "role-rule",
        does: "Privileged Identity Management asks for something when Global Administrator is assigned, or no longer does.",
        parameters: &[
            required("rule", "expiration (no assignment without end), mfa, ticketing or approval"),
            optional("to", "on or off; on when left out"),
        ],
        apply: rule,
    },
    Change {
        name: "activation-waits",
        does: "Activating Global Administrator waits for an approval, or no longer does.",
        parameters: &[
            optional("approvers", "accounts, or group:NAME; an id may be of somebody who is gone"),
            optional("to", "on or off; on when left out"),
        ],
        apply: activation,
    },
    Change {
        name: "role-ends",
        does: "An account holds a directory role that ends.",
        parameters: &[required("account", ACCOUNT), optional("role", ROLE), optional("minutes", MINUTES)],
        apply: ends,
    },
    Change {
        name: "role-activated",
        does: "An account holds a directory role that was only activated for a while.",
        parameters: &[required("account", ACCOUNT), optional("role", ROLE), optional("minutes", MINUTES)],
        apply: activated,
    },
];

fn rule(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("rule")?;
    let words: Vec<&str> = RULES.iter().map(|(word, _)| *word).collect();
    let (word, to) = (given.word("rule", &words)?, given.word("to", &["on", "off"])?);
    if !world.state().licence.has_p2() {
        return Err(bad("rule", "this tenant has no P2, so nothing asks for anything"));
    }
    let name = RULES.iter().find(|(known, _)| *known == word).map_or("", |(_, name)| name);
    let state = world.edit();
    if name == "ExpirationRule" {
        state.active_expiration_required = to == "on";
    } else {
        state.role_rules.retain(|one| one != name);
        state.role_rules.extend((to == "on").then(|| name.to_owned()));
    }
    Ok(format!("The rule {name} of Global Administrator is {to}."))
}

fn activation(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (names, to) = (given.list("approvers")?, given.word("to", &["on", "off"])?);
    if !world.state().licence.has_p2() {
        return Err(bad("to", "this tenant has no P2, so nothing is activated"));
    }
    let approvers = names.iter().map(|name| approver(world, name)).collect::<Result<Vec<_>, _>>()?;
    world.edit().approvers = (to == "on").then_some(approvers);
    Ok(format!("Waiting for an approval at an activation is {to}."))
}

fn approver(world: &World, name: &str) -> Result<Value, Refused> {
    let state = world.state();
    let nobody = || bad("approvers", format!("{name} is nobody of this tenant, and no id"));
    if let Some(name) = name.strip_prefix("group:") {
        let found = group(&state.groups, name).ok_or_else(nobody)?;
        return Ok(json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": found.id(),
            "description": found.name()}));
    }
    let known = state.users.iter().find(|user| means(user, name)).map(|user| user.id().to_owned());
    let id = known.or_else(|| name.parse::<uuid::Uuid>().ok().map(|_| name.to_owned())).ok_or_else(nobody)?;
    Ok(json!({"@odata.type": "#microsoft.graph.singleUser", "userId": id, "description": name}))
}

fn ends(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (upn, role) = held_until_it_ends(world, given, Held::Assigned)?;
    Ok(format!("{upn} holds {role}, and it ends."))
}

fn activated(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (upn, role) = held_until_it_ends(world, given, Held::Activated)?;
    Ok(format!("{upn} has activated {role} for a while."))
}

/// How it is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Assigned,
    Activated,
}

/// Puts it in the place of however the account holds the role itself.
fn held_until_it_ends(world: &mut World, given: &Given, how: Held) -> Result<(String, String), Refused> {
    let (user, role, by) = (account(world, given, "account")?, role(given, "role")?, author(world, given)?);
    let minutes = given.number("minutes", 60, LONGEST)?;
    let (now, span) = (world.now, lasting::span(world, given, Some(minutes)));
    // What an exercise ends is listed with the end that it has where the exercise is not paused.
    let ends_at = span.until.or(Some(now + i64::from(minutes) * MINUTE));
    let list = &mut world.edit().assignments;
    list.retain(|held| held.principal != user.id() || held.role != role);
    list.push(Assignment {
        id: new_id(),
        principal: user.id().to_owned(),
        role: role.to_owned(),
        scope: "/".to_owned(),
        starts_at: now,
        ends_at,
        activated: how == Held::Activated,
        listed_at: now,
        ordered: span.ordered,
    });
    world.audit("Add member to role", &by, &[user.id()]);
    Ok((user.upn().to_owned(), role_name(role).unwrap_or_default().to_owned()))
}
