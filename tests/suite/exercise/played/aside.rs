//! What the tenant itself says where no check looks: who gets in at this moment, and whose sign-ins stand in its log. Asked over
//! the wire, of a copy, so that nothing of the question stands in the logs that are played with.

use std::path::{Path, PathBuf};

use breakglass::app::REHEARSAL_STATE;
use breakglass::app::exercise::OBSERVER;
use breakglass::domain::exercise::scenario::names::Names;
use breakglass::rehearsal::{Addresses, TENANT_ID, start};
use reqwest::Client;
use serde_json::{Value, json};

use super::eye::Said;
use crate::support::client::{EVERYTHING, authorize, client, of, options};

/// The seed of every exercise.
const SEED: &str = "fresh";

/// What is asked, each by its name: `sign-in:WHO` is in order where WHO gets in with the best that the account has, `azure:WHO`
/// where that is enough for Azure, which demands a second factor of everybody, `password:WHO` where nobody gets in with the password alone; `log:WHO` says how many sign-ins of WHO there are.
pub struct Aside {
    place: PathBuf,
    asked: Vec<String>,
}

/// Whether a name is one of these, and no check.
pub fn is_one(name: &str) -> bool {
    KINDS.iter().any(|kind| name.starts_with(kind))
}

/// The log first: whoever asks to be let in stands in it.
const KINDS: [&str; 4] = ["log:", "password:", "sign-in:", "azure:"];
/// What is asked for of Azure.
const AZURE: &str = "https://management.azure.com/.default";

/// A copy of a tenant, while it is asked.
struct Copied<'a> {
    http: Client,
    at: &'a Addresses,
    names: Names,
}

impl Aside {
    /// These questions, of the tenant of the exercise in this folder.
    pub fn of(place: &Path, asked: Vec<String>) -> Self {
        Self { place: place.to_owned(), asked }
    }

    /// What it answers.
    pub async fn answers(&self) -> Vec<(String, Said)> {
        if self.asked.is_empty() {
            return Vec::new();
        }
        let folder = tempfile::tempdir().expect("a folder");
        let options = options(folder.path(), SEED, 0.001);
        std::fs::copy(self.place.join(REHEARSAL_STATE), &options.state).expect("a copy of the tenant");
        let names = std::fs::read(self.place.join("names.json")).expect("names");
        let names = serde_json::from_slice(&names).expect("names");
        let running = start(options).await.expect("the copy is served");
        let copied = Copied { http: client(), at: running.addresses(), names };
        let mut answers = Vec::new();
        for kind in KINDS {
            for name in self.asked.iter().filter(|name| name.starts_with(kind)) {
                answers.push((name.clone(), copied.asked(name).await));
            }
        }
        running.stop().await;
        answers
    }
}

impl Copied<'_> {
    async fn asked(&self, name: &str) -> Said {
        match name.split_once(':') {
            Some(("log", who)) => self.logged(who).await,
            Some(("password", who)) => self.password(who).await,
            Some(("azure", who)) => self.signed_in(who, AZURE).await,
            Some((_, who)) => self.signed_in(who, EVERYTHING).await,
            None => panic!("{name} asks nothing"),
        }
    }

    async fn signed_in(&self, who: &str, scope: &str) -> Said {
        let upn = match who {
            "operator" => &self.names.operator,
            "first" => &self.names.first,
            "second" => &self.names.second,
            other => other,
        };
        let pairs = authorize(&self.http, self.at, (Some(upn), scope)).await;
        let refused = of(&pairs, "error_description");
        Said { is_open: refused.is_some(), words: refused.unwrap_or_else(|| "gets in".to_owned()) }
    }

    async fn password(&self, who: &str) -> Said {
        let thief = json!({"account": who, "with": "password", "address": "203.0.113.41"});
        let words = self.changed("sign-in-arrives", thief).await;
        Said { is_open: words.ends_with("the result success."), words }
    }

    async fn logged(&self, who: &str) -> Said {
        // A line is readable a while after it was written.
        self.changed("time-passes", json!({"days": 1})).await;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", OBSERVER),
            ("client_secret", "the eye of a test"),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        let token = self.http.post(format!("{}/{TENANT_ID}/oauth2/v2.0/token", self.at.login)).form(&form);
        let token = answer(token).await["access_token"].as_str().expect("a token").to_owned();
        let log = self.http.get(format!("{}/v1.0/auditLogs/signIns", self.at.graph)).bearer_auth(token);
        let log = answer(log).await;
        let is_own =
            |line: &&Value| line["userPrincipalName"].as_str().is_some_and(|upn| upn.starts_with(who));
        let lines = log["value"].as_array().expect("a log").iter().filter(is_own).count();
        Said { is_open: false, words: format!("{lines} sign-ins") }
    }

    /// What a change of the copy did.
    async fn changed(&self, name: &str, parameters: Value) -> String {
        let control = self.at.control.as_deref().expect("a control port");
        let change = json!({"change": name, "parameters": parameters});
        let answer = answer(self.http.post(control).json(&change)).await;
        answer["did"].as_str().unwrap_or_else(|| panic!("{name}: {answer}")).to_owned()
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Value {
    request.send().await.expect("an answer").json().await.expect("JSON")
}
