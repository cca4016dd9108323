//! What a refusal names, for everything that this program can send: every write stands in the table, and every row of
//! the table agrees with the descriptions of Microsoft Graph and Azure and with the contract.
//!
//! Those lie beside the project, not in it; without them the tests that need them say so and pass.

use std::collections::BTreeSet;
use std::path::PathBuf;

use breakglass::domain::connection::sign_in::{Audience, GRAPH_SCOPES, RISK_SCOPE};
use breakglass::domain::write::action::Action;
use breakglass::domain::write::call::Service;
use breakglass::tenant::needs::{self, Needs};
use serde_json::Value;

use crate::tenant::openapi::samples;

/// Answered by `GET` while Azure still works on it; the description has only the `PUT`.
const FOLLOWED: &str = "/subscriptions/{id}/resourcegroups/{group}";

/// The one role that the contract does not name: Microsoft's page of `assignLicense` does, as `tenant/needs` tells.
const UNSOURCED: &str = "License Administrator";

fn contract(name: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/contract").join(name);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        eprintln!("skipped: {} is not at hand", file.display());
    }
    text
}

fn description(name: &str) -> Option<Value> {
    contract(name).map(|text| serde_json::from_str(&text).expect("JSON"))
}

/// The operation of a row: the same segments, placeholders wherever the row has them.
fn operation<'a>(description: &'a Value, row: &Needs) -> Option<&'a Value> {
    let path = row.path.strip_prefix("/v1.0").filter(|_| row.service == Audience::Graph).unwrap_or(row.path);
    let shape = |path: &str| -> Vec<String> {
        let named = |segment: &str| if segment.starts_with('{') { "{}" } else { segment }.to_lowercase();
        path.split('/').map(named).collect()
    };
    let paths = description["paths"].as_object()?;
    let (_, item) = paths.iter().find(|(template, _)| shape(template) == shape(path))?;
    let method = if row.path == FOLLOWED { "put".to_owned() } else { row.method.to_lowercase() };
    item.get(&method)
}

/// The scopes that the program asks for, and what they cover: to write is to read.
fn covered() -> BTreeSet<String> {
    let asked = GRAPH_SCOPES.iter().map(|scope| (*scope).to_owned());
    asked.flat_map(|scope| [scope.replace("ReadWrite", "Read"), scope]).collect()
}

#[test]
fn every_row_is_described_and_allowed_by_what_it_names() {
    let (Some(graph), Some(arm)) = (description("openapi/graph-v1.0.json"), description("openapi/arm.json"))
    else {
        return;
    };
    let covered = covered();
    // Neither alert processing rules (contract 16) nor the regions of a subscription nor risky users are in the descriptions
    // at hand.
    let absent = ["/actionRules", "/locations", "/riskyUsers/{id}"];
    let is_described = |row: &Needs| !absent.iter().any(|end| row.path.ends_with(end));
    for row in needs::all().filter(is_described) {
        let description = if row.service == Audience::Graph { &graph } else { &arm };
        let told = format!("{} {}", row.method, row.path);
        let operation = operation(description, &row).unwrap_or_else(|| panic!("{told} is not described"));
        let listed: BTreeSet<&str> = operation["x-ms-delegated-permissions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|permission| permission["scope"].as_str())
            .collect();
        if row.service == Audience::Graph {
            let allows = row.permissions.iter().any(|permission| listed.contains(permission));
            assert!(allows, "{told}: none of {:?} is among {listed:?}", row.permissions);
            let missing = row.permissions.iter().find(|permission| !covered.contains(**permission));
            assert_eq!(missing, None, "{told}: the sign-in does not ask for it");
        }
    }
}

#[test]
fn every_scope_and_role_is_one_of_the_contract() {
    let Some(contract) = contract("contract.md") else { return };
    // It shortens the names of roles.
    let contract =
        contract.replace("Admin ", "Administrator ").replace("CA Admin", "Conditional Access Admin");
    for row in needs::all() {
        let role = row.role.split(" (").next().and_then(|role| role.split(" on ").next()).unwrap_or_default();
        assert!(["any", UNSOURCED].contains(&role) || contract.contains(role), "{}: role {role}", row.path);
        // The contract does not have it: Microsoft's page of `riskyUser` does.
        let of_graph = row.permissions.iter().filter(|_| row.service == Audience::Graph);
        for permission in of_graph.filter(|permission| **permission != RISK_SCOPE) {
            assert!(contract.contains(permission), "{}: permission {permission}", row.path);
        }
    }
}

#[test]
fn every_write_names_what_it_needs() {
    for action in samples() {
        let call = action.call();
        let service = match call.service {
            Service::Graph => Audience::Graph,
            Service::Arm => Audience::Arm,
        };
        let path = call.path.split('?').next().unwrap_or_default();
        let row = needs::of(service, call.verb.as_str(), path);
        let row = row.unwrap_or_else(|| panic!("{:?}: {} {path}", action.kind(), call.verb.as_str()));
        let missing = row.missing();
        assert!(!missing.permission.is_empty() && !missing.role.is_empty(), "{:?}", action.kind());
        assert_ne!(missing.permission, "User.Read", "{:?}: {path}", action.kind());
        if matches!(action, Action::LeaveUnit { .. } | Action::EnterUnit { .. }) {
            assert_eq!(missing.permission, "AdministrativeUnit.ReadWrite.All");
        }
    }
}

#[test]
fn no_request_stands_in_the_table_twice() {
    let mut seen = BTreeSet::new();
    for row in needs::all() {
        let lower = row.path.to_lowercase();
        assert!(seen.insert((row.method, lower)), "{} {}", row.method, row.path);
    }
}
