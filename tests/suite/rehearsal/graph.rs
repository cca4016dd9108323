//! The rehearsal tenant over real HTTP: what the product relies on, asked the way a client asks.

use base64::Engine as _;
use breakglass::rehearsal::{Fault, FaultKind, TENANT_ID, start};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::{
    EVERYTHING, GLOBAL_ADMINISTRATOR, INITIAL, Tenant, authorize, client, error_code, new_user, of, options,
    tenant, token,
};

#[tokio::test]
async fn the_operator_signs_in_and_is_known() {
    let tenant = tenant("fresh", 0.001).await;
    let me = tenant.get("/me?$select=id,userPrincipalName").await;
    assert_eq!(me["userPrincipalName"], "riley.operator@fabrikam.example");
    let roles = tenant.get("/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true").await;
    assert_eq!(roles["value"][0]["roleTemplateId"], GLOBAL_ADMINISTRATOR);
    let tokens = token(&tenant.http, tenant.running.addresses(), (None, EVERYTHING)).await;
    let body = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(body).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(
        (&claims["tid"], &claims["nonce"], &claims["oid"]),
        (&json!(TENANT_ID), &json!("n1"), &me["id"])
    );
    assert!(tokens["refresh_token"].is_string());
}

#[tokio::test]
async fn nobody_is_let_in_without_a_good_token() {
    let tenant = tenant("fresh", 0.001).await;
    let answer = tenant.send_with("nonsense", Method::GET, ("/users", None)).await;
    assert!(answer.headers().contains_key("www-authenticate") && answer.headers().contains_key("request-id"));
    assert_eq!(error_code(answer).await, (401, "InvalidAuthenticationToken".to_owned()));
    let scope = "https://management.azure.com/.default";
    let arm = token(&tenant.http, tenant.running.addresses(), (None, scope)).await;
    let answer = tenant.send_with(arm["access_token"].as_str().unwrap(), Method::GET, ("/users", None)).await;
    assert_eq!(answer.status(), 401);
}

#[tokio::test]
async fn scopes_and_roles_are_both_needed() {
    let tenant = tenant("fresh", 0.001).await;
    let at = tenant.running.addresses();
    let narrow = token(&tenant.http, at, (None, "https://graph.microsoft.com/User.Read")).await;
    let answer =
        tenant.send_with(narrow["access_token"].as_str().unwrap(), Method::GET, ("/users", None)).await;
    assert_eq!(error_code(answer).await, (403, "Authorization_RequestDenied".to_owned()));
    let reader = token(&tenant.http, at, (Some("avery.reader@fabrikam.example"), EVERYTHING)).await;
    let body = Some(new_user("nobody"));
    let answer =
        tenant.send_with(reader["access_token"].as_str().unwrap(), Method::POST, ("/users", body)).await;
    assert_eq!(error_code(answer).await, (403, "Authorization_RequestDenied".to_owned()));
}

#[tokio::test]
async fn a_new_user_takes_its_time_but_its_name_is_taken_at_once() {
    let tenant = tenant("fresh", 100.0).await;
    let answer = tenant.send(Method::POST, "/users", Some(new_user("lamp"))).await;
    assert_eq!(answer.status(), 201);
    let user: Value = answer.json().await.unwrap();
    assert!(user.get("passwordProfile").is_none());
    let id = user["id"].as_str().unwrap();
    let answer = tenant.send(Method::GET, &format!("/users/{id}"), None).await;
    assert_eq!(error_code(answer).await, (404, "Request_ResourceNotFound".to_owned()));
    let answer = tenant.send(Method::POST, "/users", Some(new_user("LAMP"))).await;
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error"]["code"], "Request_BadRequest");
    assert!(body["error"]["message"].as_str().unwrap().ends_with("userPrincipalName already exists."));
    let role = json!({"roleDefinitionId": GLOBAL_ADMINISTRATOR, "principalId": id, "directoryScopeId": "/"});
    let answer = tenant.send(Method::POST, "/roleManagement/directory/roleAssignments", Some(role)).await;
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_user_can_be_found_changed_and_deleted() {
    let tenant = tenant("fresh", 0.001).await;
    let id = tenant.new_user("lamp").await;
    let path = format!("/users/{id}");
    let before = tenant
        .get(&format!("{path}?$select=lastPasswordChangeDateTime,passwordPolicies,assignedLicenses"))
        .await;
    assert_eq!(before["passwordPolicies"], "DisablePasswordExpiration");
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    let found = tenant.get("/users?$filter=startswith(userPrincipalName,'LAMP')&$select=id").await;
    assert_eq!(found["value"], json!([{"id": id}]));
    let body =
        json!({"passwordProfile": {"forceChangePasswordNextSignIn": false, "password": "Another-one-567"}});
    assert_eq!(tenant.send(Method::PATCH, &path, Some(body)).await.status(), 204);
    let after = tenant.get(&format!("{path}?$select=lastPasswordChangeDateTime")).await;
    assert_ne!(before["lastPasswordChangeDateTime"], after["lastPasswordChangeDateTime"]);
    let weak = json!({"passwordProfile": {"password": "short"}});
    assert_eq!(tenant.send(Method::PATCH, &path, Some(weak)).await.status(), 400);
    let odd = json!({"favoriteColor": "green"});
    assert_eq!(tenant.send(Method::PATCH, &path, Some(odd)).await.status(), 400);
    assert_eq!(tenant.send(Method::DELETE, &path, None).await.status(), 204);
    let gone = tenant.get("/directory/deletedItems/microsoft.graph.user?$select=id").await;
    assert_eq!(gone["value"], json!([{"id": id}]));
}

#[tokio::test]
async fn a_role_is_held_once_and_through_pim_a_little_later() {
    let tenant = tenant("fresh", 0.001).await;
    let id = tenant.new_user("lamp").await;
    let request = json!({"action": "adminAssign", "justification": "Emergency access", "principalId": id,
        "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/", "scheduleInfo":
            {"startDateTime": "2026-01-01T00:00:00Z", "expiration": {"type": "noExpiration"}}});
    let path = "/roleManagement/directory/roleAssignmentScheduleRequests";
    let answer = tenant.send(Method::POST, path, Some(request.clone())).await;
    assert_eq!(answer.status(), 201);
    let made: Value = answer.json().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    let status = tenant.get(&format!("{path}/{}", made["id"].as_str().unwrap())).await;
    assert_eq!(status["status"], "Provisioned");
    let filter = format!("principalId eq '{id}' and roleDefinitionId eq '{GLOBAL_ADMINISTRATOR}'");
    let held = tenant
        .get(&format!("/roleManagement/directory/roleAssignmentScheduleInstances?$filter={filter}"))
        .await;
    let held = &held["value"][0];
    assert_eq!((&held["assignmentType"], &held["endDateTime"]), (&json!("Assigned"), &Value::Null));
    let again = tenant.send(Method::POST, path, Some(request)).await;
    assert_eq!(error_code(again).await, (400, "RoleAssignmentExists".to_owned()));
    let count = tenant.get(&format!("/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '{GLOBAL_ADMINISTRATOR}'&$expand=principal")).await;
    assert_eq!(count["value"].as_array().unwrap().len(), 4);
    assert_eq!(count["value"][0]["principal"]["@odata.type"], "#microsoft.graph.user");
}

async fn open_passes(tenant: &Tenant) {
    let path = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass";
    let kind = "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration";
    tenant.until(Method::PATCH, path, Some(json!({"@odata.type": kind, "state": "enabled"}))).await;
}

async fn exclude(tenant: &Tenant, prefix: &str, id: &str) {
    let policy = tenant.policy(prefix).await;
    let path = format!("/identity/conditionalAccess/policies/{}", policy["id"].as_str().unwrap());
    let change = json!({"conditions": {"users": {"excludeUsers": [id]}}});
    tenant.until(Method::PATCH, &path, Some(change)).await;
}

#[tokio::test]
async fn a_key_is_registered_once_no_policy_stands_in_the_way() {
    let tenant = tenant("fresh", 0.01).await;
    let id = tenant.new_user("lamp").await;
    open_passes(&tenant).await;
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    let body = json!({"lifetimeInMinutes": 480, "isUsableOnce": false});
    let made = tenant.until(Method::POST, &path, Some(body)).await;
    assert_eq!((&made["isUsable"], made["temporaryAccessPass"].is_string()), (&json!(true), true));
    let page = tenant.http.get(&tenant.running.addresses().security_info).send().await.unwrap();
    assert_eq!(page.status(), 403);
    assert!(page.text().await.unwrap().contains("CA004"));
    // What else is in the way is told at once, not after the first was mended.
    let fido = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
    let refuses = |models: Value| {
        json!({"@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
            "keyRestrictions": {"isEnforced": true, "enforcementType": "allow", "aaGuids": models}})
    };
    let before = tenant.get(fido).await["keyRestrictions"].clone();
    let others = refuses(json!(["5eed5eed-0000-4000-8000-00000000f1d1"]));
    tenant.until(Method::PATCH, fido, Some(others)).await;
    let page = tenant.http.get(&tenant.running.addresses().security_info).send().await.unwrap();
    let told = page.text().await.unwrap();
    assert!(told.contains("CA004") && told.contains("keys of this model are not allowed"), "{told}");
    let back = json!({"@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration", "keyRestrictions": before});
    tenant.until(Method::PATCH, fido, Some(back)).await;
    exclude(&tenant, "CA004", &id).await;
    for _ in 0..2 {
        let page = tenant.http.get(&tenant.running.addresses().security_info).send().await.unwrap();
        assert_eq!(page.status(), 200, "{}", page.text().await.unwrap());
    }
    let methods = tenant.get(&format!("/users/{id}/authentication/methods")).await;
    let keys: Vec<&Value> = methods["value"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["model"] == "Simulated Security Key")
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[1]["displayName"], "Rehearsal key 2");
}

#[tokio::test]
async fn a_password_alone_no_longer_opens_the_door() {
    let tenant = tenant("fresh", 0.001).await;
    tenant.new_user("lamp").await;
    let upn = format!("lamp@{INITIAL}");
    let pairs = authorize(&tenant.http, tenant.running.addresses(), (Some(&upn), EVERYTHING)).await;
    assert_eq!(of(&pairs, "error").as_deref(), Some("access_denied"));
    assert!(of(&pairs, "error_description").unwrap().starts_with("AADSTS53003"));
    let free = self::tenant("free", 0.001).await;
    free.new_user("lamp").await;
    let at = free.running.addresses();
    let pairs = authorize(&free.http, at, (Some(&upn), "https://management.azure.com/.default")).await;
    assert!(of(&pairs, "error_description").unwrap().starts_with("AADSTS50079"));
}

#[tokio::test]
async fn sign_ins_reach_the_log_a_little_later() {
    let tenant = tenant("fresh", 0.001).await;
    let me = tenant.get("/me").await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let log = tenant
        .get(&format!("/auditLogs/signIns?$filter=userId eq '{}'&$top=5", me["id"].as_str().unwrap()))
        .await;
    let line = &log["value"][0];
    assert_eq!(line["status"]["errorCode"], 0);
    let applied = line["appliedConditionalAccessPolicies"].as_array().unwrap();
    assert!(applied.iter().any(|policy| policy["result"] == "success"));
}

#[tokio::test]
async fn licences_are_missed_in_microsofts_words() {
    let free = tenant("free", 0.001).await;
    let answer = free.send(Method::GET, "/identity/conditionalAccess/policies", None).await;
    assert_eq!(error_code(answer).await, (403, "AccessDenied".to_owned()));
    let answer = free.send(Method::GET, "/auditLogs/signIns", None).await;
    assert_eq!(
        error_code(answer).await,
        (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant".to_owned())
    );
    let p1 = tenant("p1", 0.001).await;
    let answer =
        p1.send(Method::GET, "/roleManagement/directory/roleAssignmentScheduleInstances", None).await;
    assert_eq!(error_code(answer).await, (400, "AadPremiumLicenseRequired".to_owned()));
    assert_eq!(p1.policies().await.len(), 15);
}

#[tokio::test]
async fn a_batch_answers_each_call() {
    let tenant = tenant("fresh", 0.001).await;
    let body = json!({"requests": [{"id": "1", "method": "GET", "url": "/organization?$select=displayName"},
        {"id": "2", "method": "GET", "url": "/users/nobody"}, {"id": "3", "method": "GET", "url": "/domains", "dependsOn": ["2"]}]});
    let answer = tenant.until(Method::POST, "/$batch", Some(body)).await;
    let statuses: Vec<i64> =
        answer["responses"].as_array().unwrap().iter().map(|one| one["status"].as_i64().unwrap()).collect();
    assert_eq!(statuses, [200, 404, 424]);
    assert_eq!(answer["responses"][0]["body"]["value"][0]["displayName"], "Fabrikam Rehearsal");
}

#[tokio::test]
async fn an_unknown_path_and_a_bad_filter_are_refused() {
    let tenant = tenant("fresh", 0.001).await;
    let answer = tenant.send(Method::GET, "/unicorns", None).await;
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error"]["message"], "Resource not found for the segment 'unicorns'.");
    assert!(body["error"]["innerError"]["request-id"].is_string());
    assert_eq!(tenant.send(Method::GET, "/users?$filter=((", None).await.status(), 400);
    assert_eq!(tenant.send(Method::GET, "/users?$select=unicorn", None).await.status(), 400);
}

#[tokio::test]
async fn the_tenant_outlives_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(options(folder.path(), "fresh", 0.001)).await.unwrap();
    let http = client();
    let access = token(&http, running.addresses(), (None, EVERYTHING)).await;
    let access = access["access_token"].as_str().unwrap();
    let users = format!("{}/v1.0/users", running.addresses().graph);
    let answer = http.post(users).bearer_auth(access).json(&new_user("lamp")).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    running.stop().await;
    let kept = std::fs::read_to_string(folder.path().join("tenant.json")).unwrap();
    assert!(!kept.contains("Throw-away-1234"));
    let running = start(options(folder.path(), "fresh", 0.001)).await.unwrap();
    let user = format!("{}/v1.0/users/lamp@{INITIAL}", running.addresses().graph);
    let answer = http.get(user).bearer_auth(access).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the token is still good, and so is the user");
    running.stop().await;
    assert!(start(options(folder.path(), "busy", 0.001)).await.is_err());
}

#[tokio::test]
async fn every_seed_grows_and_its_operator_gets_in() {
    for seed in breakglass::rehearsal::seeds() {
        let tenant = tenant(seed, 0.001).await;
        assert_eq!(
            tenant.get("/organization").await["value"][0]["displayName"],
            "Fabrikam Rehearsal",
            "{seed}"
        );
    }
}

#[tokio::test]
async fn a_dropped_answer_may_or_may_not_have_done_its_work() {
    let tenant = tenant("fresh", 0.001).await;
    let at = tenant.running.addresses().clone();
    let faults = at.security_info.replace("security-info", "faults");
    for (kind, name, wanted) in
        [(FaultKind::DropBeforeCommit, "early", false), (FaultKind::DropAfterCommit, "late", true)]
    {
        let fault = Fault { name: kind, path: "POST /graph/v1.0/users".to_owned(), times: 1, request: None };
        tenant.http.post(&faults).json(&[fault]).send().await.unwrap();
        let request = tenant.http.post(format!("{}/v1.0/users", at.graph)).bearer_auth(&tenant.token);
        assert!(request.json(&new_user(name)).send().await.is_err());
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        let there = tenant.send(Method::GET, &format!("/users/{name}@{INITIAL}"), None).await.status() == 200;
        assert_eq!(there, wanted, "{name}");
    }
}

#[tokio::test]
async fn other_faults_look_like_the_real_thing() {
    let tenant = tenant("fresh", 0.001).await;
    let faults = tenant.running.addresses().security_info.replace("security-info", "faults");
    let arm = async |kind| {
        let fault = Fault { name: kind, path: "GET /graph/v1.0/domains".to_owned(), times: 1, request: None };
        tenant.http.post(&faults).json(&[fault]).send().await.unwrap();
        tenant.send(Method::GET, "/domains", None).await
    };
    assert_eq!(arm(FaultKind::TooManyRequests).await.status(), 429);
    assert_eq!(arm(FaultKind::TooManyRequestsRetryAfter).await.headers()["retry-after"], "2");
    assert_eq!(error_code(arm(FaultKind::Unavailable).await).await.0, 503);
    assert!(arm(FaultKind::Truncated).await.json::<Value>().await.is_err());
    assert!(arm(FaultKind::Html).await.json::<Value>().await.is_err());
    let body: Value = arm(FaultKind::ForeignNextLink).await.json().await.unwrap();
    assert!(!body["@odata.nextLink"].as_str().unwrap().contains("127.0.0.1"));
    assert_eq!(arm(FaultKind::Lag).await.status(), 200);
}

#[tokio::test]
async fn hostile_input_is_refused_and_nothing_falls_over() {
    let tenant = tenant("fresh", f64::NAN).await;
    let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("after:{}", usize::MAX));
    let brackets = "(".repeat(5000);
    let paths = [
        format!("/users?$skiptoken={token}"),
        format!("/users?$filter={brackets}"),
        "/users?$top=99999999999999999999".to_owned(),
        "/users/%00%ff".to_owned(),
        "/users?$filter=a/any(".to_owned(),
        "/$batch".to_owned(),
    ];
    for path in &paths {
        let status = tenant.send(Method::GET, path, None).await.status();
        assert!(!status.is_server_error(), "{path}: {status}");
    }
    let bodies = [json!([]), json!(null), json!({"conditions": 5}), json!({"conditions": {"users": "x"}})];
    let targets = ["/users", "/groups", "/$batch", "/identity/conditionalAccess/policies"];
    for (path, body) in targets.iter().flat_map(|path| bodies.iter().map(move |body| (path, body))) {
        let status = tenant.send(Method::POST, path, Some(body.clone())).await.status();
        assert!(status.is_client_error(), "{path} {body}: {status}");
    }
    assert_eq!(tenant.send(Method::GET, "/me", None).await.status(), 200, "still there");
}
