//! Pages of the simulated people: registering a security key, and what tests want to know.
//!
//! Opened without asking for HTML, the page *is* the person: it enters the newest pass and touches one key per visit.
//! A browser sees a button first. Faults, the state and past requests are for tests and are not part of any service.

use serde_json::json;

use super::conditional_access::{Proof, REGISTER, Target};
use super::hashing::same;
use super::{conditional_access as engine, scopes, tokens};
use crate::rehearsal::faults::fault::Fault;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::json::text;
use crate::rehearsal::http::reply::{Reply, escaped};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::dump::without_secrets;
use crate::rehearsal::state::methods::{KEY_MODEL, configuration, method_open, model_allowed, security_key};
use crate::rehearsal::state::model::{Pass, Policy, User};
use crate::rehearsal::state::world::World;

/// Tenant minutes in which keys can be registered after a one-time pass was first used.
const REGISTRATION_MINUTES: i64 = 10;

/// Answers everything below `/people`.
pub fn answer(world: &mut World, call: &Call) -> Reply {
    match (call.method.as_str(), call.path.as_str()) {
        ("GET" | "POST", "/security-info") => security_info(world, call),
        ("GET" | "POST", "/mailboxes") => mailboxes(world, call),
        ("GET", "/state") => Reply::json(200, without_secrets(world.state())),
        ("GET", "/requests") => Reply::json(200, json!(world.requests)),
        ("POST", "/faults") => faults(world, call),
        ("POST", "/password") => password(world, call),
        ("GET", "/identity") => identity(world, call),
        _ => Reply::page(404, "<p>There is no such page."),
    }
}

/// The identity of the machine, as App Service hands it out (`IDENTITY_ENDPOINT`).
fn identity(world: &World, call: &Call) -> Reply {
    let resource = call.query("resource").unwrap_or_default();
    let Ok(asked) = scopes::asked(&format!("{resource}/.default"), "", &call.origin) else {
        return Reply::json(400, json!({"error": "invalid_resource"}));
    };
    let client = call.query("client_id").unwrap_or("system-assigned");
    let token = tokens::app_access(world, client, asked.resource);
    let ends = world.now / 1000 + tokens::access_seconds(world);
    Reply::json(
        200,
        json!({"access_token": token, "expires_on": ends.to_string(), "resource": resource, "token_type": "Bearer"}),
    )
}

fn faults(world: &mut World, call: &Call) -> Reply {
    match serde_json::from_slice::<Vec<Fault>>(&call.body) {
        Ok(mut faults) => {
            world.edit().faults.append(&mut faults);
            Reply::json(200, json!(world.state().faults))
        }
        Err(error) => Reply::json(400, json!({"error": error.to_string()})),
    }
}

/// Whether a password set over Graph is the one somebody holds in hand: `{"user", "password"}` → `{"matches"}`.
fn password(world: &World, call: &Call) -> Reply {
    let body = call.object().unwrap_or_default();
    let user = directory::user(world, text(&body, "user")).ok();
    let hash = user.and_then(|user| user.password.as_ref());
    let matches = hash.is_some_and(|hash| same(text(&body, "password"), hash));
    Reply::json(200, json!({"matches": matches}))
}

fn security_info(world: &mut World, call: &Call) -> Reply {
    let Some(user) = newest_pass_holder(world) else {
        return Reply::page(404, "<p>No account has a Temporary Access Pass that can be used.");
    };
    if call.method == "GET" && call.wants_page() {
        let who = escaped(user.upn());
        let text = format!("<form method=post><button>Register a security key for {who}</button></form>");
        return Reply::page(200, &text);
    }
    match obstacle(world, &user) {
        Some(text) => Reply::page(403, &format!("<p>{}", escaped(&text))),
        None => registered(world, &user),
    }
}

/// Everybody who was sent a code enters it.
fn mailboxes(world: &mut World, call: &Call) -> Reply {
    if call.method == "GET" && call.wants_page() {
        return Reply::page(200, "<form method=post><button>Enter the code in every mailbox</button></form>");
    }
    let sent: Vec<String> = world.state().azure.passcodes.iter().map(|(mail, _)| mail.clone()).collect();
    let count = sent.len();
    world.edit().azure.confirmed = sent;
    Reply::page(200, &format!("<p>Mailboxes confirmed: {count}."))
}

/// Whose pass was issued last, among those that can still be entered.
fn newest_pass_holder(world: &World) -> Option<User> {
    let holders = world
        .state()
        .users
        .iter()
        .filter(|user| user.pass.as_ref().is_some_and(|pass| enterable(world, pass)));
    holders.max_by_key(|user| user.pass.as_ref().map(|pass| pass.issued_at)).cloned()
}

fn enterable(world: &World, pass: &Pass) -> bool {
    let started = pass.starts_at <= world.now;
    match pass.first_used_at {
        Some(used) if pass.one_time => started && world.now < used + world.minutes(REGISTRATION_MINUTES),
        Some(_) | None => started && world.now < pass.expires_at,
    }
}

/// What stops this person from registering a key, in words: all of it, because what is mended first shows the next one.
fn obstacle(world: &World, user: &User) -> Option<String> {
    let policies = blocking_policies(world, user);
    let blocked = (!policies.is_empty())
        .then(|| format!("Registration was blocked by Conditional Access: {}.", policies.join(", ")));
    let told = [
        (!user.enabled()).then(|| "The account is disabled.".to_owned()),
        (!method_open(world, "TemporaryAccessPass", user.id()))
            .then(|| "Temporary Access Pass is not enabled for this account.".to_owned()),
        blocked,
        (!model_allowed(world, KEY_MODEL)).then(|| "Security keys of this model are not allowed.".to_owned()),
        (!may_register_keys(world, user))
            .then(|| "Security keys are not enabled for this account.".to_owned()),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn may_register_keys(world: &World, user: &User) -> bool {
    let self_service =
        configuration(world, "Fido2").is_some_and(|body| body["isSelfServiceRegistrationAllowed"] == true);
    self_service && method_open(world, "Fido2", user.id())
}

fn blocking_policies(world: &World, user: &User) -> Vec<String> {
    let attempt = engine::attempt(world, user, Target::Action(REGISTER.to_owned()));
    let proof = Proof { methods: vec!["tap".to_owned()], managed_device: user.at_managed_device };
    let stops = |policy: &&Policy| {
        policy.body["state"] == "enabled"
            && engine::concerns(&policy.body, &attempt, &world.state().locations).is_ok()
            && !engine::satisfied(&policy.body, &proof)
    };
    world.state().policies.iter().filter(stops).map(|policy| policy.name().to_owned()).collect()
}

fn registered(world: &mut World, user: &User) -> Reply {
    let key = security_key(world, user.methods_of("fido2").count() + 1);
    let name = key["displayName"].as_str().unwrap_or_default().to_owned();
    let now = world.now;
    if let Ok(user) = directory::user_mut(world, user.id()) {
        user.methods.push(key);
        if let Some(pass) = user.pass.as_mut() {
            pass.first_used_at.get_or_insert(now);
        }
    }
    world.audit("User registered security info", user.id(), &[user.id()]);
    Reply::page(200, &format!("<p>{} was registered for {}.", escaped(&name), escaped(user.upn())))
}
