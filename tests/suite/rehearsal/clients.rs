//! What other people's clients send, and what Graph and Azure answer to it: Azure CLI, `msal-node`, scripts that batch,
//! search and sort.

use breakglass::rehearsal::TENANT_ID;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::{EVERYTHING, Tenant, error_code, new_user, tenant, token};

async fn azure(tenant: &Tenant, path: &str) -> (u16, Value) {
    let at = tenant.running.addresses();
    let token = token(&tenant.http, at, (None, "https://management.azure.com/.default")).await;
    let access = token["access_token"].as_str().expect("a token");
    let answer =
        tenant.http.get(format!("{}{path}", at.arm)).bearer_auth(access).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

#[tokio::test]
async fn the_versions_of_the_azure_cli_are_answered_and_others_are_not() {
    let tenant = tenant("fresh", 0.001).await;
    let (_, all) = azure(&tenant, "/subscriptions?api-version=2022-12-01").await;
    let at = all["value"][0]["id"].as_str().expect("a subscription").to_owned();
    for (path, version) in [
        ("resourcegroups", "2024-11-01"),
        ("providers/Microsoft.Insights", "2024-11-01"),
        ("providers/Microsoft.Insights/actionGroups", "2024-10-01-preview"),
        ("providers/Microsoft.OperationalInsights/workspaces", "2025-02-01"),
        ("providers/Microsoft.Authorization/roleAssignments", "2022-05-01-preview"),
    ] {
        let (status, body) = azure(&tenant, &format!("{at}/{path}?api-version={version}")).await;
        assert_eq!(status, 200, "{path} {version}: {body}");
        let (status, body) = azure(&tenant, &format!("{at}/{path}?api-version=1999-01-01")).await;
        assert_eq!((status, &body["error"]["code"]), (400, &json!("InvalidApiVersionParameter")), "{path}");
    }
}

#[tokio::test]
async fn a_device_code_is_redeemed_under_the_name_that_msal_node_gives_it() {
    let tenant = tenant("fresh", 1.0).await;
    let base = format!("{}/{TENANT_ID}/oauth2/v2.0", tenant.running.addresses().login);
    let client = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    let form = [("client_id", client), ("scope", EVERYTHING)];
    let code = tenant.http.post(format!("{base}/devicecode")).form(&form).send().await.expect("an answer");
    let code: Value = code.json().await.expect("JSON");
    let text = |name: &str| code[name].as_str().expect(name).to_owned();
    let page = format!("{}?user_code={}", text("verification_uri"), text("user_code"));
    tenant.http.get(page).send().await.expect("the page");
    let secret = text("device_code");
    let form = [("client_id", client), ("grant_type", "device_code"), ("device_code", &secret)];
    let answer = tenant.http.post(format!("{base}/token")).form(&form).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

/// What `msal-node` demands of it, or it goes no further.
#[tokio::test]
async fn the_sign_in_service_describes_itself_on_its_own_host() {
    let tenant = tenant("fresh", 1.0).await;
    let login = &tenant.running.addresses().login;
    let at = format!("{login}/{TENANT_ID}/v2.0/.well-known/openid-configuration");
    let told: Value = tenant.http.get(at).send().await.expect("an answer").json().await.expect("JSON");
    for name in ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"] {
        assert!(told[name].as_str().is_some_and(|address| address.starts_with(login)), "{name}: {told}");
    }
    let keys = tenant.http.get(told["jwks_uri"].as_str().expect("keys")).send().await.expect("an answer");
    assert!(keys.json::<Value>().await.expect("JSON")["keys"].is_array());
}

#[tokio::test]
async fn a_batch_may_count_its_requests_in_numbers() {
    let tenant = tenant("fresh", 0.001).await;
    let item = |id: u64, url: &str| json!({"id": id, "method": "GET", "url": url});
    let mut last = item(3, "/me");
    last["dependsOn"] = json!([1]);
    let body = json!({"requests": [item(1, "/organization"), item(2, "/users/nobody"), last]});
    let answer = tenant.until(Method::POST, "/$batch", Some(body)).await;
    let answers = answer["responses"].as_array().expect("answers");
    let told: Vec<_> = answers.iter().map(|one| (one["id"].clone(), one["status"].clone())).collect();
    assert_eq!(told, [(json!("1"), json!(200)), (json!("2"), json!(404)), (json!("3"), json!(200))]);
    let twice = json!({"requests": [item(1, "/me"), item(1, "/me")]});
    assert_eq!(tenant.send(Method::POST, "/$batch", Some(twice)).await.status(), 400);
}

#[tokio::test]
async fn advanced_queries_need_to_be_asked_for() {
    let tenant = tenant("fresh", 0.001).await;
    let gone = tenant.new_user("lamp").await;
    tenant.send(Method::DELETE, &format!("/users/{gone}"), None).await;
    let deleted = "/directory/deletedItems/microsoft.graph.user?$orderby=deletedDateTime desc";
    for path in [
        "/users?$filter=userType ne 'Guest'",
        "/users?$filter=endswith(userPrincipalName,'.com')",
        "/groups?$filter=displayName ne 'x'",
        deleted,
        "/users?$search=\"displayName:riley\"",
    ] {
        let refused = error_code(tenant.plain(Method::GET, (path, None)).await).await;
        assert_eq!(refused, (400, "Request_UnsupportedQuery".to_owned()), "{path}");
        let asked_for =
            if path.contains("$search") { path.to_owned() } else { format!("{path}&$count=true") };
        let refused = tenant.plain(Method::GET, (&asked_for, None)).await.status();
        assert_eq!(refused, 400, "{path} without its header");
        let answer = tenant.send(Method::GET, &asked_for, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        let body: Value = answer.json().await.expect("JSON");
        assert!(!body["value"].as_array().expect("a list").is_empty(), "{path}: {body}");
        assert_eq!(body["@odata.count"].is_u64(), asked_for.contains("$count"), "{path}");
    }
    let plain =
        tenant.plain(Method::GET, ("/users?$filter=startswith(displayName,'R')&$count=true", None)).await;
    assert!(plain.json::<Value>().await.expect("JSON")["@odata.count"].is_null(), "nothing is counted");
}

#[tokio::test]
async fn an_order_is_kept_and_junk_in_it_is_refused() {
    let tenant = tenant("fresh", 0.001).await;
    let names = |body: &Value| -> Vec<String> {
        let users = body["value"].as_array().expect("a list").iter();
        users.map(|user| user["displayName"].as_str().unwrap_or_default().to_lowercase()).collect()
    };
    let up = names(&tenant.get("/users?$select=displayName&$orderby=displayName").await);
    let down = names(&tenant.get("/users?$select=displayName&$orderby=displayName desc").await);
    assert!(up.len() > 3 && up.is_sorted(), "{up:?}");
    assert!(down.is_sorted_by(|one, next| one >= next), "{down:?}");
    for junk in
        ["unicorn", "displayName sideways", "displayName desc please", "", ",", "display Name)", "1=1--"]
    {
        let path = format!("/users?$orderby={junk}");
        let (status, code) = error_code(tenant.send(Method::GET, &path, None).await).await;
        assert_eq!((status, code.as_str()), (400, "BadRequest"), "{junk:?}");
    }
    for (path, status) in [
        ("/auditLogs/directoryAudits?$orderby=activityDateTime desc", 200),
        ("/auditLogs/directoryAudits?$orderby=;", 400),
        ("/identity/conditionalAccess/policies?$orderby=unicorn", 400),
        ("/identity/conditionalAccess/policies?$search=\"displayName:x\"", 400),
        ("/users?$search=junk", 400),
    ] {
        let mut answer = tenant.send(Method::GET, path, None).await;
        while answer.status() == 429 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            answer = tenant.send(Method::GET, path, None).await;
        }
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[tokio::test]
async fn an_option_that_there_is_none_of_is_refused_and_logs_come_a_thousand_at_a_time() {
    let tenant = tenant("fresh", 0.001).await;
    for (path, status) in [
        ("/users?$slect=id", 400),
        ("/users?$skip=1", 400),
        ("/users?$top=1000", 400),
        ("/users?$top=999", 200),
        ("/auditLogs/directoryAudits?$top=1000", 200),
        ("/auditLogs/directoryAudits?$top=1001", 400),
    ] {
        assert_eq!(tenant.send(Method::GET, path, None).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn nobody_resets_the_own_password() {
    let tenant = tenant("fresh", 0.001).await;
    let me = tenant.get("/me").await["id"].as_str().expect("an id").to_owned();
    let other = tenant.new_user("lamp").await;
    let change = || Some(json!({"passwordProfile": {"password": "Throw-away-5678"}}));
    let refused = error_code(tenant.send(Method::PATCH, &format!("/users/{me}"), change()).await).await;
    assert_eq!(refused, (403, "Authorization_RequestDenied".to_owned()));
    assert_eq!(tenant.send(Method::PATCH, &format!("/users/{other}"), change()).await.status(), 204);
}

#[tokio::test]
async fn a_mobile_phone_comes_before_an_alternate_one() {
    let tenant = tenant("fresh", 0.001).await;
    let path = format!("/users/{}/authentication/phoneMethods", tenant.new_user("lamp").await);
    let phone = |kind: &str| Some(json!({"phoneNumber": "+1 5555550100", "phoneType": kind}));
    assert_eq!(tenant.send(Method::POST, &path, phone("alternateMobile")).await.status(), 400);
    tenant.until(Method::POST, &path, phone("mobile")).await;
    tenant.until(Method::POST, &path, phone("alternateMobile")).await;
}

#[tokio::test]
async fn the_options_of_a_new_key_are_told_where_keys_are_open() {
    let tenant = tenant("fresh", 0.001).await;
    let user = tenant.new_user("lamp").await;
    let method = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
    let switched = |state: &str| {
        Some(
            json!({"@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration", "state": state}),
        )
    };
    tenant.until(Method::PATCH, method, switched("enabled")).await;
    let path = format!("/users/{user}/authentication/fido2Methods/creationOptions");
    let options = tenant.get(&path).await;
    let key = &options["publicKey"];
    assert_eq!(key["rp"]["id"], "login.microsoftonline.com");
    assert!(
        key["challenge"].as_str().is_some_and(|text| text.len() >= 43 && !text.contains(['=', '+', '/']))
    );
    assert!(options["challengeTimeoutDateTime"].is_string());
    tenant.until(Method::PATCH, method, switched("disabled")).await;
    let mut answer = tenant.send(Method::GET, &path, None).await;
    while answer.status() == 429 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        answer = tenant.send(Method::GET, &path, None).await;
    }
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn the_methods_policy_checks_what_it_is_given() {
    let tenant = tenant("fresh", 0.001).await;
    let policy = "/policies/authenticationMethodsPolicy";
    let campaign =
        |what: Value| json!({"registrationEnforcement": {"authenticationMethodsRegistrationCampaign": what}});
    for wrong in [
        json!({"registrationEnforcement": "x"}),
        json!({"policyMigrationState": "unicorn"}),
        json!({"reconfirmationInDays": "soon"}),
        json!({"unicorn": 1}),
        campaign(json!({"snoozeDurationInDays": "1"})),
        campaign(json!({"snoozeDurationInDays": 15})),
        campaign(json!({"snoozeDurationInDays": 1.5})),
        campaign(json!({"state": "on"})),
        campaign(json!({"excludeTargets": {"id": "x"}})),
        campaign(json!({"excludeTargets": [{"id": "x", "targetType": "robot"}]})),
        campaign(json!({"excludeTargets": [{"targetType": "group"}]})),
        campaign(Value::Null),
    ] {
        let status = tenant.send(Method::PATCH, policy, Some(wrong.clone())).await.status();
        assert_eq!(status, 400, "{wrong}");
    }
    let right = campaign(json!({"excludeTargets": [{"id": "x", "targetType": "group"}], "state": "default"}));
    assert!(tenant.send(Method::PATCH, policy, Some(right)).await.status().is_success());
    let method = format!("{policy}/authenticationMethodConfigurations/fido2");
    let kind = "#microsoft.graph.fido2AuthenticationMethodConfiguration";
    for wrong in [
        json!({"isSelfServiceRegistrationAllowed": "yes"}),
        json!({"includeTargets": "all_users"}),
        json!({"includeTargets": [{"id": "x", "targetType": "group", "isRegistrationRequired": "no"}]}),
        json!({"keyRestrictions": {"aaGuids": [5]}}),
        json!({"keyRestrictions": {"enforcementType": "maybe"}}),
    ] {
        let mut body = wrong.clone();
        body["@odata.type"] = json!(kind);
        assert_eq!(tenant.send(Method::PATCH, &method, Some(body)).await.status(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn lists_are_empty_and_never_null() {
    let tenant = tenant("existing", 0.001).await;
    let body = new_user("lamp");
    let made: Value = tenant.send(Method::POST, "/users", Some(body)).await.json().await.expect("JSON");
    assert_eq!(made["businessPhones"], json!([]));
    let lists = ["identities", "otherMails", "proxyAddresses", "assignedLicenses", "assignedPlans"];
    let users = tenant.get(&format!("/users?$select=id,{}", lists.join(","))).await;
    for user in users["value"].as_array().expect("users") {
        assert!(lists.iter().all(|list| user[*list].is_array()), "{user}");
    }
    let report = tenant.get("/reports/authenticationMethods/userRegistrationDetails").await;
    assert!(
        report["value"].as_array().expect("lines").iter().all(|line| line["userDisplayName"].is_string())
    );
}

#[tokio::test]
async fn a_context_names_the_version_once() {
    let tenant = tenant("fresh", 0.001).await;
    for path in ["/users", "/organization", "/policies/authenticationStrengthPolicies"] {
        let context = tenant.get(path).await["@odata.context"].as_str().expect("a context").to_owned();
        let base = format!("{}/v1.0/$metadata#", tenant.running.addresses().graph);
        assert!(context.starts_with(&base), "{context}");
    }
}
