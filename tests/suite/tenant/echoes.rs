//! A server that repeats in its error what it was sent. Of an answer to a request with a secret only status, code and
//! request id are told; of any other its words are, as before.

use breakglass::domain::connection::sign_in::{Demand, SignInWay};
use breakglass::rehearsal::FaultKind;

use crate::support::mishap::{falls_short, fault};
use crate::support::served::Served;
use crate::support::signing_in::{Over, served, sign_in};
use crate::support::{files, words};

/// What the echo begins with.
const ECHO: &str = "Invalid value in the body";

/// Everything that a setup said and kept with such answers behind `path`.
fn told(path: &str) -> String {
    let served = Served::new("p1", vec![fault((FaultKind::EchoBody, path, 40))]);
    let output = served.setup().arg("-v").output().expect("it runs");
    falls_short(&output, &["Microsoft Graph answered 400 Request_BadRequest"]);
    let kept = files(&served.home.record()).into_iter().map(|(_, bytes)| bytes);
    let kept = kept.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    words(&output) + &kept.collect::<String>()
}

#[test]
fn an_answer_that_repeats_a_password_is_told_nowhere() {
    for path in ["POST /graph/v1.0/users", "PATCH /graph/v1.0/users/"] {
        let told = told(path);
        assert!(!told.contains(ECHO), "{path}: {told}");
        assert!(told.contains("\"request\""), "{path}: the id of the request is kept");
    }
}

#[test]
fn an_answer_that_repeats_what_is_no_secret_is_told_as_it_is() {
    assert!(told("POST /graph/v1.0/groups").contains(ECHO));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_repeats_what_a_sign_in_sent_is_told_by_its_number_and_ids() {
    let served = served(Over::Http, &[(FaultKind::EchoBody, "/oauth2/v2.0/token", 40)]).await;
    let ended = sign_in(&served.tenant(SignInWay::Browser), &Demand::default()).await.0;
    let trouble = ended.expect_err("every token is refused");
    let told = trouble.to_string();
    assert!(told.contains("AADSTS90033") && told.contains("trace ") && trouble.request.is_some(), "{told}");
    for repeated in [ECHO, "grant_type", "code_verifier", "authorization_code"] {
        assert!(!told.contains(repeated), "{repeated}: {told}");
    }
}
