//! Soft-deleted users: listed, restored, or gone for good.

use super::request::{Outcome, Request, unknown};
use super::user_checks::check_name;
use super::users::{PROPERTIES, shown};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::world::World;

/// Answers everything below `/directory/deletedItems`.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["directory", "deletedItems", "microsoft.graph.user"]) => {
            let items = world.state().deleted_users.iter().map(shown).collect();
            listed(ask.call, Listing { items, context: "users", page: 100, properties: PROPERTIES })
        }
        ("get", ["directory", "deletedItems", id]) => {
            let found = world.state().deleted_users.iter().find(|user| user.id() == *id);
            found.map_or_else(|| Err(Refusal::not_found(id)), |user| Ok(Reply::json(200, shown(user))))
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

fn purged(world: &mut World, id: &str) -> Result<User, Refusal> {
    let index = world.state().deleted_users.iter().position(|user| user.id() == id);
    let index = index.ok_or_else(|| Refusal::not_found(id))?;
    Ok(world.edit().deleted_users.remove(index))
}
