//! Changes of accounts: disabled, deleted, restored; a role taken or only eligible; a method that stops working.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::{account, author, deleted_account, role};
use super::given::{Given, Refused, bad};
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::directory::role_name;
use crate::rehearsal::state::methods::SIGN_IN_METHODS;
use crate::rehearsal::state::model::{Assignment, NextSignIn, Standing, User};
use crate::rehearsal::state::world::World;

const ACCOUNT: &str = "user principal name, the part of it before the @, or id";
const ROLE: &str = "name of a built-in role; Global Administrator when left out";
const METHOD: &str = "fido2, microsoftAuthenticator or phone";
const NUMBER: &str = "which of several, as Graph lists them, from 1; all when left out";

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "account-disabled",
        does: "An account can no longer sign in.",
        parameters: &[required("account", ACCOUNT)],
        apply: disabled,
    },
    Change {
        name: "account-enabled",
        does: "An account can sign in again.",
        parameters: &[required("account", ACCOUNT)],
        apply: enabled,
    },
    Change {
        name: "account-deleted",
        does: "An account is deleted; it can be restored.",
        parameters: &[required("account", ACCOUNT)],
        apply: deleted,
    },
    Change {
        name: "account-restored",
        does: "A deleted account is restored.",
        parameters: &[required("account", ACCOUNT)],
        apply: restored,
    },
    Change {
        name: "role-taken",
        does: "An account loses a directory role that it holds.",
        parameters: &[required("account", ACCOUNT), optional("role", ROLE)],
        apply: role_taken,
    },
    Change {
        name: "role-eligible-only",
        does: "An account no longer holds a directory role, and can only activate it.",
        parameters: &[required("account", ACCOUNT), optional("role", ROLE)],
        apply: role_eligible_only,
    },
    Change {
        name: "account-without-type",
        does: "An account has no user type, like those made years ago.",
        parameters: &[required("account", ACCOUNT)],
        apply: without_type,
    },
    Change {
        name: "password-change-forced",
        does: "An account must choose a new password at its next sign-in.",
        parameters: &[required("account", ACCOUNT)],
        apply: change_forced,
    },
    Change {
        name: "method-stops-working",
        does: "A registered method of an account stays listed, and nobody gets in with it.",
        parameters: &[required("account", ACCOUNT), required("method", METHOD), optional("number", NUMBER)],
        apply: method_stops,
    },
    Change {
        name: "method-works-again",
        does: "Every method of an account works again.",
        parameters: &[required("account", ACCOUNT)],
        apply: method_works,
    },
];

fn disabled(world: &mut World, given: &Given) -> Result<String, Refused> {
    let upn = set_enabled(world, given, false)?;
    Ok(format!("{upn} is disabled."))
}

fn enabled(world: &mut World, given: &Given) -> Result<String, Refused> {
    let upn = set_enabled(world, given, true)?;
    Ok(format!("{upn} is enabled."))
}

fn without_type(world: &mut World, given: &Given) -> Result<String, Refused> {
    let user = account(world, given, "account")?;
    edit(world, &user, |found| {
        found.body.insert("userType".to_owned(), Value::Null);
    });
    Ok(format!("{} has no user type.", user.upn()))
}

fn change_forced(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    edit(world, &user, |found| {
        found.body.insert("passwordProfile".to_owned(), NextSignIn::NewPassword.profile());
    });
    world.audit("Update user", &by, &[user.id()]);
    Ok(format!("{} must choose a new password at the next sign-in.", user.upn()))
}

fn set_enabled(world: &mut World, given: &Given, enabled: bool) -> Result<String, Refused> {
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    edit(world, &user, |found| {
        found.body.insert("accountEnabled".to_owned(), json!(enabled));
    });
    world.audit(if enabled { "Enable account" } else { "Disable account" }, &by, &[user.id()]);
    Ok(user.upn().to_owned())
}

fn edit(world: &mut World, user: &User, change: impl FnOnce(&mut User)) {
    if let Some(found) = world.edit().users.iter_mut().find(|one| one.id() == user.id()) {
        change(found);
    }
}

fn deleted(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (mut user, by) = (account(world, given, "account")?, author(world, given)?);
    world.edit().users.retain(|one| one.id() != user.id());
    user.body.insert("deletedDateTime".to_owned(), json!(world.stamp()));
    world.audit("Delete user", &by, &[user.id()]);
    let upn = user.upn().to_owned();
    world.edit().deleted_users.push(user);
    Ok(format!("{upn} is deleted and can be restored."))
}

fn restored(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (mut user, by) = (deleted_account(world, given, "account")?, author(world, given)?);
    if world.state().users.iter().any(|one| one.upn().eq_ignore_ascii_case(user.upn())) {
        return Err(bad("account", "another account has taken that name"));
    }
    world.edit().deleted_users.retain(|one| one.id() != user.id());
    user.body.remove("deletedDateTime");
    world.audit("Restore user", &by, &[user.id()]);
    let upn = user.upn().to_owned();
    world.edit().users.push(user);
    Ok(format!("{upn} is restored."))
}

/// Takes the assignments away and hands them out.
fn taken(world: &mut World, given: &Given) -> Result<(User, Assignment), Refused> {
    let (user, role, by) = (account(world, given, "account")?, role(given, "role")?, author(world, given)?);
    let mine = |held: &Assignment| held.principal == user.id() && held.role == role;
    let held = world.state().assignments.iter().find(|held| mine(held)).cloned();
    let held = held.ok_or_else(|| bad("role", "the account does not hold it itself"))?;
    world.edit().assignments.retain(|held| !mine(held));
    world.audit("Remove member from role", &by, &[user.id()]);
    Ok((user, held))
}

fn role_taken(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, held) = taken(world, given)?;
    let role = role_name(&held.role).unwrap_or_default();
    Ok(format!("{} no longer holds {role}.", user.upn()))
}

fn role_eligible_only(world: &mut World, given: &Given) -> Result<String, Refused> {
    if !world.state().licence.has_p2() {
        return Err(bad("role", "this tenant has no P2, so nothing in it can be eligible"));
    }
    let (user, held) = taken(world, given)?;
    let role = role_name(&held.role).unwrap_or_default();
    world.edit().held(Standing::Eligible).push(Assignment { id: new_id(), ..held });
    Ok(format!("{} can only activate {role}.", user.upn()))
}

fn method_stops(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, kind) = (account(world, given, "account")?, given.word("method", SIGN_IN_METHODS)?);
    let ids: Vec<String> =
        user.methods_of(kind).filter_map(|method| method["id"].as_str()).map(str::to_owned).collect();
    let most = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    if most == 0 {
        return Err(bad("method", "the account has none of that kind"));
    }
    let stopped = if given.has("number") {
        let number = usize::try_from(given.number("number", 1, most)?).unwrap_or(usize::MAX);
        ids.into_iter().skip(number - 1).take(1).collect()
    } else {
        ids
    };
    let count = stopped.len();
    edit(world, &user, |found| found.broken_methods.extend(stopped));
    Ok(format!("{count} of the {kind} methods of {} stopped working.", user.upn()))
}

fn method_works(world: &mut World, given: &Given) -> Result<String, Refused> {
    let user = account(world, given, "account")?;
    edit(world, &user, |found| found.broken_methods.clear());
    Ok(format!("Every method of {} works again.", user.upn()))
}
