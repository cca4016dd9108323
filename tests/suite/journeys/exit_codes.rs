//! With which code an unattended run leaves, and that the reason stands in its result.

use serde_json::Value;

use crate::support::{Home, words};

#[test]
fn a_failed_check_that_nothing_is_under_way_for_is_1_and_says_why() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args([
        "setup",
        "--unattended",
        "--json",
        "--tenant",
        "rehearsal",
        "--seed",
        "drifted",
        "--record",
    ]);
    command.arg(home.record()).arg("--plan").arg(home.plan()).stdin(std::process::Stdio::null());
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let detail = |check: &str| {
        let open = report["open"].as_array().into_iter().flatten();
        let found = open.filter(|finding| finding["check"] == check).find_map(|one| one["detail"].as_str());
        found.unwrap_or_else(|| panic!("{check} is not open: {report}")).to_owned()
    };
    assert!(detail("group.members").contains("adopt it in the plan (group.adopt = "), "{report}");
    assert!(detail("policies.excluded").contains("none is changed while others"), "{report}");
}
