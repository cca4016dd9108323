//! The device code flow: a code is issued, a person approves it elsewhere, the client polls.
//!
//! Interval and lifetime are tenant time. `slow_down` is RFC 8628; the errors are those Microsoft documents.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answers::{bad_grant, error_reply, field, tokens_for};
use super::hashing::{new_id, random_text};
use super::scopes;
use super::scopes::contexts;
use super::sign_in::sign_in;
use super::tokens::Grant;
use super::visit::{Denied, Session, Visit};
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::reply::{Reply, escaped};
use crate::rehearsal::state::model::{DeviceAnswer, DeviceCode};
use crate::rehearsal::state::world::World;

/// Tenant seconds between polls.
const INTERVAL: i64 = 5;
/// Tenant seconds a code lives.
const LIFETIME: i64 = 900;

/// `POST …/devicecode`.
pub fn issued(world: &mut World, call: &Call) -> Reply {
    let fields = call.form();
    let (client, scope) = (field(&fields, "client_id"), field(&fields, "scope"));
    if let Err(denied) = scopes::asked(scope, client, &call.origin) {
        return error_reply(world, &denied);
    }
    let code = DeviceCode {
        secret: new_id(),
        user_code: random_text::<9>().to_uppercase(),
        client: client.to_owned(),
        scope: scope.to_owned(),
        expires_at: world.now + world.seconds(LIFETIME),
        polled_at: 0,
        answer: DeviceAnswer::Waiting,
    };
    let page = format!("{}/login/devicelogin", call.origin);
    let message = format!(
        "To sign in, use a web browser to open the page {page} and enter the code {} to authenticate.",
        code.user_code
    );
    let body = json!({"device_code": code.secret, "user_code": code.user_code, "verification_uri": page,
        "expires_in": LIFETIME, "interval": INTERVAL, "message": message});
    let now = world.now;
    world.edit().device_codes.retain(|old| old.expires_at > now);
    world.edit().device_codes.push(code);
    Reply::json(200, body)
}

/// The page where the person enters the code; without HTML the person approves at once.
pub fn visited(world: &mut World, call: &Call) -> Reply {
    let mut fields: BTreeMap<String, String> = call.query.iter().cloned().collect();
    fields.extend(call.form());
    let user_code = field(&fields, "user_code").to_uppercase();
    let Some(index) = world.state().device_codes.iter().position(|code| code.user_code == user_code) else {
        return Reply::page(
            if user_code.is_empty() { 200 } else { 404 },
            "<form><input name=user_code><button>Next</button></form>",
        );
    };
    if call.method == "GET" && call.wants_page() {
        let code = escaped(&user_code);
        return Reply::page(
            200,
            &format!(
                "<form method=post><input name=user_code value=\"{code}\"><button>Approve</button></form>"
            ),
        );
    }
    let answer = if fields.contains_key("decline") {
        DeviceAnswer::Declined
    } else {
        approval(world, index, &fields, &call.origin)
    };
    if let Some(code) = world.edit().device_codes.get_mut(index) {
        code.answer = answer;
    }
    Reply::page(200, "<p>You may close this window.")
}

fn approval(
    world: &mut World,
    index: usize,
    fields: &BTreeMap<String, String>,
    origin: &str,
) -> DeviceAnswer {
    let Some(code) = world.state().device_codes.get(index).cloned() else { return DeviceAnswer::Declined };
    let upn = fields.get("login_hint").filter(|hint| !hint.is_empty()).cloned();
    let resource = scopes::asked(&code.scope, &code.client, origin).map(|asked| asked.resource);
    let visit = Visit {
        upn,
        client: code.client,
        resource: resource.unwrap_or(super::apps::Resource::Graph),
        flow: Some("deviceCodeFlow".to_owned()),
        correlation: None,
    };
    match sign_in(world, &visit) {
        Ok(session) => DeviceAnswer::Approved { user: session.user, methods: session.methods },
        Err(denied) => DeviceAnswer::Refused { code: denied.code, message: denied.message },
    }
}

/// The client asks whether the person has answered.
pub fn polled(world: &mut World, fields: &BTreeMap<String, String>, call: &Call) -> Result<Value, Denied> {
    let wanted = field(fields, "device_code");
    let (now, interval) = (world.now, world.seconds(INTERVAL));
    let found = world.edit().device_codes.iter_mut().find(|code| code.secret == wanted);
    let code = found
        .ok_or_else(|| Denied::new(700_003, "bad_verification_code", "The device_code is not recognized."))?;
    // A client that waits the interval exactly must not be scolded for a clock a little off.
    let early = now - code.polled_at < interval * 4 / 5;
    code.polled_at = now;
    let code = code.clone();
    if code.expires_at <= now {
        return Err(Denied::new(
            70_020,
            "expired_token",
            "The provided value for the input parameter 'device_code' is expired.",
        ));
    }
    match code.answer {
        DeviceAnswer::Waiting if early => Err(Denied::new(70_016, "slow_down", "Polling too often.")),
        DeviceAnswer::Waiting => Err(Denied::new(
            70_016,
            "authorization_pending",
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )),
        DeviceAnswer::Declined => {
            Err(Denied::new(70_018, "authorization_declined", "The user declined the sign-in."))
        }
        DeviceAnswer::Refused { code, message } => Err(Denied::new(code, "access_denied", message)),
        DeviceAnswer::Approved { user, methods } => {
            world.edit().device_codes.retain(|code| code.secret != wanted);
            let client = field(fields, "client_id");
            let asked = scopes::asked(&code.scope, client, &call.origin)?;
            if client != code.client {
                return Err(bad_grant(70_000, "The device code was issued to another client."));
            }
            let contexts = contexts(field(fields, "claims"));
            Ok(tokens_for(
                world,
                &Session { user, methods, contexts },
                &Grant { client, nonce: "", origin: &call.origin, asked },
            ))
        }
    }
}
