//! What goes wrong around a setup: the wrong tenant, somebody else's hands in the middle, a network in between. Each ends
//! in a trouble that says what to do next, and a second run completes.

use std::process::Output;

use breakglass::rehearsal::{self, Fault, FaultKind, TENANT_ID};
use serde_json::{Value, json};

use crate::served::{Served, once};
use crate::support::{Home, words};

const POLICIES: &str = "PATCH /graph/v1.0/identity/conditionalAccess/policies";
const GROUP: &str = "Conditional Access - Emergency Access Exclusions";

fn fault((name, path, times): (FaultKind, &str, u32)) -> Fault {
    Fault { name, path: path.to_owned(), times }
}

/// The first run ends short of its end, and everything in `told` was said, with a next step.
fn falls_short(output: &Output, told: &[&str]) {
    let shown = words(output);
    assert!(!matches!(output.status.code(), Some(0) | None), "it completed all the same: {shown}");
    for text in told {
        assert!(shown.contains(text), "{text} was not told: {shown}");
    }
    assert!(shown.contains("next:"), "no next step: {shown}");
}

fn completes(served: &mut Served) -> Value {
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let state = served.stop();
    once(&state);
    state
}

/// One mishap in a first run, what is told about it, and a second run after `mended`.
fn mishap(faults: &[(FaultKind, &str, u32)], told: &[&str], mended: impl FnOnce(&mut Value)) -> Value {
    let mut served = Served::new("p1", faults.iter().copied().map(fault).collect());
    let output = served.setup().output().expect("it runs");
    falls_short(&output, told);
    served.changed(mended, Vec::new());
    completes(&mut served)
}

fn as_it_is(_: &mut Value) {}

#[test]
fn an_id_token_for_another_tenant() {
    mishap(&[(FaultKind::OtherTenant, "/oauth2/v2.0/token", 1)], &["another tenant", "--tenant"], as_it_is);
}

#[test]
fn the_wrong_tenant() {
    let mut served = Served::new("p1", Vec::new());
    let wrong = "11111111-2222-4333-8444-555555555555";
    let mut command = served.home.breakglass();
    let args: Vec<_> = served
        .setup()
        .get_args()
        .map(|arg| if arg == TENANT_ID { wrong.into() } else { arg.to_owned() })
        .collect();
    let output = command.args(args).stdin(std::process::Stdio::null()).output().expect("it runs");
    let told = format!("There is no tenant {wrong}.");
    falls_short(&output, &[&told, "AADSTS90002", "behind --tenant"]);
    completes(&mut served);
}

#[test]
fn a_consent_that_was_withdrawn() {
    let authorize = "/oauth2/v2.0/authorize";
    mishap(&[(FaultKind::MissingConsent, authorize, 1)], &["consent", "administrator"], as_it_is);
}

#[test]
fn a_token_that_ends_in_the_middle_is_a_sign_in_and_then_goes_on() {
    let fault = fault((FaultKind::SessionsRevoked, "POST /graph/v1.0/groups", 1));
    let mut served = Served::new("p1", vec![fault]);
    completes(&mut served);
}

/// Gives the operator Global Administrator.
fn reinstated(state: &mut Value) {
    let operator = state["operator"].clone();
    let held = json!({"id": "given-back", "principal": operator, "role": "62e90394-69f5-4237-9190-012177145e10",
        "scope": "/", "starts_at": 0, "ends_at": null, "activated": false, "listed_at": 0});
    state["assignments"].as_array_mut().expect("a list").push(held);
}

#[test]
fn the_operator_s_role_is_revoked_in_the_middle() {
    for path in ["POST /graph/v1.0/users", POLICIES] {
        mishap(&[(FaultKind::RoleRevoked, path, 1)], &["Missing: permission", "role "], reinstated);
    }
}

#[test]
fn a_policy_is_edited_by_somebody_else_between_read_and_write() {
    let told = ["is not as it should be after the change", "Someone else may be editing it"];
    let state = mishap(&[(FaultKind::PolicyEdited, POLICIES, 1)], &told, as_it_is);
    assert!(state["policies"].to_string().contains("(edited)"), "somebody's edit was undone");
}

#[test]
fn a_policy_is_deleted_between_read_and_write() {
    mishap(&[(FaultKind::PolicyDeleted, POLICIES, 1)], &["It may have been deleted"], as_it_is);
}

#[test]
fn the_group_is_deleted_in_the_middle() {
    let told = ["The exclusion group may have been deleted", "made anew"];
    mishap(&[(FaultKind::GroupDeleted, POLICIES, 1)], &told, as_it_is);
}

#[test]
fn a_group_deleted_after_the_setup_is_made_anew_and_leaves_no_trace_in_the_policies() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    served.change("group-deleted", &json!({"group": GROUP}));
    let state = completes(&mut served);
    let gone = state["deleted_groups"][0]["body"]["id"].as_str().expect("an id");
    assert!(!state["policies"].to_string().contains(gone), "the dead group is still excluded");
}

#[test]
fn an_account_in_the_recycle_bin_is_not_made_twice() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    served.change("account-deleted", &json!({"account": "harbor.lantern"}));
    let output = served.setup().output().expect("it runs");
    let shown = words(&output);
    assert_ne!(output.status.code(), Some(0), "{shown}");
    falls_short(
        &output,
        &[
            "a deleted account has this name: restore it, or choose another name",
            "The First account was deleted: harbor.lantern@",
            "restore it (Entra ID > Users > Deleted users)",
        ],
    );
    served.change("account-restored", &json!({"account": "harbor.lantern"}));
    completes(&mut served);
}

#[test]
fn beside_an_account_in_the_recycle_bin_another_name_completes() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    served.change("account-deleted", &json!({"account": "harbor.lantern"}));
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan_with(&[("harbor.lantern", "harbor.candle")]));
    let output = command.stdin(std::process::Stdio::null()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let users = served.stop()["users"].to_string();
    assert!(users.contains("harbor.candle@") && !users.contains("harbor.lantern@"));
}

#[test]
fn a_service_that_is_broken_for_minutes() {
    for (path, told) in [
        ("/graph/v1.0/organization", "Could not read the tenant"),
        ("POST /graph/v1.0/users", "This could not be done: Create user"),
        (POLICIES, "This could not be done: Exclude"),
    ] {
        let told = [told, "Wait a few minutes and try again"];
        mishap(&[(FaultKind::Unavailable, path, 40)], &told, as_it_is);
    }
}

#[test]
fn a_proxy_that_answers_with_a_page_of_its_own() {
    for path in ["/graph/v1.0/organization", "POST /graph/v1.0/users", POLICIES] {
        let told = ["The answer was a web page", "Check the network and the proxy"];
        mishap(&[(FaultKind::Html, path, 40)], &told, as_it_is);
    }
}

#[test]
fn a_certificate_that_nobody_here_trusts() {
    let home = Home::new();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let options = rehearsal::Options {
        state: home.path("tenant.json"),
        seed: "p1".to_owned(),
        port: 0,
        tls: Some(home.path("tls")),
        time_scale: 0.001,
        faults: Vec::new(),
        control: rehearsal::Control::Off,
    };
    let running = runtime.block_on(rehearsal::start(options)).expect("it starts");
    let at = running.addresses();
    let profile = format!(
        "login = \"{}\"\ngraph = \"{}\"\narm = \"{}\"\nlogs = \"{}\"\nportal = \"{}\"\nsecurity_info = \"{}\"\n\
         open = \"http\"\ntime_scale = 0.001\nmark = \"rehearsal\"\n",
        at.login, at.graph, at.arm, at.logs, at.portal, at.security_info
    );
    std::fs::write(home.path("cloud.toml"), &profile).expect("the profile can be written");
    let setup = |more: &[&str]| {
        let mut command = home.breakglass();
        command.args(["setup", "--unattended", "--tenant", TENANT_ID, "--cloud", "cloud.toml", "--record"]);
        command.arg(home.record()).arg("--plan").arg(home.plan()).args(more);
        command.stdin(std::process::Stdio::null()).output().expect("it runs")
    };
    for way in ["browser", "device-code"] {
        falls_short(&setup(&["--sign-in", way]), &["certificate", "--ca-file"]);
    }
    let ca = home.path("tls").join("ca.pem");
    let output = setup(&["--ca-file", ca.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    runtime.block_on(running.stop());
}
