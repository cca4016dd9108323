//! Changes of groups: deleted, restored, a member gone or come.

use super::change::{Change, required};
use super::find::{account, author, group};
use super::given::{Given, Refused, bad};
use crate::rehearsal::state::model::Group;
use crate::rehearsal::state::world::World;

const GROUP: &str = "name or id of a group";
const ACCOUNT: &str = "user principal name, the part of it before the @, or id";

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "group-deleted",
        does: "A group is deleted; policies that exclude it still name its id.",
        parameters: &[required("group", GROUP)],
        apply: deleted,
    },
    Change {
        name: "group-restored",
        does: "A deleted group is there again, with its id and its members.",
        parameters: &[required("group", GROUP)],
        apply: restored,
    },
    Change {
        name: "group-gains-member",
        does: "An account becomes a member of a group.",
        parameters: &[required("group", GROUP), required("account", ACCOUNT)],
        apply: gains_member,
    },
    Change {
        name: "group-gains-owner",
        does: "An account becomes an owner of a group.",
        parameters: &[required("group", GROUP), required("account", ACCOUNT)],
        apply: gains_owner,
    },
    Change {
        name: "group-loses-member",
        does: "An account is no longer a member of a group.",
        parameters: &[required("group", GROUP), required("account", ACCOUNT)],
        apply: loses_member,
    },
];

fn there(world: &World, given: &Given) -> Result<Group, Refused> {
    group(&world.state().groups, given.text("group")?)
        .ok_or_else(|| bad("group", "there is no group of that name"))
}

fn deleted(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, by) = (there(world, given)?, author(world, given)?);
    world.edit().delete_group(found.id());
    world.audit("Delete group", &by, &[found.id()]);
    Ok(format!("The group \"{}\" is deleted.", found.name()))
}

fn restored(world: &mut World, given: &Given) -> Result<String, Refused> {
    let by = author(world, given)?;
    let found = group(&world.state().deleted_groups, given.text("group")?);
    let found = found.ok_or_else(|| bad("group", "no deleted group has that name"))?;
    world.edit().deleted_groups.retain(|group| group.id() != found.id());
    let (id, name) = (found.id().to_owned(), found.name().to_owned());
    world.edit().groups.push(found);
    world.audit("Restore group", &by, &[&id]);
    Ok(format!("The group \"{name}\" is restored."))
}

fn gains_member(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, user, by) = (there(world, given)?, account(world, given, "account")?, author(world, given)?);
    if found.members.iter().any(|member| member == user.id()) {
        return Err(bad("account", "it is a member already"));
    }
    edit(world, &found, |group| group.members.push(user.id().to_owned()));
    world.audit("Add member to group", &by, &[user.id(), found.id()]);
    Ok(format!("{} is a member of \"{}\".", user.upn(), found.name()))
}

fn gains_owner(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, user, by) = (there(world, given)?, account(world, given, "account")?, author(world, given)?);
    if found.owners.iter().any(|owner| owner == user.id()) {
        return Err(bad("account", "it is an owner already"));
    }
    edit(world, &found, |group| group.owners.push(user.id().to_owned()));
    world.audit("Add owner to group", &by, &[user.id(), found.id()]);
    Ok(format!("{} is an owner of \"{}\".", user.upn(), found.name()))
}

fn loses_member(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, user, by) = (there(world, given)?, account(world, given, "account")?, author(world, given)?);
    if !found.members.iter().any(|member| member == user.id()) {
        return Err(bad("account", "it is no member"));
    }
    edit(world, &found, |group| group.members.retain(|member| member != user.id()));
    world.audit("Remove member from group", &by, &[user.id(), found.id()]);
    Ok(format!("{} is no longer a member of \"{}\".", user.upn(), found.name()))
}

fn edit(world: &mut World, group: &Group, change: impl FnOnce(&mut Group)) {
    if let Some(found) = world.edit().groups.iter_mut().find(|one| one.id() == group.id()) {
        change(found);
    }
}
