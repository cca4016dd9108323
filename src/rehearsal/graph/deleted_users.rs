//! Soft-deleted users: listed, restored, or gone for good. A deleted group that roles can be assigned to can be looked at by
//! its id (contract 15.1: such groups are soft-deleted; other security groups are gone at once).

use serde_json::Value;

use super::groups::shown_as_member;
use super::request::{Outcome, Request, unknown};
use super::user_checks::check_name;
use super::users::{PROPERTIES, shown};
use crate::rehearsal::http::json::text;
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::time::{DAY, moment};
use crate::rehearsal::state::world::World;

/// Days of the calendar that a deleted user can be brought back (contract 2).
const DAYS: i64 = 30;

/// The deleted users that are not gone for good yet.
fn in_bin(world: &World) -> impl Iterator<Item = &User> {
    let since = world.now - DAYS * DAY;
    let deleted_at = |user: &User| moment(text(&user.body, "deletedDateTime"));
    world.state().deleted_users.iter().filter(move |user| deleted_at(user).is_none_or(|at| at >= since))
}

/// Answers everything below `/directory/deletedItems`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["directory", "deletedItems", "microsoft.graph.user"]) => {
            let items = in_bin(world).map(shown).collect();
            listed(ask.call, Listing { items, context: "users", page: 100, properties: PROPERTIES })
        }
        ("get", ["directory", "deletedItems", id]) => {
            let user = in_bin(world).find(|user| user.id() == *id).map(shown);
            let found = user.or_else(|| group_in_bin(world, id));
            found.map_or_else(|| Err(Refusal::not_found(id)), |body| Ok(Reply::json(200, body)))
        }
        ("post", ["directory", "deletedItems", id, "restore"]) => {
            let mut user = purged(world, id)?;
            check_name(world, user.upn(), None)?;
            user.body.remove("deletedDateTime");
            let body = shown(&user);
            world.edit().users.push(user);
            Ok(Reply::json(200, body))
        }
        ("delete", ["directory", "deletedItems", id]) => purged(world, id).map(|_| Reply::empty(204)),
        _ => Err(unknown(ask)),
    }
}

fn group_in_bin(world: &World, id: &str) -> Option<Value> {
    let mut groups = world.state().deleted_groups.iter();
    groups.find(|group| group.id() == id && group.role_assignable()).map(shown_as_member)
}

fn purged(world: &mut World, id: &str) -> Result<User, Refusal> {
    in_bin(world).find(|user| user.id() == id).ok_or_else(|| Refusal::not_found(id))?;
    let index = world.state().deleted_users.iter().position(|user| user.id() == id);
    let index = index.ok_or_else(|| Refusal::not_found(id))?;
    Ok(world.edit().deleted_users.remove(index))
}
