//! Whole unattended setups over each way to sign in and on each cloud's profile, with the real binary.

use std::process::{Command, Output};

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::reach::{self, Reach};
use breakglass::domain::connection::sign_in::SignInWay;
use breakglass::rehearsal::{Fault, FaultKind};
use serde_json::Value;

use crate::support::apps::{OWN_APP, private};
use crate::support::served::{Served, once};
use crate::support::words;

fn fault(name: FaultKind, path: &str) -> Fault {
    Fault { name, path: path.to_owned(), times: 1, request: None }
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(output)))
}

/// A setup that completes.
fn completes(served: &mut Served, command: &mut Command) {
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert_eq!(report(&output)["complete"], true);
    assert_eq!(served.faults_left(), 0, "a fault never struck, so nothing was proved");
    once(&served.stop());
}

#[test]
fn a_device_code_carries_the_nine_steps() {
    let mut served = Served::new("p1", Vec::new());
    let mut command = served.setup();
    completes(&mut served, command.args(["--sign-in", "device-code", "--client-id", OWN_APP]));
}

#[test]
fn graph_and_azure_may_come_from_two_sources() {
    let mut served = Served::new("p1", Vec::new());
    let mut command = served.setup();
    completes(&mut served, command.args(["--sign-in", "browser", "--azure-sign-in", "device-code"]));
}

#[test]
fn a_challenge_in_the_middle_of_step_2_leads_to_a_sign_in_and_on() {
    let path = "POST /graph/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    for kind in [FaultKind::ContextRequired, FaultKind::ClaimsChallenge] {
        let mut served = Served::new("fresh", vec![fault(kind, path)]);
        let mut command = served.setup();
        completes(&mut served, &mut command);
    }
}

#[test]
fn a_challenge_in_the_middle_of_step_7_leads_to_a_sign_in_and_on() {
    let mut served = Served::new("fresh", vec![fault(FaultKind::ClaimsChallenge, "PUT /arm")]);
    let mut command = served.setup();
    completes(&mut served, &mut command);
}

#[test]
fn a_challenge_while_a_pass_is_issued_or_a_password_is_set_leads_to_a_sign_in_and_on() {
    let faults = vec![
        fault(FaultKind::ClaimsChallenge, "/temporaryAccessPassMethods"),
        fault(FaultKind::ClaimsChallenge, "PATCH /graph/v1.0/users/"),
    ];
    let mut served = Served::new("p1", faults);
    let mut command = served.setup();
    completes(&mut served, command.args(["--sign-in", "device-code"]));
}

#[test]
fn a_sign_in_that_fails_without_a_person_leaves_with_2_and_a_next_step() {
    let mut served = Served::new("p1", vec![fault(FaultKind::Expired, "/oauth2/v2.0/token")]);
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    assert!(words(&output).contains("Sign in again"), "{}", words(&output));
    served.stop();
}

/// No Temporary Access Pass and no method policies over Graph: the keys are for a person, everything else is done.
#[test]
fn china_ends_with_the_keys_by_hand_and_says_so() {
    assert_eq!(reach::reach(SignInWay::Browser, Cloud::China, 3), Reach::ByHand);
    let mut served = Served::in_cloud("fresh", Cloud::China);
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    let report = report(&output);
    let open = report["open"].as_array().expect("open");
    let told = |text: &str| open.iter().any(|f| f["detail"].as_str().is_some_and(|d| d.contains(text)));
    assert!(told("no Temporary Access Pass"), "{open:#?}");
    assert!(open.iter().all(|f| f["verdict"] != "fail" || f["check"] != "method.key"), "{open:#?}");
    let journal = serde_json::to_string(&served.home.journal()).expect("JSON");
    assert!(!journal.contains("issue-pass"), "a pass was issued");
    served.stop();
}

/// What is open, and its details, after a setup that cannot be completed.
fn ends_by_name(mut served: Served, command: &mut Command) -> String {
    let way = command.get_args().find_map(|word| SignInWay::named(word.to_str()?));
    assert!(way.is_some_and(|way| !reach::completes(way, Cloud::Global)), "the table says otherwise");
    let output = command.output().expect("it runs");
    assert!(matches!(output.status.code(), Some(1..=3)), "{}", words(&output));
    let told = report(&output)["open"].to_string() + &words(&output);
    served.stop();
    told
}

#[test]
fn an_app_reads_and_ends_by_name_where_it_may_not_write() {
    let served = Served::new("p1", Vec::new());
    let secret = served.home.path("secret");
    private(&secret, "not a real secret");
    let mut command = served.setup();
    command.args(["--sign-in", "client-secret", "--client-id", OWN_APP]).arg("--secret-file").arg(&secret);
    let told = ends_by_name(served, &mut command);
    assert!(told.contains("User.ReadWrite.All"), "{told}");
    assert!(!told.contains("not a real secret"));
}

#[test]
fn a_secret_file_that_others_may_read_is_refused() {
    let served = Served::new("p1", Vec::new());
    let secret = served.home.path("secret");
    std::fs::write(&secret, "x").expect("a file");
    open_to_all(&secret);
    let mut command = served.setup();
    command.args(["--sign-in", "client-secret", "--client-id", OWN_APP]).arg("--secret-file").arg(&secret);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("chmod 600"), "{}", words(&output));
}

#[test]
fn without_a_person_a_secret_that_is_nowhere_stops_the_run() {
    let mut served = Served::new("p1", Vec::new());
    let mut command = served.setup();
    command.args(["--sign-in", "client-secret", "--client-id", OWN_APP]);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    served.stop();
}

#[test]
fn the_azure_cli_ends_by_name_where_its_fixed_scopes_do_not_reach() {
    let served = Served::new("p1", Vec::new());
    let path = served.fake_azure_cli();
    let mut command = served.setup();
    command.args(["--sign-in", "azure-cli"]).env("PATH", path);
    let told = ends_by_name(served, &mut command);
    assert!(told.contains("Missing: permission Domain.Read.All"), "{told}");
}

#[test]
fn beside_a_browser_the_azure_cli_carries_azure() {
    let mut served = Served::new("fresh", Vec::new());
    let path = served.fake_azure_cli();
    let mut command = served.setup();
    completes(&mut served, command.args(["--azure-sign-in", "azure-cli"]).env("PATH", path));
}

#[test]
fn the_identity_of_a_machine_and_of_a_pod_sign_in_and_end_by_name() {
    let served = Served::new("p1", Vec::new());
    let mut command = served.setup();
    command.args(["--sign-in", "managed-identity"]);
    command.env("IDENTITY_ENDPOINT", served.origin() + "/people/identity").env("IDENTITY_HEADER", "x");
    let told = ends_by_name(served, &mut command);
    assert!(told.contains("User.ReadWrite.All"), "{told}");

    let served = Served::new("p1", Vec::new());
    let token = served.home.path("federated");
    private(&token, "a.federated.statement");
    let mut command = served.setup();
    command.args(["--sign-in", "workload-identity", "--client-id", OWN_APP]);
    command.env("AZURE_FEDERATED_TOKEN_FILE", token);
    let told = ends_by_name(served, &mut command);
    assert!(told.contains("User.ReadWrite.All"), "{told}");
}

fn open_to_all(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("its mode");
}

#[test]
fn the_readme_has_the_table_of_how_far_each_way_reaches() {
    let readme = include_str!("../../../README.md");
    for line in reach::table() {
        assert!(readme.contains(&line), "the README lacks: {line}");
    }
    assert!(reach::completes(SignInWay::DeviceCode, Cloud::Global));
}

#[test]
fn without_a_sign_in_for_azure_the_rest_is_done_and_azure_is_named() {
    let mut served = Served::new("p1", vec![fault(FaultKind::Blocked, "/oauth2/v2.0/authorize")]);
    let mut command = served.setup();
    let output =
        command.args(["--sign-in", "device-code", "--azure-sign-in", "browser"]).output().expect("it runs");
    assert!(matches!(output.status.code(), Some(1 | 2)), "{}", words(&output));
    let report = report(&output);
    let open = report["open"].as_array().expect("open");
    assert!(report["open"].to_string().contains("Azure wants a sign-in of its own"), "{open:#?}");
    let of_azure = |check: &str| ["alerts.", "logs.", "connect.azure"].iter().any(|of| check.starts_with(of));
    let elsewhere = |f: &&Value| !f["check"].as_str().is_some_and(of_azure);
    assert_eq!(open.iter().filter(elsewhere).count(), 0, "{open:#?}");
    served.stop();
}
