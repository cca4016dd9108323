//! Seeds: short descriptions of tenants in TOML, grown into a whole [`State`].
//!
//! A seed may build on another (`base`): tables merge, lists are replaced. Ids follow from names, so the same seed is
//! the same tenant every time.

use serde::Deserialize;
use serde_json::{Value, json};

use super::directory::role_id;
use super::errors::RehearsalError;
use super::hashing::{id_for, new_key};
use super::people::KEY_MODEL;
use super::seed_azure::{self, AzureSeed};
use super::seed_defaults::{authorization, configurations, methods_policy, strengths};
use super::seed_policies::{self, PolicySeed};
use super::state::{Assignment, Azure, Group, Licence, Location, State, User};
use super::world::stamp;

/// All seeds, the default first.
pub const NAMES: &[&str] = &["fresh", "p1", "free", "busy", "existing", "drifted", "locked-out"];

const FILES: &[(&str, &str)] = &[
    ("fresh", include_str!("../../assets/tenants/fresh.toml")),
    ("p1", include_str!("../../assets/tenants/p1.toml")),
    ("free", include_str!("../../assets/tenants/free.toml")),
    ("busy", include_str!("../../assets/tenants/busy.toml")),
    ("existing", include_str!("../../assets/tenants/existing.toml")),
    ("drifted", include_str!("../../assets/tenants/drifted.toml")),
    ("locked-out", include_str!("../../assets/tenants/locked-out.toml")),
];

/// Milliseconds of a day, for things that are older than the rehearsal.
const DAY: i64 = 24 * 3600 * 1000;

/// A seed file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// Ignored once merged.
    #[serde(rename = "base")]
    _base: Option<String>,
    tenant: TenantSeed,
    methods: MethodsSeed,
    #[serde(default)]
    azure: AzureSeed,
    pub people: Vec<PersonSeed>,
    #[serde(default)]
    pub more_people: Vec<PersonSeed>,
    #[serde(default)]
    groups: Vec<GroupSeed>,
    #[serde(default)]
    pub policies: Vec<PolicySeed>,
    #[serde(default)]
    pub more_policies: Vec<PolicySeed>,
    #[serde(default)]
    pub shape: ShapeSeed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TenantSeed {
    name: String,
    initial_domain: String,
    default_domain: String,
    /// `none`, `P1` or `P2`.
    licence: String,
    security_defaults: bool,
    active_expiration_required: bool,
    operator: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodsSeed {
    fido2: bool,
    pass: bool,
    sms: bool,
}

/// Somebody who is there from the start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSeed {
    name: String,
    /// With or without a domain; the default domain where there is none.
    pub upn: String,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    eligible: Vec<String>,
    #[serde(default)]
    methods: Vec<String>,
    #[serde(default)]
    guest: bool,
    #[serde(default)]
    disabled: bool,
    /// An account without a device of its own, whose password does not expire.
    #[serde(default)]
    emergency: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupSeed {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    owners: Vec<String>,
    #[serde(default)]
    assignable: bool,
}

/// What happens to the list of policies as a whole.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShapeSeed {
    /// Grow to so many.
    pub grow_to: Option<usize>,
    /// Keep only the first so many.
    pub keep: Option<usize>,
    /// Name of a group excluded from most policies.
    pub exclude: Option<String>,
    /// Every so many-th policy forgets that exclusion; 0: none does.
    #[serde(default)]
    pub forget_every: usize,
}

/// Grows a seed into a tenant.
pub fn tenant(name: &str, now: i64) -> Result<State, RehearsalError> {
    let table = merged(name)?;
    let broken = |reason: String| RehearsalError::BrokenSeed { seed: name.to_owned(), reason };
    let seed = Seed::deserialize(table).map_err(|error| broken(error.to_string()))?;
    grown(name, &seed, now).map_err(broken)
}

fn merged(name: &str) -> Result<toml::Table, RehearsalError> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    let (_, text) = file.ok_or_else(|| RehearsalError::UnknownSeed(name.to_owned()))?;
    let broken = |error: toml::de::Error| RehearsalError::BrokenSeed {
        seed: name.to_owned(),
        reason: error.to_string(),
    };
    let table: toml::Table = toml::from_str(text).map_err(broken)?;
    let Some(base) = table.get("base").and_then(toml::Value::as_str).filter(|base| *base != name) else {
        return Ok(table);
    };
    let mut whole = merged(base)?;
    overlay(&mut whole, table);
    Ok(whole)
}

fn overlay(whole: &mut toml::Table, above: toml::Table) {
    for (name, value) in above {
        match (whole.get_mut(&name), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => overlay(below, above),
            (_, value) => {
                whole.insert(name, value);
            }
        }
    }
}

fn grown(name: &str, seed: &Seed, now: i64) -> Result<State, String> {
    let users: Vec<User> = everyone(seed).map(|person| user(seed, person, now)).collect();
    let groups: Vec<Group> = seed.groups.iter().map(|group| self::group(seed, group, now)).collect();
    let strengths = strengths(now);
    let names = Names { seed, groups: &groups, strengths: &strengths, now };
    let policies = seed_policies::grown(seed, &names)?;
    let operator = id_for("user", &full_upn(seed, &seed.tenant.operator));
    if !users.iter().any(|user| user.id() == operator) {
        return Err("the operator is nobody of this tenant".to_owned());
    }
    Ok(State {
        seed: name.to_owned(),
        signing_key: new_key(),
        licence: licence(&seed.tenant.licence)?,
        organization: organization(seed, now),
        domains: domains(seed),
        skus: skus(seed),
        azure: azure(seed, (&operator, now)),
        operator,
        users,
        deleted_users: Vec::new(),
        groups,
        assignments: held(seed, |person| &person.roles, now)?,
        eligibilities: held(seed, |person| &person.eligible, now)?,
        schedule_requests: Vec::new(),
        active_expiration_required: seed.tenant.active_expiration_required,
        policies,
        strengths,
        locations: locations(),
        methods_policy: methods_policy(now),
        configurations: configurations([seed.methods.fido2, seed.methods.pass, seed.methods.sms]),
        security_defaults: seed.tenant.security_defaults,
        authorization: authorization(),
        units: Vec::new(),
        sign_ins: Vec::new(),
        audits: Vec::new(),
        device_codes: Vec::new(),
    })
}

fn licence(word: &str) -> Result<Licence, String> {
    match word {
        "none" => Ok(Licence::Free),
        "P1" => Ok(Licence::P1),
        "P2" => Ok(Licence::P2),
        other => Err(format!("there is no licence {other}")),
    }
}

/// What names in policies stand for.
pub struct Names<'a> {
    seed: &'a Seed,
    pub groups: &'a [Group],
    pub strengths: &'a [Value],
    pub now: i64,
}

impl Names<'_> {
    /// Object id of a person.
    pub fn user(&self, upn: &str) -> Option<String> {
        let full = full_upn(self.seed, upn);
        everyone(self.seed)
            .any(|person| full_upn(self.seed, &person.upn) == full)
            .then(|| id_for("user", &full))
    }

    /// Object id of a group.
    pub fn group(&self, name: &str) -> Option<String> {
        self.groups.iter().find(|group| group.name() == name).map(|group| group.id().to_owned())
    }
}

fn everyone(seed: &Seed) -> impl Iterator<Item = &PersonSeed> {
    seed.people.iter().chain(&seed.more_people)
}

fn full_upn(seed: &Seed, upn: &str) -> String {
    if upn.contains('@') { upn.to_owned() } else { format!("{upn}@{}", seed.tenant.default_domain) }
}

fn azure(seed: &Seed, who: (&str, i64)) -> Azure {
    let (operator, now) = who;
    seed_azure::grown(&seed.azure, (operator, now - 30 * DAY))
}

fn user(seed: &Seed, person: &PersonSeed, now: i64) -> User {
    let upn = full_upn(seed, &person.upn);
    let nickname = upn.split(['@', '#']).next().unwrap_or_default().to_owned();
    let since = stamp(now - 400 * DAY);
    let policies = person.emergency.then_some("DisablePasswordExpiration");
    let synced = (!person.emergency && !person.guest).then_some(true);
    let body = json!({
        "id": id_for("user", &upn), "userPrincipalName": upn, "displayName": person.name, "mailNickname": nickname,
        "accountEnabled": !person.disabled, "userType": if person.guest { "Guest" } else { "Member" },
        "createdDateTime": since, "lastPasswordChangeDateTime": since, "signInSessionsValidFromDateTime": since,
        "onPremisesSyncEnabled": synced, "passwordPolicies": policies, "assignedLicenses": [], "assignedPlans": [],
        "businessPhones": [], "otherMails": [], "proxyAddresses": [], "licenseAssignmentStates": []});
    let methods =
        person.methods.iter().enumerate().map(|(index, kind)| method(&upn, (kind, index + 1), &since));
    User {
        body: body.as_object().cloned().unwrap_or_default(),
        password: None,
        methods: methods.collect(),
        pass: None,
        at_managed_device: !person.emergency && !person.guest,
        visible_at: 0,
        listed_at: 0,
    }
}

fn method(upn: &str, what: (&str, usize), since: &str) -> Value {
    let (kind, number) = what;
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

fn group(seed: &Seed, group: &GroupSeed, now: i64) -> Group {
    let ids = |upns: &[String]| upns.iter().map(|upn| id_for("user", &full_upn(seed, upn))).collect();
    let nickname: String = group.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let body = json!({"id": id_for("group", &group.name), "displayName": group.name, "description": group.description,
        "mailEnabled": false, "mailNickname": nickname, "securityEnabled": true, "groupTypes": [],
        "isAssignableToRole": group.assignable.then_some(true), "visibility": null, "membershipRule": null,
        "createdDateTime": stamp(now - 300 * DAY), "renewedDateTime": stamp(now - 300 * DAY)});
    let body = body.as_object().cloned().unwrap_or_default();
    Group { body, members: ids(&group.members), owners: ids(&group.owners), visible_at: 0, listed_at: 0 }
}

fn held(
    seed: &Seed,
    roles: impl Fn(&PersonSeed) -> &Vec<String>,
    now: i64,
) -> Result<Vec<Assignment>, String> {
    let mut all = Vec::new();
    for person in everyone(seed) {
        for role in roles(person) {
            let upn = full_upn(seed, &person.upn);
            all.push(Assignment {
                id: id_for("assignment", &format!("{upn}/{role}")),
                principal: id_for("user", &upn),
                role: role_id(role).ok_or_else(|| format!("there is no role {role}"))?.to_owned(),
                scope: "/".to_owned(),
                starts_at: now - 200 * DAY,
                ends_at: None,
                activated: false,
                listed_at: 0,
            });
        }
    }
    Ok(all)
}

fn organization(seed: &Seed, now: i64) -> Value {
    let verified = |name: &str, initial: bool| {
        json!({"name": name, "isInitial": initial, "isDefault": !initial,
        "type": if initial { "Managed" } else { "Federated" }, "capabilities": "Email, OfficeCommunicationsOnline"})
    };
    json!({"id": super::TENANT_ID, "displayName": seed.tenant.name, "tenantType": "AAD",
        "createdDateTime": stamp(now - 1000 * DAY), "countryLetterCode": "US", "onPremisesSyncEnabled": true,
        "technicalNotificationMails": ["it@fabrikam.example"], "assignedPlans": assigned_plans(seed),
        "verifiedDomains": [verified(&seed.tenant.initial_domain, true), verified(&seed.tenant.default_domain, false)]})
}

fn assigned_plans(seed: &Seed) -> Vec<Value> {
    let plan = |(_, id): &(&str, &str)| json!({"servicePlanId": id, "service": "AADPremiumService", "capabilityStatus": "Enabled"});
    plans(seed).iter().map(plan).collect()
}

/// Service plans by the ids Microsoft publishes.
fn plans(seed: &Seed) -> Vec<(&'static str, &'static str)> {
    let p1 = ("AAD_PREMIUM", "41781fb2-bc02-4b7c-bd55-b576c07bb09d");
    let p2 = ("AAD_PREMIUM_P2", "eec0eb4f-6444-4f95-aba0-50c24d67f998");
    match seed.tenant.licence.as_str() {
        "P2" => vec![p1, p2],
        "P1" => vec![p1],
        _ => Vec::new(),
    }
}

fn skus(seed: &Seed) -> Vec<Value> {
    let plans: Vec<Value> = plans(seed).iter().map(|(name, id)| {
        json!({"servicePlanId": id, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User"})
    }).collect();
    if plans.is_empty() {
        return Vec::new();
    }
    let name = if seed.tenant.licence == "P2" { "AAD_PREMIUM_P2" } else { "AAD_PREMIUM" };
    let sku = id_for("sku", name);
    vec![
        json!({"id": format!("{}_{sku}", super::TENANT_ID), "skuId": sku, "skuPartNumber": name, "appliesTo": "User",
        "capabilityStatus": "Enabled", "consumedUnits": 12, "accountName": "Fabrikam", "servicePlans": plans,
        "prepaidUnits": {"enabled": 25, "suspended": 0, "warning": 0, "lockedOut": 0}}),
    ]
}

fn domains(seed: &Seed) -> Vec<Value> {
    let domain = |name: &str, initial: bool| {
        json!({"id": name, "isInitial": initial, "isDefault": !initial,
        "isVerified": true, "isAdminManaged": true, "isRoot": true, "supportedServices": ["Email"], "state": null,
        "authenticationType": if initial { "Managed" } else { "Federated" }})
    };
    vec![domain(&seed.tenant.initial_domain, true), domain(&seed.tenant.default_domain, false)]
}

fn locations() -> Vec<Location> {
    let place = |name: &str, prefix: &str| Location {
        id: id_for("location", name),
        name: name.to_owned(),
        trusted: true,
        prefixes: vec![prefix.to_owned()],
    };
    // Documentation addresses: 198.51.100.0/24 is the office, 203.0.113.0/24 is anywhere else.
    vec![place("Headquarters", "198.51.100."), place("Branch office", "192.0.2.")]
}
