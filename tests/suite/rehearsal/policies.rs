//! Conditional Access of the rehearsal tenant, asked the way a client asks.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::tenant;

#[tokio::test]
async fn a_policy_patch_merges_objects_and_replaces_arrays() {
    let tenant = tenant("fresh", 0.001).await;
    let group = json!({"displayName": "Exclusions", "mailEnabled": false, "mailNickname": "exclusions",
        "securityEnabled": true, "isAssignableToRole": true});
    let made = tenant.until(Method::POST, "/groups", Some(group)).await;
    let id = made["id"].as_str().unwrap();
    tenant.get(&format!("/groups/{id}")).await;
    let before = tenant.policy("CA014").await;
    let path = format!("/identity/conditionalAccess/policies/{}", before["id"].as_str().unwrap());
    let change = json!({"conditions": {"users": {"excludeGroups": [id]}}});
    tenant.until(Method::PATCH, &path, Some(change)).await;
    let mut after = tenant.get(&path).await;
    assert_eq!(after["conditions"]["users"]["excludeGroups"], json!([id]));
    assert_eq!(after["conditions"]["users"]["excludeUsers"], before["conditions"]["users"]["excludeUsers"]);
    after["conditions"]["users"]["excludeGroups"] = before["conditions"]["users"]["excludeGroups"].clone();
    after["modifiedDateTime"] = before["modifiedDateTime"].clone();
    assert_eq!(after, before, "nothing else may change");
}

#[tokio::test]
async fn microsofts_own_policies_accept_exclusions_or_nothing() {
    let tenant = tenant("fresh", 0.001).await;
    let change = |state: &str| Some(json!({"state": state}));
    let path =
        |policy: &Value| format!("/identity/conditionalAccess/policies/{}", policy["id"].as_str().unwrap());
    let refusing = tenant.policy("Microsoft-managed: Block legacy").await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let answer = tenant.send(Method::PATCH, &path(&refusing), change("disabled")).await;
    assert_eq!(answer.status(), 403);
    let accepting = tenant.policy("Microsoft-managed: Block device").await;
    tenant.until(Method::PATCH, &path(&accepting), change("disabled")).await;
    let rename = Some(json!({"displayName": "Ours now"}));
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    assert_eq!(tenant.send(Method::PATCH, &path(&accepting), rename).await.status(), 403);
}

#[tokio::test]
async fn conditional_access_takes_one_request_a_second_and_does_not_say_when() {
    let tenant = tenant("busy", 100.0).await;
    let path = "/identity/conditionalAccess/policies";
    let mut refused = 0;
    for _ in 0..6 {
        let answer = tenant.send(Method::GET, path, None).await;
        if answer.status() == 429 {
            assert!(!answer.headers().contains_key("retry-after"));
            refused += 1;
        }
    }
    assert!(refused > 0);
    let mut hints = Vec::new();
    for _ in 0..6 {
        let answer = tenant.send(Method::GET, "/auditLogs/directoryAudits", None).await;
        hints.extend(answer.headers().get("retry-after").cloned());
    }
    assert!(!hints.is_empty());
}

#[tokio::test]
async fn three_hundred_policies_come_in_pages() {
    let tenant = tenant("busy", 0.001).await;
    assert_eq!(tenant.policies().await.len(), 300);
}

#[tokio::test]
async fn what_if_names_the_policies_that_would_catch_an_account() {
    let tenant = tenant("fresh", 0.001).await;
    let id = tenant.new_user("lamp").await;
    let ask = |context: Value| {
        json!({"signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": id},
            "signInContext": context, "appliedPoliciesOnly": true, "signInConditions": {"devicePlatform": "windows",
                "clientAppType": "browser", "signInRiskLevel": "none", "userRiskLevel": "none", "country": "US",
                "ipAddress": "203.0.113.7"}})
    };
    let register = json!({"@odata.type": "#microsoft.graph.userActionContext", "userAction": "registerSecurityInformation"});
    let path = "/identity/conditionalAccess/evaluate";
    let names = |answer: Value| -> Vec<String> {
        answer["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["displayName"].as_str().unwrap()[..5].to_owned())
            .collect()
    };
    let caught = names(tenant.until(Method::POST, path, Some(ask(register))).await);
    assert!(caught.contains(&"CA001".to_owned()) && caught.contains(&"CA004".to_owned()), "{caught:?}");
    let graph = json!({"@odata.type": "#microsoft.graph.applicationContext",
        "includeApplications": ["00000003-0000-0000-c000-000000000000"]});
    let caught = names(tenant.until(Method::POST, path, Some(ask(graph))).await);
    assert!(caught.contains(&"CA001".to_owned()) && !caught.contains(&"CA002".to_owned()), "{caught:?}");
    assert!(!caught.contains(&"CA014".to_owned()), "only for admins: {caught:?}");
}
