//! The claims inside a token, read without checking its signature.
//!
//! That is allowed here: the id token comes straight from the token endpoint over TLS, and access tokens are looked
//! into only to warn early (contract 10). What an id token has to say stands in [`super::sign_in`].

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde::Deserialize;

/// The claims that are used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Claims {
    /// Object id of who signed in.
    pub oid: String,
    /// Tenant id.
    pub tid: String,
    pub nonce: String,
    /// Who issued it.
    pub iss: String,
    /// When it ends, seconds since 1970; nothing where no clock can hold it.
    #[serde(deserialize_with = "seconds")]
    pub exp: Option<i64>,
    /// From when on it is good.
    #[serde(deserialize_with = "seconds")]
    pub nbf: Option<i64>,
    /// For whom it is made out: one name, or a list of them.
    aud: serde_json::Value,
    /// What the person is called, in a token of the second version. It can change, so it is shown and nothing more.
    preferred_username: String,
    /// The same in a token of the first version.
    upn: String,
    /// Delegated scopes, separated by spaces.
    pub scp: String,
    /// Application permissions.
    pub roles: Vec<String>,
    /// The address its owner signed in from, in a token of the first version.
    pub ipaddr: String,
    /// The app, in a token of the first version.
    appid: String,
    /// The app, in a token of the second version.
    azp: String,
}

impl Claims {
    /// What the person is called; may be empty.
    pub fn upn(&self) -> &str {
        if self.preferred_username.is_empty() { &self.upn } else { &self.preferred_username }
    }

    /// Whether it is made out for this app and for nobody else.
    pub fn is_for(&self, app: &str) -> bool {
        let only = self.aud.as_array().map_or(Some(&self.aud), |all| all.first().filter(|_| all.len() == 1));
        only.and_then(serde_json::Value::as_str).is_some_and(|aud| aud.eq_ignore_ascii_case(app))
    }

    /// Application id.
    pub fn app(&self) -> &str {
        if self.appid.is_empty() { &self.azp } else { &self.appid }
    }
}

/// The claims of `token`, when it is a JWT at all.
pub(super) fn claims(token: &str) -> Option<Claims> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&decoded(payload)?).ok()
}

/// A whole number of seconds; nothing where it is none.
fn seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(serde_json::Value::deserialize(deserializer)?.as_i64())
}

/// The algorithm that `token` says it is signed with.
pub(super) fn algorithm(token: &str) -> Option<String> {
    let head: serde_json::Value = serde_json::from_slice(&decoded(token.split('.').next()?)?).ok()?;
    head.get("alg")?.as_str().map(str::to_owned)
}

/// Base64 in either alphabet, with or without padding.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    URL_SAFE_NO_PAD.decode(text).or_else(|_| STANDARD_NO_PAD.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_from_the_middle() {
        let middle = URL_SAFE_NO_PAD.encode(r#"{"oid":"o","tid":"t","scp":"a b"}"#);
        let claims = claims(&format!("h.{middle}.s")).expect("a token");
        assert_eq!((claims.oid.as_str(), claims.tid.as_str(), claims.scp.as_str()), ("o", "t", "a b"));
        assert!(super::claims("opaque").is_none());
    }
}
