//! The test of an emergency access account over the wire: what it asks for, and what it finds out.

use std::sync::{Arc, Mutex};

use breakglass::domain::connection::sign_in::Prompt;
use breakglass::domain::facts::query::{Query, Sought};
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::record::AdministrativeRead;
use breakglass::domain::slot::Slot;
use breakglass::rehearsal::{self, Options};
use breakglass::tenant::{Sent, SignIn, Tenant, TestSignIn, Trace};
use serde_json::{Value, json};

use crate::support::in_process::{client, profile, sign_in};
use crate::support::signing_in::TIME_SCALE;

/// The account of the seed "existing".
const UPN: &str = "northwind.lamp@fabrikamrehearsal.onmicrosoft.com";
const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// A tenant with an emergency account in it, and its operator signed in.
struct World {
    _folder: tempfile::TempDir,
    running: rehearsal::Running,
    tenant: Tenant,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            state: folder.path().join("tenant.json"),
            seed: "existing".to_owned(),
            port: 0,
            tls: None,
            time_scale: TIME_SCALE,
            faults: Vec::new(),
            control: rehearsal::Control::On,
        };
        let running = rehearsal::start(options).await.expect("the rehearsal starts");
        let at = running.addresses();
        let profile = profile([&at.login, &at.graph, &at.arm, &at.logs]);
        let tenant = Tenant::new(profile, rehearsal::TENANT_ID, &SignIn::browser()).expect("a tenant");
        sign_in(&tenant).await.expect("the operator signs in");
        Self { _folder: folder, running, tenant }
    }

    fn origin(&self) -> String {
        self.running.addresses().security_info.replace("/people/security-info", "")
    }

    async fn change(&self, name: &str, parameters: Value) {
        let address = self.running.addresses().control.clone().expect("a control port");
        let sent =
            client().post(address).json(&json!({"change": name, "parameters": parameters})).send().await;
        assert!(sent.is_ok_and(|answer| answer.status().is_success()), "{name}");
    }

    async fn state(&self) -> Value {
        let sent = client().get(format!("{}/people/state", self.origin())).send().await;
        sent.expect("an answer").json().await.expect("JSON")
    }

    /// Tests the account, opening whatever page is shown, and says which were.
    async fn tests(&self) -> (TestSignIn, Vec<String>) {
        let state = self.state().await;
        let users = state["users"].as_array().expect("users");
        let of = |user: &&Value| user["body"]["userPrincipalName"] == UPN || user["userPrincipalName"] == UPN;
        let user = users.iter().find(of).expect("the account");
        let id = user["body"]["id"].as_str().or(user["id"].as_str()).expect("its id").to_owned();
        let (shown, profile) = (Arc::new(Mutex::new(Vec::new())), self.tenant.profile().clone());
        let told = Arc::clone(&shown);
        let show = move |prompt: Prompt| {
            let Prompt::Browser { address, short } = prompt else { return };
            told.lock().expect("nobody panics").push(address);
            let profile = profile.clone();
            tokio::spawn(async move { profile.open(&short).await });
        };
        let seen = self.tenant.test(UPN, &id, show).await.expect("it signs in");
        let shown = shown.lock().expect("nobody panics").clone();
        (seen, shown)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_asks_for_what_an_administrator_needs_in_graph_and_in_azure() {
    let world = World::new().await;
    let (seen, shown) = world.tests().await;
    assert!(seen.administrator);
    assert_eq!((&seen.read, &seen.azure), (&AdministrativeRead::Worked, &AdministrativeRead::Worked));
    let [page] = shown.as_slice() else { panic!("{shown:?}") };
    for scope in ["RoleManagement.Read.Directory", "Policy.Read.All", "offline_access", "prompt=login"] {
        assert!(page.contains(scope), "{scope}: {page}");
    }
    let state = world.state().await;
    let log = state["sign_ins"].as_array().or(state["signIns"].as_array()).expect("a log");
    let entry = &log.last().expect("an entry")["body"];
    assert_eq!(entry["correlationId"], seen.correlations[0], "the log repeats what went along");
    assert_eq!((&entry["appId"], &entry["ipAddress"]), (&json!(seen.apps[0]), &json!(seen.address)));
    assert!(seen.password.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_for_azure_alone_is_found_though_the_account_signs_in_to_graph() {
    let world = World::new().await;
    let policy = json!({"name": "Azure from nowhere", "who": "all", "what": "azure", "grant": "block"});
    world.change("policy-appears", policy).await;
    let (seen, shown) = world.tests().await;
    assert_eq!(seen.read, AdministrativeRead::Worked);
    let AdministrativeRead::Refused(why) = &seen.azure else { panic!("{:?}", seen.azure) };
    assert!(why.contains("Conditional Access") && why.contains("53003"), "{why}");
    assert_eq!(shown.len(), 1, "a page that blocks is not shown for ten minutes");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_app_may_not_ask_for_azure_the_azure_cli_s_may() {
    let world = World::new().await;
    world.change("fault-armed", json!({"fault": "MissingConsent", "at": "refresh_token"})).await;
    let (seen, shown) = world.tests().await;
    assert_eq!(seen.azure, AdministrativeRead::Worked);
    assert_eq!((shown.len(), seen.apps.last().map(String::as_str)), (2, Some(AZURE_CLI)));
    assert_eq!(seen.correlations.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_azure_cannot_be_asked_at_all_nothing_is_said_about_the_account() {
    let world = World::new().await;
    for (fault, at, times) in
        [("MissingConsent", "refresh_token", 1), ("Unavailable", "GET /arm/subscriptions", 9)]
    {
        world.change("fault-armed", json!({"fault": fault, "at": at, "times": times})).await;
    }
    let (seen, _) = world.tests().await;
    assert!(matches!(seen.azure, AdministrativeRead::NotAsked(_)), "{:?}", seen.azure);
    assert_eq!(seen.read, AdministrativeRead::Worked);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_if_asks_for_what_the_test_signs_in_to() {
    let world = World::new().await;
    let asked = Arc::new(Mutex::new(String::new()));
    let told = Arc::clone(&asked);
    let trace: Trace = Arc::new(move |sent: &Sent| {
        told.lock().expect("nobody panics").push_str(&sent.body.to_string());
    });
    let profile = world.tenant.profile().clone();
    let tenant =
        Tenant::traced(profile, rehearsal::TENANT_ID, &SignIn::browser(), Some(trace)).expect("a tenant");
    sign_in(&tenant).await.expect("the operator signs in");
    let sought = Sought {
        slot: Slot::FIRST,
        user_name: "northwind.lamp".to_owned(),
        adopt: Some(UPN.to_owned()),
        id: None,
    };
    let query = Query { accounts: vec![sought], ..Query::default() };
    let mut facts = Facts::default();
    for area in [Area::Organization, Area::Licenses, Area::Accounts, Area::WhatIf] {
        facts.absorb(tenant.read(area, &query, &facts).await);
    }
    let asked = asked.lock().expect("nobody panics").clone();
    // Microsoft Graph and Azure Resource Manager (contract 6).
    for resource in ["00000003-0000-0000-c000-000000000000", "797f4846-ba00-4fd7-ba43-dac1f8f63013"] {
        assert!(asked.contains(resource), "{resource}: {asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_its_role_reads_nothing_an_administrator_reads() {
    let world = World::new().await;
    world.change("role-taken", json!({"account": UPN})).await;
    let (seen, _) = world.tests().await;
    assert!(!seen.administrator);
}
