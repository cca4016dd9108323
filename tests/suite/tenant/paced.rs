//! The wire's discipline over the tenant with 300 policies: nothing is asked too often, and nothing more than is needed.
//!
//! The rehearsal keeps the documented limit in its own time: one request a second for Conditional Access, and it
//! counts from request to request. Nothing here looks at a clock.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::served::Served;
use crate::support::words;

/// A tenant second in 20 ms: longer than an answer takes, so that whoever does not wait is refused.
const TIME_SCALE: f64 = 0.02;

/// One line of `-v`.
struct Sent {
    method: String,
    path: String,
    status: Option<u64>,
}

fn sent() -> Vec<Sent> {
    let mut served = Served::slower("busy", TIME_SCALE);
    let output = served.setup().arg("-v").output().expect("it runs");
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", words(&output));
    served.stop();
    let file = served.home.record().join(breakglass::app::REQUESTS);
    let text = std::fs::read_to_string(file).expect("what was sent");
    text.lines().map(line).collect()
}

fn line(text: &str) -> Sent {
    let sent: Value = serde_json::from_str(text).expect("JSON");
    let url = sent["url"].as_str().expect("an address");
    Sent {
        method: sent["method"].as_str().expect("a method").to_owned(),
        path: url.split_once("/graph/v1.0").map(|(_, path)| path.to_owned()).unwrap_or_default(),
        status: sent["status"].as_u64(),
    }
}

/// Lists in a whole setup that no policy causes: the first look, before the plan, and around each step's writes.
const CONSTANT: usize = 12;

#[test]
fn three_hundred_policies_are_changed_without_asking_too_often() {
    let sent = sent();
    let refused = sent.iter().filter(|sent| sent.status == Some(429)).count();
    assert_eq!(refused, 0, "the tenant said that it was asked too often");

    let policies = "/identity/conditionalAccess/policies";
    let mut of_policy: BTreeMap<&str, usize> = BTreeMap::new();
    for one in sent.iter().filter(|s| s.path.starts_with(&format!("{policies}/"))) {
        *of_policy.entry(one.path.as_str()).or_default() += 1;
    }
    let changed = sent.iter().filter(|s| s.method == "PATCH" && s.path.starts_with(policies)).count();
    assert!(changed > 200, "only {changed} policies were changed");
    let most = of_policy.values().max().copied().unwrap_or_default();
    assert!(most <= 2, "one policy took {most} requests");

    let lists = sent.iter().filter(|s| s.path == policies).count();
    assert!(lists <= changed / 25 + CONSTANT, "{lists} lists for {changed} policies");
}
