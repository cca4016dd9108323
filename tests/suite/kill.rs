//! Kill it anywhere, run it again, arrive at the same tenant (promises 4 and 5).
//!
//! The rehearsal is served by this process, the program is another one and is killed with SIGKILL as soon as its
//! record has grown by a few lines; then it is started again, until a run comes to its end.

use std::process::{Command, Stdio};

use breakglass::rehearsal;

use crate::support::Home;

/// No run needs more attempts than the record has lines.
const MOST_RUNS: usize = 150;
/// How much faster than life: nothing here depends on it.
const TIME_SCALE: f64 = 0.001;

async fn serve(home: &Home, seed: &str) -> rehearsal::Running {
    rehearsal::start(rehearsal::Options {
        state: home.path("tenant.json"),
        seed: seed.to_owned(),
        port: 0,
        tls: None,
        time_scale: TIME_SCALE,
        faults: Vec::new(),
    })
    .await
    .expect("the rehearsal starts")
}

/// A cloud profile that points at the served rehearsal, whose people answer its opener over plain HTTP.
fn profile(home: &Home, running: &rehearsal::Running) -> std::path::PathBuf {
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

fn run(home: &Home, cloud: &std::path::Path) -> Command {
    let mut command = home.breakglass();
    command.args(["setup", "--unattended", "--json", "--tenant", rehearsal::TENANT_ID]);
    command.arg("--cloud").arg(cloud).arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs until the record has grown by `lines`, then kills; `Some(code)` when the run ended by itself.
fn run_and_kill(home: &Home, cloud: &std::path::Path, lines: usize) -> Option<i32> {
    let journal = home.record().join("journal.jsonl");
    let count = || std::fs::read_to_string(&journal).map_or(0, |text| text.matches('\n').count());
    let start = count();
    let mut child = run(home, cloud).spawn().expect("it starts");
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.code();
        }
        if count() >= start + lines {
            child.kill().expect("it can be killed");
            child.wait().expect("it is gone");
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

#[test]
fn killed_at_every_line_it_still_arrives() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let home = Home::new();
    let running = runtime.block_on(serve(&home, "p1"));
    let cloud = profile(&home, &running);
    // Two lines are written before anything happens (began, planned), so three are the least that can be progress;
    // up to eleven, so that an act of several lines (a slip) gets through in some run.
    let ended = (0..MOST_RUNS).find_map(|round| run_and_kill(&home, &cloud, 3 + round % 9));
    assert_eq!(ended, Some(0), "it never came to a good end");
    let tenant: serde_json::Value =
        serde_json::from_slice(&std::fs::read(home.path("tenant.json")).expect("state")).expect("JSON");
    runtime.block_on(running.stop());
    once(&tenant);
    let verified = breakglass::effects::record::verify(&home.record()).expect("a record");
    assert_eq!(verified.broken_at, None);
}

/// One account for each name, one group, and every policy excludes it at most once.
fn once(tenant: &serde_json::Value) {
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
        let ids: Vec<&str> =
            list.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an exclusion stands twice");
    }
}

fn find_all<'a>(value: &'a serde_json::Value, key: &str) -> Vec<&'a serde_json::Value> {
    match value {
        serde_json::Value::Object(members) => {
            members.iter().flat_map(|(k, v)| if k == key { vec![v] } else { find_all(v, key) }).collect()
        }
        serde_json::Value::Array(items) => items.iter().flat_map(|v| find_all(v, key)).collect(),
        _ => Vec::new(),
    }
}
