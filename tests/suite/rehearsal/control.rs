//! The control port of the rehearsal tenant: changed by name while it runs, by those who know its address only.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use breakglass::rehearsal::{Control, Options, Running, TENANT_ID, start};
use reqwest::{Client, redirect};
use serde_json::{Value, json};

use super::changes::{FIRST, GROUP, KEY_MODEL, POLICY, drifts, examples};
use crate::support::Home;

/// A resource of Graph that answers without a token, with 401.
const GRAPH: &str = "/v1.0/organization";

struct Tenant {
    running: Running,
    http: Client,
    folder: tempfile::TempDir,
}

fn options(folder: &Path, seed: &str) -> Options {
    Options {
        state: folder.join("tenant.json"),
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale: 0.02,
        faults: Vec::new(),
        control: Control::On,
    }
}

async fn tenant(seed: &str) -> Tenant {
    let folder = tempfile::tempdir().unwrap();
    let running = start(options(folder.path(), seed)).await.unwrap();
    let http = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
    Tenant { running, http, folder }
}

impl Tenant {
    fn control(&self) -> &str {
        self.running.addresses().control.as_deref().expect("a control port")
    }

    async fn overview(&self) -> Value {
        self.http.get(self.control()).send().await.unwrap().json().await.unwrap()
    }

    /// Status and answer of one change.
    async fn change(&self, name: &str, parameters: Value) -> (u16, Value) {
        let body = json!({"change": name, "parameters": parameters});
        let answer = self.http.post(self.control()).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// What a change did.
    async fn done(&self, name: &str, parameters: Value) -> String {
        let (status, answer) = self.change(name, parameters).await;
        assert_eq!(status, 200, "{name}: {answer}");
        answer["did"].as_str().expect("a sentence").to_owned()
    }

    async fn state(&self) -> Value {
        let page = self.running.addresses().security_info.replace("security-info", "state");
        self.http.get(page).send().await.unwrap().json().await.unwrap()
    }

    async fn graph_status(&self) -> u16 {
        let address = format!("{}{GRAPH}", self.running.addresses().graph);
        self.http.get(address).send().await.unwrap().status().as_u16()
    }

    /// Signs in, and says what stopped it.
    async fn sign_in(&self, upn: &str) -> Result<(), String> {
        let login = &self.running.addresses().login;
        let query = [
            ("client_id", "14d82eec-204b-4c2f-b7e8-296a70dab67e"),
            ("response_type", "code"),
            ("redirect_uri", "http://localhost:8400"),
            ("scope", "openid https://graph.microsoft.com/.default"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"),
            ("login_hint", upn),
        ];
        let address = format!("{login}/{TENANT_ID}/oauth2/v2.0/authorize");
        let url = url::Url::parse_with_params(&address, query).unwrap();
        let answer = self.http.get(url).send().await.unwrap();
        let target = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        let error = target.query_pairs().find(|(name, _)| name == "error_description");
        error.map_or(Ok(()), |(_, text)| Err(text.into_owned()))
    }
}

#[tokio::test]
async fn every_change_of_the_list_can_be_made_and_is_listed_as_done() {
    let tenant = tenant("drifted").await;
    let overview = tenant.overview().await;
    let names = |list: &Value, key: &str| {
        let items = list.as_array().expect("a list").iter();
        items.map(|item| item[key].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let made: Vec<&str> = examples().iter().map(|(name, _)| *name).collect();
    // Every exclusion can be lost only once, so the ready-made way is tried on a tenant of its own.
    let missing = names(&overview["changes"], "name");
    // What drifts has a table of its own (tests/suite/review).
    let drifts = drifts();
    let is_missing = |name: &&String| !made.contains(&name.as_str()) && !drifts.contains(name);
    assert_eq!(missing.iter().filter(is_missing).collect::<Vec<_>>(), ["exclusions-gone"]);
    for (name, parameters) in examples() {
        let did = tenant.done(name, parameters).await;
        assert!(did.ends_with('.') && did.len() > 10, "{name}: {did}");
    }
    assert_eq!(names(&tenant.overview().await["done"], "change"), made);
    let fresh = self::tenant("existing").await;
    assert!(fresh.done("exclusions-gone", json!({})).await.contains("policies no longer exclude anybody"));
}

#[tokio::test]
async fn only_who_knows_the_address_can_change_anything() {
    let tenant = tenant("p1").await;
    let (origin, secret) = tenant.control().rsplit_once('/').expect("a path");
    assert!(secret.len() >= 43 && origin.starts_with("http://127.0.0.1:"), "{secret}");
    let shorter = &tenant.control()[..tenant.control().len() - 1];
    for address in [origin, shorter, &format!("{origin}/state"), &format!("{}/", tenant.control())] {
        for request in [tenant.http.get(address), tenant.http.post(address).body("{}")] {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 404, "{address}");
            assert_eq!(answer.text().await.unwrap(), "", "{address}");
        }
    }
    let foreign = tenant.http.get(tenant.control()).header("host", "example.com").send().await.unwrap();
    assert_eq!(foreign.status(), 421);
    let services = tenant.running.addresses().graph.replace("/graph", "");
    let answer = tenant.http.get(format!("{services}/{secret}")).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_tenant_that_was_not_asked_for_control_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { control: Control::Off, ..options(folder.path(), "p1") };
    let running = start(options).await.unwrap();
    assert_eq!(running.addresses().control, None);
    assert!(!serde_json::to_string(running.addresses()).unwrap().contains("control"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_name_and_changes_nothing() {
    let tenant = tenant("drifted").await;
    let before = tenant.state().await;
    let (status, answer) = tenant.change("policy-vanishes", json!({})).await;
    assert_eq!(status, 404);
    assert!(answer["changes"].as_array().unwrap().contains(&json!("policy-appears")), "{answer}");
    let wrong = [
        ("account-disabled", json!({}), "account"),
        ("account-disabled", json!({"account": "nobody"}), "account"),
        ("account-disabled", json!({"account": 7}), "account"),
        ("account-disabled", json!({"account": FIRST, "color": "red"}), "color"),
        ("account-disabled", json!({"account": FIRST, "by": "nobody"}), "by"),
        ("policy-appears", json!({"name": "x", "who": "group:Nobody", "grant": "block"}), "who"),
        ("policy-appears", json!({"name": "x", "who": "all", "grant": "tea"}), "grant"),
        ("policy-appears", json!({"name": "x", "who": "all", "grant": "mfa", "when": ["noon"]}), "when"),
        ("policy-edited", json!({"policy": POLICY}), "state"),
        ("method-stops-working", json!({"account": FIRST, "method": "fido2", "number": 4}), "number"),
        ("method-stops-working", json!({"account": FIRST, "method": "email"}), "method"),
        ("key-model-disallowed", json!({"model": "blue"}), "model"),
        ("key-model-allowed", json!({"model": KEY_MODEL}), "model"),
        ("group-restored", json!({"group": GROUP}), "group"),
        ("security-defaults-switched", json!({"to": "on"}), "to"),
        ("service-out", json!({"service": "mail"}), "service"),
        ("service-out", json!({"service": "graph", "minutes": 0}), "minutes"),
        ("fault-armed", json!({"fault": "Rain"}), "fault"),
        ("sign-in-arrives", json!({"account": FIRST, "address": "here"}), "address"),
        ("account-edited", json!({"account": FIRST, "property": "id", "value": "x"}), "property"),
        ("role-given", json!({"account": "casey.director"}), "role"),
        ("method-appears", json!({"account": FIRST, "method": "tea"}), "method"),
        ("method-gone", json!({"account": FIRST, "method": "email"}), "method"),
        ("sign-in-arrives", json!({"account": FIRST, "result": "perhaps"}), "result"),
        ("everybody-blocked", json!({"who": "all"}), "who"),
    ];
    for (name, parameters, parameter) in wrong {
        let (status, answer) = tenant.change(name, parameters.clone()).await;
        assert_eq!((status, &answer["parameter"]), (400, &json!(parameter)), "{name} {parameters}: {answer}");
        assert!(answer["error"].as_str().unwrap().contains(parameter), "{answer}");
    }
    let answer = tenant.http.post(tenant.control()).body("no JSON").send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(tenant.state().await, before);
}

#[tokio::test]
async fn a_policy_keeps_people_out_until_it_excludes_them() {
    let tenant = tenant("drifted").await;
    assert_eq!(tenant.sign_in("riley.operator@fabrikam.example").await, Ok(()));
    let block =
        json!({"name": "CA999", "who": "all", "grant": "block", "except": [format!("group:{GROUP}")]});
    assert_eq!(tenant.done("policy-appears", block).await, "The policy \"CA999\" is there.");
    let refused = tenant.sign_in("riley.operator@fabrikam.example").await.unwrap_err();
    assert!(refused.contains("AADSTS53003") && refused.contains("CA999"), "{refused}");
    assert_eq!(tenant.sign_in(FIRST).await, Ok(()));
    tenant.done("policy-loses-exclusions", json!({"policy": "CA999"})).await;
    assert!(tenant.sign_in(FIRST).await.is_err());
}

#[tokio::test]
async fn a_key_that_stopped_working_or_is_of_a_disallowed_model_lets_nobody_in() {
    let tenant = tenant("drifted").await;
    let mfa = json!({"name": "MFA", "who": format!("user:{FIRST}"), "grant": "mfa"});
    tenant.done("policy-appears", mfa).await;
    for drifted in [json!({"method": "phone"}), json!({"method": "fido2", "name": "Spare key"})] {
        let mut gone = drifted;
        gone["account"] = json!(FIRST);
        tenant.done("method-gone", gone).await;
    }
    let one = |number: u32| json!({"account": FIRST, "method": "fido2", "number": number});
    tenant.done("method-stops-working", one(1)).await;
    assert_eq!(tenant.sign_in(FIRST).await, Ok(()), "the second key is left");
    tenant.done("method-stops-working", one(2)).await;
    assert!(tenant.sign_in(FIRST).await.is_err());
    tenant.done("method-works-again", json!({"account": FIRST})).await;
    assert_eq!(tenant.sign_in(FIRST).await, Ok(()));
    tenant.done("key-model-disallowed", json!({"model": KEY_MODEL})).await;
    assert!(tenant.sign_in(FIRST).await.is_err());
    tenant.done("key-model-allowed", json!({"model": KEY_MODEL})).await;
    assert_eq!(tenant.sign_in(FIRST).await, Ok(()));
    let restrictions = &tenant.state().await["configurations"][0]["keyRestrictions"];
    assert_eq!(restrictions, &json!({"isEnforced": false, "enforcementType": "block", "aaGuids": []}));
}

#[tokio::test]
async fn a_service_is_out_until_its_time_is_over_or_somebody_mends_it() {
    let tenant = tenant("p1").await;
    assert_eq!(tenant.graph_status().await, 401);
    tenant.done("service-out", json!({"service": "graph"})).await;
    assert_eq!(tenant.graph_status().await, 503);
    assert_eq!(tenant.sign_in("riley.operator@fabrikam.example").await, Ok(()), "only Graph is out");
    tenant.done("services-back", json!({})).await;
    assert_eq!(tenant.graph_status().await, 401);
    // Where tenant time takes no time at all, an outage is over as it begins.
    let folder = tempfile::tempdir().unwrap();
    let options = Options { time_scale: 0.0, ..options(folder.path(), "p1") };
    let instant = Tenant { running: start(options).await.unwrap(), http: tenant.http.clone(), folder };
    instant.done("service-out", json!({"service": "graph"})).await;
    assert_eq!(instant.graph_status().await, 401);
}

#[tokio::test]
async fn a_sign_in_arrives_in_the_log_with_its_place_and_result() {
    let tenant = tenant("drifted").await;
    let parameters = json!({"account": "harbor.lantern", "address": "203.0.113.99", "country": "NZ",
        "result": "wrong-password"});
    let did = tenant.done("sign-in-arrives", parameters).await;
    assert_eq!(
        did,
        format!("A sign-in of {FIRST} from 203.0.113.99 (NZ) arrived with the result wrong-password.")
    );
    let line = tenant.state().await["sign_ins"][0]["body"].clone();
    assert_eq!(line["userPrincipalName"], FIRST);
    assert_eq!(line["ipAddress"], "203.0.113.99");
    assert_eq!(line["location"]["countryOrRegion"], "NZ");
    assert_eq!(line["status"]["errorCode"], 50_126);
}

#[tokio::test]
async fn a_sign_in_with_a_proof_comes_to_what_the_policies_say_at_that_moment() {
    let tenant = tenant("fresh").await;
    let with = |proof: &str| json!({"account": "alex.sales", "with": proof, "address": "203.0.113.41"});
    let end = async |proof: &str| {
        let did = tenant.done("sign-in-arrives", with(proof)).await;
        did.rsplit_once(' ').map(|(_, end)| end.trim_end_matches('.').to_owned()).expect("a result")
    };
    assert_eq!(end("phone").await, "success");
    assert_eq!(end("password").await, "blocked-by-policy");
    tenant.done("policy-edited", json!({"policy": POLICY, "state": "off"})).await;
    assert_eq!(end("password").await, "success");
    tenant.done("account-disabled", json!({"account": "alex.sales"})).await;
    assert_eq!(end("password").await, "disabled");
    let both = json!({"account": "alex.sales", "with": "app", "result": "locked"});
    let (status, answer) = tenant.change("sign-in-arrives", both).await;
    assert_eq!((status, &answer["parameter"]), (400, &json!("result")), "{answer}");
}

#[tokio::test]
async fn a_change_is_audited_under_somebody_elses_name_and_survives_a_restart() {
    let tenant = tenant("drifted").await;
    let before = tenant.state().await["audits"].as_array().map_or(0, Vec::len);
    tenant.done("group-deleted", json!({"group": GROUP})).await;
    tenant.done("account-disabled", json!({"account": FIRST, "by": "quinn.policies"})).await;
    tenant.done("service-out", json!({"service": "graph", "minutes": 1440})).await;
    let audits = tenant.state().await["audits"].clone();
    let by =
        |index: usize| audits[before + index]["body"]["initiatedBy"]["user"]["userPrincipalName"].clone();
    assert_ne!(by(0), "riley.operator@fabrikam.example");
    assert_eq!(by(1), "quinn.policies@fabrikam.example");
    let (before, address) = (tenant.overview().await["done"].clone(), tenant.control().to_owned());
    let Tenant { running, http, folder } = tenant;
    running.stop().await;
    let running = start(options(folder.path(), "drifted")).await.unwrap();
    let again = Tenant { running, http, folder };
    assert_ne!(again.control(), address);
    assert_eq!(again.overview().await["done"], before);
    assert_eq!(again.graph_status().await, 503);
    assert_eq!(again.sign_in(FIRST).await.unwrap_err(), "AADSTS50057: The user account is disabled.");
    again.done("group-restored", json!({"group": GROUP})).await;
}

#[test]
fn serve_prints_the_control_address_only_when_asked() {
    let home = Home::new();
    let printed = |more: &[&str]| {
        let mut command = home.breakglass();
        command.args(["rehearsal", "serve", "--seed", "p1"]).args(more).arg("--record").arg(home.record());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
        serde_json::from_str::<Value>(&line).expect("JSON")["control"].clone()
    };
    assert_eq!(printed(&[]), Value::Null);
    let control = printed(&["--control"]);
    assert!(control.as_str().is_some_and(|at| at.starts_with("http://127.0.0.1:")), "{control}");
}
