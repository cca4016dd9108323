//! Sign-ins of people whom nobody asks about, for a log as long as a large tenant's.

use serde_json::{Value, json};

use crate::support::client::{Tenant, tenant};

/// The log with this filter, once it holds so many lines: it is late.
async fn log(tenant: &Tenant, filter: &str, lines: usize) -> Vec<Value> {
    for _ in 0..500 {
        let answer = tenant.get(&format!("/auditLogs/signIns?$filter={filter}")).await;
        let there = answer["value"].as_array().expect("a list").clone();
        if there.len() >= lines {
            return there;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("they never arrived")
}

#[tokio::test]
async fn sign_ins_of_other_people_are_there_for_whoever_asks_for_them() {
    let tenant = tenant("drifted", 0.001).await;
    tenant.change("foreign-sign-ins", json!({"count": 3})).await;
    let others = log(&tenant, "userDisplayName eq 'Somebody else'", 3).await;
    assert_eq!(others.len(), 3);
    assert_ne!(others[0]["userId"], others[1]["userId"]);
}
