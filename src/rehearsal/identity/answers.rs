//! Answers of the sign-in service that several of its endpoints give: tokens, errors, the way back to a program.
//!
//! Which answer is due is decided elsewhere.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::hashing::new_id;
use super::tokens::{self, Grant};
use super::visit::{Denied, Session};
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::state::world::World;

/// Form or query fields by name.
pub type Fields = BTreeMap<String, String>;

/// The answer of the token endpoint for a person.
pub fn tokens_for(world: &World, session: &Session, grant: &Grant<'_>) -> Value {
    let seconds = tokens::access_seconds(world) - 1;
    let mut body = json!({"token_type": "Bearer", "scope": grant.asked.granted.join(" "), "expires_in": seconds,
        "ext_expires_in": seconds, "access_token": tokens::access(world, session, &grant.asked)});
    if grant.asked.offline {
        body["refresh_token"] = json!(tokens::refresh(world, session, grant.client));
    }
    if grant.asked.openid {
        body["id_token"] = json!(tokens::identity(world, session, grant));
    }
    body
}

/// A refused grant.
pub fn bad_grant(code: u32, message: &str) -> Denied {
    Denied::new(code, "invalid_grant", message)
}

/// An OAuth error as Microsoft sends it.
pub fn error_reply(world: &World, denied: &Denied) -> Reply {
    let status = if denied.error == "invalid_client" { 401 } else { 400 };
    Reply::json(
        status,
        json!({"error": denied.error, "error_description": denied.description(),
        "error_codes": [denied.code], "timestamp": world.stamp(), "trace_id": new_id(), "correlation_id": new_id()}),
    )
}

/// A field, or the empty text.
pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(String::as_str).unwrap_or_default()
}

/// Sends a browser back to the program.
pub fn back(redirect: &str, pairs: &[(&str, &str)]) -> Reply {
    let Ok(mut url) = url::Url::parse(redirect) else { return Reply::page(400, "<p>Bad redirect address.") };
    url.query_pairs_mut().extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    Reply::redirect(url.as_str())
}
