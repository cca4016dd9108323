//! The whole setup, unattended, with the real binary: what it shows and what it leaves.

use crate::support::home::report;
use crate::support::{Home, words};

#[test]
fn a_free_tenant_says_what_shrank_and_leaves_with_2() {
    let home = Home::new();
    let (code, json) = report(&home, "free");
    assert_eq!(code, Some(2));
    let open = json["open"].as_array().expect("open");
    assert!(open.iter().all(|f| f["verdict"] != "fail"), "{open:#?}");
    assert!(open.iter().any(|f| f["detail"].as_str().is_some_and(|d| d.contains("No Entra ID P1"))));
}

#[test]
fn the_record_verifies_and_reads_well() {
    let home = Home::new();
    report(&home, "p1");
    let verify = home.breakglass().args(["record", "verify"]).arg(home.record()).output().expect("it runs");
    assert!(verify.status.success(), "{}", words(&verify));
    let show = home.breakglass().args(["record", "show"]).arg(home.record()).output().expect("it runs");
    assert!(words(&show).contains("harbor.lantern"));
}

#[test]
fn what_is_accepted_by_name_is_told_with_its_reason() {
    let home = Home::new();
    let (code, json) = report(&home, "fresh");
    assert_eq!(code, Some(0));
    let accepted = json["accepted"].as_array().expect("accepted");
    assert!(
        accepted.iter().any(|a| a["check"] == "policies.managed" && a["verdict"] == "unknown"),
        "{accepted:#?}"
    );
    let shown = words(&home.setup("fresh").output().expect("it runs"));
    assert!(shown.contains("Accepted by name ("), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Accepted because: It refuses the change and only reports today"), "{shown}");
    assert!(flat.contains("accepted by name: "), "point 5 tells it: {shown}");
}
