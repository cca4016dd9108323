//! What a sign-in asks for: scopes, claims, one-time values, and the address that a person opens.
//!
//! Authorization code with PKCE (contract 10). Exchanging what comes back is [`super::oauth`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::connection::sign_in::{Audience, Demand, GRAPH_SCOPES, RISK_SCOPE, TEST_SCOPES};
use crate::domain::trouble::Trouble;
use crate::tenant::profile::Profile;

/// Says that this program can answer a claims challenge, so that PIM authentication contexts work (contract 10).
pub(super) const CAN_ANSWER_CLAIMS: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

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
    aws_lc_rs::rand::fill(bytes.as_mut()).map_err(|_| no_random())?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_ref()))
}

pub(super) fn no_random() -> Trouble {
    Trouble::new("No sign-in can be started.", "The system gave no random numbers.", "Restart this machine.")
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
pub(super) fn scopes_for(profile: &Profile, audience: Audience) -> String {
    match audience {
        Audience::Graph => graph_scopes(profile),
        Audience::Risk => format!("{}/{RISK_SCOPE} offline_access", profile.graph),
        Audience::Arm | Audience::Logs => format!("{}/.default offline_access", audience.resource(profile)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
