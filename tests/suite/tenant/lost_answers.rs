//! After a lost answer only what was sent is taken for ours: never a group or an account of somebody else's that has the
//! same name.

use breakglass::domain::record::Outcome;
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{Action, Protection, RecycleBin};
use breakglass::rehearsal::FaultKind;
use breakglass::tenant::{Receipt, Refusal, Tenant};
use zeroize::Zeroizing;

use crate::support::in_process::InProcess;

const GROUPS: &str = "POST /graph/v1.0/groups";
const USERS: &str = "POST /graph/v1.0/users";

fn group(protection: Protection, members: Vec<(Slot, String)>) -> Action {
    let (name, description) = ("Exclusions".to_owned(), "why it is there".to_owned());
    Action::CreateGroup { name, description, protection, members }
}

fn user(display_name: &str) -> Action {
    let upn = "lost.answer@fabrikamrehearsal.onmicrosoft.com".to_owned();
    let display_name = display_name.to_owned();
    Action::CreateUser { slot: Slot::FIRST, upn, display_name, bin: RecycleBin::Read }
}

async fn write(tenant: &Tenant, action: &Action) -> Result<Receipt, Refusal> {
    let password = Secret::new(Zeroizing::new("correct Horse 7 battery staple".to_owned()));
    let secret = matches!(action, Action::CreateUser { .. }).then_some(&password);
    tenant.write(action, secret, |_| {}).await
}

async fn made(tenant: &Tenant, action: &Action) -> String {
    write(tenant, action).await.expect("it is made").id.expect("its id")
}

/// The refusal of `action`, which must not be sent a second time.
async fn told(served: &InProcess, tenant: &Tenant, (action, path): (&Action, &str)) -> String {
    let before = served.asked(path).await;
    served.arm(FaultKind::DropBeforeCommit, path).await;
    let refusal = write(tenant, action).await.expect_err("another's is there");
    assert_eq!(refusal.outcome, Outcome::Unknown);
    assert!(served.asked(path).await <= before + 1, "it was sent again");
    assert!(refusal.trouble.why.contains("not the one that was sent"), "{}", refusal.trouble);
    assert!(refusal.trouble.next.contains("whose it is"), "{}", refusal.trouble);
    refusal.trouble.why
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_the_same_name_that_anybody_may_change_is_not_taken() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    let foreign = made(&tenant, &group(Protection::Ordinary, Vec::new())).await;
    let wanted = group(Protection::RoleAssignable, Vec::new());
    let why = told(&served, &tenant, (&wanted, GROUPS)).await;
    assert!(why.contains("roles cannot be assigned"), "{why}");

    served.arm(FaultKind::DropAfterCommit, GROUPS).await;
    let before = served.asked(GROUPS).await;
    let own = made(&tenant, &wanted).await;
    assert_ne!(own, foreign, "the other group was taken");
    assert!(served.asked(GROUPS).await <= before + 1, "a second one was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_the_same_name_that_holds_somebody_else_is_not_taken() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    let somebody = made(&tenant, &user("Somebody")).await;
    made(&tenant, &group(Protection::RoleAssignable, vec![(Slot::FIRST, somebody)])).await;
    let why = told(&served, &tenant, (&group(Protection::RoleAssignable, Vec::new()), GROUPS)).await;
    assert!(why.contains("holds somebody else"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_the_same_name_that_somebody_else_made_is_not_taken() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    made(&tenant, &user("Somebody")).await;
    let why = told(&served, &tenant, (&user("Harbor Lantern"), USERS)).await;
    assert!(why.contains("display name"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_taken_when_only_its_answer_was_lost() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    served.arm(FaultKind::DropAfterCommit, USERS).await;
    let account = made(&tenant, &user("Harbor Lantern")).await;
    served.arm(FaultKind::DropAfterCommit, GROUPS).await;
    made(&tenant, &group(Protection::RoleAssignable, vec![(Slot::FIRST, account)])).await;
    assert!(served.asked(USERS).await <= 1 && served.asked(GROUPS).await <= 1, "something was made twice");
}
