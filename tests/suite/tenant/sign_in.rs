//! Signing in over real HTTP and HTTPS against the rehearsal's sign-in service: every way, and everything that goes
//! wrong on the way.

use std::sync::{Arc, Mutex};

use breakglass::domain::connection::sign_in::{Audience, Demand, Prompt, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, Reading};
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{Action, RoleRoute};
use breakglass::rehearsal::{self, Fault, FaultKind};
use breakglass::tenant::{Ended, Sent, SignIn, Tenant, Trace};
use zeroize::Zeroizing;

use crate::support::signing_in::{OWN_APP, Over, Served, fails, no_redirects, operator, served, sign_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_goes_from_the_short_address_to_tokens_over_http_and_https() {
    for over in [Over::Http, Over::Https] {
        let served = served(over, &[]).await;
        let tenant = served.tenant(SignInWay::Browser);
        let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn));
        let [Prompt::Browser { address, short }] = &shown[..] else { panic!("{shown:?}") };
        assert!(short.len() < 40 && address.len() > 200, "{short} {address}");
        assert!(operator(&tenant).await.expect("it can be read").upn.contains('@'));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_code_is_shown_and_awaited_over_http_and_https() {
    for over in [Over::Http, Over::Https] {
        let served = served(over, &[]).await;
        let tenant = served.tenant(SignInWay::DeviceCode);
        let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn));
        assert!(
            matches!(&shown[..], [Prompt::Code { code, minutes: 15, .. }] if !code.is_empty()),
            "{shown:?}"
        );
        operator(&tenant).await.expect("it can be read");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_brought_from_another_computer_finishes_the_sign_in() {
    let served = served(Over::Http, &[]).await;
    let tenant = served.tenant(SignInWay::Browser);
    let (bring, client) = (tenant.clone(), no_redirects());
    let show = |prompt| {
        let Prompt::Browser { address, .. } = prompt else { return };
        let (bring, client) = (bring.clone(), client.clone());
        tokio::spawn(async move {
            let page = client.get(&address).send().await.expect("the page answers");
            let last = page.headers()["location"].to_str().expect("an address").to_owned();
            let text = |text: String| Secret::new(Zeroizing::new(text));
            let nonsense = bring.take_address(&text("https://login.example/common".to_owned()));
            assert!(nonsense.expect_err("no return").next.contains("address line"));
            bring.take_address(&text(last)).expect("it is the right one");
        });
    };
    assert_eq!(tenant.sign_in(&Demand::default(), show).await, Ok(Ended::SignedIn));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_sign_in_that_goes_wrong_says_why_and_what_next() {
    let authorize = "/oauth2/v2.0/authorize";
    let token = "/oauth2/v2.0/token";
    let cases = [
        (FaultKind::Declined, authorize, "declined", "accept"),
        (FaultKind::MissingConsent, authorize, "not consented", "administrator"),
        (FaultKind::Blocked, authorize, "Conditional Access", "excluded"),
        (FaultKind::Expired, token, "has ended", "Sign in again"),
        (FaultKind::OtherTenant, token, "another tenant", "--tenant"),
        (FaultKind::OtherIssuer, token, "wrong issuer", "start again"),
        (FaultKind::OtherApp, token, "another app", "start again"),
        (FaultKind::TokenEnded, token, "has ended", "start again"),
        (FaultKind::TokenNotYet, token, "not good yet", "start again"),
        (FaultKind::Unsigned, token, "signed with", "start again"),
    ];
    for (kind, path, why, next) in cases {
        let trouble = fails(SignInWay::Browser, &[(kind, path, 1)]).await;
        assert!(trouble.why.contains(why) && trouble.next.contains(next), "{kind:?}: {trouble}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_code_that_goes_wrong_says_why_and_what_next() {
    let token = "/oauth2/v2.0/token";
    let cases = [
        (FaultKind::Declined, "cancel", "accept"),
        (FaultKind::Expired, "in time", "--sign-in browser"),
        (FaultKind::Blocked, "does not let anybody sign in with a device code", "--sign-in browser"),
        (FaultKind::Unsigned, "signed with", "start again"),
        (FaultKind::TokenEnded, "id token has ended", "start again"),
        (FaultKind::OtherTenant, "another tenant", "--tenant"),
    ];
    for (kind, why, next) in cases {
        let trouble = fails(SignInWay::DeviceCode, &[(kind, token, 1)]).await;
        assert!(trouble.why.contains(why) && trouble.next.contains(next), "{kind:?}: {trouble}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_code_is_polled_more_slowly_when_asked_and_through_lost_answers() {
    let token = "/oauth2/v2.0/token";
    let faults = [
        (FaultKind::SlowDown, token, 2),
        (FaultKind::Unavailable, token, 1),
        (FaultKind::DropBeforeCommit, token, 1),
    ];
    let served = served(Over::Http, &faults).await;
    let (ended, _) = sign_in(&served.tenant(SignInWay::DeviceCode), &Demand::default()).await;
    assert_eq!(ended, Ok(Ended::SignedIn));
    assert_eq!(served.running.faults_left(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_renewed_and_an_ended_sign_in_is_asked_for() {
    let me = "GET /graph/v1.0/me";
    let revoked = served(Over::Http, &[(FaultKind::Unauthorized, me, 1)]).await;
    let tenant = revoked.tenant(SignInWay::Browser);
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
    operator(&tenant).await.expect("the refresh token brought another one");
    assert_eq!(tenant.take_demand(), None);

    let faults = [(FaultKind::Unauthorized, me, 1), (FaultKind::Expired, "/oauth2/v2.0/token", 1)];
    let ended = served(Over::Http, &[]).await;
    let tenant = ended.tenant(SignInWay::Browser);
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
    arm(&ended, &faults).await;
    operator(&tenant).await.expect_err("nobody is signed in any more");
    assert_eq!(tenant.take_demand(), Some(Demand::default()));
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in again");
    operator(&tenant).await.expect("it goes on");
}

/// Arms faults while the tenant is served.
async fn arm(served: &Served, faults: &[(FaultKind, &str, u32)]) {
    let faults: Vec<Fault> = faults
        .iter()
        .map(|(name, path, times)| Fault {
            name: *name,
            path: (*path).to_owned(),
            times: *times,
            request: None,
        })
        .collect();
    let origin = served.running.addresses().security_info.replace("/people/security-info", "");
    let sent = no_redirects().post(format!("{origin}/people/faults")).json(&faults).send().await;
    assert!(sent.is_ok_and(|answer| answer.status().is_success()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claims_challenge_becomes_a_sign_in_with_those_claims_for_graph_and_azure() {
    for (audience, path, area) in [
        (Audience::Graph, "GET /graph/v1.0/me", Area::Operator),
        (Audience::Arm, "GET /arm/subscriptions", Area::Monitoring),
    ] {
        for way in [SignInWay::Browser, SignInWay::DeviceCode] {
            let served = served(Over::Http, &[(FaultKind::ClaimsChallenge, path, 1)]).await;
            let tenant = served.tenant(way);
            sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
            let read = || async { tenant.read(area, &Query::default(), &Facts::default()).await };
            read().await;
            let demand = tenant.take_demand().expect("a stronger sign-in is needed");
            assert_eq!(demand.audience, audience);
            assert!(demand.claims.as_deref().is_some_and(|claims| claims.contains("acrs")), "{demand:?}");
            sign_in(&tenant, &demand).await.0.expect("signed in with the claims");
            read().await;
            assert_eq!(tenant.take_demand(), None, "{way:?} {path}");
            assert_eq!(served.running.faults_left(), 0, "no token brought the claims");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn going_on_without_azure_leaves_azure_unread_and_asks_no_more() {
    let served = served(Over::Http, &[(FaultKind::ClaimsChallenge, "GET /arm", 1)]).await;
    let tenant = served.tenant(SignInWay::Browser);
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
    tenant.read(Area::Monitoring, &Query::default(), &Facts::default()).await;
    let demand = tenant.take_demand().expect("a stronger sign-in is needed");
    tenant.decline(demand.audience).await;
    let read = tenant.read(Area::Monitoring, &Query::default(), &Facts::default()).await;
    let AreaFacts::Monitoring(read) = read else { panic!("{read:?}") };
    let Reading::Unreadable(trouble) = *read else { panic!("{read:?}") };
    assert!(trouble.next.contains("--azure-sign-in"), "{trouble}");
    assert_eq!(tenant.take_demand(), None);
    operator(&tenant).await.expect("Graph goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_behind_does_not_put_a_start_into_the_past() {
    let served = served(Over::Http, &[(FaultKind::Ahead, "/graph/", 99)]).await;
    let starts = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&starts);
    let trace: Trace = Arc::new(move |sent: &Sent| {
        let start = sent.body.pointer("/scheduleInfo/startDateTime").and_then(|start| start.as_str());
        told.lock().expect("nobody panics").extend(start.map(str::to_owned));
    });
    let how = SignIn::browser();
    let tenant = Tenant::traced(served.profile(), rehearsal::TENANT_ID, &how, Some(trace)).expect("a tenant");
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
    operator(&tenant).await.expect("it can be read");
    let route = RoleRoute::Pim { justification: "why".to_owned(), ticket: None };
    let action = Action::AssignRole { slot: Slot::FIRST, principal: OWN_APP.to_owned(), route };
    tenant.write(&action, None, |_| {}).await.expect_err("there is nobody of that id");
    let start = starts.lock().expect("nobody panics").first().cloned().expect("a start was sent");
    let ahead = start.parse::<jiff::Timestamp>().expect("a time").duration_since(jiff::Timestamp::now());
    assert!((50..=61).contains(&ahead.as_mins()), "{start} is {ahead} ahead");
}
