//! How far a record goes: the number of its lines and the hash of the last one. On paper, or anywhere else that is not the
//! disk of the record, it shows later whether lines were cut off at the end or the whole was made anew.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The head of a record at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// SHA-256 of the last line, chained to all before it; 64 hexadecimal digits.
    pub hash: String,
    /// How many lines there are.
    pub lines: u64,
}

impl Head {
    /// As it stands on paper: "line 48, 3fa9…".
    pub fn words(&self) -> String {
        format!("line {}, {}", self.lines, self.hash)
    }
}
