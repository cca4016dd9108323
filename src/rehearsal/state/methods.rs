//! Authentication methods as the tenant keeps them: which are open to whom, and what a simulated key looks like.
//!
//! Who registers a key, and when, is decided elsewhere.

use serde_json::{Value, json};

use super::directory;
use super::model::User;
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

/// Kinds of methods that people sign in with, the strongest first.
pub const SIGN_IN_METHODS: &[&str] = &["fido2", "microsoftAuthenticator", "phone"];

/// Whether somebody gets in with a method of that kind: one is registered, does not fail, and is of an allowed model.
pub fn works(world: &World, user: &User, kind: &str) -> bool {
    let broken = |method: &Value| user.broken_methods.iter().any(|id| method["id"] == id.as_str());
    let allowed = |method: &Value| method["aaGuid"].as_str().is_none_or(|model| model_allowed(world, model));
    user.methods_of(kind).any(|method| !broken(method) && allowed(method))
}

/// Whether keys of a model may be registered and used.
pub fn model_allowed(world: &World, model: &str) -> bool {
    configuration(world, "Fido2").is_none_or(|body| {
        let restrictions = &body["keyRestrictions"];
        restrictions["isEnforced"] != true || names_model(restrictions, model) == only_listed(restrictions)
    })
}

/// Whether the list says what is allowed, not what is blocked.
fn only_listed(restrictions: &Value) -> bool {
    restrictions["enforcementType"] == "allow"
}

fn names_model(restrictions: &Value, model: &str) -> bool {
    let listed = restrictions["aaGuids"].as_array().into_iter().flatten().filter_map(Value::as_str);
    listed.into_iter().any(|one| one.eq_ignore_ascii_case(model))
}

/// Disallows a model, in whichever way the policy lists models.
pub fn disallow_key_model(world: &mut World, model: &str) -> Result<(), &'static str> {
    if !model_allowed(world, model) {
        return Err("it is disallowed already");
    }
    restrict(world, model, Listed::Blocked);
    Ok(())
}

/// Allows a disallowed model.
pub fn allow_key_model(world: &mut World, model: &str) -> Result<(), &'static str> {
    if model_allowed(world, model) {
        return Err("it is allowed already");
    }
    restrict(world, model, Listed::Allowed);
    Ok(())
}

/// What becomes of a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Allowed,
    Blocked,
}

fn restrict(world: &mut World, model: &str, wanted: Listed) {
    edit(world, "Fido2", |body| {
        let changed = restricted(&body["keyRestrictions"], model, wanted);
        set_models(body, &changed);
    });
}

/// Changes the configuration of one method.
pub fn edit(world: &mut World, id: &str, change: impl Fn(&mut Value)) {
    world.edit().configurations.iter_mut().filter(|body| body["id"] == id).for_each(change);
}

/// Which models are accepted. The profiles repeat it; the default one is where Entra keeps it now.
pub fn set_models(body: &mut Value, restrictions: &Value) {
    body["keyRestrictions"] = restrictions.clone();
    for profile in body["passkeyProfiles"].as_array_mut().into_iter().flatten() {
        profile["keyRestrictions"] = restrictions.clone();
    }
}

/// Whether a key must attest its model.
pub fn set_attestation(body: &mut Value, demanded: bool) {
    body["isAttestationEnforced"] = json!(demanded);
    for profile in body["passkeyProfiles"].as_array_mut().into_iter().flatten() {
        profile["attestationEnforcement"] = json!(if demanded { "registrationOnly" } else { "disabled" });
    }
}

/// How long a pass may live, minutes.
pub fn set_pass_minutes(body: &mut Value, [least, most]: [u32; 2]) {
    body["minimumLifetimeInMinutes"] = json!(least);
    body["maximumLifetimeInMinutes"] = json!(most);
    body["defaultLifetimeInMinutes"] = json!(least.max(60).min(most));
}

fn restricted(before: &Value, model: &str, wanted: Listed) -> Value {
    let enforced = before["isEnforced"] == true;
    let allow_list = enforced && only_listed(before);
    let old = before["aaGuids"].as_array().filter(|_| enforced).into_iter().flatten();
    let same = |one: &&Value| one.as_str().is_some_and(|one| one.eq_ignore_ascii_case(model));
    let mut models: Vec<Value> = old.filter(|one| !same(one)).cloned().collect();
    if allow_list == (wanted == Listed::Allowed) {
        models.push(json!(model));
    }
    let kind = if allow_list { "allow" } else { "block" };
    json!({"isEnforced": allow_list || !models.is_empty(), "enforcementType": kind, "aaGuids": models})
}
