//! Tokens of the simulated tenant: made, and read again.
//!
//! All are JWTs signed with the tenant's own key, so nothing about them has to be remembered and every one outlives a
//! restart. They end by the tenant's time: its clock, its time scale; and clients are told the seconds that really pass.

use serde_json::{Value, json};

use super::apps::Resource;
use super::conditional_access;
use super::hashing::{claims, new_id, sealed, signed};
use super::scopes::{Asked, OF_APPS};
use super::visit::Session;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::state::directory;
use crate::rehearsal::state::model::TENANT_ID;
use crate::rehearsal::state::time::moment;
use crate::rehearsal::state::world::World;

/// What tokens are to be made.
pub struct Grant<'a> {
    pub client: &'a str,
    pub nonce: &'a str,
    /// Scheme and host under which the caller reached this server.
    pub origin: &'a str,
    pub asked: Asked,
}

/// Tenant seconds an access token lives.
const ACCESS_SECONDS: i64 = 3600;
/// Tenant seconds an authorization code lives.
const CODE_SECONDS: i64 = 600;
/// Tenant seconds a refresh token lives.
const REFRESH_SECONDS: i64 = 90 * 24 * 3600;

/// Real seconds every token lives at least: in a very fast rehearsal clients would do nothing but sign in. No part of
/// Microsoft's services.
const LEAST_SECONDS: i64 = 60;

/// Real seconds an access token lives, as an answer tells it.
pub fn access_seconds(world: &World) -> i64 {
    seconds(world, ACCESS_SECONDS)
}

fn seconds(world: &World, tenant_seconds: i64) -> i64 {
    (world.seconds(tenant_seconds) / 1000).max(LEAST_SECONDS)
}

/// Who is calling a service.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Object id of the user, or of the app itself.
    pub id: String,
    /// Granted permissions, short names.
    pub permissions: Vec<String>,
    /// An app without a user.
    pub app_only: bool,
    /// More than one factor was proved.
    pub strong: bool,
    /// What the sign-in was asked to bring, and brought.
    pub contexts: Vec<String>,
}

/// An access token for a signed-in person.
pub fn access(world: &World, session: &Session, asked: &Asked) -> String {
    let roles: Vec<String> = directory::roles_of(world, &session.user).into_iter().collect();
    let mut token = base(world, audience(asked.resource), ACCESS_SECONDS);
    let user = directory::user(world, &session.user).ok();
    let upn = user.map(|user| user.upn().to_owned()).unwrap_or_default();
    let address = user.map(conditional_access::address_of);
    extend(
        &mut token,
        &json!({"typ": "access", "ver": "1.0", "oid": session.user, "sub": session.user, "upn": upn,
        "idtyp": "user", "scp": asked.granted.join(" "), "wids": roles, "amr": amr(&session.methods),
        "acrs": session.contexts, "ipaddr": address, "issued": world.now}),
    );
    signed(&world.state().signing_key, &token)
}

/// An access token for an app that signed in with its own credential.
pub fn app_access(world: &World, client: &str, resource: Resource) -> String {
    let id = super::hashing::id_for("service principal", client);
    let mut token = base(world, audience(resource), ACCESS_SECONDS);
    let roles = if resource == Resource::Graph { OF_APPS } else { &[] };
    extend(
        &mut token,
        &json!({"typ": "access", "ver": "1.0", "oid": id, "sub": id, "appid": client, "idtyp": "app",
        "roles": roles, "wids": []}),
    );
    signed(&world.state().signing_key, &token)
}

/// An ID token.
pub fn identity(world: &World, session: &Session, grant: &Grant<'_>) -> String {
    let user = directory::user(world, &session.user).ok();
    let mut token = base(world, grant.client, ACCESS_SECONDS);
    extend(
        &mut token,
        &json!({"typ": "id", "ver": "2.0", "iss": issuer(grant.origin), "oid": session.user, "sub": session.user,
        "preferred_username": user.map(|user| user.upn().to_owned()),
        "name": user.and_then(|user| user.body.get("displayName").cloned())}),
    );
    if !grant.nonce.is_empty() {
        token["nonce"] = json!(grant.nonce);
    }
    sealed(&world.state().signing_key, &token)
}

/// Who issues id tokens here: on this very host, as the metadata says and `msal-node` demands.
pub fn issuer(origin: &str) -> String {
    format!("{origin}/login/{TENANT_ID}/v2.0")
}

/// An authorization code: what the token request must match again.
pub fn code(world: &World, session: &Session, request: &Value) -> String {
    let mut token = base(world, "code", CODE_SECONDS);
    extend(&mut token, request);
    extend(
        &mut token,
        &json!({"typ": "code", "jti": new_id(), "oid": session.user, "methods": session.methods,
        "contexts": session.contexts}),
    );
    signed(&world.state().signing_key, &token)
}

/// A refresh token for one client.
pub fn refresh(world: &World, session: &Session, client: &str) -> String {
    let mut token = base(world, client, REFRESH_SECONDS);
    extend(
        &mut token,
        &json!({"typ": "refresh", "oid": session.user, "methods": session.methods,
        "contexts": session.contexts, "issued": world.now}),
    );
    signed(&world.state().signing_key, &token)
}

/// The claims of a token of that type which is signed by this tenant and not yet expired.
pub fn read(world: &World, token: &str, typ: &str) -> Option<Value> {
    let claims = claims(&world.state().signing_key, token)?;
    let alive = claims["exp"].as_i64().is_some_and(|exp| world.now / 1000 < exp);
    (alive && claims["typ"] == typ).then_some(claims)
}

/// The session a code or refresh token stands for.
pub fn session(claims: &Value) -> Session {
    let contexts = words(&claims["contexts"]);
    Session { user: word(claims, "oid"), methods: words(&claims["methods"]), contexts }
}

/// Whether sessions of this user were revoked after a refresh token was issued.
pub fn revoked(world: &World, claims: &Value) -> bool {
    let user = directory::user(world, claims["oid"].as_str().unwrap_or_default()).ok();
    let since =
        user.and_then(|user| user.body.get("signInSessionsValidFromDateTime")?.as_str().and_then(moment));
    since.is_some_and(|since| claims["issued"].as_i64().unwrap_or(0) < since)
}

/// Whether an access token is refused before it ends, as that of a person whose sessions are gone. That the words and the
/// missing claims are like this is UNVERIFIED.
fn is_withdrawn(world: &World, claims: &Value) -> bool {
    let user = directory::user(world, claims["oid"].as_str().unwrap_or_default()).ok();
    user.is_some_and(|user| claims["issued"].as_i64().is_some_and(|at| at < user.beside.tokens_from))
}

/// Who stands behind an `Authorization` header; 401 where nobody does.
pub fn caller(world: &World, header: Option<&str>, resource: Resource) -> Result<Caller, Refusal> {
    let Some(token) = header.and_then(|header| header.split_once(' ')).map(|(_, token)| token.trim()) else {
        return Err(unauthorized("Access token is empty."));
    };
    let Some(claims) = read(world, token, "access") else {
        return Err(unauthorized(
            "Access token validation failure or lifetime validation failed, the token is expired.",
        ));
    };
    if claims["aud"] != audience(resource) {
        return Err(unauthorized("Access token validation failure. Invalid audience."));
    }
    if is_withdrawn(world, &claims) {
        return Err(unauthorized(
            "Continuous access evaluation: the token was issued before the sessions were revoked.",
        ));
    }
    let permissions = match claims["scp"].as_str() {
        Some(scopes) => scopes.split(' ').map(str::to_owned).collect(),
        None => words(&claims["roles"]),
    };
    let strong = words(&claims["amr"]).iter().any(|method| method == "mfa");
    let contexts = words(&claims["acrs"]);
    Ok(Caller { id: word(&claims, "oid"), permissions, app_only: claims["idtyp"] == "app", strong, contexts })
}

/// 401 for a token that is not believed.
pub fn unauthorized(message: &str) -> Refusal {
    let refusal = Refusal::new(401, "InvalidAuthenticationToken", message);
    refusal.with("www-authenticate", "Bearer realm=\"\", authorization_uri=\"\", error=\"invalid_token\"")
}

/// The classic audience of each resource.
fn audience(resource: Resource) -> &'static str {
    match resource {
        Resource::Graph => "https://graph.microsoft.com",
        Resource::Arm => "https://management.azure.com",
        Resource::Logs => "https://api.loganalytics.io",
    }
}

fn base(world: &World, audience: &str, tenant_seconds: i64) -> Value {
    let now = world.now / 1000;
    json!({"aud": audience, "iss": format!("https://sts.example.com/{}/", TENANT_ID), "tid": TENANT_ID,
        "iat": now, "nbf": now, "exp": now + seconds(world, tenant_seconds)})
}

fn extend(token: &mut Value, more: &Value) {
    if let (Some(token), Some(more)) = (token.as_object_mut(), more.as_object()) {
        token.extend(more.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}

fn word(claims: &Value, name: &str) -> String {
    claims[name].as_str().unwrap_or_default().to_owned()
}

fn words(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The `amr` values of a session.
pub fn amr(methods: &[String]) -> Vec<&'static str> {
    match methods.first().map(String::as_str) {
        Some("fido") => vec!["fido", "mfa"],
        Some("app" | "phone" | "tap") => vec!["pwd", "mfa"],
        Some(_) | None => vec!["pwd"],
    }
}
