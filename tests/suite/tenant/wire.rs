//! Answers that go wrong on the wire, in the middle of a whole setup: it still completes, and nothing is made twice.

use breakglass::rehearsal::{Fault, FaultKind};

use crate::support::served::{Served, once};
use crate::support::words;

fn fault(name: FaultKind, path: &str, times: u32) -> Fault {
    Fault { name, path: path.to_owned(), times, request: None }
}

/// A setup with these faults completes.
fn survives(faults: &[(FaultKind, &str, u32)]) {
    let faults = faults.iter().map(|(name, path, times)| fault(*name, path, *times)).collect();
    let mut served = Served::new("fresh", faults);
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert_eq!(served.faults_left(), 0, "a fault never struck, so nothing was proved");
    once(&served.stop());
}

/// The writes that must not happen twice.
const CREATIONS: [&str; 4] = [
    "POST /graph/v1.0/users",
    "POST /graph/v1.0/groups",
    "POST /graph/v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
    "PATCH /graph/v1.0/identity/conditionalAccess/policies",
];

fn on_each_creation(kind: FaultKind) {
    survives(&CREATIONS.map(|path| (kind, path, 1)));
}

#[test]
fn an_answer_dropped_before_the_commit() {
    on_each_creation(FaultKind::DropBeforeCommit);
}

#[test]
fn an_answer_dropped_after_the_commit() {
    on_each_creation(FaultKind::DropAfterCommit);
}

#[test]
fn too_many_requests_without_and_with_a_time() {
    on_each_creation(FaultKind::TooManyRequests);
    on_each_creation(FaultKind::TooManyRequestsRetryAfter);
}

#[test]
fn a_service_that_is_not_there_for_a_while() {
    on_each_creation(FaultKind::Unavailable);
    survives(&[
        (FaultKind::Unavailable, "GET /graph/v1.0/users", 2),
        (FaultKind::Unavailable, "GET /arm", 2),
    ]);
}

#[test]
fn bodies_that_end_too_soon() {
    survives(&[
        (FaultKind::Truncated, "POST /graph/v1.0/users", 1),
        (FaultKind::Truncated, "GET /graph/v1.0/identity/conditionalAccess/policies", 1),
    ]);
}

#[test]
fn objects_that_appear_late() {
    survives(&[(FaultKind::Lag, "GET /graph/v1.0/users", 4)]);
}

/// What one fault on the list of policies leads to, when it never ends.
fn reading_policies_with(kind: FaultKind) -> String {
    let served =
        Served::new("fresh", vec![fault(kind, "GET /graph/v1.0/identity/conditionalAccess/policies", 9_999)]);
    let output = served.setup().arg("--dry-run").output().expect("it runs");
    words(&served.setup().output().expect("it runs")) + &words(&output)
}

#[test]
fn a_page_of_html_is_told_and_no_policy_is_touched() {
    let told = reading_policies_with(FaultKind::Html);
    assert!(told.contains("Could not read the Conditional Access policies"), "{told}");
}

#[test]
fn a_link_to_a_foreign_host_is_not_followed() {
    let told = reading_policies_with(FaultKind::ForeignNextLink);
    assert!(told.contains("Could not read the Conditional Access policies"), "{told}");
}
