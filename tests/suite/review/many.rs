//! `review --tenants`: twenty served tenants from one file, each within its own limits; one that cannot be read hides no other;
//! and two schedulers at once.

use std::fmt::Write as _;
use std::process::{Command, Output};

use breakglass::rehearsal::{self, Running};
use serde_json::Value;

use crate::support::{Home, words};

/// So many.
const TENANTS: usize = 20;
/// A review of a small tenant asks Graph no more often than this; Graph's own limit is far above it in any ten seconds
/// (contract 13).
const REQUESTS: usize = 400;

/// Served tenants, each with a profile beside it.
struct Served {
    home: Home,
    running: Vec<Running>,
    runtime: tokio::runtime::Runtime,
}

impl Served {
    fn new(count: usize) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let home = Home::new();
        let running = (0..count).map(|number| runtime.block_on(served(&home, number))).collect();
        Self { home, running, runtime }
    }

    /// The file of tenants, with `more` behind each entry by its number.
    fn file(&self, more: impl Fn(usize) -> &'static str) {
        let mut text = String::new();
        for number in 0..self.running.len() {
            let accounts = rehearsal::emergency_accounts("drifted").join("\", \"");
            let entry = write!(
                text,
                "[[tenant]]\nid = \"{}\"\nname = \"tenant {number}\"\nrecord = \"records/{number}\"\n\
                 cloud = \"cloud-{number}.toml\"\naccounts = [\"{accounts}\"]\n{}\n",
                rehearsal::TENANT_ID,
                more(number)
            );
            entry.expect("text");
        }
        std::fs::write(self.home.path("tenants.toml"), text).expect("a file");
    }

    fn review(&self) -> Command {
        let mut command = self.home.breakglass();
        command.args(["review", "--tenants", "tenants.toml", "--format", "json"]);
        command
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        for running in self.running.drain(..) {
            self.runtime.block_on(running.stop());
        }
    }
}

async fn served(home: &Home, number: usize) -> Running {
    let options = rehearsal::Options {
        state: home.path(&format!("tenant-{number}.json")),
        seed: "drifted".to_owned(),
        port: 0,
        tls: None,
        time_scale: 0.001,
        faults: Vec::new(),
        control: rehearsal::Control::Off,
    };
    let running = rehearsal::start(options).await.expect("the rehearsal starts");
    let at = running.addresses();
    let text = format!(
        "cloud = \"global\"\nlogin = \"{}\"\ngraph = \"{}\"\narm = \"{}\"\nlogs = \"{}\"\nportal = \"{}\"\n\
         security_info = \"{}\"\nopen = \"http\"\ntime_scale = 0.001\nmark = \"rehearsal\"\n",
        at.login, at.graph, at.arm, at.logs, at.portal, at.security_info
    );
    std::fs::write(home.path(&format!("cloud-{number}.toml")), text).expect("the profile can be written");
    running
}

fn summary(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(output)))
}

#[test]
fn slow_twenty_tenants_are_reviewed_each_with_a_record_of_its_own_and_within_its_limits() {
    let served = Served::new(TENANTS);
    served.file(|_| "");
    let output = served.review().arg("--verbose").output().expect("it runs");
    let told = summary(&output);
    let tenants = told["tenants"].as_array().expect("tenants");
    assert_eq!((tenants.len(), output.status.code()), (TENANTS, Some(1)), "{}", words(&output));
    for (number, tenant) in tenants.iter().enumerate() {
        assert_eq!(tenant["name"], format!("tenant {number}"), "in the order of the file");
        assert_eq!(tenant["exit"], 1, "{tenant}");
        assert!(tenant["counts"]["fail"].as_u64().is_some_and(|failed| failed > 0), "{tenant}");
        let report = std::fs::read(tenant["report"].as_str().expect("a report")).expect("it is kept");
        let report: Value = serde_json::from_slice(&report).expect("JSON");
        assert_eq!(report["exit"], 1);
        let folder = served.home.path(&format!("records/{number}"));
        assert!(folder.join("journal.jsonl").exists(), "{tenant}");
        let sent = std::fs::read_to_string(folder.join("requests.jsonl")).expect("the requests");
        assert!(sent.lines().count() < REQUESTS, "{}", sent.lines().count());
        assert!(!sent.contains("\"status\":429"), "nobody was asked too often");
    }
}

#[test]
fn one_that_cannot_be_read_hides_no_other() {
    let served = Served::new(3);
    served.file(|_| "");
    let text = std::fs::read_to_string(served.home.path("cloud-1.toml")).expect("a profile");
    let nowhere = text.replace(&served.running[1].addresses().graph, "http://127.0.0.1:9/graph");
    std::fs::write(served.home.path("cloud-1.toml"), nowhere).expect("a file");
    let output = served.review().output().expect("it runs");
    let told = summary(&output);
    let codes: Vec<u64> =
        told["tenants"].as_array().expect("tenants").iter().filter_map(|one| one["exit"].as_u64()).collect();
    assert_eq!(codes, [1, 3, 1], "{told}");
    assert_eq!((output.status.code(), &told["exit"]), (Some(3), &Value::from(3)));
    let text = served.home.breakglass().args(["review", "--tenants", "tenants.toml", "--only", "2"]).output();
    let text = text.expect("it runs");
    assert_eq!(text.status.code(), Some(1), "{}", words(&text));
    assert!(
        words(&text).contains("Reviews of 1 tenant,") && words(&text).contains("tenant 2 "),
        "{}",
        words(&text)
    );
}

#[test]
fn of_two_schedulers_at_once_each_tenant_is_reviewed_by_one_and_the_other_says_so() {
    let served = Served::new(1);
    served.file(|_| "");
    let record = served.home.path("records/0");
    std::fs::create_dir_all(&record).expect("a folder");
    std::fs::set_permissions(&record, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("its mode");
    let held = breakglass::effects::lock::Lock::take(&record).expect("it is free");
    let output = served.review().args(["--wait", "0"]).output().expect("it runs");
    let told = summary(&output);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told["tenants"][0]["trouble"].as_str().is_some_and(|why| why.contains("is in use")), "{told}");
    drop(held);
    let both: Vec<_> = (0..2)
        .map(|_| served.review().stdout(std::process::Stdio::piped()).spawn().expect("it runs"))
        .collect();
    let codes: Vec<Option<i32>> =
        both.into_iter().map(|child| child.wait_with_output().expect("it ends").status.code()).collect();
    assert_eq!(codes, [Some(1), Some(1)], "the second waits until the first is done");
    let journal = std::fs::read_to_string(record.join("journal.jsonl")).expect("the journal");
    let whole = served.home.breakglass().args(["record", "verify"]).arg(&record).output().expect("it runs");
    assert_eq!(whole.status.code(), Some(0), "{}", words(&whole));
    assert_eq!(journal.matches("\"entry\":\"concluded\"").count(), 2, "each look is kept: {journal}");
    assert!(!journal.contains("review-began"), "no machine opens a review: {journal}");
}

#[test]
fn what_makes_no_sense_with_several_tenants_is_wrong_use() {
    let home = Home::new();
    std::fs::write(home.path("none.toml"), "").expect("a file");
    for (typed, code, says) in [
        ("--tenants none.toml", 3, "It names no tenant"),
        ("--tenants nowhere.toml", 3, "It does not exist."),
        ("--tenants none.toml --tenant contoso.com", 64, "--tenants takes no --tenant"),
        ("--tenants none.toml --repair role", 64, "--tenants takes no --repair"),
        ("--tenants none.toml --account a@b.com", 64, "--tenants takes no --account"),
        ("--only 1", 64, "--tenants"),
    ] {
        let output = home.breakglass().arg("review").args(typed.split(' ')).output().expect("it runs");
        assert_eq!(output.status.code(), Some(code), "{typed}: {}", words(&output));
        assert!(words(&output).contains(says), "{typed}: {}", words(&output));
    }
}
