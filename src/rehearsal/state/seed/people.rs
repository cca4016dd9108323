//! People and groups of a seed: accounts with their methods and roles, grown into what Graph lists.
//!
//! Nobody of a seed has a password; whoever plays a person is taken to know it.

use serde_json::{Value, json};

use super::description::{GroupSeed, PersonSeed, Seed};
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::directory::role_id;
use crate::rehearsal::state::methods::KEY_MODEL;
use crate::rehearsal::state::model::{Assignment, Group, NextSignIn, User};
use crate::rehearsal::state::time::{DAY, stamp};
use crate::rehearsal::state::troubles::Beside;

pub fn user(seed: &Seed, person: &PersonSeed, now: i64) -> User {
    let upn = seed.full_upn(&person.upn);
    let nickname = upn.split(['@', '#']).next().unwrap_or_default().to_owned();
    let since = stamp(now - 400 * DAY);
    let policies = person.emergency.then_some("DisablePasswordExpiration");
    let synced = (!person.emergency && !person.guest).then_some(true);
    let body = json!({
        "id": id_for("user", &upn), "userPrincipalName": upn, "displayName": person.name, "mailNickname": nickname,
        "accountEnabled": !person.disabled, "userType": if person.guest { "Guest" } else { "Member" },
        "createdDateTime": since, "lastPasswordChangeDateTime": since, "signInSessionsValidFromDateTime": since,
        "onPremisesSyncEnabled": synced, "passwordPolicies": policies,
        "passwordProfile": NextSignIn::AsItIs.profile(), "assignedLicenses": [], "assignedPlans": [],
        "businessPhones": [], "otherMails": [], "proxyAddresses": [], "licenseAssignmentStates": []});
    let methods =
        person.methods.iter().enumerate().map(|(index, kind)| method(&upn, kind, index + 1, &since));
    User {
        body: body.as_object().cloned().unwrap_or_default(),
        password: None,
        methods: methods.collect(),
        broken_methods: Vec::new(),
        pass: None,
        at_managed_device: !person.emergency && !person.guest,
        visible_at: 0,
        listed_at: 0,
        beside: Beside::default(),
    }
}

fn method(upn: &str, kind: &str, number: usize, since: &str) -> Value {
    let id = id_for("method", &format!("{upn}/{kind}/{number}"));
    let name = |kind: &str| format!("#microsoft.graph.{kind}AuthenticationMethod");
    match kind {
        "fido2" => {
            json!({"@odata.type": name("fido2"), "id": id, "displayName": format!("Security key {number}"),
            "createdDateTime": since, "aaGuid": KEY_MODEL, "model": "Simulated Security Key",
            "attestationCertificates": [], "attestationLevel": "attested", "passkeyType": "deviceBound"})
        }
        "phone" => json!({"@odata.type": name("phone"), "id": "3179e48a-750b-4051-897c-87b9720928f7",
            "phoneNumber": "+1 2065550100", "phoneType": "mobile", "smsSignInState": "notAllowedByPolicy",
            "createdDateTime": since}),
        _ => json!({"@odata.type": name("microsoftAuthenticator"), "id": id, "displayName": "Phone",
            "deviceTag": "SoftwareTokenActivated", "phoneAppVersion": "6.0", "createdDateTime": since}),
    }
}

pub fn group(seed: &Seed, group: &GroupSeed, now: i64) -> Group {
    let ids = |upns: &[String]| upns.iter().map(|upn| id_for("user", &seed.full_upn(upn))).collect();
    let nickname: String = group.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let body = json!({"id": id_for("group", &group.name), "displayName": group.name, "description": group.description,
        "mailEnabled": false, "mailNickname": nickname, "securityEnabled": true, "groupTypes": [],
        "isAssignableToRole": group.assignable.then_some(true), "visibility": null, "membershipRule": null,
        "createdDateTime": stamp(now - 300 * DAY), "renewedDateTime": stamp(now - 300 * DAY)});
    let body = body.as_object().cloned().unwrap_or_default();
    Group { body, members: ids(&group.members), owners: ids(&group.owners), visible_at: 0, listed_at: 0 }
}

pub fn held(
    seed: &Seed,
    roles: impl Fn(&PersonSeed) -> &Vec<String>,
    now: i64,
) -> Result<Vec<Assignment>, String> {
    let mut all = Vec::new();
    for person in seed.everyone() {
        for role in roles(person) {
            let upn = seed.full_upn(&person.upn);
            all.push(Assignment {
                id: id_for("assignment", &format!("{upn}/{role}")),
                principal: id_for("user", &upn),
                role: role_id(role).ok_or_else(|| format!("there is no role {role}"))?.to_owned(),
                scope: "/".to_owned(),
                starts_at: now - 200 * DAY,
                ends_at: None,
                activated: false,
                listed_at: 0,
                ordered: None,
            });
        }
    }
    Ok(all)
}
