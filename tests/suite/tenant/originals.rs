//! What others have put into a method policy stays: it is read right before the write, and compared whole afterwards.

use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, MethodPolicy, Original};
use breakglass::domain::write::action::{Action, PolicyMethod};
use breakglass::rehearsal::FaultKind;
use breakglass::tenant::Tenant;
use serde_json::{Value, json};

use crate::support::in_process::InProcess;

const OURS: &str = "0a0a0a0a-0000-4000-8000-000000000001";
const ANOTHER: &str = "0a0a0a0a-0000-4000-8000-000000000002";
const SMS: &str =
    "PATCH /graph/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms";

/// A policy as somebody saw it.
fn seen(state: &str, ids: &[&str]) -> Original {
    let target = |id: &&str| json!({"targetType": "group", "id": id});
    let targets: Vec<Value> = ids.iter().map(target).collect();
    Original::new("", json!({"state": state, "includeTargets": targets}))
}

fn opened_to(id: &str, original: Original) -> Action {
    let target = json!({"targetType": "group", "id": id, "isUsableForSignIn": false});
    Action::OpenMethod { method: PolicyMethod::Sms, target: Some(target), original }
}

async fn policy(tenant: &Tenant) -> MethodPolicy {
    let facts = tenant.read(Area::MethodPolicy, &Query::default(), &Facts::default()).await;
    let AreaFacts::MethodPolicy(read) = facts else { panic!("another area") };
    read.get().cloned().expect("it can be read")
}

/// Opens the policy, which was off and named everybody, to another group: somebody else's work.
async fn opened_by_another(tenant: &Tenant) {
    let fresh = tenant.refreshed(&opened_to(ANOTHER, seen("disabled", &["all_users"]))).await;
    let fresh = fresh.expect("it is as it was seen");
    assert!(fresh.sentence().contains("instead of everybody"), "{}", fresh.sentence());
    tenant.write(&fresh, None, |_| {}).await.expect("it is written");
    assert_eq!(policy(tenant).await.sms.includes, [ANOTHER]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_was_added_since_it_was_shown_is_kept() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    opened_by_another(&tenant).await;
    let fresh = tenant.refreshed(&opened_to(OURS, seen("enabled", &[]))).await.expect("it is on");
    assert!(fresh.sentence().ends_with("keeping 1 target"), "{}", fresh.sentence());
    let whole = fresh.original().expect("the original").body.clone();
    assert_eq!(whole["id"], "Sms", "the whole of it is kept: {whole}");
    tenant.write(&fresh, None, |_| {}).await.expect("it is written");
    assert_eq!(policy(&tenant).await.sms.includes, [ANOTHER, OURS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_was_switched_on_since_it_was_shown_is_left() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    opened_by_another(&tenant).await;
    let shown = opened_to(OURS, seen("disabled", &["all_users"]));
    let (trouble, _) = tenant.refreshed(&shown).await.expect_err("it is another change by now");
    assert!(trouble.why.contains("not in Entra any more as it was"), "{trouble}");
    assert_eq!(policy(&tenant).await.sms.includes, [ANOTHER]);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_our_part_that_differs_afterwards_is_told() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    let shown = opened_to(OURS, seen("disabled", &["all_users"]));
    let fresh = tenant.refreshed(&shown).await.expect("it is as it was seen");
    served.arm(FaultKind::PolicyEdited, SMS).await;
    let refusal = tenant.write(&fresh, None, |_| {}).await.expect_err("somebody else was there");
    assert!(refusal.trouble.why.contains("/excludeTargets"), "{}", refusal.trouble);
    assert!(refusal.trouble.next.contains("whole in the record"), "{}", refusal.trouble);
}
