//! The Azure side of the rehearsal tenant, the device code flow and https, over real HTTP.

use std::time::Duration;

use breakglass::rehearsal::{Control, Options, Running, TENANT_ID, start};
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};

const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const ARM_SCOPE: &str = "https://management.azure.com/.default offline_access";
const OPERATOR: &str = "riley.operator@fabrikam.example";

struct Azure {
    running: Running,
    http: Client,
    token: String,
    refresh: String,
    folder: tempfile::TempDir,
}

fn options(folder: &tempfile::TempDir, seed: &str) -> Options {
    let state = folder.path().join("tenant.json");
    Options {
        state,
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale: 0.001,
        faults: Vec::new(),
        control: Control::On,
    }
}

async fn azure(seed: &str) -> Azure {
    let folder = tempfile::tempdir().unwrap();
    let running = start(options(&folder, seed)).await.unwrap();
    let http = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
    let tokens = by_device_code(&http, &running.addresses().login, (ARM_SCOPE, OPERATOR)).await;
    let word = |name: &str| tokens[name].as_str().unwrap().to_owned();
    Azure { token: word("access_token"), refresh: word("refresh_token"), running, http, folder }
}

async fn form(http: &Client, address: String, fields: &[(&str, &str)]) -> Value {
    http.post(address).form(fields).send().await.unwrap().json().await.unwrap()
}

/// The whole device code flow, with the person approving in between.
async fn by_device_code(http: &Client, login: &str, who: (&str, &str)) -> Value {
    let (scope, upn) = who;
    let base = format!("{login}/organizations/oauth2/v2.0");
    let issued = form(http, format!("{base}/devicecode"), &[("client_id", CLIENT), ("scope", scope)]).await;
    let code = issued["device_code"].as_str().unwrap();
    let poll = [("grant_type", DEVICE_GRANT), ("client_id", CLIENT), ("device_code", code)];
    let pending = form(http, format!("{base}/token"), &poll).await;
    assert_eq!(pending["error"], "authorization_pending");
    let page = format!(
        "{}?user_code={}&login_hint={upn}",
        issued["verification_uri"].as_str().unwrap(),
        issued["user_code"].as_str().unwrap()
    );
    assert_eq!(http.get(page).send().await.unwrap().status(), 200);
    form(http, format!("{base}/token"), &poll).await
}

impl Azure {
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let address = format!("{}{path}", self.running.addresses().arm);
        let request = self.http.request(method, address).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    }

    /// A day passes in the tenant, and with it the life of every token.
    async fn a_day_passes(&mut self) {
        let control = self.running.addresses().control.clone().unwrap();
        let day = json!({"change": "time-passes", "parameters": {"days": 1}});
        assert!(self.http.post(control).json(&day).send().await.unwrap().status().is_success());
        let login = &self.running.addresses().login;
        let tokens = by_device_code(&self.http, login, (ARM_SCOPE, OPERATOR)).await;
        tokens["access_token"].as_str().unwrap().clone_into(&mut self.token);
        tokens["refresh_token"].as_str().unwrap().clone_into(&mut self.refresh);
    }

    async fn subscription(&self) -> String {
        let (_, list) = self.call(Method::GET, "/subscriptions?api-version=2022-12-01", None).await;
        list["value"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Asks until the answer is as wanted; fails by count, never by the clock.
    async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..2000 {
            let (_, body) = self.call(Method::GET, path, None).await;
            if wanted(&body) {
                return body;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("{path} never became as wanted");
    }

    async fn register(&self, subscription: &str) {
        for name in ["Microsoft.Insights", "Microsoft.OperationalInsights"] {
            let path = format!("{subscription}/providers/{name}");
            self.call(Method::POST, &format!("{path}/register?api-version=2025-04-01"), None).await;
            self.until(&format!("{path}?api-version=2025-04-01"), |body| {
                body["registrationState"] == "Registered"
            })
            .await;
        }
    }

    /// A workspace in a resource group, and the id of it.
    async fn workspace(&self, group: &str) -> Value {
        let body = json!({"location": "westeurope"});
        let (status, _) =
            self.call(Method::PUT, &format!("{group}?api-version=2025-04-01"), Some(body.clone())).await;
        assert_eq!(status, 201);
        let path =
            format!("{group}/providers/Microsoft.OperationalInsights/workspaces/law?api-version=2025-07-01");
        let (status, _) = self.call(Method::PUT, &path, Some(body)).await;
        assert_eq!(status, 201);
        self.until(&path, |body| body["properties"]["provisioningState"] == "Succeeded").await
    }

    async fn query(&self, customer: &str, text: &str) -> (u16, Value) {
        let base = format!("{}/{TENANT_ID}/oauth2/v2.0/token", self.running.addresses().login);
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT),
            ("refresh_token", &self.refresh),
            ("scope", "https://api.loganalytics.io/.default"),
        ];
        let tokens = form(&self.http, base, &fields).await;
        let address = format!("{}/v1/workspaces/{customer}/query", self.running.addresses().logs);
        let request = self.http.post(address).bearer_auth(tokens["access_token"].as_str().unwrap());
        let answer = request.json(&json!({"query": text})).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

fn code(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["error"]["code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn azure_refuses_in_its_own_words() {
    let azure = azure("fresh").await;
    let subscription = azure.subscription().await;
    let answer = azure.call(Method::GET, "/subscriptions", None).await;
    assert_eq!(code(&answer), (400, "MissingApiVersionParameter"));
    let answer = azure.call(Method::GET, "/subscriptions?api-version=1999-01-01", None).await;
    assert_eq!(code(&answer), (400, "InvalidApiVersionParameter"));
    let group = format!(
        "{subscription}/resourceGroups/none/providers/Microsoft.Insights/actionGroups/ag?api-version=2023-01-01"
    );
    let answer = azure.call(Method::PUT, &group, Some(json!({"properties": {"groupShortName": "x"}}))).await;
    assert_eq!(code(&answer), (404, "ResourceGroupNotFound"));
    let path = format!("{subscription}/resourceGroups/rg?api-version=2025-04-01");
    azure.call(Method::PUT, &path, Some(json!({"location": "westeurope"}))).await;
    let path = format!(
        "{subscription}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law?api-version=2025-07-01"
    );
    let answer = azure.call(Method::PUT, &path, Some(json!({"location": "westeurope"}))).await;
    assert_eq!(code(&answer), (409, "MissingSubscriptionRegistration"));
    let rights =
        format!("{subscription}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01");
    assert_eq!(azure.call(Method::GET, &rights, None).await.1["value"][0]["actions"], json!(["*"]));
}

#[tokio::test]
async fn logs_flow_and_alerts_fire_once_everything_is_connected() {
    let mut azure = azure("fresh").await;
    let subscription = azure.subscription().await;
    azure.register(&subscription).await;
    let group = format!("{subscription}/resourceGroups/rg");
    let workspace = azure.workspace(&group).await;
    let customer = workspace["properties"]["customerId"].as_str().unwrap();
    let early = azure.query(customer, "SigninLogs | count").await;
    assert_eq!((early.0, &early.1["error"]["innererror"]["code"]), (400, &json!("SemanticError")));

    let logs =
        json!([{"category": "SignInLogs", "enabled": true}, {"category": "AuditLogs", "enabled": true}]);
    let body = json!({"properties": {"workspaceId": workspace["id"], "logs": logs}});
    let setting = "/providers/microsoft.aadiam/diagnosticSettings/entra?api-version=2017-04-01";
    assert_eq!(azure.call(Method::PUT, setting, Some(body)).await.0, 200);
    azure.until(setting, |body| body["name"] == "entra").await;

    let oid = operator_id(&azure).await;
    let criteria = json!({"allOf": [{"query": format!("SigninLogs | where UserId in ('{oid}')")}]});
    let mut rule = json!({"location": "westeurope", "properties": {"enabled": true, "severity": 0, "scopes": [workspace["id"]],
        "evaluationFrequency": "PT5M", "windowSize": "PT15M", "criteria": criteria, "autoMitigate": false}});
    let path =
        format!("{group}/providers/Microsoft.Insights/scheduledQueryRules/signin?api-version=2023-12-01");
    assert_eq!(azure.call(Method::PUT, &path, Some(rule.clone())).await.0, 400, "no table yet");
    rule["properties"]["skipQueryValidation"] = json!(true);
    assert_eq!(azure.call(Method::PUT, &path, Some(rule)).await.0, 201);

    by_device_code(&azure.http, &azure.running.addresses().login, (ARM_SCOPE, OPERATOR)).await;
    // The first rows of a new setting take a day.
    azure.a_day_passes().await;
    let alerts = format!("{subscription}/providers/Microsoft.AlertsManagement/alerts");
    let fired =
        azure.until(&format!("{alerts}?api-version=2019-03-01"), |body| !body["value"][0].is_null()).await;
    assert_eq!(fired["value"][0]["properties"]["essentials"]["severity"], "Sev0");
    // By the tenant's clock, which is a day ahead.
    let ago =
        |hours: i64| (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 - hours)).to_string();
    let (earlier, before) = (format!("customTimeRange={}/{}", ago(72), ago(25)), ago(31 * 24));
    for (range, status, found) in [
        ("timeRange=7d", 200, true),
        ("timeRange=30d", 200, true),
        (earlier.as_str(), 200, false),
        ("timeRange=2d", 400, false),
        (&format!("timeRange=1d&{earlier}"), 400, false),
        (&format!("customTimeRange={before}/{}", ago(0)), 400, false),
    ] {
        let path = format!("{alerts}?api-version=2019-03-01&{range}");
        let (got, body) = azure.call(Method::GET, &path, None).await;
        assert_eq!((got, body["value"][0].is_object()), (status, found), "{range}");
    }
    let (status, rows) = azure
        .query(
            customer,
            &format!("SigninLogs | where UserId == '{oid}' | summarize max(TimeGenerated), count()"),
        )
        .await;
    assert_eq!(status, 200);
    assert!(rows["tables"][0]["rows"][0][1].as_i64().unwrap() >= 1);
}

async fn operator_id(azure: &Azure) -> String {
    let state = azure.running.addresses().security_info.replace("security-info", "state");
    let state: Value = azure.http.get(state).send().await.unwrap().json().await.unwrap();
    state["operator"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_recipient_confirms_a_passcode_and_only_the_newest_version_tells() {
    let azure = azure("fresh").await;
    let subscription = azure.subscription().await;
    azure.register(&subscription).await;
    let group = format!("{subscription}/resourceGroups/rg");
    azure.workspace(&group).await;
    let path = format!("{group}/providers/Microsoft.Insights/actionGroups/ag");
    let receivers =
        json!([{"name": "SecOps", "emailAddress": "secops@fabrikam.example", "useCommonAlertSchema": true}]);
    let body = json!({"location": "Global", "properties": {"groupShortName": "BreakGlass", "enabled": true, "emailReceivers": receivers}});
    assert_eq!(azure.call(Method::PUT, &format!("{path}?api-version=2023-01-01"), Some(body)).await.0, 201);
    let (_, old) = azure.call(Method::GET, &format!("{path}?api-version=2023-01-01"), None).await;
    assert!(old["properties"]["emailReceivers"][0].get("verificationStatus").is_none());
    let verified = |body: &Value| body["properties"]["emailReceivers"][0]["verificationStatus"] == "Verified";
    azure.until(&format!("{path}?api-version=2026-09-01"), verified).await;
    let request = json!({"alertType": "logalertv2", "emailReceivers": receivers});
    let address =
        format!("{}{path}/createNotifications?api-version=2023-01-01", azure.running.addresses().arm);
    let answer = azure.http.post(address).bearer_auth(&azure.token).json(&request).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let place = answer.headers()["location"].to_str().unwrap().replace(&azure.running.addresses().arm, "");
    let done = azure.until(&place, |body| body["state"] == "Completed").await;
    assert_eq!(done["actionDetails"][0]["Status"], "Completed");
}

#[tokio::test]
async fn a_tenant_without_a_subscription_shows_none() {
    let azure = azure("free").await;
    let (status, list) = azure.call(Method::GET, "/subscriptions?api-version=2022-12-01", None).await;
    assert_eq!((status, &list["value"]), (200, &json!([])));
}

#[tokio::test]
async fn https_is_served_under_the_written_authority() {
    let folder = tempfile::tempdir().unwrap();
    let tls = folder.path().join("tls");
    let running = start(Options { tls: Some(tls.clone()), ..options(&folder, "free") }).await.unwrap();
    let authority = reqwest::Certificate::from_pem(&std::fs::read(tls.join("ca.pem")).unwrap()).unwrap();
    let http = Client::builder().tls_certs_only([authority]).no_proxy().build().unwrap();
    let address = format!("{}/common/.well-known/openid-configuration", running.addresses().login);
    let body: Value = http.get(address).send().await.unwrap().json().await.unwrap();
    assert!(body["token_endpoint"].as_str().unwrap().starts_with("https://127.0.0.1:"));
    assert_eq!(std::fs::read_dir(&tls).unwrap().count(), 1, "no key is written");
}

#[cfg(unix)]
#[tokio::test]
async fn the_state_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let azure = azure("fresh").await;
    let mode = std::fs::metadata(azure.folder.path().join("tenant.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_category_that_another_setting_sends_to_the_place_is_refused_with_a_conflict() {
    let azure = azure("p1").await;
    let path =
        |name: &str| format!("/providers/microsoft.aadiam/diagnosticSettings/{name}?api-version=2017-04-01");
    let theirs = azure.call(Method::GET, &path("entra-to-law"), None).await.1["properties"].clone();
    let body = |category: &str| json!({"properties": {"workspaceId": theirs["workspaceId"], "logs": [{"category": category, "enabled": true}]}});
    let answer = azure.call(Method::PUT, &path("ours"), Some(body("auditlogs"))).await;
    assert_eq!(code(&answer), (409, "Conflict"));
    assert_eq!(azure.call(Method::PUT, &path("ours"), Some(body("RiskyUsers"))).await.0, 200);
}

#[tokio::test]
async fn a_workspace_tells_its_cap_and_a_table_its_plan() {
    let azure = azure("p1").await;
    let subscription = azure.subscription().await;
    let list =
        format!("{subscription}/providers/Microsoft.OperationalInsights/workspaces?api-version=2025-07-01");
    let workspace = azure.call(Method::GET, &list, None).await.1["value"][0].clone();
    let cap = &workspace["properties"]["workspaceCapping"];
    assert_eq!((&cap["dailyQuotaGb"], &cap["dataIngestionStatus"]), (&json!(-1.0), &json!("RespectQuota")));
    let table = format!("{}/tables/SigninLogs?api-version=2025-07-01", workspace["id"].as_str().unwrap());
    assert_eq!(azure.call(Method::GET, &table, None).await.1["properties"]["plan"], "Analytics");
    let rules =
        format!("{subscription}/providers/Microsoft.AlertsManagement/actionRules?api-version=2021-08-08");
    assert_eq!(azure.call(Method::GET, &rules, None).await, (200, json!({"value": []})));
}
