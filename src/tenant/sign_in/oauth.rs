//! The sign-in service: the address a person opens, and the exchange of codes and refresh tokens for tokens.
//!
//! Authorization code with PKCE (contract 10). The one-time values of a sign-in are made here; waiting for the
//! browser is [`super::redirect`].

use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;
use zeroize::Zeroizing;

use super::tokens::Grant;
use crate::domain::connection::sign_in::{Audience, Demand, GRAPH_SCOPES, TEST_SCOPES};
use crate::domain::text::{clean, cut};
use crate::domain::trouble::Trouble;
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::http::{Http, Request, Response};
use crate::tenant::patience::patiently;
use crate::tenant::profile::Profile;

/// Says that this program can answer a claims challenge, so that PIM authentication contexts work (contract 10).
const CAN_ANSWER_CLAIMS: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
/// The public client of Microsoft Graph PowerShell (contract 10): the quick start, any delegated scope by consent.
pub const GRAPH_POWERSHELL: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// The public client of the Azure CLI (contract 10): it may always ask for Azure.
pub(super) const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/// A code that was exchanged before (common knowledge; not in the contract).
const ALREADY_REDEEMED: u32 = 54_005;

/// Which app signs in, to which tenant.
#[derive(Debug, Clone)]
pub(in crate::tenant) struct Client {
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
    /// An id that goes along: Microsoft's own libraries send one as `client-request-id`, and the sign-in log repeats it as
    /// `correlationId` (common knowledge, UNVERIFIED: nothing rests on it alone).
    pub correlation: String,
}

impl Wish {
    /// What the operator's sign-in for `demand` asks for.
    pub fn operator(profile: &Profile, demand: &Demand) -> Self {
        let more = vec![
            ("prompt", "select_account".to_owned()),
            ("claims", with_capability(demand.claims.as_deref())),
        ];
        Self::new(signed_in_scopes(profile, demand.audience), more)
    }

    /// A fresh sign-in of one account, to prove that it works: with what an administrator needs on the day. The refresh
    /// token is for Azure, and dropped with the others.
    pub fn test(profile: &Profile, upn: &str) -> Self {
        let full = TEST_SCOPES.iter().map(|scope| format!("{}/{scope}", profile.graph));
        let scope = full.chain(["offline_access", "openid", "profile"].map(str::to_owned));
        let more = [("prompt", "login"), ("max_age", "0"), ("login_hint", upn)];
        let more = more.map(|(name, value)| (name, value.to_owned())).to_vec();
        Self::new(scope.collect::<Vec<_>>().join(" "), more)
    }

    /// The same account's way into Azure, in the session that is open already.
    pub fn azure_test(profile: &Profile, upn: &str) -> Self {
        let scope = format!("{}/.default openid profile", Audience::Arm.resource(profile));
        Self::new(scope, vec![("login_hint", upn.to_owned())])
    }

    fn new(scope: String, more: Vec<(&'static str, String)>) -> Self {
        Self { scope, more, correlation: uuid::Uuid::new_v4().to_string() }
    }

    /// The address that the person opens to sign in with `client`; the browser returns to `redirect`.
    pub fn address(
        &self,
        profile: &Profile,
        client: &Client,
        once: &OneTime,
        redirect: &str,
    ) -> Result<String, Trouble> {
        let base = format!("{}/{}/oauth2/v2.0/authorize", profile.login, client.tenant);
        let mut url = Url::parse(&base).map_err(|e| {
            Trouble::new("No sign-in can be started.", e.to_string(), "Correct the tenant or the profile.")
        })?;
        url.query_pairs_mut()
            .append_pair("client_id", &client.id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", redirect)
            .append_pair("response_mode", "query")
            .append_pair("scope", &self.scope)
            .append_pair("state", &once.state)
            .append_pair("nonce", &once.nonce)
            .append_pair("code_challenge", &once.challenge())
            .append_pair("code_challenge_method", "S256")
            .append_pair("client-request-id", &self.correlation)
            .extend_pairs(&self.more);
        Ok(url.into())
    }
}

fn graph_scopes(profile: &Profile) -> String {
    let full = GRAPH_SCOPES.iter().map(|scope| format!("{}/{scope}", profile.graph));
    full.chain(["offline_access", "openid", "profile"].map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

/// The scopes of a sign-in for `audience`: its token, a refresh token, and an id token to be checked.
pub(super) fn signed_in_scopes(profile: &Profile, audience: Audience) -> String {
    match audience {
        Audience::Graph => graph_scopes(profile),
        other => format!("{} openid profile", scopes_for(profile, other)),
    }
}

/// The claims that were asked for, together with the capability to answer such challenges.
pub(super) fn with_capability(claims: Option<&str>) -> String {
    let asked = claims.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let Some(serde_json::Value::Object(mut asked)) = asked else { return CAN_ANSWER_CLAIMS.to_owned() };
    let token = asked.entry("access_token").or_insert_with(|| serde_json::json!({}));
    if let Some(token) = token.as_object_mut() {
        token.insert("xms_cc".to_owned(), serde_json::json!({"values": ["cp1"]}));
    }
    serde_json::Value::Object(asked).to_string()
}

/// The scopes of a token for `audience`.
fn scopes_for(profile: &Profile, audience: Audience) -> String {
    match audience {
        Audience::Graph => graph_scopes(profile),
        Audience::Arm | Audience::Logs => format!("{}/.default offline_access", audience.resource(profile)),
    }
}

/// The sign-in service: its addresses, and the client that reaches them.
#[derive(Clone, Copy)]
pub(in crate::tenant) struct Service<'a> {
    pub http: &'a Http,
    pub profile: &'a Profile,
}

/// Exchanges the code of a finished sign-in for tokens, patiently.
///
/// A code is good once. Where an answer was lost, asking again may find it used up: that is told as a loss
/// ([`is_spent`]), because a new sign-in mends it.
pub(super) async fn redeemed(
    service: Service<'_>,
    client: &Client,
    fields: &[(&str, &str)],
) -> Result<Grant, Fault> {
    let mut form = vec![("client_id", client.id.as_str())];
    form.extend_from_slice(fields);
    let lost = AtomicBool::new(false);
    let redeemed = patiently(service.profile, || async {
        let answer: Result<Grant, Fault> = post(service, client, "token", &form).await;
        if answer.as_ref().is_err_and(|fault| fault.kind == Kind::Lost) {
            lost.store(true, Ordering::Relaxed);
        }
        answer
    });
    redeemed.await.map_err(|fault| match fault.kind == Kind::SignIn && lost.load(Ordering::Relaxed) {
        true => spent(),
        false => fault,
    })
}

fn spent() -> Fault {
    let trouble = Trouble::new(
        "The sign-in did not work.",
        "The tokens were lost on the way, and a sign-in brings them only once.",
        "Start the sign-in again.",
    );
    Fault { number: Some(ALREADY_REDEEMED), ..Fault::unanswered(Kind::Lost, trouble) }
}

/// Whether the code was used up by an answer that never arrived.
pub(super) fn is_spent(fault: &Fault) -> bool {
    fault.kind == Kind::Lost && fault.number == Some(ALREADY_REDEEMED)
}

/// Posts a form to an endpoint below the tenant's `oauth2/v2.0`, once.
pub(super) async fn post<T: DeserializeOwned>(
    service: Service<'_>,
    client: &Client,
    endpoint: &str,
    form: &[(&str, &str)],
) -> Result<T, Fault> {
    let url = format!("{}/{}/oauth2/v2.0/{endpoint}", service.profile.login, client.tenant);
    let answer = service.http.form(&url, form).await?;
    if answer.status.is_success() {
        return answer.json(&Request::get(Audience::Graph, url));
    }
    Err(refused(&answer))
}

/// A token for another service, or a fresh one, with the patience of a read.
pub(super) async fn refreshed(
    service: Service<'_>,
    client: &Client,
    audience: Audience,
    refresh: &str,
) -> Result<Grant, Fault> {
    let scope = scopes_for(service.profile, audience);
    let form = [
        ("client_id", client.id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("scope", &scope),
        ("claims", CAN_ANSWER_CLAIMS),
    ];
    patiently(service.profile, || post(service, client, "token", &form)).await
}

/// An error of the sign-in service, in its answer or in a redirect.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OAuthError {
    pub error: String,
    pub error_description: String,
    /// What a new sign-in has to bring, when that is known.
    pub claims: String,
}

fn refused(answer: &Response) -> Fault {
    let error: OAuthError = serde_json::from_slice(&answer.body).unwrap_or_default();
    let status = answer.status.as_u16();
    let kind = match (error.error.as_str(), status) {
        ("invalid_grant" | "interaction_required" | "login_required", _) => Kind::SignIn,
        (_, 429) => Kind::Busy,
        (_, 408 | 500..) => Kind::Lost,
        _ => Kind::Refused,
    };
    let trouble = match error.error.is_empty() && kind != Kind::Refused {
        true => unwell(status),
        false => error.trouble(),
    };
    let mut fault = Fault::unanswered(kind, trouble.with_request(&answer.request));
    fault.status = status;
    fault.retry_after = answer.retry_after();
    fault.number = error.number();
    // The claims are not shown; the next sign-in brings them.
    fault.message = error.claims;
    fault.code = error.error;
    fault
}

/// The service gave no reason of its own.
fn unwell(status: u16) -> Trouble {
    Trouble::new(
        "The sign-in did not work.",
        format!("The sign-in service answered {status}: it is busy, or has a problem of its own."),
        "Wait a few minutes and sign in again.",
    )
}

impl OAuthError {
    /// A sign-in that came back with this error.
    pub fn into_fault(self) -> Fault {
        let (number, trouble) = (self.number(), self.trouble());
        Fault { number, code: self.error, ..Fault::unanswered(Kind::SignIn, trouble) }
    }

    /// The number in `AADSTS50076: …`.
    pub fn number(&self) -> Option<u32> {
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
                "Exclude the account, or meet the policy. Where a policy locks administrators out: breakglass repair \
                 blocked-by-policy, signed in as the other emergency access account.",
            ),
            Some(65_004) => (
                "The sign-in was declined: the permissions were not consented to.",
                "Sign in again as an administrator and accept.",
            ),
            Some(65_001) => {
                ("The permissions were not consented to.", "Sign in as an administrator and consent.")
            }
            Some(65_002) => (
                "This app may not have these permissions.",
                "Use an app registration of your own (--client-id); for Azure alone --azure-sign-in azure-cli will do.",
            ),
            Some(700_016) => ("The app is unknown in this tenant.", "Check --client-id and --tenant."),
            Some(90_002) => ("The tenant is unknown.", "Check --tenant."),
            Some(530_084) => (
                "The tenant asks for a protected token from this app.",
                "Use an app registration of your own (--client-id).",
            ),
            Some(50_173 | 700_082 | 70_008 | 70_043 | 50_133) => ("The sign-in has ended.", "Sign in again."),
            Some(50_199) => (
                "The sign-in has to be confirmed in a browser first.",
                "Sign in again with --sign-in browser.",
            ),
            Some(700_024) => (
                "The clock of this machine is off, so the app's proof is not believed.",
                "Set the clock (time synchronization), then try again.",
            ),
            Some(7_000_215 | 7_000_222) => {
                ("The client secret is wrong or has ended.", "Make a new secret for the app and use that.")
            }
            Some(700_027) => (
                "The certificate is not one of this app.",
                "Upload the certificate to the app registration, or name the right file.",
            ),
            _ if self.error == "access_denied" => (
                "The sign-in was declined.",
                "Sign in again and accept. Where the page spoke of a policy: breakglass repair blocked-by-policy, signed \
                 in as the other emergency access account.",
            ),
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
            ..OAuthError::default()
        };
        let trouble = error.trouble();
        assert!(
            trouble.why.contains("AADSTS53003") && trouble.why.contains("Conditional Access"),
            "{trouble}"
        );
    }

    #[test]
    fn asked_claims_are_kept_and_the_capability_is_added() {
        let asked = r#"{"access_token":{"acrs":{"value":"c1"}}}"#;
        let both = with_capability(Some(asked));
        assert!(both.contains("acrs") && both.contains("cp1"), "{both}");
        assert_eq!(with_capability(Some("[1]")), CAN_ANSWER_CLAIMS);
        assert!(with_capability(Some(r#"{"access_token":[]}"#)).contains("access_token"));
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
