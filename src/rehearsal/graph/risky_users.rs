//! What Identity Protection thinks of users: `/identityProtection/riskyUsers`, with Entra ID P2.
//!
//! From Microsoft Learn, "List riskyUsers" and "Get riskyUser"; no description of it is at hand. UNVERIFIED: the refusal without
//! the licence, and 404 for a user at whom nothing was seen.

use serde_json::{Value, json};

use super::request::{Outcome, Request, unknown};
use crate::rehearsal::http::odata::{Listing, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::world::World;

/// The list, and one of it.
pub fn route(world: &World, ask: &Request<'_>) -> Outcome {
    licensed(world)?;
    let mut risky = world.state().users.iter().filter(|user| user.beside.risk.is_some());
    match (ask.verb, ask.path) {
        ("get", [_, "riskyUsers"]) => {
            let items = risky.map(shown).collect();
            listed(
                ask.call,
                Listing { items, context: "identityProtection/riskyUsers", page: 100, properties: &[] },
            )
        }
        ("get", [_, "riskyUsers", id]) => {
            let user = risky.find(|user| user.id() == *id).ok_or_else(|| Refusal::not_found(id))?;
            Ok(Reply::json(200, shown(user)))
        }
        _ => Err(unknown(ask)),
    }
}

fn licensed(world: &World) -> Result<(), Refusal> {
    match world.state().licence.has_p2() {
        true => Ok(()),
        false => Err(Refusal::new(403, "Forbidden", "Your tenant is not licensed for this feature.")),
    }
}

fn shown(user: &User) -> Value {
    json!({"id": user.id(), "isDeleted": false, "isProcessing": false, "riskLevel": user.beside.risk,
        "riskState": "atRisk", "riskDetail": "none", "userPrincipalName": user.upn(),
        "userDisplayName": user.body.get("displayName")})
}
