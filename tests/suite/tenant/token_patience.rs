//! Tokens are fetched with the patience of everything else: one passing fault at the sign-in service ends nothing.

use breakglass::domain::connection::sign_in::{Audience, Demand, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::secret::Secret;
use breakglass::rehearsal::{self, FaultKind};
use breakglass::tenant::{Ended, SignIn, Tenant};
use zeroize::Zeroizing;

use crate::support::signing_in::{OWN_APP, Over, Served, operator, served, sign_in};

const PASSING: [FaultKind; 9] = [
    FaultKind::Unavailable,
    FaultKind::TooManyRequests,
    FaultKind::TooManyRequestsRetryAfter,
    FaultKind::TooManyRequestsRetryAfterDate,
    FaultKind::TooManyRequestsRetryAfterList,
    FaultKind::DropBeforeCommit,
    FaultKind::DropAfterCommit,
    FaultKind::Truncated,
    FaultKind::Html,
];

async fn signs_in(served: &Served, way: SignInWay) -> Tenant {
    let tenant = served.tenant(way);
    let (ended, _) = sign_in(&tenant, &Demand::default()).await;
    assert_eq!(ended, Ok(Ended::SignedIn));
    tenant
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_exchanged_and_a_device_code_fetched_through_every_fault_that_passes() {
    for kind in PASSING {
        for (way, path) in
            [(SignInWay::Browser, "authorization_code"), (SignInWay::DeviceCode, "/devicecode")]
        {
            let served = served(Over::Http, &[(kind, path, 1)]).await;
            operator(&signs_in(&served, way).await).await.unwrap_or_else(|error| panic!("{kind:?}: {error}"));
            assert_eq!(served.running.faults_left(), 0, "{kind:?} {way:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_for_azure_is_fetched_through_every_fault_that_passes() {
    for kind in PASSING {
        let served = served(Over::Http, &[(kind, "refresh_token", 2)]).await;
        let tenant = signs_in(&served, SignInWay::Browser).await;
        tenant.read(Area::Monitoring, &Query::default(), &Facts::default()).await;
        assert_eq!(tenant.take_demand(), None, "{kind:?}");
        assert_eq!(served.running.faults_left(), 0, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_gets_its_token_through_every_fault_that_passes() {
    for kind in PASSING {
        let served = served(Over::Http, &[(kind, "client_credentials", 2)]).await;
        let secret = Secret::new(Zeroizing::new("not a real secret".to_owned()));
        let how = SignIn {
            way: SignInWay::ClientSecret,
            client_id: Some(OWN_APP.to_owned()),
            secret: Some(secret),
            ..SignIn::browser()
        };
        let tenant = Tenant::new(served.profile(), rehearsal::TENANT_ID, &how).expect("a tenant");
        let (ended, _) = sign_in(&tenant, &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn), "{kind:?}");
        assert_eq!(served.running.faults_left(), 0, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_is_refused_for_good_is_not_asked_again_and_again() {
    let served = served(Over::Http, &[(FaultKind::Expired, "refresh_token", 1)]).await;
    let tenant = signs_in(&served, SignInWay::Browser).await;
    tenant.read(Area::Monitoring, &Query::default(), &Facts::default()).await;
    assert_eq!(tenant.take_demand().map(|demand| demand.audience), Some(Audience::Arm));
    assert_eq!(served.running.faults_left(), 0);
}
