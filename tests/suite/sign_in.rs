//! Signing in over real HTTP and HTTPS against the rehearsal's sign-in service: every way, and everything that goes
//! wrong on the way.

use std::sync::{Arc, Mutex};

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::sign_in::{Audience, Demand, Prompt, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, Operator, Reading};
use breakglass::domain::mark::Mark;
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::{Action, RoleRoute};
use breakglass::rehearsal::{self, Fault, FaultKind, Running};
use breakglass::tenant::{Ended, Opener, Profile, Sent, SignIn, Tenant, Trace};
use zeroize::Zeroizing;

/// How much faster than life; nothing here depends on it.
const TIME_SCALE: f64 = 0.001;
/// An app registration of the rehearsal's customer.
const OWN_APP: &str = "c0ffee00-0000-4000-8000-000000000001";

/// How the service is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Http,
    Https,
}

/// A served tenant and its folder.
struct Served {
    folder: tempfile::TempDir,
    running: Running,
    over: Over,
}

async fn served(over: Over, faults: &[(FaultKind, &str, u32)]) -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let fault = |(name, path, times): &(FaultKind, &str, u32)| Fault {
        name: *name,
        path: (*path).to_owned(),
        times: *times,
    };
    let options = rehearsal::Options {
        state: folder.path().join("tenant.json"),
        seed: "p1".to_owned(),
        port: 0,
        tls: (over == Over::Https).then(|| folder.path().to_owned()),
        time_scale: TIME_SCALE,
        faults: faults.iter().map(fault).collect(),
    };
    Served { running: rehearsal::start(options).await.expect("the rehearsal starts"), folder, over }
}

impl Served {
    fn profile(&self) -> Profile {
        let at = self.running.addresses();
        Profile {
            cloud: Cloud::Global,
            login: at.login.clone(),
            graph: at.graph.clone(),
            arm: at.arm.clone(),
            arm_audience: at.arm.clone(),
            logs: at.logs.clone(),
            portal: at.portal.clone(),
            entra: at.portal.clone(),
            security_info: at.security_info.clone(),
            ca_bundle: (self.over == Over::Https).then(|| self.folder.path().join("ca.pem")),
            open: Opener::PlainHttp,
            time_scale: TIME_SCALE,
            mark: Mark::Rehearsal,
        }
    }

    fn tenant(&self, way: SignInWay) -> Tenant {
        let how = SignIn { way, client_id: Some(OWN_APP.to_owned()), ..SignIn::browser() };
        Tenant::new(self.profile(), rehearsal::TENANT_ID, &how).expect("a tenant")
    }
}

/// Signs in; the rehearsal's person does what is shown.
async fn sign_in(tenant: &Tenant, demand: &Demand) -> (Result<Ended, Trouble>, Vec<Prompt>) {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let profile = tenant.profile().clone();
    let show = |prompt: Prompt| {
        if let Prompt::Browser { short, .. } = &prompt {
            let (profile, short) = (profile.clone(), short.clone());
            tokio::spawn(async move { profile.open(&short).await });
        }
        shown.lock().expect("nobody panics").push(prompt);
    };
    let ended = tenant.sign_in(demand, show).await;
    let shown = shown.lock().expect("nobody panics").clone();
    (ended, shown)
}

async fn operator(tenant: &Tenant) -> Result<Operator, Trouble> {
    match tenant.read(Area::Operator, &Query::default(), &Facts::default()).await {
        AreaFacts::Operator(Reading::Read(operator)) => Ok(operator),
        AreaFacts::Operator(Reading::Unreadable(trouble)) => Err(trouble),
        other => panic!("{other:?}"),
    }
}

/// The trouble of a sign-in of this way with these faults; every fault must have struck.
async fn fails(way: SignInWay, faults: &[(FaultKind, &str, u32)]) -> Trouble {
    let served = served(Over::Http, faults).await;
    let (ended, _) = sign_in(&served.tenant(way), &Demand::default()).await;
    assert_eq!(served.running.faults_left(), 0, "a fault never struck");
    served.running.stop().await;
    ended.expect_err("it must not work")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_goes_from_the_short_address_to_tokens_over_http_and_https() {
    for over in [Over::Http, Over::Https] {
        let served = served(over, &[]).await;
        let tenant = served.tenant(SignInWay::Browser);
        let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn));
        let [Prompt::Browser { address, short }] = &shown[..] else { panic!("{shown:?}") };
        assert!(short.len() < 30 && address.len() > 200, "{short} {address}");
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

fn no_redirects() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_sign_in_that_goes_wrong_says_why_and_what_next() {
    let authorize = "/oauth2/v2.0/authorize";
    let token = "/oauth2/v2.0/token";
    let cases = [
        (FaultKind::Declined, authorize, "declined", "accept"),
        (FaultKind::MissingConsent, authorize, "not consented", "administrator"),
        (FaultKind::Blocked, authorize, "Conditional Access", "Exclude"),
        (FaultKind::Expired, token, "has ended", "Sign in again"),
        (FaultKind::OtherTenant, token, "another tenant", "--tenant"),
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
        .map(|(name, path, times)| Fault { name: *name, path: (*path).to_owned(), times: *times })
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
    let AreaFacts::Monitoring(Reading::Unreadable(trouble)) = read else { panic!("{read:?}") };
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
    let named = (rehearsal::TENANT_ID, &how);
    let tenant = Tenant::traced(served.profile(), named, Some(trace)).expect("a tenant");
    sign_in(&tenant, &Demand::default()).await.0.expect("signed in");
    operator(&tenant).await.expect("it can be read");
    let route = RoleRoute::Pim { justification: "why".to_owned() };
    let action = Action::AssignRole { slot: Slot::FIRST, principal: OWN_APP.to_owned(), route };
    tenant.write(&action, None).await.expect_err("there is nobody of that id");
    let start = starts.lock().expect("nobody panics").first().cloned().expect("a start was sent");
    let ahead = start.parse::<jiff::Timestamp>().expect("a time").duration_since(jiff::Timestamp::now());
    assert!((50..=61).contains(&ahead.as_mins()), "{start} is {ahead} ahead");
}

// ---- apps

fn app(way: SignInWay) -> SignIn {
    SignIn { way, client_id: Some(OWN_APP.to_owned()), ..SignIn::browser() }
}

fn certificate() -> Secret {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
    let params = rcgen::CertificateParams::new(vec!["app".to_owned()]).expect("a name");
    let certificate = params.self_signed(&key).expect("a certificate");
    Secret::new(Zeroizing::new(certificate.pem() + &key.serialize_pem()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_signs_in_with_a_secret_or_a_certificate_and_is_named_as_an_app() {
    for over in [Over::Http, Over::Https] {
        let served = served(over, &[]).await;
        let secret = Secret::new(Zeroizing::new("not a real secret".to_owned()));
        let ways = [
            SignIn { secret: Some(secret), ..app(SignInWay::ClientSecret) },
            SignIn { certificate: Some(certificate()), ..app(SignInWay::ClientCertificate) },
        ];
        for how in ways {
            let tenant = Tenant::new(served.profile(), rehearsal::TENANT_ID, &how).expect("a tenant");
            let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
            assert_eq!((ended, shown), (Ok(Ended::SignedIn), Vec::new()));
            let operator = operator(&tenant).await.expect("an app can be looked at");
            assert!(operator.upn.contains(OWN_APP), "{operator:?}");
            assert!(operator.scopes.iter().any(|scope| scope == "Policy.Read.All"), "{operator:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_secret_that_is_not_in_a_file_is_asked_for() {
    let served = served(Over::Http, &[]).await;
    let tenant = served.tenant(SignInWay::ClientSecret);
    let (ended, shown) = sign_in(&tenant, &Demand::default()).await;
    assert_eq!((ended, shown), (Ok(Ended::SecretWanted), vec![Prompt::Secret]));
    let typed = Secret::new(Zeroizing::new("typed".to_owned()));
    tenant.take_secret(Audience::Graph, &typed).await.expect("it is taken");
    assert_eq!(sign_in(&tenant, &Demand::default()).await.0, Ok(Ended::SignedIn));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_named_and_an_app_without_id_is_refused() {
    let served = served(Over::Https, &[(FaultKind::ClockSkew, "/oauth2/v2.0/token", 1)]).await;
    let how = SignIn { certificate: Some(certificate()), ..app(SignInWay::ClientCertificate) };
    let tenant = Tenant::new(served.profile(), rehearsal::TENANT_ID, &how).expect("a tenant");
    let trouble = sign_in(&tenant, &Demand::default()).await.0.expect_err("the clock is off");
    assert!(trouble.why.contains("clock") && trouble.next.contains("time"), "{trouble}");

    let nobody = SignIn { client_id: None, ..app(SignInWay::ClientSecret) };
    let refused = Tenant::new(served.profile(), rehearsal::TENANT_ID, &nobody).err().expect("no app");
    assert!(refused.next.contains("--client-id"), "{refused}");
}

// ---- a tenant that nobody knows

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_nobody_knows_is_named_before_anybody_is_sent_anywhere() {
    let served = served(Over::Https, &[]).await;
    let secret = || Some(Secret::new(Zeroizing::new("not a real secret".to_owned())));
    for way in SignInWay::ALL.into_iter().filter(|way| *way != SignInWay::WorkloadIdentity) {
        for tenant in ["11111111-2222-4333-8444-555555555555", "nobody.example"] {
            let how = SignIn { secret: secret(), certificate: Some(certificate()), ..app(way) };
            let unknown = Tenant::new(served.profile(), tenant, &how).expect("it can be named");
            let (ended, shown) = sign_in(&unknown, &Demand::default()).await;
            let trouble = ended.expect_err("there is no such tenant");
            assert_eq!(trouble.what, format!("There is no tenant {tenant}."), "{}", way.name());
            assert!(trouble.why.contains("AADSTS90002") && trouble.next.contains("--cloud"), "{trouble}");
            assert_eq!(shown, Vec::new(), "{} showed something all the same", way.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_word_that_a_tenant_is_unknown_stops_a_sign_in() {
    let path = "/v2.0/.well-known/openid-configuration";
    for (fault, times) in [(FaultKind::Unavailable, 9), (FaultKind::DropBeforeCommit, 1)] {
        let served = served(Over::Http, &[(fault, path, times)]).await;
        let (ended, _) = sign_in(&served.tenant(SignInWay::Browser), &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn), "{fault:?}");
    }
    let trouble = fails(SignInWay::Browser, &[(FaultKind::Html, path, 1)]).await;
    assert!(trouble.why.contains("web page") && trouble.next.contains("proxy"), "{trouble}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rehearsal_answers_for_an_unknown_tenant_as_the_service_does() {
    let served = served(Over::Http, &[]).await;
    let login = &served.running.addresses().login;
    let look = |tenant: &str| {
        let url = format!("{login}/{tenant}/v2.0/.well-known/openid-configuration");
        async { no_redirects().get(url).send().await.expect("an answer") }
    };
    assert_eq!(look(rehearsal::TENANT_ID).await.status(), 200);
    let unknown = look("nobody.example").await;
    assert_eq!(unknown.status(), 400);
    let body: serde_json::Value = unknown.json().await.expect("JSON");
    assert_eq!(body["error"], "invalid_tenant");
    assert!(
        body["error_description"].as_str().is_some_and(|text| text.starts_with("AADSTS90002: ")),
        "{body}"
    );
}
