//! Proving an app by its certificate: a small signed statement (JWT) instead of a secret.
//!
//! Signed with PS256 here, by the key in a PEM file, because the library's own way needs openssl. The certificate is
//! named by its SHA-256 thumbprint; it has to be uploaded to the app registration.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PSS_SHA256, RsaKeyPair};
use azure_core::http::ClientMethodOptions;
use azure_identity::ClientAssertion;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;

use super::oauth::Client;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::tenant::clock::Clock;
use crate::tenant::profile::Profile;

/// How long a statement is good, seconds.
const LIFETIME: i64 = 600;
/// How far a statement reaches back, seconds, for a clock that is a little ahead.
const EARLIER: i64 = 300;

/// Signs statements for one app.
pub(super) struct Assertion {
    key: RsaKeyPair,
    thumbprint: String,
    client: String,
    audience: String,
    clock: Clock,
}

impl std::fmt::Debug for Assertion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Assertion({})", self.client)
    }
}

impl Assertion {
    /// Reads certificate and private key from `pem`.
    pub fn new(profile: &Profile, client: &Client, pem: &Secret) -> Result<Self, Trouble> {
        let bytes = pem.expose().as_bytes();
        let certificate =
            CertificateDer::from_pem_slice(bytes).map_err(|_| unusable("It holds no certificate."))?;
        let key = PrivateKeyDer::from_pem_slice(bytes)
            .map_err(|_| unusable("It holds no private key that is not encrypted."))?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &certificate);
        Ok(Self {
            key: rsa(&key)?,
            thumbprint: URL_SAFE_NO_PAD.encode(digest.as_ref()),
            client: client.id.clone(),
            audience: format!("{}/{}/oauth2/v2.0/token", profile.login, client.tenant),
            clock: profile.clock,
        })
    }

    fn statement(&self, now: i64) -> Option<String> {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(json!({"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint}));
        let body = part(json!({
            "aud": self.audience, "iss": self.client, "sub": self.client,
            "jti": uuid::Uuid::new_v4().to_string(),
            "iat": now, "nbf": now - EARLIER, "exp": now + LIFETIME,
        }));
        let message = format!("{head}.{body}");
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)
            .ok()
            .map(|()| format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn rsa(key: &PrivateKeyDer<'_>) -> Result<RsaKeyPair, Trouble> {
    let pair = match key {
        PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
        _ => return Err(unusable("Its key is not an RSA key.")),
    };
    pair.map_err(|_| unusable("Its key is not an RSA key of 2048 bits or more."))
}

fn unusable(why: &str) -> Trouble {
    Trouble::new(
        "The certificate file cannot be used.",
        why,
        "Name a PEM file with the certificate and its RSA key: --certificate FILE.",
    )
}

#[async_trait::async_trait]
impl ClientAssertion for Assertion {
    async fn secret(&self, _: Option<ClientMethodOptions<'_>>) -> azure_core::Result<String> {
        self.statement(self.clock.now().as_second()).ok_or_else(|| {
            azure_core::Error::with_message(azure_core::error::ErrorKind::Credential, "the key did not sign")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{KeyPair, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
    use zeroize::Zeroizing;

    fn pem() -> Secret {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
        let certificate = rcgen::CertificateParams::new(vec!["app".to_owned()])
            .and_then(|params| params.self_signed(&key))
            .expect("a certificate");
        Secret::new(Zeroizing::new(format!("{}{}", certificate.pem(), key.serialize_pem())))
    }

    fn assertion(pem: &Secret) -> Result<Assertion, Trouble> {
        let profile = Profile::live(crate::domain::connection::cloud::Cloud::Global);
        Assertion::new(&profile, &Client { tenant: "t".to_owned(), id: "c".to_owned() }, pem)
    }

    #[test]
    fn a_statement_verifies_with_the_certificate_s_key_and_names_it() {
        let assertion = assertion(&pem()).expect("an assertion");
        let text = assertion.statement(1_000).expect("a statement");
        let (message, signature) = text.rsplit_once('.').expect("three parts");
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
        let public = assertion.key.public_key().as_ref().to_vec();
        UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, public)
            .verify(message.as_bytes(), &signature)
            .expect("the signature is right");
        let claims = message.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
        let claims: serde_json::Value = serde_json::from_slice(&claims.expect("a body")).expect("JSON");
        assert_eq!(claims["aud"], "https://login.microsoftonline.com/t/oauth2/v2.0/token");
        assert_eq!((&claims["nbf"], &claims["exp"]), (&json!(700), &json!(1_600)));
        assert_eq!(assertion.thumbprint.len(), 43);
    }

    #[test]
    fn a_file_without_a_key_is_refused_without_its_content() {
        let bare = Secret::new(Zeroizing::new("hunter2".to_owned()));
        let trouble = assertion(&bare).expect_err("no certificate");
        assert!(!trouble.to_string().contains("hunter2"));
    }
}
