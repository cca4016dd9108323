//! The memory of a review with nobody there: 300 policies, and 100,000 sign-ins of other people in the log. The tenant is
//! served by this process, the review is another one; the kernel tells its peak (Linux only). Ends with 1 above the limit.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use breakglass::rehearsal::{self, Addresses, Control, Running};
use serde_json::json;

/// The most that a review may take, KiB.
const LIMIT: u64 = 64 * 1024;
/// Sign-ins of other people in the log.
const SIGN_INS: u32 = 100_000;
/// How much faster than life: the documented pace of Conditional Access is kept in tenant time.
const TIME_SCALE: f64 = 0.001;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let running = runtime.block_on(served(folder.path()));
    let report = folder.path().join("report.json");
    let review = review(folder.path(), &profile(folder.path(), running.addresses()), &report);
    let peak = peak(review);
    runtime.block_on(running.stop());
    let told = std::fs::read_to_string(report).expect("the review has reported");
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert!(told["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "{told}");
    let mib = |kib: u64| kib / 1024;
    println!(
        "a review of 300 policies and {SIGN_INS} sign-ins takes {} MiB at the most (limit {} MiB)",
        mib(peak),
        mib(LIMIT)
    );
    if (1..LIMIT).contains(&peak) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The busy tenant with a long log.
async fn served(folder: &Path) -> Running {
    let options = rehearsal::Options {
        state: folder.join("tenant.json"),
        seed: "busy".to_owned(),
        port: 0,
        tls: None,
        time_scale: TIME_SCALE,
        faults: Vec::new(),
        control: Control::On,
    };
    let running = rehearsal::start(options).await.expect("the rehearsal starts");
    let control = running.addresses().control.clone().expect("a control port");
    let change = json!({"change": "foreign-sign-ins", "parameters": {"count": SIGN_INS}});
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let sent = client.post(control).json(&change).send().await.expect("an answer");
    assert!(sent.status().is_success(), "{sent:?}");
    running
}

fn profile(folder: &Path, at: &Addresses) -> PathBuf {
    let text = format!(
        "cloud = \"global\"\nlogin = \"{}\"\ngraph = \"{}\"\narm = \"{}\"\nlogs = \"{}\"\nportal = \"{}\"\n\
         security_info = \"{}\"\nopen = \"http\"\ntime_scale = {TIME_SCALE}\ndays_ahead = 0\nmark = \"rehearsal\"\n",
        at.login, at.graph, at.arm, at.logs, at.portal, at.security_info
    );
    let file = folder.join("cloud.toml");
    std::fs::write(&file, text).expect("the profile can be written");
    file
}

fn review(folder: &Path, profile: &Path, report: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakglass"));
    command.args(["review", "--unattended", "--format", "json", "--tenant", rehearsal::TENANT_ID]);
    command.args(["--account", "casey.director@fabrikam.example"]);
    command.args(["--account", "jordan.deputy@fabrikam.example"]);
    command
        .arg("--cloud")
        .arg(profile)
        .arg("--record")
        .arg(folder.join("record"))
        .arg("--output")
        .arg(report);
    command.env("HOME", folder).env("TMPDIR", folder).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
}

/// The largest resident size that a process has until it ends, KiB.
fn peak(mut child: Child) -> u64 {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let told = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(told.unwrap_or_default());
        std::thread::sleep(Duration::from_millis(2));
    }
    peak
}
