//! The organization of a seed: its licence, its domains, its named locations.
//!
//! Plans and their ids are those Microsoft publishes.

use serde_json::{Value, json};

use super::description::Seed;
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::model::{Licence, Location, TENANT_ID};
use crate::rehearsal::state::time::{DAY, stamp};

pub fn licence(word: &str) -> Result<Licence, String> {
    match word {
        "none" => Ok(Licence::Free),
        "P1" => Ok(Licence::P1),
        "P2" => Ok(Licence::P2),
        other => Err(format!("there is no licence {other}")),
    }
}

pub fn organization(seed: &Seed, now: i64) -> Value {
    let verified = |name: &str, initial: bool| {
        json!({"name": name, "isInitial": initial, "isDefault": !initial,
        "type": if initial { "Managed" } else { "Federated" }, "capabilities": "Email, OfficeCommunicationsOnline"})
    };
    json!({"id": TENANT_ID, "displayName": seed.tenant.name, "tenantType": "AAD",
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

pub fn skus(seed: &Seed) -> Vec<Value> {
    let plans: Vec<Value> = plans(seed).iter().map(|(name, id)| {
        json!({"servicePlanId": id, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User"})
    }).collect();
    if plans.is_empty() {
        return Vec::new();
    }
    let name = if seed.tenant.licence == "P2" { "AAD_PREMIUM_P2" } else { "AAD_PREMIUM" };
    let sku = id_for("sku", name);
    vec![
        json!({"id": format!("{}_{sku}", TENANT_ID), "skuId": sku, "skuPartNumber": name, "appliesTo": "User",
        "capabilityStatus": "Enabled", "consumedUnits": 12, "accountName": "Fabrikam", "servicePlans": plans,
        "prepaidUnits": {"enabled": 25, "suspended": 0, "warning": 0, "lockedOut": 0}}),
    ]
}

pub fn domains(seed: &Seed) -> Vec<Value> {
    let domain = |name: &str, initial: bool| {
        json!({"id": name, "isInitial": initial, "isDefault": !initial,
        "isVerified": true, "isAdminManaged": true, "isRoot": true, "supportedServices": ["Email"], "state": null,
        "authenticationType": if initial { "Managed" } else { "Federated" }})
    };
    vec![domain(&seed.tenant.initial_domain, true), domain(&seed.tenant.default_domain, false)]
}

pub fn locations() -> Vec<Location> {
    let place = |name: &str, prefix: &str| Location {
        id: id_for("location", name),
        name: name.to_owned(),
        trusted: true,
        prefixes: vec![prefix.to_owned()],
    };
    // Documentation addresses: 198.51.100.0/24 is the office, 203.0.113.0/24 is anywhere else.
    vec![place("Headquarters", "198.51.100."), place("Branch office", "192.0.2.")]
}
