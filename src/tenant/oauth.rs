//! The sign-in service: the address a person opens, and the exchange of codes and refresh tokens for tokens.
//!
//! Authorization code with PKCE (contract 10). The one-time values of a sign-in are made here; waiting for the
//! browser is [`super::loopback`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use super::fault::{Fault, Kind};
use super::http::{Answer, Ask, Audience, Http};
use super::needs::GRAPH_SCOPES;
use super::profile::Profile;
use super::tokens::Grant;
use crate::domain::text::{clean, cut};
use crate::trouble::Trouble;

/// Says that this program can answer a claims challenge, so that PIM authentication contexts work (contract 10).
const CAN_ANSWER_CLAIMS: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
/// How often a refresh is repeated when the service cannot be reached.
const REPEATS: u32 = 3;

/// Which app signs in, to which tenant.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// Tenant id or domain.
    pub tenant: String,
    /// Application id.
    pub id: String,
}

/// The values made for one sign-in.
pub(super) struct OneTime {
    pub state: String,
    pub nonce: String,
    pub verifier: Zeroizing<String>,
}

impl OneTime {
    /// Fresh values from the system's generator.
    pub fn new() -> Result<Self, Trouble> {
        Ok(Self { state: random()?, nonce: random()?, verifier: Zeroizing::new(random()?) })
    }

    fn challenge(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, self.verifier.as_bytes());
        URL_SAFE_NO_PAD.encode(digest.as_ref())
    }
}

/// 256 bits, 43 characters.
fn random() -> Result<String, Trouble> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    aws_lc_rs::rand::fill(bytes.as_mut()).map_err(|_| {
        Trouble::new(
            "No sign-in can be started.",
            "The system gave no random numbers.",
            "Restart this machine.",
        )
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_ref()))
}

/// What a sign-in asks for.
pub(super) struct Wish {
    /// Scopes, separated by spaces.
    pub scope: String,
    /// Further parameters of the authorization address.
    pub more: Vec<(&'static str, String)>,
}

impl Wish {
    /// Everything the program needs of the operator.
    pub fn operator(profile: &Profile, claims: Option<String>) -> Self {
        let claims = claims.unwrap_or_else(|| CAN_ANSWER_CLAIMS.to_owned());
        let more = vec![("prompt", "select_account".to_owned()), ("claims", claims)];
        Self { scope: graph_scopes(profile), more }
    }

    /// A fresh sign-in of one account, to prove that it works.
    pub fn test(profile: &Profile, upn: &str) -> Self {
        let scope = format!("openid profile {}/User.Read", profile.graph);
        let more = [("prompt", "login"), ("max_age", "0"), ("login_hint", upn)];
        Self { scope, more: more.map(|(name, value)| (name, value.to_owned())).to_vec() }
    }
}

fn graph_scopes(profile: &Profile) -> String {
    let full = GRAPH_SCOPES.iter().map(|scope| format!("{}/{scope}", profile.graph));
    full.chain(["offline_access", "openid", "profile"].map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

/// The scopes of a token for `audience`.
fn scopes_for(profile: &Profile, audience: Audience) -> String {
    match audience {
        Audience::Graph => graph_scopes(profile),
        Audience::Arm | Audience::Logs => format!("{}/.default offline_access", audience.address(profile)),
    }
}

/// The address that the person opens.
pub(super) fn authorize_url(
    profile: &Profile,
    client: &Client,
    about: (&Wish, &OneTime, &str),
) -> Result<String, Trouble> {
    let (wish, once, redirect) = about;
    let base = format!("{}/{}/oauth2/v2.0/authorize", profile.login, client.tenant);
    let mut url = Url::parse(&base).map_err(|e| {
        Trouble::new("No sign-in can be started.", e.to_string(), "Correct the tenant or the profile.")
    })?;
    url.query_pairs_mut()
        .append_pair("client_id", &client.id)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", redirect)
        .append_pair("response_mode", "query")
        .append_pair("scope", &wish.scope)
        .append_pair("state", &once.state)
        .append_pair("nonce", &once.nonce)
        .append_pair("code_challenge", &once.challenge())
        .append_pair("code_challenge_method", "S256")
        .extend_pairs(&wish.more);
    Ok(url.into())
}

/// Where tokens come from, and with which client.
type Service<'a> = (&'a Http, &'a Profile);

/// Exchanges the code of a finished sign-in for tokens. A code is good once, so this is never repeated.
pub(super) async fn redeemed(
    service: Service<'_>,
    client: &Client,
    fields: &[(&str, &str)],
) -> Result<Grant, Fault> {
    let mut form = vec![("client_id", client.id.as_str()), ("grant_type", "authorization_code")];
    form.extend_from_slice(fields);
    post(service, client, &form).await
}

/// A token for another service, or a fresh one.
pub(super) async fn refreshed(
    service: Service<'_>,
    client: &Client,
    (audience, refresh): (Audience, &str),
) -> Result<Grant, Fault> {
    let scope = scopes_for(service.1, audience);
    let form = [
        ("client_id", client.id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("scope", &scope),
        ("claims", CAN_ANSWER_CLAIMS),
    ];
    let mut tries = 0;
    loop {
        match post(service, client, &form).await {
            Err(fault) if fault.is_passing() && tries < REPEATS => tries += 1,
            done => return done,
        }
        tokio::time::sleep(service.1.scaled(std::time::Duration::from_secs(2 << tries))).await;
    }
}

async fn post((http, profile): Service<'_>, client: &Client, form: &[(&str, &str)]) -> Result<Grant, Fault> {
    let url = format!("{}/{}/oauth2/v2.0/token", profile.login, client.tenant);
    let answer = http.form(&url, form).await?;
    if answer.status.is_success() {
        return answer.json(&Ask::get(Audience::Graph, url));
    }
    Err(refused(&answer))
}

/// An error of the sign-in service, in its answer or in a redirect.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OAuthError {
    pub error: String,
    pub error_description: String,
}

fn refused(answer: &Answer) -> Fault {
    let error: OAuthError = serde_json::from_slice(&answer.body).unwrap_or_default();
    let kind = match error.error.as_str() {
        "invalid_grant" | "interaction_required" | "login_required" => Kind::SignIn,
        _ if answer.status.is_server_error() => Kind::Lost,
        _ => Kind::Refused,
    };
    let mut fault = Fault::unanswered(kind, error.trouble().with_request(&answer.request));
    fault.status = answer.status.as_u16();
    fault.code = error.error;
    fault
}

impl OAuthError {
    /// The number in `AADSTS50076: …`.
    fn number(&self) -> Option<u32> {
        let rest = self.error_description.split("AADSTS").nth(1)?;
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
    }

    /// The error as people read it. Numbers other than 65002, 50126 and 530084 come from common knowledge, not from
    /// documentation at hand; the server's own words are always shown besides.
    pub fn trouble(&self) -> Trouble {
        let said = cut(&clean(&self.error_description), 300);
        let (meaning, next) = match self.number() {
            Some(50_126) => {
                ("The name or the password is wrong.", "Sign in again; check the password on paper.")
            }
            Some(50_053) => ("The account is locked after too many attempts.", "Wait, or have it unlocked."),
            Some(50_057) => ("The account is disabled.", "Enable the account, then sign in again."),
            Some(50_034) => ("The account does not exist in this tenant.", "Check the name and the tenant."),
            Some(50_076 | 50_079 | 50_072 | 50_074) => (
                "Multifactor authentication is required.",
                "Sign in with the second factor, or register one first.",
            ),
            Some(53_000..=53_004) => (
                "A Conditional Access policy stops this sign-in.",
                "Exclude the account, or meet the policy.",
            ),
            Some(65_001 | 65_004) => {
                ("The permissions were not consented to.", "Sign in as an administrator and consent.")
            }
            Some(65_002) => (
                "This app may not have these permissions.",
                "Use an app registration of your own (--client-id).",
            ),
            Some(700_016) => ("The app is unknown in this tenant.", "Check --client-id and --tenant."),
            Some(90_002) => ("The tenant is unknown.", "Check --tenant."),
            Some(530_084) => (
                "The tenant asks for a protected token from this app.",
                "Use an app registration of your own (--client-id).",
            ),
            Some(50_173 | 700_082 | 70_008 | 70_043 | 50_133) => ("The sign-in has ended.", "Sign in again."),
            _ if self.error == "access_denied" => ("The sign-in was declined.", "Sign in again and accept."),
            _ => ("The sign-in service refused.", "Read the reason and sign in again."),
        };
        Trouble::new(
            "The sign-in did not work.",
            format!("{meaning} ({})", if said.is_empty() { &self.error } else { &said }),
            next,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_refusal_is_explained_and_shown() {
        let error = OAuthError {
            error: "invalid_grant".to_owned(),
            error_description: "AADSTS53003: Access has been blocked.".to_owned(),
        };
        let trouble = error.trouble();
        assert!(
            trouble.why.contains("AADSTS53003") && trouble.why.contains("Conditional Access"),
            "{trouble}"
        );
    }

    #[test]
    fn a_challenge_is_not_its_verifier() {
        let once = OneTime::new().expect("random numbers");
        assert_eq!(once.verifier.len(), 43);
        assert_eq!(once.challenge().len(), 43);
        assert_ne!(once.challenge(), *once.verifier);
        assert_ne!(once.state, once.nonce);
    }
}
