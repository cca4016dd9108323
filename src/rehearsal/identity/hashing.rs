//! Hashes, keys and random texts of the simulated tenant.
//!
//! Passwords and passes are kept only as salted PBKDF2; tokens are signed with a key of the state file.

use std::num::NonZeroU32;

use aws_lc_rs::{digest, hmac, pbkdf2};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::Rng as _;
use uuid::Uuid;

use crate::rehearsal::state::model::Hash;

/// Enough that a state file gives no password away cheaply, few enough that a rehearsal does not wait.
const ROUNDS: NonZeroU32 = NonZeroU32::new(60_000).expect("not zero");

/// Hashes a text with a fresh salt.
pub fn hashed(text: &str) -> Hash {
    let salt = random::<16>();
    let mut digest = [0_u8; 32];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, text.as_bytes(), &mut digest);
    Hash { salt: STANDARD.encode(salt), digest: STANDARD.encode(digest) }
}

/// Whether a text is the one that was hashed.
pub fn same(text: &str, hash: &Hash) -> bool {
    let (Ok(salt), Ok(digest)) = (STANDARD.decode(&hash.salt), STANDARD.decode(&hash.digest)) else {
        return false;
    };
    pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, text.as_bytes(), &digest).is_ok()
}

/// Random bytes; from the generator that starts at once: that of aws-lc measures the processor for 20 ms first.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// Random text from an alphabet without look-alikes, for passes and user codes.
pub fn random_text<const N: usize>() -> String {
    const ALPHABET: &[u8] = b"BCDFGHJKLMNPQRSTVWXZbcdfghjkmnpqrstvwxz2346789";
    let pick = |byte: u8| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]);
    random::<N>().into_iter().map(pick).collect()
}

/// A fresh object id.
pub fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// An id that follows from a name alone, so that a seed is the same tenant in every run.
pub fn id_for(kind: &str, name: &str) -> String {
    let hash = digest::digest(&digest::SHA256, format!("{kind}/{name}").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// SHA-256 in base64url, as PKCE wants it.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// A fresh signing key.
pub fn new_key() -> String {
    STANDARD.encode(random::<32>())
}

/// A JWT signed with HS256.
pub fn signed(key: &str, claims: &serde_json::Value) -> String {
    with_head(key, r#"{"typ":"JWT","alg":"HS256"}"#, claims)
}

/// A JWT whose head is that of Entra's id tokens. What stands for the signature is this tenant's own tag: nobody else is
/// meant to check it, and its list of keys is empty.
pub fn sealed(key: &str, claims: &serde_json::Value) -> String {
    with_head(key, r#"{"typ":"JWT","alg":"RS256","kid":"rehearsal"}"#, claims)
}

/// A JWT with this head.
pub fn with_head(key: &str, head: &str, claims: &serde_json::Value) -> String {
    let head = URL_SAFE_NO_PAD.encode(head);
    let body = URL_SAFE_NO_PAD.encode(claims.to_string());
    let text = format!("{head}.{body}");
    let tag = hmac::sign(&hmac_key(key), text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// The claims of a JWT this tenant signed.
pub fn claims(key: &str, token: &str) -> Option<serde_json::Value> {
    let (text, tag) = token.rsplit_once('.')?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    hmac::verify(&hmac_key(key), text.as_bytes(), &tag).ok()?;
    let body = URL_SAFE_NO_PAD.decode(text.split_once('.')?.1).ok()?;
    serde_json::from_slice(&body).ok()
}

fn hmac_key(key: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes())
}
