//! Numbers of the sign-in service that no clock can hold end nothing: not at the token, not at the device code, not for an
//! app; nor does a wait beyond all reason.

use breakglass::domain::connection::sign_in::{Audience, Demand, Prompt, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::secret::Secret;
use breakglass::rehearsal::{self, FaultKind};
use breakglass::tenant::{Ended, SignIn, Tenant};
use zeroize::Zeroizing;

use crate::support::signing_in::{OWN_APP, Over, operator, served, sign_in};

const TOKEN: &str = "/oauth2/v2.0/token";
const CODE: &str = "/devicecode";

#[tokio::test(flavor = "multi_thread")]
async fn a_lifetime_that_no_clock_can_hold_is_bounded_for_people() {
    for way in [SignInWay::Browser, SignInWay::DeviceCode] {
        let faults = [(FaultKind::AbsurdNumbers, TOKEN, 3), (FaultKind::AbsurdNumbers, CODE, 1)];
        let served = served(Over::Http, &faults).await;
        let tenant = served.tenant(way);
        let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn), "{way:?}");
        for prompt in shown {
            assert!(!matches!(prompt, Prompt::Code { minutes, .. } if minutes > 60), "{prompt:?}");
        }
        operator(&tenant).await.unwrap_or_else(|error| panic!("{way:?}: {error}"));
        // The next token comes from the refresh token, with as absurd a number.
        tenant.read(Area::Monitoring, &Query::default(), &Facts::default()).await;
        assert_eq!(tenant.take_demand(), None, "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lifetime_that_no_clock_can_hold_is_bounded_for_apps() {
    let served = served(Over::Http, &[(FaultKind::AbsurdNumbers, "client_credentials", 2)]).await;
    let how = SignIn {
        way: SignInWay::ClientSecret,
        client_id: Some(OWN_APP.to_owned()),
        secret: Some(Secret::new(Zeroizing::new("not a real secret".to_owned()))),
        ..SignIn::browser()
    };
    let tenant = Tenant::new(served.profile(), rehearsal::TENANT_ID, &how).expect("a tenant");
    let (ended, _) = sign_in(&tenant, &Demand::default()).await;
    assert_eq!(ended, Ok(Ended::SignedIn));
    let azure = Demand { audience: Audience::Arm, claims: None };
    assert_eq!(sign_in(&tenant, &azure).await.0, Ok(Ended::SignedIn));
    assert_eq!(served.running.faults_left(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_beyond_all_reason_is_bounded() {
    let absurd = FaultKind::TooManyRequestsRetryAfterAbsurd;
    for (way, path) in
        [(SignInWay::Browser, TOKEN), (SignInWay::DeviceCode, TOKEN), (SignInWay::DeviceCode, CODE)]
    {
        let served = served(Over::Http, &[(absurd, path, 1), (absurd, "GET /graph/v1.0/me", 1)]).await;
        let tenant = served.tenant(way);
        assert_eq!(sign_in(&tenant, &Demand::default()).await.0, Ok(Ended::SignedIn), "{way:?} {path}");
        operator(&tenant).await.unwrap_or_else(|error| panic!("{way:?}: {error}"));
        assert_eq!(served.running.faults_left(), 0, "{way:?} {path}");
    }
}
