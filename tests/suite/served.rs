//! A rehearsal tenant served by this process, for programs that are killed and for answers that go wrong.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use breakglass::rehearsal;
use breakglass::rehearsal::{Fault, Running};
use serde_json::Value;

use crate::support::Home;

/// How much faster than life: nothing here depends on it.
const TIME_SCALE: f64 = 0.001;

/// The tenant, the folders of the program, and the profile that joins them.
pub struct Served {
    /// The program's folders.
    pub home: Home,
    cloud: PathBuf,
    seed: String,
    running: Option<Running>,
    runtime: tokio::runtime::Runtime,
}

impl Served {
    /// Serves `seed`, with faults to come.
    pub fn new(seed: &str, faults: Vec<Fault>) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let home = Home::new();
        let running = runtime.block_on(started(&home, (seed, faults)));
        let cloud = profile(&home, &running);
        Self { home, cloud, seed: seed.to_owned(), running: Some(running), runtime }
    }

    /// Lets somebody change the tenant while nobody looks, and serves it again with these faults to come.
    pub fn changed(&mut self, change: impl FnOnce(&mut Value), faults: Vec<Fault>) {
        let mut state = self.stop();
        change(&mut state);
        std::fs::write(self.home.path("tenant.json"), state.to_string()).expect("the state can be written");
        let running = self.runtime.block_on(started(&self.home, (&self.seed, faults)));
        self.cloud = profile(&self.home, &running);
        self.running = Some(running);
    }

    /// Marks the tenant as a live one from here on.
    pub fn mark_live(&self) {
        let text =
            std::fs::read_to_string(&self.cloud).expect("the profile").replace("\"rehearsal\"", "\"live\"");
        std::fs::write(&self.cloud, text).expect("the profile can be written");
    }

    /// The options that lead to the served tenant.
    pub fn options(&self) -> Vec<std::ffi::OsString> {
        let record = self.home.record();
        let words = ["--tenant", rehearsal::TENANT_ID, "--cloud"].map(std::ffi::OsString::from);
        let paths = [self.cloud.clone().into(), "--record".into(), record.into()];
        words.into_iter().chain(paths).collect()
    }

    /// An unattended setup of the example plan on the served tenant.
    pub fn setup(&self) -> Command {
        let mut command = self.home.breakglass();
        command.args(["setup", "--unattended", "--json", "--tenant", rehearsal::TENANT_ID]);
        command.arg("--cloud").arg(&self.cloud).arg("--record").arg(self.home.record());
        command.arg("--plan").arg(self.home.plan()).stdin(Stdio::null());
        command
    }

    /// How many faults have not struck.
    pub fn faults_left(&self) -> u32 {
        self.running.as_ref().map_or(0, Running::faults_left)
    }

    /// Stops the tenant and returns its state.
    pub fn stop(&mut self) -> Value {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
        let state = std::fs::read(self.home.path("tenant.json")).expect("the state file");
        serde_json::from_slice(&state).expect("JSON")
    }
}

async fn started(home: &Home, (seed, faults): (&str, Vec<Fault>)) -> Running {
    let options = rehearsal::Options {
        state: home.path("tenant.json"),
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale: TIME_SCALE,
        faults,
    };
    rehearsal::start(options).await.expect("the rehearsal starts")
}

/// A cloud profile that points at the served rehearsal, whose people answer its opener over plain HTTP.
fn profile(home: &Home, running: &Running) -> PathBuf {
    let at = running.addresses();
    let text = format!(
        "login = \"{}\"\ngraph = \"{}\"\narm = \"{}\"\nlogs = \"{}\"\nportal = \"{}\"\nsecurity_info = \"{}\"\n\
         open = \"http\"\ntime_scale = {TIME_SCALE}\nmark = \"rehearsal\"\n",
        at.login, at.graph, at.arm, at.logs, at.portal, at.security_info
    );
    let path = home.path("cloud.toml");
    std::fs::write(&path, text).expect("the profile can be written");
    path
}

/// One account for each name, one group, and every policy excludes it at most once.
pub fn once(tenant: &Value) {
    let text = tenant.to_string();
    for name in ["harbor.lantern@", "meadow.compass@"] {
        let users = tenant["users"].to_string();
        assert_eq!(users.matches(&format!("\"userPrincipalName\":\"{name}")).count(), 1, "{name}");
    }
    let groups = tenant["groups"].to_string();
    let name = "\"displayName\":\"Conditional Access - Emergency Access Exclusions\"";
    assert_eq!(groups.matches(name).count(), 1, "{groups}");
    assert!(text.contains("excludeGroups"));
    for list in find_all(tenant, "excludeGroups") {
        let ids: Vec<&str> = list.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an exclusion stands twice");
    }
}

fn find_all<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(k, v)| if k == key { vec![v] } else { find_all(v, key) }).collect()
        }
        Value::Array(items) => items.iter().flat_map(|v| find_all(v, key)).collect(),
        _ => Vec::new(),
    }
}
