//! The claims inside a token, read without checking its signature.
//!
//! That is allowed here: the id token comes straight from the token endpoint over TLS, and access tokens are looked
//! into only to warn early (contract 10). Nothing is permitted because of what stands in them.

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
