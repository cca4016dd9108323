//! A test's own entry in the tenant's sign-in log, as it was seen: what was seen once stays seen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// The entry of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logged {
    /// Whose account.
    pub slot: Slot,
    /// When the test ended: its identity beside the account.
    pub test: Timestamp,
    /// Id of the log entry, which is the id of the request (contract 9).
    pub id: String,
    /// When it happened, by the log.
    pub at: Timestamp,
    /// Names of policies that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}
