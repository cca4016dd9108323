//! A rehearsal tenant served by this process, and the tenant's own client joined to it without the program around.

use std::path::Path;

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::sign_in::{Demand, Prompt, SignInWay};
use breakglass::domain::mark::Mark;
use breakglass::domain::trouble::Trouble;
use breakglass::rehearsal::{self, Fault, FaultKind, Running};
use breakglass::tenant::{Ended, Opener, Profile, SignIn, Tenant, Trace};
use serde_json::json;

/// How much faster than life; nothing here depends on it.
pub const TIME_SCALE: f64 = 0.001;

/// The tenant and its folder.
pub struct InProcess {
    _folder: tempfile::TempDir,
    running: Running,
}

impl InProcess {
    /// Serves `seed`.
    pub async fn start(seed: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = rehearsal::Options {
            state: folder.path().join("tenant.json"),
            seed: seed.to_owned(),
            port: 0,
            tls: None,
            time_scale: TIME_SCALE,
            faults: Vec::new(),
            control: rehearsal::Control::On,
        };
        let running = rehearsal::start(options).await.expect("the rehearsal starts");
        Self { _folder: folder, running }
    }

    fn profile(&self) -> Profile {
        let at = self.running.addresses();
        profile([&at.login, &at.graph, &at.arm, &at.logs])
    }

    /// A client that nobody signed in to.
    pub fn tenant(&self, way: SignInWay) -> Tenant {
        let how = SignIn { way, ..SignIn::browser() };
        Tenant::new(self.profile(), rehearsal::TENANT_ID, &how).expect("a tenant")
    }

    /// A client with the operator signed in.
    pub async fn signed_in(&self) -> Tenant {
        let tenant = self.tenant(SignInWay::Browser);
        assert_eq!(sign_in(&tenant).await, Ok(Ended::SignedIn));
        tenant
    }

    /// The same, with everything that it sends told to `trace`.
    pub async fn traced(&self, trace: Trace) -> Tenant {
        let how = SignIn { way: SignInWay::Browser, ..SignIn::browser() };
        let tenant =
            Tenant::traced(self.profile(), rehearsal::TENANT_ID, &how, Some(trace)).expect("a tenant");
        assert_eq!(sign_in(&tenant).await, Ok(Ended::SignedIn));
        tenant
    }

    /// Scheme, host and port of the tenant.
    pub fn origin(&self) -> String {
        self.running.addresses().security_info.replace("/people/security-info", "")
    }

    /// Changes the tenant by name.
    pub async fn change(&self, name: &str, parameters: serde_json::Value) {
        let address = self.running.addresses().control.clone().expect("a control port");
        let body = json!({"change": name, "parameters": parameters});
        let sent = client().post(address).json(&body).send().await.expect("an answer");
        assert!(sent.status().is_success(), "{name}: {}", sent.text().await.unwrap_or_default());
    }

    /// Arms one fault while the tenant is served.
    pub async fn arm(&self, name: FaultKind, path: &str) {
        let faults = json!([Fault { name, path: path.to_owned(), times: 1, request: None }]);
        let sent = client().post(format!("{}/people/faults", self.origin())).json(&faults).send().await;
        assert!(sent.is_ok_and(|answer| answer.status().is_success()));
    }

    /// How many requests so far hold `text` in `METHOD path status`.
    pub async fn asked(&self, text: &str) -> usize {
        let sent = client().get(format!("{}/people/requests", self.origin())).send().await;
        let lines: Vec<String> = sent.expect("an answer").json().await.expect("JSON");
        lines.iter().filter(|line| line.contains(text)).count()
    }
}

/// Changes a tenant by name that nobody serves, in its file.
pub fn changed_on_disk(file: &Path, changes: &[(&str, serde_json::Value)]) {
    let kept = std::fs::read_to_string(file).expect("the state");
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    let options = rehearsal::Options {
        state: file.to_owned(),
        seed: kept["seed"].as_str().expect("a seed").to_owned(),
        port: 0,
        tls: None,
        time_scale: TIME_SCALE,
        faults: Vec::new(),
        control: rehearsal::Control::On,
    };
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let running = rehearsal::start(options).await.expect("the rehearsal starts");
        let address = running.addresses().control.clone().expect("a control port");
        for (name, parameters) in changes {
            let body = json!({"change": name, "parameters": parameters});
            let sent = client().post(&address).json(&body).send().await.expect("an answer");
            assert!(sent.status().is_success(), "{name}: {}", sent.text().await.unwrap_or_default());
        }
        running.stop().await;
    });
}

/// A profile of a simulated tenant at these addresses: login, Graph, Azure, logs.
pub fn profile([login, graph, arm, logs]: [&str; 4]) -> Profile {
    Profile {
        cloud: Cloud::Global,
        login: login.to_owned(),
        graph: graph.to_owned(),
        arm: arm.to_owned(),
        arm_audience: arm.to_owned(),
        logs: logs.to_owned(),
        portal: login.to_owned(),
        entra: login.to_owned(),
        security_info: login.to_owned(),
        ca_bundle: None,
        open: Opener::PlainHttp,
        time_scale: TIME_SCALE,
        clock: breakglass::tenant::Clock::default(),
        mark: Mark::Rehearsal,
    }
}

/// Signs the operator in; the rehearsal's person does what is shown.
pub async fn sign_in(tenant: &Tenant) -> Result<Ended, Trouble> {
    let profile = tenant.profile().clone();
    let show = |prompt: Prompt| {
        if let Prompt::Browser { short, .. } = prompt {
            let profile = profile.clone();
            tokio::spawn(async move { profile.open(&short).await });
        }
    };
    tenant.sign_in(&Demand::default(), show).await
}

/// A browser that follows no redirect.
pub fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client")
}
