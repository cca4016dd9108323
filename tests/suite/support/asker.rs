//! One who asks the rehearsal tenant anything over real HTTP and compares every answer with the API descriptions.

use breakglass::domain::write::call::Service;
use reqwest::Method;
use serde_json::Value;

use crate::support::answers::{Answer, wrong};
use crate::support::client::{Tenant, tenant, token};
use crate::support::descriptions::descriptions;

/// One who asks, and remembers what was wrong with an answer.
pub struct Asker {
    pub tenant: Tenant,
    descriptions: [Value; 2],
    pub arm: String,
    pub logs: String,
    wrong: Vec<String>,
    /// Method and path of everything that was asked.
    asked: Vec<(String, String)>,
}

impl Asker {
    /// Signed in to all three services of a fresh tenant; nobody where the descriptions are not at hand.
    pub async fn of(seed: &str) -> Option<Self> {
        let descriptions = descriptions()?;
        let tenant = tenant(seed, 0.001).await;
        let at = tenant.running.addresses();
        let mut tokens = Vec::new();
        for scope in ["https://management.azure.com/.default", "https://api.loganalytics.io/.default"] {
            let answer = token(&tenant.http, at, (None, scope)).await;
            tokens.push(answer["access_token"].as_str().expect("a token").to_owned());
        }
        let logs = tokens.pop()?;
        Some(Self { descriptions, arm: tokens.pop()?, logs, wrong: Vec::new(), asked: Vec::new(), tenant })
    }

    /// Asks until it is neither too early nor too often, and compares the answer.
    pub async fn ask(&mut self, method: Method, path: &str, body: Value) -> Value {
        for _ in 0..400 {
            let (status, answer) = self.once(&method, path, &body).await;
            if ![404, 429].contains(&status) {
                return self.compared((&method, path), (status, answer));
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("{method} {path} never came")
    }

    /// Asks once, for a refusal.
    pub async fn refused(&mut self, method: Method, path: &str, (status, body): (u16, Value)) {
        let (got, answer) = self.once(&method, path, &body).await;
        if got != status {
            self.wrong.push(format!("{method} {path}: {got} instead of {status}: {answer}"));
        }
        self.compared((&method, path), (got, answer));
    }

    async fn once(&self, method: &Method, path: &str, body: &Value) -> (u16, Value) {
        let at = self.tenant.running.addresses();
        let (base, token) = match path.split(['/', '?']).nth(1).unwrap_or_default() {
            "subscriptions" | "tenants" | "providers" => (at.arm.clone(), &self.arm),
            "v1" => (at.logs.clone(), &self.logs),
            _ => (format!("{}/v1.0", at.graph), &self.tenant.token),
        };
        let request = self.tenant.http.request(method.clone(), format!("{base}{path}")).bearer_auth(token);
        let request = request.header("ConsistencyLevel", "eventual");
        let request = if body.is_null() { request } else { request.json(body) };
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") })
    }

    fn compared(&mut self, (method, path): (&Method, &str), (status, body): (u16, Value)) -> Value {
        let plain = path.split('?').next().unwrap_or_default();
        let is_azure = ["subscriptions", "tenants", "providers", "v1"]
            .contains(&plain.split('/').nth(1).unwrap_or_default());
        let service = if is_azure { Service::Arm } else { Service::Graph };
        let answer = Answer { service, method: method.as_str(), path: plain, status, body: &body };
        let found = wrong(&self.descriptions, &answer);
        if status < 400 {
            self.asked.push((method.to_string(), plain.to_owned()));
        }
        self.wrong.extend(found.into_iter().map(|it| format!("{method} {plain} {status}: {it}")));
        body
    }

    pub async fn get(&mut self, path: &str) -> Value {
        self.ask(Method::GET, path, Value::Null).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Value {
        self.ask(Method::POST, path, body).await
    }

    pub async fn patch(&mut self, path: &str, body: Value) -> Value {
        self.ask(Method::PATCH, path, body).await
    }

    pub async fn put(&mut self, path: &str, body: Value) -> Value {
        self.ask(Method::PUT, path, body).await
    }

    pub async fn delete(&mut self, path: &str) -> Value {
        self.ask(Method::DELETE, path, Value::Null).await
    }

    /// Nothing was wrong; what was asked.
    pub fn concluded(mut self) -> Vec<(String, String)> {
        self.wrong.sort();
        self.wrong.dedup();
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
        self.asked
    }
}
