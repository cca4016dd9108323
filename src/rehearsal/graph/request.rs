//! A call to Graph whose caller is known, and the checks that every area makes of bodies and references.
//!
//! Knows no area.

use serde_json::Value;

use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::json::Object;
use crate::rehearsal::http::refusal::{Ids, Refusal};
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::world::World;

/// A call whose caller is known and allowed.
pub struct Request<'a> {
    pub call: &'a Call,
    pub caller: &'a Caller,
    /// Lower-case method.
    pub verb: &'a str,
    /// Path segments below the version.
    pub path: &'a [&'a str],
}

pub type Outcome = Result<Reply, Refusal>;

/// Ids for a refusal nobody asked Graph for.
pub fn fresh_ids(world: &World) -> Ids {
    ids(world, None)
}

pub fn ids(world: &World, client: Option<&str>) -> Ids {
    let stamp = world.stamp();
    let date = stamp.get(..19).unwrap_or(&stamp).to_owned();
    Ids { request: new_id(), client: client.map_or_else(new_id, str::to_owned), date }
}

/// 400 for what is not known here.
pub fn unknown(ask: &Request<'_>) -> Refusal {
    Refusal::unknown_segment(ask.path.last().copied().unwrap_or_default())
}

/// 400 where a body names a property the type does not have.
pub fn only_known(body: &Object, known: &[&str]) -> Result<(), Refusal> {
    let stranger = |name: &&String| {
        !name.starts_with('@')
            && !name.contains("@odata.")
            && !known.iter().any(|one| one.eq_ignore_ascii_case(name))
    };
    match body.keys().find(stranger) {
        Some(name) => Err(Refusal::bad_request(format!("Invalid property '{name}'."))),
        None => Ok(()),
    }
}

/// An object with its property names in their official case; Graph reads names without case.
pub fn official(body: Object, known: &[&str]) -> Object {
    let name = |key: String| {
        known.iter().find(|one| one.eq_ignore_ascii_case(&key)).map_or(key, |one| (*one).to_owned())
    };
    body.into_iter().map(|(key, value)| (name(key), value)).collect()
}

/// The id at the end of an `@odata.id` or `@odata.bind` address of this very tenant.
pub fn referenced(call: &Call, address: &Value) -> Result<String, Refusal> {
    let text = address.as_str().unwrap_or_default();
    let ours = text.starts_with("https://graph.microsoft.com/v1.0/")
        || text.starts_with(&format!("{}{}/", call.origin, call.prefix));
    let id = text.rsplit('/').next().filter(|id| ours && id.parse::<uuid::Uuid>().is_ok());
    id.map(str::to_owned).ok_or_else(|| Refusal::bad_request("Invalid URL format specified in @odata.bind."))
}
