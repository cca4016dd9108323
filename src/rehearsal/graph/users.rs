//! Users: made, read, changed, deleted; their sessions revoked.
//!
//! A new user is readable by id a little later, and listed later still; its name is taken at once. A password is
//! checked and hashed and nothing of it is kept.

use serde_json::{Value, json};

use super::access;
use super::request::{Outcome, Request, official, only_known, unknown};
use super::user_checks::{check_name, check_values, not_banned, password_of};
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::odata::{Listing, context, listed, single};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::{Content, Reply};
use crate::rehearsal::identity::hashing::{hashed, id_for, new_id};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::{user, user_mut};
use crate::rehearsal::state::model::{NextSignIn, User};
use crate::rehearsal::state::troubles::Beside;
use crate::rehearsal::state::world::World;

/// Every property of a user this tenant knows.
pub const PROPERTIES: &[&str] = &[
    "id",
    "deletedDateTime",
    "accountEnabled",
    "assignedLicenses",
    "assignedPlans",
    "businessPhones",
    "createdDateTime",
    "creationType",
    "displayName",
    "externalUserState",
    "givenName",
    "identities",
    "isManagementRestricted",
    "isResourceAccount",
    "jobTitle",
    "lastPasswordChangeDateTime",
    "licenseAssignmentStates",
    "mail",
    "mailNickname",
    "mobilePhone",
    "officeLocation",
    "onPremisesDomainName",
    "onPremisesImmutableId",
    "onPremisesSyncEnabled",
    "otherMails",
    "passwordPolicies",
    "passwordProfile",
    "preferredLanguage",
    "proxyAddresses",
    "securityIdentifier",
    "showInAddressList",
    "signInActivity",
    "signInSessionsValidFromDateTime",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
    "department",
    "companyName",
    "authorizationInfo",
];

/// Collections: empty where there is nothing, never null.
const LISTS: &[&str] = &[
    "assignedLicenses",
    "assignedPlans",
    "businessPhones",
    "identities",
    "licenseAssignmentStates",
    "otherMails",
    "proxyAddresses",
];

/// What Graph shows when nothing is selected.
const DEFAULT: &[&str] = &[
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

/// What a caller may write.
const WRITABLE: &[&str] = &[
    "accountEnabled",
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mailNickname",
    "mobilePhone",
    "officeLocation",
    "onPremisesImmutableId",
    "otherMails",
    "passwordPolicies",
    "passwordProfile",
    "preferredLanguage",
    "showInAddressList",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
    "department",
    "companyName",
];

/// Answers everything below `/users` but authentication methods.
pub fn route(world: &mut World, ask: &Request<'_>) -> Outcome {
    match (ask.verb, ask.path) {
        ("get", ["users"]) => list(world, ask),
        ("post", ["users"]) => create(world, ask),
        ("get", ["users", key]) => read(world, ask, key),
        ("patch", ["users", key]) => change(world, ask, key),
        ("delete", ["users", key]) => delete(world, ask, key),
        ("post", ["users", key, "revokeSignInSessions"]) => revoke(world, ask, key),
        ("post", ["users", key, "assignLicense"]) => licenses(world, ask, key),
        ("get", ["users", key, "transitiveMemberOf" | "memberOf"]) => member_of(world, ask, key),
        ("get", ["users", key, "transitiveMemberOf", "microsoft.graph.directoryRole"]) => {
            roles_only(world, ask, key)
        }
        _ => Err(unknown(ask)),
    }
}

fn list(world: &World, ask: &Request<'_>) -> Outcome {
    if asks_for(ask, "signInActivity") {
        sign_in_activity_allowed(world, ask)?;
    }
    let listed_now = |user: &&User| user.listed_at <= world.now;
    let items = world.state().users.iter().filter(listed_now).map(shown).collect();
    let items = if ask.call.query("$filter").is_some() || ask.call.query("$select").is_some() {
        items
    } else {
        plain(items)
    };
    listed(ask.call, Listing { items, context: "users", page: 100, properties: PROPERTIES })
}

fn read(world: &World, ask: &Request<'_>, key: &str) -> Outcome {
    if asks_for(ask, "signInActivity") {
        sign_in_activity_allowed(world, ask)?;
    }
    let body = shown(user(world, key)?);
    let body = if ask.call.query("$select").is_some() { body } else { plain(vec![body]).remove(0) };
    let mut reply = single(ask.call, body, PROPERTIES)?;
    if let Content::Json(body) = &mut reply.content {
        body["@odata.context"] = json!(context(ask.call, "users/$entity"));
    }
    Ok(reply)
}

fn asks_for(ask: &Request<'_>, property: &str) -> bool {
    ask.call.query("$select").is_some_and(|select| select.split(',').any(|name| name.trim() == property))
}

fn sign_in_activity_allowed(world: &World, ask: &Request<'_>) -> Result<(), Refusal> {
    if !world.state().licence.has_p1() {
        let message = "Neither tenant is B2C or tenant doesn't have premium license";
        return Err(Refusal::new(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message));
    }
    if access::holds(ask.caller, "AuditLog.Read.All") { Ok(()) } else { Err(Refusal::denied()) }
}

pub fn shown(user: &User) -> Value {
    let mut body = user.body.clone();
    for name in PROPERTIES.iter().filter(|name| **name != "passwordProfile") {
        let missing = if LISTS.contains(name) { json!([]) } else { Value::Null };
        let value = body.entry(*name).or_insert(missing);
        if value.is_null() && LISTS.contains(name) {
            *value = json!([]);
        }
    }
    Value::Object(body)
}

fn plain(items: Vec<Value>) -> Vec<Value> {
    let keep = |item: Value| match item {
        Value::Object(body) => {
            Value::Object(body.into_iter().filter(|(name, _)| DEFAULT.contains(&name.as_str())).collect())
        }
        other => other,
    };
    items.into_iter().map(keep).collect()
}

fn create(world: &mut World, ask: &Request<'_>) -> Outcome {
    let body = official(ask.call.object()?, WRITABLE);
    only_known(&body, WRITABLE)?;
    let required = ["accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"];
    if let Some(name) = required.iter().find(|name| body.get(**name).is_none_or(Value::is_null)) {
        return Err(Refusal::bad_request(format!(
            "A value is required for property '{name}' of resource 'User'."
        )));
    }
    check_values(&body)?;
    check_name(world, text(&body, "userPrincipalName"), None)?;
    let password = password_of(&body)?;
    not_banned(world, password.as_deref())?;
    let user = new_user(world, body, password.as_deref());
    let reply = plain(vec![shown(&user)]).remove(0);
    let id = user.id().to_owned();
    world.edit().users.push(user);
    world.audit("Add user", &ask.caller.id, &[&id]);
    let mut reply = Reply::json(201, reply)
        .with("location", &format!("{}/{id}/Microsoft.DirectoryServices.User", ask.call.address()));
    if let Content::Json(body) = &mut reply.content {
        body["@odata.context"] = json!(context(ask.call, "users/$entity"));
    }
    Ok(reply)
}

fn new_user(world: &World, mut body: Object, password: Option<&str>) -> User {
    let (visible_at, listed_at) = directory::replication(world);
    let next = next_sign_in(&body);
    body.insert("passwordProfile".to_owned(), next.profile());
    let defaults = json!({"id": new_id(), "createdDateTime": world.stamp(), "userType": "Member",
        "lastPasswordChangeDateTime": world.stamp(), "signInSessionsValidFromDateTime": world.stamp(),
        "assignedLicenses": [], "assignedPlans": [], "businessPhones": [], "otherMails": [], "proxyAddresses": [],
        "licenseAssignmentStates": []});
    for (name, value) in defaults.as_object().cloned().unwrap_or_default() {
        body.entry(name).or_insert(value);
    }
    let password = password.map(hashed);
    User {
        body,
        password,
        methods: Vec::new(),
        broken_methods: Vec::new(),
        pass: None,
        at_managed_device: false,
        visible_at,
        listed_at,
        beside: Beside::default(),
    }
}

fn change(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let body = official(ask.call.object()?, WRITABLE);
    only_known(&body, WRITABLE)?;
    check_values(&body)?;
    let id = user(world, key)?.id().to_owned();
    may_change(world, ask, &id, &body)?;
    if body.contains_key("userPrincipalName") {
        check_name(world, text(&body, "userPrincipalName"), Some(&id))?;
    }
    let password = password_of(&body)?;
    not_banned(world, password.as_deref())?;
    apply(world, &id, body, password)?;
    world.audit("Update user", &ask.caller.id, &[&id]);
    Ok(Reply::empty(204))
}

/// Passwords need a scope of their own, everything else another; a Global Administrator needs a strong role.
fn may_change(world: &World, ask: &Request<'_>, id: &str, body: &Object) -> Result<(), Refusal> {
    let password = body.contains_key("passwordProfile");
    let other = body.keys().any(|name| name != "passwordProfile" && !name.starts_with('@'));
    let enabling_only = body.keys().all(|name| name == "accountEnabled" || name.starts_with('@'));
    let holds = |scope: &str| access::holds(ask.caller, scope);
    if password && id == ask.caller.id {
        // Nobody resets the own password this way: `changePassword` wants the present one (contract 2).
        return Err(Refusal::denied());
    }
    if password && !(holds("User-PasswordProfile.ReadWrite.All") || holds("Directory.AccessAsUser.All")) {
        return Err(Refusal::denied());
    }
    let may_write = holds("User.ReadWrite.All")
        || holds("Directory.ReadWrite.All")
        || enabling_only && holds("User.EnableDisableAccount.All");
    if other && !may_write {
        return Err(Refusal::denied());
    }
    access::may_touch(world, ask.caller, id)
}

fn next_sign_in(body: &Object) -> NextSignIn {
    let asked = body.get("passwordProfile").map(|profile| &profile["forceChangePasswordNextSignIn"]);
    match asked.and_then(Value::as_bool) {
        Some(true) => NextSignIn::NewPassword,
        Some(false) | None => NextSignIn::AsItIs,
    }
}

fn apply(world: &mut World, id: &str, mut body: Object, password: Option<String>) -> Result<(), Refusal> {
    let stamp = world.stamp();
    let next = next_sign_in(&body);
    let asked = body.remove("passwordProfile").is_some();
    let user = user_mut(world, id)?;
    if asked {
        user.body.insert("passwordProfile".to_owned(), next.profile());
    }
    if let Some(password) = password {
        user.password = Some(hashed(&password));
        user.beside.password_unknown = false;
        user.body.insert("lastPasswordChangeDateTime".to_owned(), json!(stamp));
    }
    user.body.extend(body.into_iter().filter(|(name, _)| !name.starts_with('@')));
    Ok(())
}

fn delete(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let id = user(world, key)?.id().to_owned();
    access::may_touch(world, ask.caller, &id)?;
    let stamp = world.stamp();
    let state = world.edit();
    if let Some(index) = state.users.iter().position(|user| user.id() == id) {
        let mut gone = state.users.remove(index);
        gone.body.insert("deletedDateTime".to_owned(), json!(stamp));
        state.deleted_users.push(gone);
    }
    state.assignments.retain(|held| held.principal != id);
    state.groups.iter_mut().for_each(|group| group.members.retain(|member| *member != id));
    world.audit("Delete user", &ask.caller.id, &[&id]);
    Ok(Reply::empty(204))
}

fn revoke(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let id = user(world, key)?.id().to_owned();
    access::may_touch(world, ask.caller, &id)?;
    let stamp = world.stamp();
    user_mut(world, &id)?.body.insert("signInSessionsValidFromDateTime".to_owned(), json!(stamp));
    world.audit("Update StsRefreshTokenValidFrom Timestamp", &ask.caller.id, &[&id]);
    Ok(Reply::json(200, json!({"@odata.context": context(ask.call, "Edm.Boolean"), "value": true})))
}

/// Only removal is known: the product never adds a licence.
fn licenses(world: &mut World, ask: &Request<'_>, key: &str) -> Outcome {
    let body = ask.call.object()?;
    let lists = (
        body.get("addLicenses").and_then(Value::as_array),
        body.get("removeLicenses").and_then(Value::as_array),
    );
    let (Some(add), Some(remove)) = lists else {
        return Err(Refusal::bad_request(
            "One or more parameters of the function import 'assignLicense' are missing from the request payload.",
        ));
    };
    if !add.is_empty() {
        return Err(Refusal::bad_request(
            "License assignment cannot be done for user with invalid usage location.",
        ));
    }
    let remove = remove.clone();
    let user = user_mut(world, key)?;
    for list in ["assignedLicenses", "licenseAssignmentStates"] {
        if let Some(Value::Array(items)) = user.body.get_mut(list) {
            items.retain(|item| !remove.contains(&item["skuId"]));
        }
    }
    let shown = shown(user);
    Ok(Reply::json(200, shown))
}

/// Directory roles alone need the index that only answers advanced queries.
fn roles_only(world: &World, ask: &Request<'_>, key: &str) -> Outcome {
    let items = roles_held(world, user(world, key)?.id());
    if ask.call.header("consistencylevel").is_none() || ask.call.query("$count").is_none() {
        let message = "The request is not supported: ConsistencyLevel and $count are required.";
        return Err(Refusal::new(400, "Request_UnsupportedQuery", message));
    }
    listed(ask.call, Listing { items, context: "directoryObjects", page: 100, properties: &[] })
}

fn member_of(world: &World, ask: &Request<'_>, key: &str) -> Outcome {
    let id = user(world, key)?.id();
    let mut items = roles_held(world, id);
    let mine = directory::groups_of(world, id);
    let groups = world.state().groups.iter().filter(|group| mine.contains(group.id()));
    items.extend(groups.map(super::groups::shown_as_member));
    listed(ask.call, Listing { items, context: "directoryObjects", page: 100, properties: &[] })
}

fn roles_held(world: &World, id: &str) -> Vec<Value> {
    let held = |role: &String| {
        json!({"@odata.type": "#microsoft.graph.directoryRole", "id": id_for("role", role),
            "displayName": directory::role_name(role), "roleTemplateId": role, "description": null})
    };
    directory::roles_of(world, id).iter().map(held).collect()
}
