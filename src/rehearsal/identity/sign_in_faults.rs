//! What can go wrong while signing in, by name: a person who declines, a code that ends, a policy in the way, an answer
//! for somebody else; and challenges that only a stronger sign-in meets.
//!
//! Numbers are Entra's as far as the stored contract knows them.

use serde_json::json;

use super::answers::{back, error_reply};
use super::hashing::{claims, with_head};
use super::oauth::answer;
use super::tokens;
use super::visit::Denied;
use crate::rehearsal::faults::fault::FaultKind;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::reply::{Content, Reply};
use crate::rehearsal::state::world::World;

/// What a challenge asks for: an authentication context, as Privileged Identity Management does.
pub const CHALLENGE: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

/// Seconds of an hour.
const HOUR: i64 = 3600;

/// Answers a request to the sign-in service with this fault on top.
pub fn struck(world: &mut World, kind: FaultKind, call: &Call) -> Reply {
    match kind {
        FaultKind::WrongState => {
            let mut call = call.clone();
            call.query.iter_mut().filter(|(name, _)| name == "state").for_each(|(_, v)| v.push('x'));
            answer(world, &call)
        }
        FaultKind::OtherTenant
        | FaultKind::OtherIssuer
        | FaultKind::OtherApp
        | FaultKind::TokenEnded
        | FaultKind::TokenNotYet
        | FaultKind::Unsigned => with_other_token(world, kind, call),
        _ => denied(world, &refusal(kind, call), call),
    }
}

fn refusal(kind: FaultKind, call: &Call) -> Denied {
    let grant = call.form().get("grant_type").cloned().unwrap_or_default();
    let device = grant.ends_with("device_code");
    match kind {
        FaultKind::Declined if device => {
            Denied::new(70_018, "authorization_declined", "The user declined the sign-in.")
        }
        FaultKind::Declined => {
            Denied::new(65_004, "access_denied", "User declined to consent to access the app.")
        }
        FaultKind::Expired if device => Denied::new(70_020, "expired_token", "The device_code is expired."),
        FaultKind::Expired if grant == "refresh_token" => {
            Denied::new(700_082, "invalid_grant", "The refresh token has expired due to inactivity.")
        }
        FaultKind::Expired => {
            Denied::new(70_008, "invalid_grant", "The provided authorization code is expired or invalid.")
        }
        FaultKind::SlowDown => Denied::new(70_016, "slow_down", "Polling too often."),
        FaultKind::MissingConsent => Denied::new(
            65_001,
            "invalid_grant",
            "The user or administrator has not consented to use the application.",
        ),
        FaultKind::Blocked => Denied::new(
            53_003,
            "access_denied",
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        ),
        _ => Denied::new(
            700_024,
            "invalid_client",
            "Client assertion is not within its valid time range. Current time is not within the assertion's.",
        ),
    }
}

/// As a redirect where a browser asked, as JSON where a program did.
fn denied(world: &World, denied: &Denied, call: &Call) -> Reply {
    let asked = |name: &str| call.query(name).unwrap_or_default();
    if call.path.ends_with("/authorize") {
        let pairs = [
            ("error", denied.error),
            ("error_description", &denied.description()),
            ("state", asked("state")),
        ];
        return back(asked("redirect_uri"), &pairs);
    }
    error_reply(world, denied)
}

/// An id token that is not the answer to this sign-in.
fn with_other_token(world: &mut World, kind: FaultKind, call: &Call) -> Reply {
    let mut reply = answer(world, call);
    if let Content::Json(body) = &mut reply.content {
        let key = world.state().signing_key.clone();
        let token = body["id_token"].as_str().and_then(|token| claims(&key, token));
        if let Some(mut token) = token {
            let head = if kind == FaultKind::Unsigned { r#"{"alg":"none"}"# } else { r#"{"alg":"RS256"}"# };
            let now = world.clock() / 1000;
            match kind {
                FaultKind::OtherTenant => token["tid"] = json!("11111111-2222-4333-8444-555555555555"),
                FaultKind::OtherIssuer => token["iss"] = json!("https://login.example.net/v2.0"),
                FaultKind::OtherApp => token["aud"] = json!("11111111-2222-4333-8444-555555555555"),
                FaultKind::TokenEnded => token["exp"] = json!(now - HOUR),
                FaultKind::TokenNotYet => token["nbf"] = json!(now + HOUR),
                _ => {}
            }
            body["id_token"] = json!(with_head(&key, head, &token));
        }
    }
    reply
}

/// Whether the token of a request brings the context that challenges ask for.
pub fn is_met(world: &World, call: &Call) -> bool {
    let token = call.header("authorization").and_then(|header| header.split_once(' '));
    let claims = token.and_then(|(_, token)| tokens::read(world, token, "access"));
    claims.is_some_and(|claims| claims["acrs"].as_array().is_some_and(|all| all.contains(&json!("c1"))))
}
