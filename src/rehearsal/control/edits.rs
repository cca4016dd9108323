//! Changes that no administrator announces: a property of an account or of a group edited, a role given, a method that
//! appears or is gone, a prompt switched on.
//!
//! What has a change with a name of its own (disabled, deleted, a policy) stands in the other tables.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::{account, author, group, role};
use super::given::{Given, Refused, bad};
use crate::rehearsal::identity::hashing::{hashed, new_id};
use crate::rehearsal::state::directory::role_name;
use crate::rehearsal::state::model::{Assignment, Pass, User};
use crate::rehearsal::state::world::World;

const ACCOUNT: &str = "user principal name, the part of it before the @, or id";
const PROPERTY: &str = "its name, as Graph has it";
const KIND: &str = "phone, email, app or pass";
/// Properties that an edit must not touch: the rest of the tenant knows the object by them.
const KEPT: [&str; 2] = ["id", "deletedDateTime"];

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "account-edited",
        does: "A property of an account has another value; null where none is given.",
        parameters: &[
            required("account", ACCOUNT),
            required("property", PROPERTY),
            optional("value", "the new value"),
        ],
        apply: account_edited,
    },
    Change {
        name: "group-edited",
        does: "A property of a group has another value; null where none is given.",
        parameters: &[
            required("group", "name or id of a group"),
            required("property", PROPERTY),
            optional("value", "the new value"),
        ],
        apply: group_edited,
    },
    Change {
        name: "role-given",
        does: "An account holds a directory role for good.",
        parameters: &[
            required("account", ACCOUNT),
            optional("role", "name of a built-in role; Global Administrator when left out"),
        ],
        apply: role_given,
    },
    Change {
        name: "method-appears",
        does: "A method that nobody planned is registered for an account.",
        parameters: &[required("account", ACCOUNT), required("method", KIND)],
        apply: method_appears,
    },
    Change {
        name: "method-gone",
        does: "The methods of one kind are no longer registered for an account.",
        parameters: &[
            required("account", ACCOUNT),
            required("method", "fido2, phone, email, app or pass"),
            optional("name", "only the one of this name"),
        ],
        apply: method_gone,
    },
    Change {
        name: "campaign-switched",
        does: "The registration campaign is switched.",
        parameters: &[required("to", "default, enabled or disabled")],
        apply: campaign,
    },
    Change {
        name: "methods-migrated",
        does: "The migration of the method policies stands elsewhere.",
        parameters: &[required("to", "migrationComplete, migrationInProgress or preMigration")],
        apply: migration,
    },
    Change {
        name: "reset-by-administrators",
        does: "Administrators may, or may not, reset their own password.",
        parameters: &[required("to", "on or off")],
        apply: own_reset,
    },
];

/// The property that is edited, with its new value.
fn property(given: &Given) -> Result<(String, Value), Refused> {
    let name = given.text("property")?;
    if KEPT.contains(&name) {
        return Err(bad("property", "the tenant knows the object by it"));
    }
    Ok((name.to_owned(), given.values().get("value").cloned().unwrap_or(Value::Null)))
}

fn edit(world: &mut World, user: &User, change: impl FnOnce(&mut User)) {
    if let Some(found) = world.edit().users.iter_mut().find(|one| one.id() == user.id()) {
        change(found);
    }
}

fn account_edited(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    let (name, value) = property(given)?;
    edit(world, &user, |found| {
        found.body.insert(name.clone(), value);
    });
    world.audit("Update user", &by, &[user.id()]);
    Ok(format!("{name} of {} is another one.", user.upn()))
}

fn group_edited(world: &mut World, given: &Given) -> Result<String, Refused> {
    let by = author(world, given)?;
    let found = group(&world.state().groups, given.text("group")?);
    let found = found.ok_or_else(|| bad("group", "there is no group of that name"))?;
    let (name, value) = property(given)?;
    if let Some(kept) = world.edit().groups.iter_mut().find(|one| one.id() == found.id()) {
        kept.body.insert(name.clone(), value);
    }
    world.audit("Update group", &by, &[found.id()]);
    Ok(format!("{name} of \"{}\" is another one.", found.name()))
}

fn role_given(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, role, by) = (account(world, given, "account")?, role(given, "role")?, author(world, given)?);
    let held = |one: &Assignment| one.principal == user.id() && one.role == role && one.ends_at.is_none();
    if world.state().assignments.iter().any(held) {
        return Err(bad("role", "the account holds it already"));
    }
    let now = world.now;
    world.edit().assignments.push(Assignment {
        id: new_id(),
        principal: user.id().to_owned(),
        role: role.to_owned(),
        scope: "/".to_owned(),
        starts_at: now,
        ends_at: None,
        activated: false,
        listed_at: now,
        ordered: None,
    });
    world.audit("Add member to role", &by, &[user.id()]);
    Ok(format!("{} holds {}.", user.upn(), role_name(role).unwrap_or_default()))
}

/// A method by the short words of callers, as Graph lists it.
fn method(world: &World, kind: &str) -> Value {
    let (name, more) = match kind {
        "phone" => (
            "phone",
            json!({"id": "3179e48a-750b-4051-897c-87b9720928f7", "phoneNumber": "+1 2065550100",
                "phoneType": "mobile", "smsSignInState": "notAllowedByPolicy"}),
        ),
        "email" => (
            "email",
            json!({"id": "3ddfcfc8-9383-446f-83cc-3ab9be4be18f", "emailAddress": "somebody@example.com"}),
        ),
        _ => (
            "microsoftAuthenticator",
            json!({"id": new_id(), "displayName": "Phone", "deviceTag": "SoftwareTokenActivated",
                "phoneAppVersion": "6.0"}),
        ),
    };
    let mut method = more;
    method["@odata.type"] = json!(format!("#microsoft.graph.{name}AuthenticationMethod"));
    method["createdDateTime"] = json!(world.stamp());
    method
}

/// A pass that somebody issued and nobody used.
fn pass(world: &World) -> Pass {
    let lifetime_minutes = 480;
    Pass {
        id: new_id(),
        hash: hashed(&new_id()),
        one_time: false,
        lifetime_minutes,
        issued_at: world.now,
        starts_at: world.now,
        expires_at: world.now + world.minutes(lifetime_minutes),
        first_used_at: None,
    }
}

fn method_appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("method")?;
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    let kind = given.word("method", &["phone", "email", "app", "pass"])?;
    if kind == "pass" {
        let pass = pass(world);
        edit(world, &user, |found| found.pass = Some(pass));
    } else {
        let method = method(world, kind);
        edit(world, &user, |found| found.methods.push(method));
    }
    world.audit("Admin registered security info", &by, &[user.id()]);
    Ok(format!("A method ({kind}) is registered for {}.", user.upn()))
}

fn method_gone(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("method")?;
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    let kind = given.word("method", &["fido2", "phone", "email", "app", "pass"])?;
    let name = given.text_or("name", "")?.to_owned();
    let graph = if kind == "app" { "microsoftAuthenticator" } else { kind };
    let graph = format!("#microsoft.graph.{graph}AuthenticationMethod");
    let is_meant = |one: &Value| {
        one["@odata.type"] == graph.as_str() && (name.is_empty() || one["displayName"] == name.as_str())
    };
    if !(user.methods.iter().any(is_meant) || kind == "pass" && user.pass.is_some()) {
        return Err(bad("method", "the account has none of that kind"));
    }
    edit(world, &user, |found| {
        found.methods.retain(|one| !is_meant(one));
        found.pass.take_if(|_| kind == "pass");
    });
    world.audit("Admin deleted security info", &by, &[user.id()]);
    Ok(format!("The methods ({kind}) of {} are gone.", user.upn()))
}

fn campaign(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("to")?;
    let (to, by) = (given.word("to", &["default", "enabled", "disabled"])?, author(world, given)?);
    let enforcement = &mut world.edit().methods_policy["registrationEnforcement"];
    enforcement["authenticationMethodsRegistrationCampaign"]["state"] = json!(to);
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(format!("The registration campaign is {to}."))
}

fn migration(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("to")?;
    let words = ["migrationComplete", "migrationInProgress", "preMigration"];
    let (to, by) = (given.word("to", &words)?, author(world, given)?);
    world.edit().methods_policy["policyMigrationState"] = json!(to);
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(format!("The migration of the method policies stands at {to}."))
}

fn own_reset(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("to")?;
    let (to, by) = (given.word("to", &["on", "off"])?, author(world, given)?);
    world.edit().authorization["allowedToUseSSPR"] = json!(to == "on");
    world.audit("Update authorization policy", &by, &[]);
    Ok(format!("Resetting one's own password is {to} for administrators."))
}
