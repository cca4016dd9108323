//! The rehearsal tenant over real HTTP: what the product relies on, asked the way a client asks.

use std::path::Path;

use base64::Engine as _;
use breakglass::rehearsal::{Addresses, Control, Fault, FaultKind, Options, Running, TENANT_ID, start};
use reqwest::{Client, Method, Response, StatusCode, redirect};
use serde_json::{Value, json};

const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const EVERYTHING: &str = "openid profile offline_access https://graph.microsoft.com/.default";
const INITIAL: &str = "fabrikamrehearsal.onmicrosoft.com";

struct Tenant {
    running: Running,
    http: Client,
    token: String,
    _folder: tempfile::TempDir,
}

fn options(folder: &Path, seed: &str, time_scale: f64) -> Options {
    let state = folder.join("tenant.json");
    Options {
        state,
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale,
        faults: Vec::new(),
        control: Control::Off,
    }
}

fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap()
}

async fn tenant(seed: &str, time_scale: f64) -> Tenant {
    let folder = tempfile::tempdir().unwrap();
    let running = start(options(folder.path(), seed, time_scale)).await.unwrap();
    let http = client();
    let token = token(&http, running.addresses(), (None, EVERYTHING)).await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    Tenant { running, http, token, _folder: folder }
}

/// The authorization answer: where the person is sent back to.
async fn authorize(http: &Client, at: &Addresses, who: (Option<&str>, &str)) -> Vec<(String, String)> {
    let (upn, scope) = who;
    let mut query = vec![
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:8400"),
        ("scope", scope),
        ("state", "s1"),
        ("nonce", "n1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    query.extend(upn.map(|upn| ("login_hint", upn)));
    let url = url::Url::parse_with_params(&format!("{}/{TENANT_ID}/oauth2/v2.0/authorize", at.login), query)
        .unwrap();
    let answer = http.get(url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    let target = answer.headers()["location"].to_str().unwrap();
    url::Url::parse(target).unwrap().query_pairs().into_owned().collect()
}

fn of(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

async fn token(http: &Client, at: &Addresses, who: (Option<&str>, &str)) -> Value {
    let pairs = authorize(http, at, who).await;
    assert_eq!(of(&pairs, "state").as_deref(), Some("s1"), "{pairs:?}");
    let code = of(&pairs, "code").unwrap_or_else(|| panic!("refused: {pairs:?}"));
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("code", &code),
        ("redirect_uri", "http://localhost:8400"),
        ("code_verifier", VERIFIER),
    ];
    let answer =
        http.post(format!("{}/{TENANT_ID}/oauth2/v2.0/token", at.login)).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

impl Tenant {
    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        self.send_with(&self.token, method, (path, body)).await
    }

    async fn send_with(&self, token: &str, method: Method, what: (&str, Option<Value>)) -> Response {
        let (path, body) = what;
        let address = format!("{}/v1.0{path}", self.running.addresses().graph);
        let request =
            self.http.request(method, address).bearer_auth(token).header("ConsistencyLevel", "eventual");
        match body {
            Some(body) => request.json(&body).send().await.unwrap(),
            None => request.send().await.unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Value {
        self.until(Method::GET, path, None).await
    }

    /// Tries again while throttled or not yet replicated, as a patient client does.
    async fn until(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        for _ in 0..500 {
            let answer = self.send(method.clone(), path, body.clone()).await;
            let status = answer.status();
            let text = answer.text().await.unwrap();
            if status.is_success() {
                return serde_json::from_str(&text).unwrap_or(Value::Null);
            }
            assert!(matches!(status.as_u16(), 404 | 429), "{method} {path}: {status} {text}");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("{method} {path} never succeeded");
    }

    async fn new_user(&self, name: &str) -> String {
        let body = new_user(name);
        let answer = self.send(Method::POST, "/users", Some(body)).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let user: Value = answer.json().await.unwrap();
        let id = user["id"].as_str().unwrap().to_owned();
        self.get(&format!("/users/{id}")).await;
        id
    }

    async fn policies(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/identity/conditionalAccess/policies".to_owned();
        loop {
            let page = self.get(&path).await;
            all.extend(page["value"].as_array().unwrap().iter().cloned());
            let Some(next) = page["@odata.nextLink"].as_str() else { return all };
            let base = format!("{}/v1.0", self.running.addresses().graph);
            next.strip_prefix(&base).expect("a next link stays at home").clone_into(&mut path);
        }
    }

    async fn policy(&self, prefix: &str) -> Value {
        let found = self
            .policies()
            .await
            .into_iter()
            .find(|policy| policy["displayName"].as_str().unwrap().starts_with(prefix));
        found.unwrap_or_else(|| panic!("no policy {prefix}"))
    }
}

fn new_user(name: &str) -> Value {
    json!({"AccountEnabled": true, "displayName": name, "mailNickname": name, "userType": "Member",
        "UserPrincipalName": format!("{name}@{INITIAL}"), "passwordPolicies": "DisablePasswordExpiration",
        "passwordProfile": {"forceChangePasswordNextSignIn": false, "password": "Throw-away-1234"}})
}

async fn error_code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
}

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
        let fault = Fault { name: kind, path: "POST /graph/v1.0/users".to_owned(), times: 1 };
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
        let fault = Fault { name: kind, path: "GET /graph/v1.0/domains".to_owned(), times: 1 };
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
