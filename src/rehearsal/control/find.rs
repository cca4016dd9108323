//! What callers mean by a name: an account, a group, a policy of this tenant.
//!
//! Finds what has not replicated yet, too: a change is made by somebody who stands beside the tenant.

use super::given::{Given, Refused, bad};
use crate::rehearsal::state::directory::{GLOBAL_ADMINISTRATOR, role_id};
use crate::rehearsal::state::model::{Group, Policy, User};
use crate::rehearsal::state::world::World;

/// The account named by a parameter: its user principal name, the part before the @, or its id.
pub fn account(world: &World, given: &Given, name: &str) -> Result<User, Refused> {
    among(&world.state().users, given.text(name)?)
        .ok_or_else(|| bad(name, "there is no account of that name"))
}

/// Whether a word means this account.
pub fn means(user: &User, word: &str) -> bool {
    let nickname = user.upn().split('@').next().unwrap_or_default();
    [user.id(), user.upn(), nickname].iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn among(users: &[User], word: &str) -> Option<User> {
    users.iter().find(|user| means(user, word)).cloned()
}

/// The deleted account named by a parameter.
pub fn deleted_account(world: &World, given: &Given, name: &str) -> Result<User, Refused> {
    among(&world.state().deleted_users, given.text(name)?)
        .ok_or_else(|| bad(name, "no deleted account has that name"))
}

/// The group of that name or id in a list.
pub fn group(groups: &[Group], word: &str) -> Option<Group> {
    groups.iter().find(|group| group.id() == word || group.name() == word).cloned()
}

/// The policy named by a parameter: its name or its id.
pub fn policy(world: &World, given: &Given, name: &str) -> Result<Policy, Refused> {
    let word = given.text(name)?;
    let hit = world.state().policies.iter().find(|policy| policy.id() == word || policy.name() == word);
    hit.cloned().ok_or_else(|| bad(name, "there is no policy of that name"))
}

/// Template id of the role named by a parameter.
pub fn role(given: &Given, name: &str) -> Result<&'static str, Refused> {
    role_id(given.text_or(name, "Global Administrator")?)
        .ok_or_else(|| bad(name, "there is no role of that name"))
}

/// Whom the audit names: who was given, or a Global Administrator who is not the person at the console.
pub fn author(world: &World, given: &Given) -> Result<String, Refused> {
    if given.has(super::change::BY) {
        return account(world, given, super::change::BY).map(|user| user.id().to_owned());
    }
    let state = world.state();
    let other = state
        .assignments
        .iter()
        .find(|held| held.role == GLOBAL_ADMINISTRATOR && held.principal != state.operator);
    Ok(other.map_or_else(|| state.operator.clone(), |held| held.principal.clone()))
}
