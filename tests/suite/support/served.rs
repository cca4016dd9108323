//! A rehearsal tenant served by this process, for programs that are killed and for answers that go wrong.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use breakglass::domain::connection::cloud::Cloud;
use breakglass::rehearsal;
use breakglass::rehearsal::{Fault, Running};
use serde_json::{Value, json};

use crate::support::Home;

/// How much faster than life: nothing here depends on it.
const TIME_SCALE: f64 = 0.001;

/// The tenant, the folders of the program, and the profile that joins them.
pub struct Served {
    /// The program's folders.
    pub home: Home,
    cloud: PathBuf,
    manner: Manner,
    days_ahead: i64,
    seed: String,
    running: Option<Running>,
    runtime: tokio::runtime::Runtime,
}

/// How a tenant is served.
#[derive(Clone, Copy)]
struct Manner {
    cloud: Cloud,
    time_scale: f64,
    scheme: &'static str,
}

const USUAL: Manner = Manner { cloud: Cloud::Global, time_scale: TIME_SCALE, scheme: "http" };

impl Served {
    /// Serves `seed`, with faults to come.
    pub fn new(seed: &str, faults: Vec<Fault>) -> Self {
        Self::start(seed, faults, USUAL)
    }

    /// Serves `seed` with another time scale: slow enough that a limit in tenant time is felt.
    pub fn slower(seed: &str, time_scale: f64) -> Self {
        Self::start(seed, Vec::new(), Manner { time_scale, ..USUAL })
    }

    /// Serves `seed` with faults to come, and with waits that cost next to no time.
    pub fn fast(seed: &str, faults: Vec<Fault>) -> Self {
        Self::start(seed, faults, Manner { time_scale: TIME_SCALE / 5.0, ..USUAL })
    }

    /// Serves `seed` behind the profile of a cloud.
    pub fn in_cloud(seed: &str, cloud: Cloud) -> Self {
        Self::start(seed, Vec::new(), Manner { cloud, ..USUAL })
    }

    /// Serves `seed` over https; the authority is `ca.pem` in the program's folder.
    pub fn over_https(seed: &str) -> Self {
        Self::start(seed, Vec::new(), Manner { scheme: "https", ..USUAL })
    }

    fn start(seed: &str, faults: Vec<Fault>, manner: Manner) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let home = Home::new();
        let running = runtime.block_on(started(&home, (seed, faults), manner));
        let cloud = profile(&home, &running, manner);
        Self { home, cloud, seed: seed.to_owned(), manner, days_ahead: 0, running: Some(running), runtime }
    }

    /// Lets somebody change the tenant while nobody looks, and serves it again with these faults to come.
    pub fn changed(&mut self, change: impl FnOnce(&mut Value), faults: Vec<Fault>) {
        let mut state = self.stop();
        state["faults"] = json!([]);
        change(&mut state);
        std::fs::write(self.home.path("tenant.json"), state.to_string()).expect("the state can be written");
        let served = started(&self.home, (&self.seed, faults), self.manner);
        let running = self.runtime.block_on(served);
        self.cloud = profile(&self.home, &running, self.manner);
        self.running = Some(running);
    }

    /// Changes the tenant by name while it runs, and returns what the control port says it did.
    pub fn change(&self, name: &str, parameters: &Value) -> String {
        let address = self.running.as_ref().and_then(|running| running.addresses().control.clone());
        let body = json!({"change": name, "parameters": parameters});
        let answer = self.runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build()?;
            client.post(address.expect("a control port")).json(&body).send().await?.json::<Value>().await
        });
        let answer = answer.expect("JSON");
        answer["did"].as_str().unwrap_or_else(|| panic!("{name}: {answer}")).to_owned()
    }

    /// Lets so many days go by for the tenant, while it runs, and for every program that is started on it from now on.
    pub fn time_passes(&mut self, days: i64) {
        self.change("time-passes", &json!({"days": days}));
        let text = std::fs::read_to_string(&self.cloud).expect("the profile");
        let (before, after) = (self.days_ahead, self.days_ahead + days);
        let later = text.replace(&format!("days_ahead = {before}"), &format!("days_ahead = {after}"));
        std::fs::write(&self.cloud, later).expect("the profile can be written");
        self.days_ahead = after;
    }

    /// Marks the tenant as a live one from here on.
    pub fn mark_live(&self) {
        let text =
            std::fs::read_to_string(&self.cloud).expect("the profile").replace("\"rehearsal\"", "\"live\"");
        std::fs::write(&self.cloud, text).expect("the profile can be written");
    }

    /// From here on its pages are opened by this command, or by nobody.
    pub fn opened_by(&self, command: Option<&str>) {
        let text = std::fs::read_to_string(&self.cloud).expect("the profile");
        let line = command.map_or_else(String::new, |command| format!("open = \"{command}\"\n"));
        let text = text.replace("open = \"http\"\n", &line);
        std::fs::write(&self.cloud, text).expect("the profile can be written");
    }

    /// Opens an address as a browser does, and returns the page where that ends.
    pub fn visit(&self, address: &str) -> String {
        let page = self.runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build()?;
            client.get(address).header("accept", "*/*").send().await?.text().await
        });
        page.expect("a page")
    }

    /// How many requests so far hold `text` in `METHOD path status`.
    pub fn asked(&self, text: &str) -> usize {
        let lines: Vec<String> =
            serde_json::from_str(&self.visit(&format!("{}/people/requests", self.origin()))).expect("JSON");
        lines.iter().filter(|line| line.contains(text)).count()
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

    /// Scheme, host and port of the tenant.
    pub fn origin(&self) -> String {
        let running = self.running.as_ref().expect("it is served");
        running.addresses().security_info.replace("/people/security-info", "")
    }

    /// A folder with a program `az` that hands out tokens of the served tenant as the Azure CLI does, before `PATH`.
    pub fn fake_azure_cli(&self) -> String {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = self.home.path("bin");
        std::fs::create_dir_all(&folder).expect("a folder");
        for service in ["graph", "arm", "logs"] {
            let token = self.runtime.block_on(cli_token(self.origin(), service));
            let answer =
                json!({"accessToken": token, "expires_on": 4_000_000_000_u32, "tokenType": "Bearer"});
            std::fs::write(folder.join(service), answer.to_string()).expect("a file");
        }
        let at = folder.display();
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in\n*/arm/*) cat {at}/arm ;;\n*/logs/*) cat {at}/logs ;;\n*) cat {at}/graph ;;\nesac\n"
        );
        let az = folder.join("az");
        std::fs::write(&az, script).expect("a file");
        std::fs::set_permissions(&az, std::fs::Permissions::from_mode(0o755)).expect("its mode");
        format!("{at}:{}", std::env::var("PATH").unwrap_or_default())
    }

    /// Waits for something where it is served.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// How many faults have not struck.
    pub fn faults_left(&self) -> u32 {
        self.running.as_ref().map_or(0, Running::faults_left)
    }

    /// The requests that met a fault so far.
    pub fn struck(&self) -> Vec<String> {
        self.running.as_ref().map_or_else(Vec::new, Running::struck)
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

async fn started(home: &Home, (seed, faults): (&str, Vec<Fault>), manner: Manner) -> Running {
    // Served again it has a new authority, and overwrites none.
    let _old = std::fs::remove_file(home.path("ca.pem"));
    let options = rehearsal::Options {
        state: home.path("tenant.json"),
        seed: seed.to_owned(),
        port: 0,
        tls: (manner.scheme == "https").then(|| home.path("")),
        time_scale: manner.time_scale,
        faults,
        control: rehearsal::Control::On,
    };
    rehearsal::start(options).await.expect("the rehearsal starts")
}

/// A token that the Azure CLI would have, by a device code.
async fn cli_token(origin: String, service: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let id = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    let at = format!("{origin}/login/{}/oauth2/v2.0", rehearsal::TENANT_ID);
    let scope = format!("{origin}/{service}/.default");
    let code: Value =
        post(&client, format!("{at}/devicecode"), &[("client_id", id), ("scope", &scope)]).await;
    let text = |name: &str| code[name].as_str().expect(name).to_owned();
    let page = format!("{}?user_code={}", text("verification_uri"), text("user_code"));
    client.get(page).send().await.expect("the code is entered");
    let secret = text("device_code");
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let form = [("client_id", id), ("grant_type", grant), ("device_code", secret.as_str())];
    post(&client, format!("{at}/token"), &form).await["access_token"].clone()
}

async fn post(client: &reqwest::Client, url: String, form: &[(&str, &str)]) -> Value {
    let answer = client.post(url).form(form).send().await.expect("an answer");
    answer.json().await.expect("JSON")
}

/// A cloud profile that points at the served rehearsal, whose people answer its opener over plain HTTP.
fn profile(home: &Home, running: &Running, manner: Manner) -> PathBuf {
    let at = running.addresses();
    let text = format!(
        "cloud = \"{}\"\nlogin = \"{}\"\ngraph = \"{}\"\narm = \"{}\"\nlogs = \"{}\"\nportal = \"{}\"\nsecurity_info = \"{}\"\n\
         open = \"http\"\ntime_scale = {}\ndays_ahead = {}\nmark = \"rehearsal\"\n",
        manner.cloud.name(),
        at.login,
        at.graph,
        at.arm,
        at.logs,
        at.portal,
        at.security_info,
        manner.time_scale,
        running.ahead().as_hours() / 24
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
