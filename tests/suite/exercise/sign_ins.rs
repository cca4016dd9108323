//! What keeps people from signing in during an exercise, over the wire: the person at the console is refused with the words
//! of the sign-in service, an emergency account gets in, and after the way back so does the person.

use serde_json::{Value, json};

use crate::support::client::{EVERYTHING, Tenant, authorize, of, tenant};

/// An emergency account of the seed, with a key, excluded by its group.
const LAMP: &str = "northwind.lamp@fabrikamrehearsal.onmicrosoft.com";
const GROUP: &str = "group:CA Exclusions - Break Glass";

/// Changes by name, with their parameters.
type Changes = Vec<(&'static str, Value)>;

/// What breaks, the number that the refusal of the operator has, and the way back.
struct Row {
    breaks: Changes,
    number: &'static str,
    back: Changes,
}

fn rows() -> Vec<Row> {
    let domain = || json!({"domain": "fabrikam.example"});
    vec![
        Row {
            breaks: vec![(
                "policy-appears",
                json!({"name": "Block", "who": "all", "grant": "block", "except": [GROUP]}),
            )],
            number: "AADSTS53003",
            back: vec![("policy-deleted", json!({"policy": "Block"}))],
        },
        Row {
            breaks: vec![("methods-out", json!({"methods": ["app", "phone"]}))],
            number: "AADSTS500121",
            back: vec![("methods-back", json!({}))],
        },
        Row {
            breaks: vec![("federation-out", domain())],
            number: "AADSTS90033",
            back: vec![("federation-back", domain())],
        },
        Row {
            breaks: vec![("federation-out", domain())],
            number: "AADSTS90033",
            back: vec![("domain-managed", domain())],
        },
        Row {
            breaks: vec![
                ("users-at-risk", json!({"who": "everybody"})),
                (
                    "policy-appears",
                    json!({"name": "Risk", "who": "all", "grant": "block", "when": ["user-risk"], "except": [GROUP]}),
                ),
            ],
            number: "AADSTS53003",
            back: vec![("risk-dismissed", json!({}))],
        },
        Row {
            breaks: vec![("password-set-elsewhere", json!({"account": "riley.operator"}))],
            number: "AADSTS50126",
            back: vec![("operator-is", json!({"account": LAMP}))],
        },
    ]
}

async fn change(tenant: &Tenant, changes: &Changes) {
    let address = tenant.running.addresses().control.clone().expect("a control port");
    for (name, parameters) in changes {
        let body = json!({"change": name, "parameters": parameters});
        let sent = tenant.http.post(&address).json(&body).send().await.expect("an answer");
        assert!(sent.status().is_success(), "{name}: {}", sent.text().await.unwrap_or_default());
    }
}

/// What a sign-in came to: nothing to say, or why not.
async fn sign_in(tenant: &Tenant, upn: Option<&str>) -> Result<(), String> {
    let pairs = authorize(&tenant.http, tenant.running.addresses(), (upn, EVERYTHING)).await;
    match of(&pairs, "code") {
        Some(_) => Ok(()),
        None => Err(of(&pairs, "error_description").unwrap_or_default()),
    }
}

/// The person at the console signs in with an app, as in an exercise.
fn with_an_app() -> Changes {
    let app = |method: &str| json!({"account": "riley.operator", "method": method});
    vec![("method-appears", app("app")), ("method-gone", app("fido2"))]
}

#[tokio::test]
async fn the_operator_is_refused_an_emergency_account_gets_in_and_there_is_a_way_back() {
    for Row { breaks, number, back } in rows() {
        let tenant = tenant("existing", 0.001).await;
        change(&tenant, &with_an_app()).await;
        assert_eq!(sign_in(&tenant, None).await, Ok(()), "{breaks:?}");
        change(&tenant, &breaks).await;
        let refused = sign_in(&tenant, None).await.expect_err(number);
        assert!(refused.starts_with(&format!("{number}:")), "{breaks:?}: {refused}");
        assert_eq!(sign_in(&tenant, Some(LAMP)).await, Ok(()), "{breaks:?}");
        change(&tenant, &back).await;
        assert_eq!(sign_in(&tenant, None).await, Ok(()), "{back:?}");
        tenant.running.stop().await;
    }
}

#[tokio::test]
async fn what_is_out_for_minutes_comes_back_by_itself_and_keys_of_a_disallowed_model_open_nothing() {
    let tenant = tenant("existing", 0.001).await;
    change(&tenant, &with_an_app()).await;
    // One tenant minute is 60 ms here.
    change(&tenant, &vec![("methods-out", json!({"methods": ["app"], "minutes": 1}))]).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(sign_in(&tenant, None).await, Ok(()));
    let other = "5eed5eed-0000-4000-8000-00000000f1d1";
    let describe = json!({"account": LAMP, "model": other});
    change(&tenant, &vec![("key-described", describe), ("key-model-disallowed", json!({"model": other}))])
        .await;
    // Its password alone does not do where it is asked for more, and it is excluded from asking only in part.
    let demand = json!({"name": "Keys", "who": "all", "grant": "mfa"});
    change(&tenant, &vec![("policy-appears", demand)]).await;
    assert!(sign_in(&tenant, Some(LAMP)).await.is_err(), "the key is of a disallowed model");
    change(&tenant, &vec![("key-model-allowed", json!({"model": other}))]).await;
    assert_eq!(sign_in(&tenant, Some(LAMP)).await, Ok(()));
    tenant.running.stop().await;
}

#[tokio::test]
async fn a_token_from_before_is_refused_at_once_and_a_new_one_is_not() {
    let tenant = tenant("existing", 0.001).await;
    let me = format!("{}/v1.0/me", tenant.running.addresses().graph);
    let asked = |token: String| tenant.http.get(&me).bearer_auth(token).send();
    assert_eq!(asked(tenant.token.clone()).await.expect("an answer").status(), 200);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    change(&tenant, &vec![("sessions-gone", json!({"account": "riley.operator"}))]).await;
    assert_eq!(asked(tenant.token.clone()).await.expect("an answer").status(), 401);
    let at = tenant.running.addresses();
    let fresh = crate::support::client::token(&tenant.http, at, (None, EVERYTHING)).await;
    let fresh = fresh["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(asked(fresh).await.expect("an answer").status(), 200);
    tenant.running.stop().await;
}
