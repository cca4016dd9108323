//! What Identity Protection thinks of the accounts, over the wire: by a token of its own, asked for only where the tenant is
//! licensed, and never in the way of anything else.

use breakglass::domain::connection::sign_in::{Audience, Demand};
use breakglass::domain::facts::around::{Around, RiskState};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts, Reading};
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::rehearsal::FaultKind;
use breakglass::tenant::{Ended, Tenant};
use serde_json::json;

use crate::support::in_process::InProcess;

/// What comes before it, and what surrounds the accounts.
const AREAS: [Area; 4] = [Area::Organization, Area::Licenses, Area::Accounts, Area::Around];

async fn read(tenant: &Tenant) -> Around {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let query = Query::of(&plan, &Evidence::default());
    let mut facts = Facts::default();
    for area in AREAS {
        let read = tenant.read(area, &query, &facts).await;
        facts.absorb(read);
    }
    (**facts.around.get().expect("it was read")).clone()
}

fn states(around: &Around) -> Vec<RiskState> {
    around.risks.get().expect("it was read").iter().map(|risk| risk.state.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_read_where_it_is_licensed_by_a_token_that_was_not_asked_for_before() {
    let served = InProcess::start("drifted").await;
    let tenant = served.signed_in().await;
    let before = served.asked("/token").await;
    assert_eq!(states(&read(&tenant).await), [RiskState::None, RiskState::None]);
    assert_eq!(served.asked("/token").await, before + 1, "one more token, for this alone");
    served.change("users-at-risk", json!({"who": ["meadow.compass"], "level": "low"})).await;
    let around = read(&tenant).await;
    assert_eq!(states(&around), [RiskState::None, RiskState::AtRisk]);
    assert_eq!(around.risks.get().expect("it was read")[1].level, "low");
    assert_eq!(tenant.take_demand(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_license_neither_the_scope_nor_the_answer_is_asked_for() {
    let served = InProcess::start("p1").await;
    let tenant = served.signed_in().await;
    let before = served.asked("/token").await;
    assert_eq!(read(&tenant).await.risks, Reading::NotYet);
    assert_eq!(served.asked("/identityProtection").await, 0);
    assert_eq!(served.asked("/token").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_consents_it_stays_unread_and_nothing_else_does() {
    let served = InProcess::start("drifted").await;
    let tenant = served.signed_in().await;
    served.arm(FaultKind::MissingConsent, "/token").await;
    assert!(read(&tenant).await.risks.trouble().is_some());
    let demand = tenant.take_demand().expect("somebody may consent");
    assert_eq!(demand, Demand { audience: Audience::Risk, claims: None });
    tenant.decline(demand.audience).await;
    let around = read(&tenant).await;
    let trouble = around.risks.trouble().expect("nobody consented");
    assert!(trouble.next.contains("vouch"), "{trouble}");
    assert_eq!(around.trouble(), None, "nothing else is missing");
    assert_eq!(tenant.take_demand(), None, "and nobody is asked again");
    // Whoever consents later is not asked for anything else.
    let ended = tenant.sign_in(&demand, |prompt| {
        let breakglass::domain::connection::sign_in::Prompt::Browser { short, .. } = prompt else { return };
        let profile = tenant.profile().clone();
        tokio::spawn(async move { profile.open(&short).await });
    });
    assert_eq!(ended.await, Ok(Ended::SignedIn));
    assert_eq!(states(&read(&tenant).await), [RiskState::None, RiskState::None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_what_is_missing() {
    let served = InProcess::start("drifted").await;
    let tenant = served.signed_in().await;
    served.arm(FaultKind::Forbidden, "/identityProtection/riskyUsers").await;
    let around = read(&tenant).await;
    let missing = around.risks.trouble().and_then(|trouble| trouble.missing.clone()).expect("it is named");
    assert_eq!(missing.permission, "IdentityRiskyUser.Read.All");
    assert_eq!(missing.role, "Security Reader");
}
