//! Questions about the directory that several services ask: who is visible, who is in which group, who holds what.
//!
//! Replication lag lives here: an object is readable by id a little after it was made, and listed later still.

use std::collections::BTreeSet;

use super::model::{Assignment, Group, User};
use super::world::World;
use crate::rehearsal::http::refusal::Refusal;

/// Template id of Global Administrator, the same in every tenant.
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// Tenant seconds until a new object can be read by its id.
const READABLE_AFTER: i64 = 5;
/// Tenant seconds until a new object turns up in lists and filters.
const LISTED_AFTER: i64 = 20;

/// Built-in roles this tenant knows: name and template id, as Microsoft publishes them.
pub const ROLES: &[(&str, &str)] = &[
    ("Global Administrator", GLOBAL_ADMINISTRATOR),
    ("Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
    ("Privileged Role Administrator", "e8611ab8-c189-46e8-94e1-60213ab1f814"),
    ("Privileged Authentication Administrator", "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"),
    ("Conditional Access Administrator", "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"),
    ("Security Administrator", "194ae4cb-b126-40b2-bd5b-6091b380977d"),
    ("Security Reader", "5d6b6bb7-de71-4623-b4af-96380a352509"),
    ("User Administrator", "fe930be7-5e62-47db-91af-98c3a49a38b1"),
    ("Groups Administrator", "fdd7a751-b60b-444a-984c-02652fe8fa1c"),
    ("Authentication Administrator", "c4e39bd9-1100-46d3-8c65-fb160da0071f"),
    ("Authentication Policy Administrator", "0526716b-113d-4c15-b2c8-68e3c22b9f80"),
    ("Exchange Administrator", "29232cdf-9323-42fd-ade2-1d097af3e4de"),
    ("Helpdesk Administrator", "729827e3-9c14-49f7-bb1b-9608f156bbb8"),
    ("Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf"),
];

/// When something made now can be read by id, and when it is listed.
pub fn replication(world: &World) -> (i64, i64) {
    (world.now + world.seconds(READABLE_AFTER), world.now + world.seconds(LISTED_AFTER))
}

/// A user by id or user principal name, once it has replicated.
pub fn user<'a>(world: &'a World, key: &str) -> Result<&'a User, Refusal> {
    let hit = world.state().users.iter().find(|user| named(user, key) && user.visible_at <= world.now);
    hit.ok_or_else(|| Refusal::not_found(key))
}

/// A user to change, by id or user principal name, once it has replicated.
pub fn user_mut<'a>(world: &'a mut World, key: &str) -> Result<&'a mut User, Refusal> {
    user(world, key)?;
    let hit = world.edit().users.iter_mut().find(|user| named(user, key));
    hit.ok_or_else(|| Refusal::not_found(key))
}

fn named(user: &User, key: &str) -> bool {
    user.id().eq_ignore_ascii_case(key) || user.upn().eq_ignore_ascii_case(key)
}

/// A group by id, once it has replicated.
pub fn group<'a>(world: &'a World, id: &str) -> Result<&'a Group, Refusal> {
    let hit = world.state().groups.iter().find(|group| group.id() == id && group.visible_at <= world.now);
    hit.ok_or_else(|| Refusal::not_found(id))
}

/// A group to change, by id, once it has replicated.
pub fn group_mut<'a>(world: &'a mut World, id: &str) -> Result<&'a mut Group, Refusal> {
    group(world, id)?;
    let hit = world.edit().groups.iter_mut().find(|group| group.id() == id);
    hit.ok_or_else(|| Refusal::not_found(id))
}

/// Whether any object of that id can be read.
pub fn exists(world: &World, id: &str) -> bool {
    user(world, id).is_ok() || group(world, id).is_ok()
}

/// Ids of the groups somebody is in, directly or through other groups.
pub fn groups_of(world: &World, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![id.to_owned()];
    while let Some(member) = open.pop() {
        let holds = |group: &&Group| group.members.contains(&member);
        for group in world.state().groups.iter().filter(holds) {
            if found.insert(group.id().to_owned()) {
                open.push(group.id().to_owned());
            }
        }
    }
    found
}

/// Ids of all users and groups in a group, directly or through other groups.
pub fn members_of(world: &World, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![id.to_owned()];
    while let Some(next) = open.pop() {
        for group in world.state().groups.iter().filter(|group| group.id() == next) {
            open.extend(group.members.iter().filter(|member| found.insert((*member).clone())).cloned());
        }
    }
    found
}

/// Assignments that give this user something now, directly or through a group.
pub fn assignments_of<'a>(world: &'a World, id: &str) -> Vec<&'a Assignment> {
    let groups = groups_of(world, id);
    let mine = |held: &&Assignment| held.principal == id || groups.contains(&held.principal);
    world.state().assignments.iter().filter(|held| held.active(world.now)).filter(mine).collect()
}

/// Template ids of the roles this user holds now.
pub fn roles_of(world: &World, id: &str) -> BTreeSet<String> {
    assignments_of(world, id).into_iter().map(|held| held.role.clone()).collect()
}

/// Template id of a built-in role by name.
pub fn role_id(name: &str) -> Option<&'static str> {
    ROLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, id)| *id)
}

/// Name of a built-in role by template id.
pub fn role_name(id: &str) -> Option<&'static str> {
    ROLES.iter().find(|(_, known)| known.eq_ignore_ascii_case(id)).map(|(name, _)| *name)
}
