//! Authentication methods of users: listed, added, deleted; and the registration report.
//!
//! A pass is shown once, in the answer that made it. Registering a security key over Graph ends with its options
//! (`passkeys`): in a rehearsal the person registers keys on the page of [`crate::rehearsal::identity::people`].

use serde_json::{Value, json};

use super::request::{Outcome, Request, only_known, unknown};
use super::{access, passkeys};
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::odata::{Listing, context, listed};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::hashing::{hashed, new_id, random_text};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::{user, user_mut};
use crate::rehearsal::state::methods::{configuration, method_open};
use crate::rehearsal::state::model::{Pass, User};
use crate::rehearsal::state::time::{moment, stamp};
use crate::rehearsal::state::world::World;

/// Id of every user's password method, the same everywhere.
const PASSWORD_METHOD: &str = "28c10230-6103-485e-b985-444c60001490";

/// Collections and the type of their members.
const COLLECTIONS: &[(&str, &str)] = &[
    ("fido2Methods", "fido2"),
    ("phoneMethods", "phone"),
    ("microsoftAuthenticatorMethods", "microsoftAuthenticator"),
    ("softwareOathMethods", "softwareOath"),
    ("emailMethods", "email"),
    ("windowsHelloForBusinessMethods", "windowsHelloForBusiness"),
    ("platformCredentialMethods", "platformCredential"),
    ("externalAuthenticationMethods", "external"),
];

/// A registered method of a user.
#[derive(Clone, Copy)]
struct RegisteredMethod<'a> {
    /// The type that its collection holds.
    kind: &'a str,
    /// Its id in there.
    id: &'a str,
}

/// Answers `/users/{id}/authentication/…` and the registration report.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["reports", _, "userRegistrationDetails"]) => report(world, ask),
        ("get", ["reports", _, "userRegistrationDetails", key]) => {
            premium(world)?;
            Ok(Reply::json(200, details(world, user(world, key)?)))
        }
        ("get", ["users", key, _, "methods"]) => list(ask, all(world, user(world, key)?)),
        ("get", ["users", key, _, "passwordMethods"]) => list(ask, vec![password(user(world, key)?)]),
        ("get", ["users", key, _, "temporaryAccessPassMethods"]) => {
            let user = user(world, key)?;
            list(ask, pass(world, user).into_iter().collect())
        }
        ("post", ["users", key, _, "temporaryAccessPassMethods"]) => issue_pass(world, ask, key),
        ("delete", ["users", key, _, "temporaryAccessPassMethods", id]) => drop_pass(world, ask, key, id),
        ("post", ["users", key, _, "phoneMethods"]) => add_phone(world, ask, key),
        ("patch", ["users", key, _, "phoneMethods", id]) => change_phone(world, ask, key, id),
        ("get", ["users", key, _, collection]) => {
            let kind = kind_of(collection).ok_or_else(|| unknown(ask))?;
            list(ask, user(world, key)?.methods_of(kind).cloned().collect())
        }
        ("get", ["users", key, _, "fido2Methods", "creationOptions" | "creationOptions()"]) => {
            passkeys::creation_options(world, ask, key)
        }
        ("delete", ["users", key, _, collection, id]) => {
            let kind = kind_of(collection).ok_or_else(|| unknown(ask))?;
            remove(world, ask, key, RegisteredMethod { kind, id })
        }
        _ => Err(unknown(ask)),
    }
}

fn kind_of(collection: &str) -> Option<&'static str> {
    COLLECTIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(collection)).map(|(_, kind)| *kind)
}

fn list(ask: &Request<'_>, items: Vec<Value>) -> Outcome {
    listed(ask.call, Listing { items, context: "users/authentication/methods", page: 100, properties: &[] })
}

fn all(world: &World, user: &User) -> Vec<Value> {
    let mut methods = vec![password(user)];
    methods.extend(user.methods.iter().cloned());
    methods.extend(pass(world, user));
    methods
}

fn password(user: &User) -> Value {
    json!({"@odata.type": "#microsoft.graph.passwordAuthenticationMethod", "id": PASSWORD_METHOD, "password": null,
        "createdDateTime": user.body.get("lastPasswordChangeDateTime")})
}

fn pass(world: &World, user: &User) -> Option<Value> {
    let pass = user.pass.as_ref()?;
    let (usable, reason) = usability(world, user, pass);
    Some(json!({"@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethod", "id": pass.id,
        "temporaryAccessPass": null, "createdDateTime": stamp(pass.issued_at), "startDateTime": stamp(pass.starts_at),
        "lifetimeInMinutes": pass.lifetime_minutes, "isUsableOnce": pass.one_time, "isUsable": usable,
        "methodUsabilityReason": reason}))
}

fn usability(world: &World, user: &User, pass: &Pass) -> (bool, &'static str) {
    if !method_open(world, "TemporaryAccessPass", user.id()) {
        (false, "DisabledByPolicy")
    } else if pass.one_time && pass.first_used_at.is_some() {
        (false, "OneTimeUsed")
    } else if pass.expires_at <= world.now {
        (false, "Expired")
    } else if pass.starts_at > world.now {
        (false, "NotYetValid")
    } else {
        (true, "EnabledByPolicy")
    }
}

/// The account itself cannot be its own administrator, and a Global Administrator needs a strong role.
fn touchable(world: &World, ask: &Request<'_>, key: &str) -> Result<String, Refusal> {
    let id = user(world, key)?.id().to_owned();
    access::may_touch(world, ask.caller, &id)?;
    Ok(id)
}

fn issue_pass(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let body = ask.call.object()?;
    only_known(&body, &["lifetimeInMinutes", "isUsableOnce", "startDateTime", "id"])?;
    let id = touchable(world, ask, key)?;
    if id == ask.caller.id {
        return Err(Refusal::denied());
    }
    let policy = configuration(world, "TemporaryAccessPass").cloned().unwrap_or_default();
    let (issued, code) = new_pass(world, &body, &policy)?;
    user_mut(world, &id)?.pass = Some(issued);
    world.audit("Admin registered security info", &ask.caller.id, &[&id]);
    let mut shown = pass(world, user(world, &id)?).unwrap_or_default();
    shown["temporaryAccessPass"] = json!(code);
    shown["@odata.context"] = json!(context(ask.call, "temporaryAccessPassAuthenticationMethods/$entity"));
    Ok(Reply::json(201, shown))
}

fn new_pass(world: &World, body: &Object, policy: &Value) -> Result<(Pass, String), Refusal> {
    let number = |name: &str, default: i64| policy[name].as_i64().unwrap_or(default);
    let minutes = body
        .get("lifetimeInMinutes")
        .and_then(Value::as_i64)
        .unwrap_or(number("defaultLifetimeInMinutes", 60));
    if minutes < number("minimumLifetimeInMinutes", 10)
        || minutes > number("maximumLifetimeInMinutes", 43_200)
    {
        return Err(Refusal::new(
            400,
            "badRequest",
            "Lifetime of the Temporary Access Pass must be within the policy's minimum and maximum.",
        ));
    }
    let always_once = policy["isUsableOnce"] == true;
    let asked_once = body.get("isUsableOnce").and_then(Value::as_bool);
    if always_once && asked_once == Some(false) {
        return Err(Refusal::new(
            400,
            "badRequest",
            "Temporary Access Pass can only be created for one-time use.",
        ));
    }
    let starts_at = moment(text(body, "startDateTime")).unwrap_or(world.now);
    let code = random_text::<12>();
    let pass = Pass {
        id: new_id(),
        hash: hashed(&code),
        one_time: asked_once.unwrap_or(always_once),
        lifetime_minutes: minutes,
        issued_at: world.now,
        starts_at,
        expires_at: starts_at + world.minutes(minutes),
        first_used_at: None,
    };
    Ok((pass, code))
}

fn drop_pass(world: &mut World, ask: &Request<'_>, key: &str, id: &str) -> Outcome {
    let target = touchable(world, ask, key)?;
    let user = user_mut(world, &target)?;
    if user.pass.as_ref().is_none_or(|pass| pass.id != id) {
        return Err(missing());
    }
    user.pass = None;
    Ok(Reply::empty(204))
}

fn missing() -> Refusal {
    Refusal::new(404, "resourceNotFound", "Method not found.")
}

/// Ids Microsoft gives the three kinds of phone, the same for every user.
fn phone_id_of(kind: &str) -> Option<&'static str> {
    match kind.to_lowercase().as_str() {
        "mobile" => Some("3179e48a-750b-4051-897c-87b9720928f7"),
        "alternatemobile" => Some("b6332ec1-7057-4abe-9331-3d72feddfe41"),
        "office" => Some("e37fc753-ff3b-4958-9484-eaa9425c82bc"),
        _ => None,
    }
}

fn checked_phone(body: &Object) -> Result<&'static str, Refusal> {
    only_known(body, &["phoneNumber", "phoneType"])?;
    let number = text(body, "phoneNumber");
    let digits = number.strip_prefix('+').is_some_and(|rest| {
        rest.contains(' ') && rest.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == 'x')
    });
    let id = phone_id_of(text(body, "phoneType")).filter(|_| digits);
    id.ok_or_else(|| {
        Refusal::new(
            400,
            "invalidPhoneNumber",
            "The phone number or type is not valid: use +{country code} {number}.",
        )
    })
}

fn add_phone(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let body = ask.call.object()?;
    let phone_id = checked_phone(&body)?;
    let id = touchable(world, ask, key)?;
    if user(world, &id)?.methods_of("phone").any(|phone| phone["id"] == phone_id) {
        return Err(Refusal::new(
            400,
            "phoneTypeAlreadyExists",
            "A phone of this type is already registered.",
        ));
    }
    let mobile = phone_id_of("mobile");
    let is_first = !user(world, &id)?.methods_of("phone").any(|phone| phone["id"].as_str() == mobile);
    if Some(phone_id) == phone_id_of("alternateMobile") && is_first {
        // The code is UNVERIFIED; that a mobile phone comes first is not (contract 4).
        return Err(Refusal::new(
            400,
            "badRequest",
            "A mobile phone has to be registered before an alternate one.",
        ));
    }
    let phone = json!({"@odata.type": "#microsoft.graph.phoneAuthenticationMethod", "id": phone_id,
        "phoneNumber": body.get("phoneNumber"), "phoneType": body.get("phoneType"), "smsSignInState": "notAllowedByPolicy",
        "createdDateTime": world.stamp()});
    user_mut(world, &id)?.methods.push(phone.clone());
    world.audit("Admin registered security info", &ask.caller.id, &[&id]);
    Ok(Reply::json(201, phone))
}

fn change_phone(world: &mut World, ask: &Request<'_>, key: &str, phone: &str) -> Outcome {
    let body = ask.call.object()?;
    checked_phone(&body)?;
    let id = touchable(world, ask, key)?;
    let found = user_mut(world, &id)?.methods.iter_mut().find(|method| method["id"] == phone);
    found.ok_or_else(missing)?["phoneNumber"] = json!(text(&body, "phoneNumber"));
    Ok(Reply::empty(204))
}

fn remove(world: &mut World, ask: &Request<'_>, key: &str, method: RegisteredMethod<'_>) -> Outcome {
    let id = touchable(world, ask, key)?;
    if !user(world, &id)?.methods_of(method.kind).any(|one| one["id"] == method.id) {
        return Err(missing());
    }
    user_mut(world, &id)?.methods.retain(|one| one["id"] != method.id);
    world.audit("Admin deleted security info", &ask.caller.id, &[&id]);
    Ok(Reply::empty(204))
}

fn premium(world: &World) -> Result<(), Refusal> {
    if world.state().licence.has_p1() {
        return Ok(());
    }
    let message = "Neither tenant is B2C or tenant doesn't have premium license";
    Err(Refusal::new(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message))
}

fn report(world: &World, ask: &Request<'_>) -> Outcome {
    premium(world)?;
    let items = world
        .state()
        .users
        .iter()
        .filter(|user| user.listed_at <= world.now)
        .map(|user| details(world, user))
        .collect();
    listed(ask.call, Listing { items, context: "userRegistrationDetails", page: 1000, properties: &[] })
}

fn details(world: &World, user: &User) -> Value {
    let names = [
        ("fido2", "passKeyDeviceBound"),
        ("phone", "mobilePhone"),
        ("microsoftAuthenticator", "microsoftAuthenticatorPush"),
    ];
    let registered: Vec<&str> =
        names.iter().filter(|(kind, _)| user.has(kind)).map(|(_, name)| *name).collect();
    let capable = !registered.is_empty();
    json!({"id": user.id(), "userPrincipalName": user.upn(), "userDisplayName": text(&user.body, "displayName"),
        "userType": if user.guest() { "guest" } else { "member" }, "isAdmin": !directory::roles_of(world, user.id()).is_empty(),
        "isMfaCapable": capable, "isMfaRegistered": capable, "isPasswordlessCapable": user.has("fido2"),
        "isSsprCapable": false, "isSsprEnabled": false, "isSsprRegistered": false,
        "isSystemPreferredAuthenticationMethodEnabled": true, "systemPreferredAuthenticationMethods": [],
        "userPreferredMethodForSecondaryAuthentication": "none", "methodsRegistered": registered,
        "lastUpdatedDateTime": world.stamp()})
}
