//! Signing in as an application, and a tenant that nobody knows.

use breakglass::domain::connection::sign_in::{Audience, Demand, Prompt, SignInWay};
use breakglass::domain::secret::Secret;
use breakglass::rehearsal::{self, FaultKind};
use breakglass::tenant::{Ended, SignIn, Tenant};
use zeroize::Zeroizing;

use crate::support::signing_in::{OWN_APP, Over, fails, no_redirects, operator, served, sign_in};

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
async fn an_unknown_tenant_and_a_service_that_stays_out_stop_a_sign_in() {
    let path = "/v2.0/.well-known/openid-configuration";
    for (fault, times) in [(FaultKind::Unavailable, 2), (FaultKind::DropBeforeCommit, 1)] {
        let served = served(Over::Http, &[(fault, path, times)]).await;
        let (ended, _) = sign_in(&served.tenant(SignInWay::Browser), &Demand::default()).await;
        assert_eq!(ended, Ok(Ended::SignedIn), "{fault:?}");
    }
    let trouble = fails(SignInWay::Browser, &[(FaultKind::Unavailable, path, 3)]).await;
    assert!(trouble.why.contains("answered 503") && trouble.next.contains("Wait"), "{trouble}");
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
