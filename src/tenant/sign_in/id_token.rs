//! What an id token has to say before anybody counts as signed in (OpenID Connect Core, 3.1.3.7).
//!
//! Tenant, nonce, issuer, audience, time and algorithm are looked at. The signature is not: the token comes straight from
//! the token endpoint over TLS, where point 6 of that section lets the server's certificate stand for it. So a token that
//! claims to be unsigned, or signed in a way that the service does not use, is still refused: it is none of its own.

use jiff::{SignedDuration, Timestamp};

use super::oauth::Client;
use super::tokens::Grant;
use crate::domain::connection::sign_in::Who;
use crate::domain::text::{clean, cut, is_guid};
use crate::domain::trouble::Trouble;
use crate::tenant::jwt::{self, Claims};

/// The one algorithm of Entra's id tokens (`id_token_signing_alg_values_supported` of its metadata; common knowledge).
const ALGORITHM: &str = "RS256";
/// How far two clocks may differ: five minutes, as Microsoft's own libraries allow (common knowledge).
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// What a sign-in expects of its id token.
pub(super) struct Expected<'a> {
    /// For whom it is made out.
    pub client: &'a Client,
    /// Who makes it, as the service's own metadata says; `{tenantid}` stands for the tenant.
    pub issuer: &'a str,
    /// What was sent along, where something was.
    pub nonce: Option<&'a str>,
    /// The service's time.
    pub now: Timestamp,
}

/// Who signed in.
///
/// # Errors
///
/// The token is not the answer to this sign-in, or not from this service, or out of its time.
pub(super) fn check(grant: &Grant, expected: &Expected<'_>) -> Result<Who, Trouble> {
    let token = grant.id_token.as_ref().ok_or_else(|| not_ours("it brings no id token"))?;
    let algorithm = jwt::algorithm(token).ok_or_else(|| not_ours("its id token cannot be read"))?;
    if algorithm != ALGORITHM {
        return Err(not_ours(&format!(
            "it is signed with \"{}\", not {ALGORITHM}",
            cut(&clean(&algorithm), 20)
        )));
    }
    let claims = jwt::claims(token).ok_or_else(|| not_ours("its id token cannot be read"))?;
    expected.answered_by(&claims)?;
    expected.in_time(&claims)?;
    Ok(Who { id: clean(&claims.oid), upn: clean(claims.upn()), tenant: clean(&claims.tid) })
}

impl Expected<'_> {
    fn answered_by(&self, claims: &Claims) -> Result<(), Trouble> {
        if self.nonce.is_some_and(|nonce| claims.nonce != nonce) {
            return Err(not_ours("wrong nonce"));
        }
        if tenant(&self.client.tenant)
            .or_else(|| tenant(self.issuer))
            .is_some_and(|id| !id.eq_ignore_ascii_case(&claims.tid))
        {
            return Err(wrong_tenant(&claims.tid));
        }
        if claims.iss != self.issuer.replace("{tenantid}", &claims.tid) {
            return Err(not_ours(&format!("wrong issuer: {}", cut(&clean(&claims.iss), 80))));
        }
        if !claims.is_for(&self.client.id) {
            return Err(not_ours("it is made out for another app"));
        }
        if claims.oid.is_empty() {
            return Err(not_ours("it does not say who signed in"));
        }
        Ok(())
    }

    fn in_time(&self, claims: &Claims) -> Result<(), Trouble> {
        let at = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let Some(ends) = at(claims.exp) else { return Err(not_ours("it does not say when it ends")) };
        if ends.duration_since(self.now) <= -CLOCKS {
            return Err(not_ours("its id token has ended"));
        }
        match at(claims.nbf) {
            Some(begins) if begins.duration_since(self.now) > CLOCKS => {
                Err(not_ours("its id token is not good yet"))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// The tenant id that a tenant's name or an issuer's address is, or holds.
fn tenant(text: &str) -> Option<&str> {
    text.split('/').find(|part| is_guid(part))
}

fn not_ours(what: &str) -> Trouble {
    Trouble::new(
        "The sign-in was not accepted.",
        format!("The answer does not belong to this sign-in ({what})."),
        "Close other sign-in windows and start again. Where it stays so, something between here and the sign-in service \
         changes its answers: check the network and the cloud profile.",
    )
}

fn wrong_tenant(id: &str) -> Trouble {
    Trouble::new(
        "The sign-in was not accepted.",
        format!("It is for another tenant ({}).", cut(&clean(id), 40)),
        "Sign in with an account of this tenant, or change --tenant.",
    )
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const TENANT: &str = "5eed0000-0000-4000-8000-fab21c000001";
    const OTHER: &str = "11111111-2222-4333-8444-555555555555";
    const NOW: i64 = 1_800_000_000;

    fn good() -> Value {
        json!({"iss": format!("https://login.example/{TENANT}/v2.0"), "aud": "app", "tid": TENANT, "oid": "o",
            "nonce": "mine", "exp": NOW + 3600, "nbf": NOW, "preferred_username": "lee@contoso.example"})
    }

    fn grant(head: &Value, claims: &Value) -> Grant {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let id_token = format!("{}.{}.sig", part(head), part(claims));
        serde_json::from_value(json!({"access_token": "a", "id_token": id_token})).expect("a grant")
    }

    fn checked(tenant: &str, head: &Value, claims: &Value) -> Result<Who, Trouble> {
        let client = Client { tenant: tenant.to_owned(), id: "app".to_owned() };
        let issuer = format!("https://login.example/{TENANT}/v2.0");
        let now = Timestamp::from_second(NOW).expect("a moment");
        check(&grant(head, claims), &Expected { client: &client, issuer: &issuer, nonce: Some("mine"), now })
    }

    #[test]
    fn the_right_token_says_who_signed_in() {
        for tenant in [TENANT, "contoso.example"] {
            let who = checked(tenant, &json!({"alg": "RS256"}), &good()).expect("it is right");
            assert_eq!(
                (who.id.as_str(), who.upn.as_str(), who.tenant.as_str()),
                ("o", "lee@contoso.example", TENANT)
            );
        }
    }

    #[test]
    fn each_claim_that_is_not_right_is_refused_by_name() {
        let cases = [
            ("nonce", json!("theirs"), "wrong nonce"),
            ("nonce", Value::Null, "cannot be read"),
            ("iss", json!(format!("https://evil.example/{TENANT}/v2.0")), "wrong issuer"),
            ("iss", json!(format!("https://login.example/{TENANT}/v2.0/")), "wrong issuer"),
            ("iss", json!(7), "cannot be read"),
            ("tid", json!(OTHER), "another tenant"),
            ("tid", json!(""), "another tenant"),
            ("aud", json!("another app"), "another app"),
            ("aud", json!(["app", "another app"]), "another app"),
            ("aud", json!(7), "another app"),
            ("oid", json!(""), "who signed in"),
            ("exp", json!(NOW - 301), "has ended"),
            ("exp", json!(0), "has ended"),
            ("exp", json!(-1), "has ended"),
            ("exp", json!(u64::MAX), "when it ends"),
            ("exp", json!(1e300), "when it ends"),
            ("exp", json!("soon"), "when it ends"),
            ("exp", Value::Null, "when it ends"),
            ("nbf", json!(NOW + 301), "not good yet"),
        ];
        for (claim, value, told) in cases {
            for tenant in [TENANT, "contoso.example"] {
                let mut claims = good();
                claims[claim] = value.clone();
                let refused = checked(tenant, &json!({"alg": "RS256"}), &claims).expect_err(told);
                assert!(refused.why.contains(told), "{claim} {value}: {refused}");
            }
        }
        for (claim, value) in [
            ("aud", json!(["app"])),
            ("exp", json!(NOW - 299)),
            ("nbf", json!(NOW + 299)),
            ("nbf", Value::Null),
        ] {
            let mut claims = good();
            claims[claim] = value;
            checked(TENANT, &json!({"alg": "RS256"}), &claims).expect("two clocks may differ a little");
        }
    }

    #[test]
    fn only_the_algorithm_of_the_service_is_taken() {
        for head in [
            json!({"alg": "none"}),
            json!({"alg": "None"}),
            json!({"alg": "HS256"}),
            json!({"alg": ""}),
            json!({}),
            json!([]),
        ] {
            assert!(checked(TENANT, &head, &good()).is_err(), "{head}");
        }
    }

    proptest! {
        #[test]
        fn no_token_is_too_odd_to_be_refused(token in "[ -~]{0,80}") {
            let answer = json!({"access_token": "a", "id_token": token});
            let grant: Grant = serde_json::from_value(answer).expect("a grant");
            let client = Client { tenant: TENANT.to_owned(), id: "app".to_owned() };
            let now = Timestamp::from_second(NOW).expect("a moment");
            let checked = check(&grant, &Expected { client: &client, issuer: "i", nonce: None, now });
            prop_assert!(checked.is_err());
        }
    }
}
