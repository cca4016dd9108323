//! A client of the rehearsal tenant that asks over real HTTP and shares nothing with the product's own.

use std::path::Path;

use breakglass::rehearsal::{Addresses, Control, Options, Running, TENANT_ID, start};
use reqwest::{Client, Method, Response, StatusCode, redirect};
use serde_json::{Value, json};

pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
pub const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const EVERYTHING: &str = "openid profile offline_access https://graph.microsoft.com/.default";
pub const INITIAL: &str = "fabrikamrehearsal.onmicrosoft.com";

pub struct Tenant {
    pub running: Running,
    pub http: Client,
    pub token: String,
    _folder: tempfile::TempDir,
}

pub fn options(folder: &Path, seed: &str, time_scale: f64) -> Options {
    let state = folder.join("tenant.json");
    Options {
        state,
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale,
        faults: Vec::new(),
        control: Control::On,
    }
}

pub fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap()
}

pub async fn tenant(seed: &str, time_scale: f64) -> Tenant {
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
pub async fn authorize(http: &Client, at: &Addresses, who: (Option<&str>, &str)) -> Vec<(String, String)> {
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

pub fn of(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

pub async fn token(http: &Client, at: &Addresses, who: (Option<&str>, &str)) -> Value {
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
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        self.send_with(&self.token, method, (path, body)).await
    }

    pub async fn send_with(&self, token: &str, method: Method, what: (&str, Option<Value>)) -> Response {
        let (path, body) = what;
        let address = format!("{}/v1.0{path}", self.running.addresses().graph);
        let request =
            self.http.request(method, address).bearer_auth(token).header("ConsistencyLevel", "eventual");
        match body {
            Some(body) => request.json(&body).send().await.unwrap(),
            None => request.send().await.unwrap(),
        }
    }

    /// Asks once as a client does that knows of no second index.
    pub async fn plain(&self, method: Method, what: (&str, Option<Value>)) -> Response {
        let (path, body) = what;
        let address = format!("{}/v1.0{path}", self.running.addresses().graph);
        let request = self.http.request(method, address).bearer_auth(&self.token);
        match body {
            Some(body) => request.json(&body).send().await.unwrap(),
            None => request.send().await.unwrap(),
        }
    }

    /// Asks, and tells whether an answer came at all.
    pub async fn send_hanging(&self, path: &str) -> Result<Response, reqwest::Error> {
        let address = format!("{}/v1.0{path}", self.running.addresses().graph);
        self.http.get(address).bearer_auth(&self.token).send().await
    }

    /// A token of now, after the one before has ended.
    pub async fn sign_in_again(&mut self) {
        let fresh = token(&self.http, self.running.addresses(), (None, EVERYTHING)).await;
        fresh["access_token"].as_str().expect("a token").clone_into(&mut self.token);
    }

    /// Changes the tenant by name.
    pub async fn change(&self, name: &str, parameters: Value) -> Value {
        let address = self.running.addresses().control.clone().expect("a control port");
        let body = json!({"change": name, "parameters": parameters});
        self.http.post(address).json(&body).send().await.unwrap().json().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.until(Method::GET, path, None).await
    }

    /// Tries again while throttled or not yet replicated, as a patient client does.
    pub async fn until(&self, method: Method, path: &str, body: Option<Value>) -> Value {
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

    pub async fn new_user(&self, name: &str) -> String {
        let body = new_user(name);
        let answer = self.send(Method::POST, "/users", Some(body)).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let user: Value = answer.json().await.unwrap();
        let id = user["id"].as_str().unwrap().to_owned();
        self.get(&format!("/users/{id}")).await;
        id
    }

    pub async fn policies(&self) -> Vec<Value> {
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

    pub async fn policy(&self, prefix: &str) -> Value {
        let found = self
            .policies()
            .await
            .into_iter()
            .find(|policy| policy["displayName"].as_str().unwrap().starts_with(prefix));
        found.unwrap_or_else(|| panic!("no policy {prefix}"))
    }
}

pub fn new_user(name: &str) -> Value {
    json!({"AccountEnabled": true, "displayName": name, "mailNickname": name, "userType": "Member",
        "UserPrincipalName": format!("{name}@{INITIAL}"), "passwordPolicies": "DisablePasswordExpiration",
        "passwordProfile": {"forceChangePasswordNextSignIn": false, "password": "Throw-away-1234"}})
}

pub async fn error_code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
}
