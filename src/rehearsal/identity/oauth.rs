//! The sign-in service: authorization code with PKCE, device code, client credentials, refresh.
//!
//! Speaks Microsoft's dialect of OAuth 2.0, error numbers included. Whoever opens the authorization address without
//! asking for HTML *is* the person and signs in at once; a browser sees one button first.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::answers::{Fields, back, bad_grant, error_reply, field, tokens_for};
use super::hashing::challenge;
use super::scopes::{Asked, contexts};
use super::sign_in::{admitted_to, sign_in};
use super::tokens::Grant;
use super::visit::{Denied, Session, Visit};
use super::{device_code, scopes, tokens};
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::reply::{Reply, escaped};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::model::{TENANT_ID, User};
use crate::rehearsal::state::world::World;

/// Answers everything below `/login`.
pub fn answer(world: &mut World, call: &Call) -> Reply {
    let segments = call.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        (_, ["devicelogin"]) => device_code::visited(world, call),
        (_, [tenant, ..]) if !is_ours(world, tenant) => error_reply(world, &unknown_tenant(tenant)),
        (_, [_, "oauth2", "v2.0", "authorize"]) => authorize(world, call),
        ("POST", [_, "oauth2", "v2.0", "token"]) => token(world, call),
        ("POST", [_, "oauth2", "v2.0", "devicecode"]) => device_code::issued(world, call),
        // Tokens are signed with a key that is nobody else's to check: there is a list of keys, and nothing in it.
        ("GET", [_, "discovery", "v2.0", "keys"]) => Reply::json(200, json!({"keys": []})),
        (_, [_, "oauth2", "v2.0", "logout"]) => Reply::page(200, "<p>You are signed out."),
        (
            "GET",
            [tenant, "v2.0", ".well-known", "openid-configuration"]
            | [tenant, ".well-known", "openid-configuration"],
        ) => configuration(call, tenant),
        _ => error_reply(world, &Denied::new(900_144, "invalid_request", "The request is not known here.")),
    }
}

fn is_ours(world: &World, tenant: &str) -> bool {
    ["organizations", "common", TENANT_ID].contains(&tenant.to_lowercase().as_str())
        || world
            .state()
            .domains
            .iter()
            .any(|domain| domain["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(tenant)))
}

fn unknown_tenant(tenant: &str) -> Denied {
    Denied::new(90002, "invalid_tenant", format!("Tenant '{tenant}' not found."))
}

/// What clients of every maker read first. The issuer stands on this very host, as `msal-node` demands it to.
fn configuration(call: &Call, tenant: &str) -> Reply {
    let base = format!("{}/login/{tenant}/oauth2/v2.0", call.origin);
    Reply::json(
        200,
        json!({
        "issuer": tokens::issuer(&call.origin), "tenant_region_scope": "WW",
        "jwks_uri": format!("{}/login/{tenant}/discovery/v2.0/keys", call.origin),
        "subject_types_supported": ["pairwise"], "response_modes_supported": ["query"],
        "authorization_endpoint": format!("{base}/authorize"), "token_endpoint": format!("{base}/token"),
        "device_authorization_endpoint": format!("{base}/devicecode"), "end_session_endpoint": format!("{base}/logout"),
        "response_types_supported": ["code"], "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "code_challenge_methods_supported": ["S256"], "id_token_signing_alg_values_supported": ["RS256"]}),
    )
}

/// The authorization endpoint. A bad redirect address is shown, never followed.
fn authorize(world: &mut World, call: &Call) -> Reply {
    let mut fields: Fields = call.query.iter().cloned().collect();
    fields.extend(call.form());
    let redirect = field(&fields, "redirect_uri").to_owned();
    if !is_loopback(&redirect) {
        let text = format!("<p>AADSTS50011: The redirect URI '{}' does not match.", escaped(&redirect));
        return Reply::page(400, &text);
    }
    if call.method == "GET" && call.wants_page() && check_request(&fields, call).is_ok() {
        return Reply::page(200, &button(world, &fields));
    }
    match granted(world, &fields, call) {
        Ok(code) => back(&redirect, &[("code", &code), ("state", field(&fields, "state"))]),
        Err(denied) => back(
            &redirect,
            &[
                ("error", denied.error),
                ("error_description", &denied.description()),
                ("state", field(&fields, "state")),
            ],
        ),
    }
}

fn granted(world: &mut World, fields: &Fields, call: &Call) -> Result<String, Denied> {
    let asked = check_request(fields, call)?;
    let client = field(fields, "client_id").to_owned();
    let upn = fields.get("login_hint").filter(|hint| !hint.is_empty()).cloned();
    // What Microsoft's own libraries send; that the log repeats it is not in the contract.
    let correlation = fields.get("client-request-id").cloned();
    let visit = Visit { upn, client: client.clone(), resource: asked.resource, flow: None, correlation };
    let session = Session { contexts: contexts(field(fields, "claims")), ..sign_in(world, &visit)? };
    let request = json!({"client": client, "redirect": field(fields, "redirect_uri"), "scope": field(fields, "scope"),
        "challenge": field(fields, "code_challenge"), "nonce": field(fields, "nonce")});
    Ok(tokens::code(world, &session, &request))
}

fn check_request(fields: &Fields, call: &Call) -> Result<Asked, Denied> {
    let invalid = |code, message: &str| Err(Denied::new(code, "invalid_request", message));
    if field(fields, "client_id").parse::<uuid::Uuid>().is_err() {
        return Err(unknown_client(field(fields, "client_id")));
    }
    if field(fields, "response_type") != "code" {
        return invalid(
            900_144,
            "The request body must contain the following parameter: 'response_type' with 'code'.",
        );
    }
    if field(fields, "code_challenge_method") != "S256" || field(fields, "code_challenge").len() != 43 {
        return invalid(
            501_491,
            "Proof Key for Code Exchange (S256) is required for cross-origin authorization code redemption.",
        );
    }
    scopes::asked(field(fields, "scope"), field(fields, "client_id"), &call.origin)
}

fn unknown_client(client: &str) -> Denied {
    Denied::new(
        700_016,
        "unauthorized_client",
        format!("Application with identifier '{client}' was not found in the directory."),
    )
}

fn button(world: &World, fields: &Fields) -> String {
    let operator = directory::user(world, &world.state().operator).map(|user| user.upn().to_owned());
    let hint = fields.get("login_hint").filter(|hint| !hint.is_empty()).cloned();
    let who = hint.or(operator.ok()).unwrap_or_default();
    let hidden = |(name, value): (&String, &String)| {
        format!("<input type=hidden name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
    };
    let hidden = fields.iter().map(hidden).collect::<Vec<_>>().concat();
    format!("<form method=post>{hidden}<button>Sign in as {}</button></form>", escaped(&who))
}

/// `http://localhost` or `http://127.0.0.1`, any port.
fn is_loopback(redirect: &str) -> bool {
    let parsed = url::Url::parse(redirect).ok();
    parsed.is_some_and(|url| {
        url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
    })
}

/// The token endpoint.
fn token(world: &mut World, call: &Call) -> Reply {
    let fields = call.form();
    let answer = match field(&fields, "grant_type") {
        "authorization_code" => by_code(world, &fields, call),
        "refresh_token" => by_refresh(world, &fields, call),
        "client_credentials" => by_client(world, &fields, call),
        // The second is what `msal-node` sends.
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => {
            device_code::polled(world, &fields, call)
        }
        other => Err(Denied::new(
            70003,
            "unsupported_grant_type",
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    };
    answer.map_or_else(|denied| error_reply(world, &denied), |body| Reply::json(200, body))
}

fn by_code(world: &mut World, fields: &Fields, call: &Call) -> Result<Value, Denied> {
    let code = field(fields, "code");
    let claims = tokens::read(world, code, "code")
        .ok_or_else(|| bad_grant(70008, "The provided authorization code is expired or invalid."))?;
    let verifier = field(fields, "code_verifier");
    if claims["challenge"] != challenge(verifier) || !(43..=128).contains(&verifier.len()) {
        return Err(bad_grant(
            50148,
            "The code_verifier does not match the code_challenge supplied in the authorization request.",
        ));
    }
    if claims["client"] != field(fields, "client_id") || claims["redirect"] != field(fields, "redirect_uri") {
        return Err(bad_grant(
            70000,
            "The provided value for the 'redirect_uri' or 'client_id' is not the one of the authorization request.",
        ));
    }
    if !world.redeemed.insert(claims["jti"].as_str().unwrap_or_default().to_owned()) {
        return Err(bad_grant(54005, "OAuth2 Authorization code was already redeemed."));
    }
    let original = claims["scope"].as_str().unwrap_or_default();
    let scope = fields.get("scope").map_or(original, String::as_str);
    let asked = scopes::asked(scope, field(fields, "client_id"), &call.origin)?;
    let nonce = claims["nonce"].as_str().unwrap_or_default();
    Ok(tokens_for(
        world,
        &tokens::session(&claims),
        &Grant { client: field(fields, "client_id"), nonce, origin: &call.origin, asked },
    ))
}

fn by_refresh(world: &mut World, fields: &Fields, call: &Call) -> Result<Value, Denied> {
    let claims = tokens::read(world, field(fields, "refresh_token"), "refresh")
        .ok_or_else(|| bad_grant(700_082, "The refresh token has expired due to inactivity."))?;
    if claims["aud"] != field(fields, "client_id") {
        return Err(bad_grant(70000, "The refresh token was issued to another client."));
    }
    if tokens::revoked(world, &claims) {
        return Err(bad_grant(
            50173,
            "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
        ));
    }
    let session = tokens::session(&claims);
    if !directory::user(world, &session.user).is_ok_and(User::enabled) {
        return Err(bad_grant(50057, "The user account is disabled."));
    }
    let asked = scopes::asked(field(fields, "scope"), field(fields, "client_id"), &call.origin)?;
    admitted_to(world, &session, asked.resource)?;
    // The refresh token itself is the proof that offline access was granted.
    let asked = Asked { offline: true, ..asked };
    Ok(tokens_for(
        world,
        &session,
        &Grant { client: field(fields, "client_id"), nonce: "", origin: &call.origin, asked },
    ))
}

/// Any non-empty secret, and any assertion in its time and for this address, is believed: the rehearsal has no app
/// registrations to check more against.
fn by_client(world: &mut World, fields: &Fields, call: &Call) -> Result<Value, Denied> {
    let client = field(fields, "client_id");
    if client.parse::<uuid::Uuid>().is_err() {
        return Err(unknown_client(client));
    }
    if field(fields, "client_secret").is_empty() && field(fields, "client_assertion").is_empty() {
        return Err(Denied::new(
            7_000_218,
            "invalid_client",
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ));
    }
    check_assertion(world, field(fields, "client_assertion"), client)?;
    let asked = scopes::asked(field(fields, "scope"), client, &call.origin)?;
    let access = tokens::app_access(world, client, asked.resource);
    let seconds = tokens::access_seconds(world) - 1;
    Ok(
        json!({"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "access_token": access}),
    )
}

/// An app's own statement; a statement of another issuer (a federated one) is believed as it is.
fn check_assertion(world: &World, assertion: &str, client: &str) -> Result<(), Denied> {
    let invalid = |code, message: &str| Err(Denied::new(code, "invalid_client", message));
    let part = |n: usize| assertion.split('.').nth(n).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let read = |n| part(n).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let (Some(head), Some(body)) = (read(0), read(1)) else { return Ok(()) };
    if body["iss"] != client {
        return Ok(());
    }
    let now = world.now / 1000;
    let within = body["nbf"].as_i64().is_some_and(|at| at <= now + 300)
        && body["exp"].as_i64().is_some_and(|at| now - 300 <= at);
    if !within {
        return invalid(700_024, "Client assertion is not within its valid time range.");
    }
    let named = head["alg"] == "PS256" && head["x5t#S256"].as_str().is_some_and(|x| x.len() == 43);
    let ours = body["aud"].as_str().is_some_and(|aud| aud.ends_with("/oauth2/v2.0/token"));
    if named && ours { Ok(()) } else { invalid(700_027, "Client assertion failed signature validation.") }
}
