//! What to do when an emergency access account does not do what it should.
//!
//! Each case is a list of sentences to follow from the top; none of them is carried out here.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;

/// One symptom and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroubleCase {
    /// Stable id, such as `key-fails`.
    pub id: String,
    /// What the person sees, as a sentence.
    pub symptom: String,
    /// What to do, in order.
    pub steps: Vec<String>,
}

static TROUBLES: LazyLock<Vec<TroubleCase>> = LazyLock::new(|| list("troubleshooting.toml", "case"));

/// The cases, most common first.
pub fn troubleshooting() -> &'static [TroubleCase] {
    &TROUBLES
}
