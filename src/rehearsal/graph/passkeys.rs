//! What an administrator's program needs to make a security key for somebody: `fido2Methods/creationOptions`.
//!
//! The POST that would register the key is not played, because no key here could sign for it: simulated people register
//! theirs on a page. Shape and values follow contract 4; that the real service answers `cross-platform` is UNVERIFIED.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::access;
use super::request::{Outcome, Request};
use crate::rehearsal::http::odata::context;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::random;
use crate::rehearsal::state::directory::user;
use crate::rehearsal::state::methods::{configuration, method_open};
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::time::stamp;
use crate::rehearsal::state::world::World;

/// Tenant minutes a challenge is good.
const CHALLENGE_MINUTES: i64 = 5;

/// Answers `GET …/fido2Methods/creationOptions`.
pub fn creation_options(world: &World, ask: &Request<'_>, key: &str) -> Outcome {
    let user = user(world, key)?;
    access::may_touch(world, ask.caller, user.id())?;
    open_to(world, user)?;
    Ok(Reply::json(
        200,
        json!({"@odata.context": context(ask.call, "microsoft.graph.webauthnCredentialCreationOptions"),
        "challengeTimeoutDateTime": stamp(world.now + world.minutes(CHALLENGE_MINUTES)), "publicKey": public_key(user)}),
    ))
}

/// The method must be open to the account, and people must be allowed to register it themselves (contract 4).
fn open_to(world: &World, user: &User) -> Result<(), Refusal> {
    let self_service =
        configuration(world, "Fido2").is_some_and(|body| body["isSelfServiceRegistrationAllowed"] == true);
    if self_service && method_open(world, "Fido2", user.id()) {
        return Ok(());
    }
    // The text is UNVERIFIED.
    Err(Refusal::new(400, "badRequest", "Passkeys (FIDO2) cannot be registered for this user."))
}

fn public_key(user: &User) -> Value {
    let known = |key: &Value| json!({"type": "public-key", "id": key["id"], "transports": []});
    let excluded: Vec<Value> = user.methods_of("fido2").map(known).collect();
    json!({"rp": {"id": "login.microsoftonline.com", "name": "Microsoft"},
        "user": {"id": URL_SAFE_NO_PAD.encode(user.id()), "displayName": user.body.get("displayName"), "name": user.upn()},
        "challenge": URL_SAFE_NO_PAD.encode(random::<32>()), "timeout": CHALLENGE_MINUTES * 60 * 1000,
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
        "excludeCredentials": excluded, "attestation": "direct", "extensions": {},
        "authenticatorSelection": {"authenticatorAttachment": "cross-platform", "requireResidentKey": true,
            "userVerification": "required"}})
}
