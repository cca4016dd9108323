//! Authentication methods as the tenant keeps them: which are open to whom, and what a simulated key looks like.
//!
//! Who registers a key, and when, is decided elsewhere.

use serde_json::{Value, json};

use super::directory;
use super::world::World;
use crate::rehearsal::identity::hashing::new_id;

/// Model of every simulated security key, of no real maker.
pub const KEY_MODEL: &str = "5eed5eed-0000-4000-8000-00000000f1d0";

/// A security key as Graph lists it.
pub fn security_key(world: &World, number: usize) -> Value {
    json!({"@odata.type": "#microsoft.graph.fido2AuthenticationMethod", "id": new_id(),
        "displayName": format!("Rehearsal key {number}"), "createdDateTime": world.stamp(), "aaGuid": KEY_MODEL,
        "model": "Simulated Security Key", "attestationCertificates": [], "attestationLevel": "attested",
        "passkeyType": "deviceBound"})
}

/// A method configuration by its id.
pub fn configuration<'a>(world: &'a World, id: &str) -> Option<&'a Value> {
    let same = |body: &&Value| body["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id));
    world.state().configurations.iter().find(same)
}

/// Whether a method is enabled for a user; exclusion wins.
pub fn method_open(world: &World, id: &str, user: &str) -> bool {
    let groups = directory::groups_of(world, user);
    let targets = |list: &Value| {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(|target| target["id"].as_str())
            .any(|id| id == "all_users" || id == user || groups.contains(id))
    };
    configuration(world, id).is_some_and(|body| {
        body["state"] == "enabled" && targets(&body["includeTargets"]) && !targets(&body["excludeTargets"])
    })
}
