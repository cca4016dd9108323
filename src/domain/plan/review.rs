//! How reviews are made: who has to sign.

use serde::{Deserialize, Serialize};

/// How reviews are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// How many people sign a review off: 1 or 2.
    pub signatures: u8,
}

impl Default for Review {
    fn default() -> Self {
        Self { signatures: 1 }
    }
}

impl Review {
    /// Whether nothing was decided.
    pub fn is_preset(&self) -> bool {
        *self == Self::default()
    }
}
