//! Orders of an exercise at the control port: made wholly or not at all, made once, and over when the exercise says so.

use breakglass::rehearsal::Running;
use reqwest::Client;
use serde_json::{Value, json};

use crate::support::client::{client, options};

struct Tenant {
    running: Running,
    http: Client,
    _folder: tempfile::TempDir,
}

/// A tenant in which tenant time takes no time at all; minutes of an exercise do.
async fn instant(seed: &str) -> Tenant {
    let folder = tempfile::tempdir().expect("a folder");
    let running = breakglass::rehearsal::start(options(folder.path(), seed, 0.0)).await.expect("a tenant");
    Tenant { running, http: client(), _folder: folder }
}

impl Tenant {
    async fn sent(&self, body: Value) -> (u16, Value) {
        let control = self.running.addresses().control.as_deref().expect("a control port");
        let answer = self.http.post(control).json(&body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// Status and answer of an order.
    async fn ordered(&self, order: &str, changes: Value) -> (u16, Value) {
        self.sent(json!({"order": order, "changes": changes})).await
    }

    /// What one change did.
    async fn done(&self, change: &str, parameters: Value) -> String {
        let (_, answer) = self.sent(json!({"change": change, "parameters": parameters})).await;
        answer["did"].as_str().unwrap_or_else(|| panic!("{change}: {answer}")).to_owned()
    }

    async fn state(&self) -> Value {
        let page = self.running.addresses().security_info.replace("security-info", "state");
        self.http.get(page).send().await.expect("an answer").json().await.expect("JSON")
    }

    /// What a service answers somebody without a token.
    async fn graph_status(&self) -> u16 {
        let page = format!("{}/v1.0/organization", self.running.addresses().graph);
        self.http.get(page).send().await.expect("an answer").status().as_u16()
    }
}

#[tokio::test]
async fn what_an_exercise_orders_is_made_once_and_is_out_until_the_exercise_says_so() {
    let tenant = instant("p1").await;
    let changes = json!([
        {"change": "service-out", "parameters": {"service": "graph", "minutes": 20}},
        {"change": "cloud-out"},
        {"change": "methods-out", "parameters": {"methods": ["app", "phone"], "minutes": 15}},
    ]);
    for _ in 0..2 {
        let (status, answer) = tenant.ordered("outage", changes.clone()).await;
        assert_eq!((status, answer["did"].as_array().map(Vec::len)), (200, Some(3)), "{answer}");
        assert_eq!(answer["did"][0], "The service graph answers 503 for 20 minutes.");
        assert_eq!(answer["lasts"], json!([15, 120]), "the later one counts");
    }
    assert_eq!(tenant.graph_status().await, 503);
    let over = |minutes: u32| json!({"of": "outage", "minutes": minutes});
    let did = tenant.done("order-over", over(15)).await;
    assert_eq!(did, "Sign-ins by app are answered again. Sign-ins by phone are answered again.");
    assert_eq!(tenant.graph_status().await, 503, "that is out for longer");
    let did = tenant.done("order-over", over(120)).await;
    assert!(did.contains("The service graph works again."), "{did}");
    assert_eq!(tenant.graph_status().await, 401);
    let did = tenant.done("order-over", over(20)).await;
    assert_eq!(did, "What was for 20 minutes is over already.");
    let made = tenant.state().await["changes"].as_array().map_or(0, Vec::len);
    assert_eq!(made, 6, "what was ordered twice was made once");
}

#[tokio::test]
async fn an_order_of_which_one_change_is_refused_changes_nothing() {
    let tenant = instant("p1").await;
    let before = tenant.state().await;
    let changes = json!([
        {"change": "service-out", "parameters": {"service": "graph", "minutes": 20}},
        {"change": "account-disabled", "parameters": {"account": "nobody.here"}},
        {"change": "methods-out", "parameters": {"methods": ["app"]}},
    ]);
    let (status, answer) = tenant.ordered("half", changes).await;
    assert_eq!((status, &answer["change"]), (400, &json!("account-disabled")), "{answer}");
    assert!(answer["error"].as_str().is_some_and(|error| error.contains("account")), "{answer}");
    assert_eq!(tenant.graph_status().await, 401, "nothing is out");
    for part in ["changes", "outages", "troubles"] {
        assert_eq!(tenant.state().await[part], before[part], "{part}");
    }
}

#[tokio::test]
async fn a_role_that_an_exercise_lets_end_ends_when_the_exercise_says_so() {
    for change in ["role-ends", "role-activated"] {
        let tenant = instant("drifted").await;
        let held = async || {
            let state = tenant.state().await;
            let all = state["assignments"].as_array().expect("roles").clone();
            all.into_iter().filter(|held| !held["ordered"].is_null()).count()
        };
        let parameters = json!({"account": "sam.helpdesk", "role": "Global Administrator", "minutes": 40});
        let (_, answer) =
            tenant.ordered("clerk", json!([{"change": change, "parameters": parameters}])).await;
        assert_eq!(answer["lasts"], json!([40]), "{change}: {answer}");
        // However long the facilitator pauses, it has not ended.
        tenant.done("time-passes", json!({"days": 1})).await;
        assert_eq!(held().await, 1, "{change}");
        let did = tenant.done("order-over", json!({"of": "clerk", "minutes": 40})).await;
        assert_eq!(did, "sam.helpdesk@fabrikam.example no longer holds Global Administrator.");
        assert_eq!(held().await, 0, "{change}");
    }
}
