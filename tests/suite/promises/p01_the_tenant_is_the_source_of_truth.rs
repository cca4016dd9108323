//! Promise 1: the tenant is the source of truth. Whatever somebody changed in it between two runs, the second one reads it
//! and derives its writes anew; where nothing changed, it writes nothing.

use serde_json::Value;

use crate::support::home::{report, writes};
use crate::support::mishap::{completes, falls_short};
use crate::support::served::Served;
use crate::support::{Home, words};

fn comes_to_rest(seed: &str) {
    let home = Home::new();
    let (code, json) = report(&home, seed);
    assert_eq!(code, Some(0), "{seed}: {:#}", json["open"]);
    assert_eq!(json["complete"], true);
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(9));
    assert_eq!(json["checklist"].as_array().map(Vec::len), Some(11));

    let before = writes(&home);
    let users = home.tenant()["users"].clone();
    let (again, json) = report(&home, seed);
    assert_eq!((again, &json["complete"]), (Some(0), &Value::Bool(true)));
    assert_eq!(writes(&home), before, "the second run of {seed} wrote something");
    assert_eq!(home.tenant()["users"], users);
}

#[test]
fn fresh_completes_and_a_second_run_writes_nothing() {
    comes_to_rest("fresh");
}

#[test]
fn without_pim_it_completes() {
    comes_to_rest("p1");
}

#[test]
fn beside_an_existing_account_and_group_it_completes() {
    comes_to_rest("existing");
}

const GROUP: &str = "Conditional Access - Emergency Access Exclusions";

#[test]
fn a_group_deleted_after_the_setup_is_made_anew_and_leaves_no_trace_in_the_policies() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    let mut gone = String::new();
    let deleted = |state: &mut Value| {
        let groups = state["groups"].as_array_mut().expect("a list");
        let at = groups.iter().position(|group| group["body"]["displayName"] == GROUP).expect("the group");
        gone = groups.remove(at)["body"]["id"].as_str().expect("an id").to_owned();
    };
    served.changed(deleted, Vec::new());
    let state = completes(&mut served);
    assert!(!state["policies"].to_string().contains(&gone), "the dead group is still excluded");
}

#[test]
fn an_account_in_the_recycle_bin_is_not_made_twice() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    let move_user = |state: &mut Value, (from, to): (&str, &str)| {
        let users = state[from].as_array_mut().expect("a list");
        let name = |user: &Value| user["body"]["userPrincipalName"].as_str().unwrap_or_default().to_owned();
        let at =
            users.iter().position(|user| name(user).starts_with("harbor.lantern@")).expect("the account");
        let user = users.remove(at);
        state[to].as_array_mut().expect("a list").push(user);
    };
    served.changed(|state| move_user(state, ("users", "deleted_users")), Vec::new());
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
    served.changed(|state| move_user(state, ("deleted_users", "users")), Vec::new());
    completes(&mut served);
}

#[test]
fn beside_an_account_in_the_recycle_bin_another_name_completes() {
    let mut served = Served::new("p1", Vec::new());
    assert_eq!(served.setup().output().expect("it runs").status.code(), Some(0));
    let bin = |state: &mut Value| {
        let users = state["users"].as_array_mut().expect("a list");
        let is_ours =
            |user: &Value| user["body"]["userPrincipalName"].to_string().contains("harbor.lantern@");
        let at = users.iter().position(is_ours).expect("the account");
        let user = users.remove(at);
        state["deleted_users"].as_array_mut().expect("a list").push(user);
    };
    served.changed(bin, Vec::new());
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan_with(&[("harbor.lantern", "harbor.candle")]));
    let output = command.stdin(std::process::Stdio::null()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let users = served.stop()["users"].to_string();
    assert!(users.contains("harbor.candle@") && !users.contains("harbor.lantern@"));
}
