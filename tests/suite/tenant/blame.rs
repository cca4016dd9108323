//! Who is to blame: each thing that goes wrong is told with what mends it, and with nothing else.

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::words;

/// An unattended setup whose end is told in words, on one line.
fn told(served: &Served) -> String {
    let mut command: Command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan()).stdin(Stdio::null());
    let output: Output = command.output().expect("it runs");
    words(&output).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is told where this was done to a fresh tenant.
fn after(change: &str, parameters: &Value) -> String {
    let served = Served::new("fresh", Vec::new());
    served.change(change, parameters);
    told(&served)
}

fn says(text: &str, right: &[&str], wrong: &[&str]) {
    for words in right {
        assert!(text.contains(words), "\"{words}\" was not said:\n{text}");
    }
    for words in wrong {
        assert!(!text.contains(words), "\"{words}\" was said:\n{text}");
    }
}

/// Advice that is right only where rights are missing.
const RIGHTS: [&str; 3] = ["Ask an Owner", "gives you Monitoring Contributor", "Ask for the right"];

#[test]
fn a_disabled_subscription_is_made_active_again_and_no_right_is_asked_for() {
    let text = after("subscription-disabled", &json!({}));
    says(
        &text,
        &["takes changes: Fabrikam Operations", "make it active again", "alerts.subscription"],
        &RIGHTS,
    );
}

#[test]
fn azure_that_is_out_is_waited_for_and_no_right_is_asked_for() {
    let text = after("service-out", &json!({"service": "arm", "minutes": 1440}));
    says(&text, &["Azure could not be read", "answered 503", "Wait a few minutes and try again"], &RIGHTS);
}

#[test]
fn a_sign_in_service_that_is_out_is_told_as_such() {
    let text = after("sign-in-out", &json!({}));
    says(
        &text,
        &["The sign-in service answered 503", "Wait a few minutes"],
        &["did not return", "Conditional Access policy stops", "--tenant"],
    );
}

#[test]
fn a_collection_that_is_switched_off_is_no_cap() {
    for (status, right, wrong) in [
        ("ForceOff", "Its cap is not the reason", "Have its daily cap raised"),
        ("SubscriptionSuspended", "make it active again", "Have its daily cap raised"),
        ("OverQuota", "Have its daily cap raised", "Its cap is not the reason"),
    ] {
        let text = after("logs-stop", &json!({"status": status}));
        says(&text, &[status, right], &[wrong, "have the daily cap raised or taken off"]);
    }
}

#[test]
fn a_key_that_the_tenant_no_longer_accepts_is_thought_of_where_a_policy_is_named() {
    let text = after("keys-of-others-only", &json!({}));
    says(&text, &["CA001 Require MFA for all users", "no longer on the tenant's list of keys"], &[]);
}

#[test]
fn what_a_policy_names_and_nobody_has_any_more_is_to_be_taken_out() {
    let text = after("dead-exclusion", &json!({}));
    let dead = "deadbeef-0000-4000-8000-00000000dead";
    says(&text, &[&format!("after taking {dead} out of it"), "remove the entry with the id named here"], &[]);
}

#[test]
fn a_run_that_could_not_sign_in_is_no_wall_of_checks() {
    let text = after("keys-of-others-only", &json!({}));
    says(
        &text,
        &["Nothing was read of the tenant in this run"],
        &["PIN slip", "not read yet", "under a seal"],
    );
    let count = text.split(' ').count();
    assert!(count < 260, "{count} words:\n{text}");
}
