//! The hash of what a review saw when it began: what was signed can be told from what was looked up later.

use crate::domain::check::concluded::Concluded;
use crate::domain::sha256::sha256;

/// SHA-256, hexadecimal, of what the checks saw and of the policies there were, as JSON.
pub fn digest(findings: &[Concluded], policies: &[String]) -> String {
    let text = serde_json::to_vec(&(findings, policies)).unwrap_or_default();
    sha256(&text)
}
