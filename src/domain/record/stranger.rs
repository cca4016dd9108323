//! A sign-in that nobody made here, as it was seen in the tenant's log: the log forgets it, the record does not, and it
//! stays open until a named person says what it was.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::facts::{SignIn, SignInTold};
use crate::domain::slot::Slot;

/// Somebody else's sign-in, tried or made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stranger {
    /// Whose account.
    pub slot: Slot,
    /// Id of the log entry, which is the id of the request (contract 9).
    pub id: String,
    /// When it happened, by the log.
    pub at: Timestamp,
    /// Zero when it succeeded.
    pub error: i64,
    /// From which address on the Internet, as the log has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Which application, by its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub application: String,
    /// Its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub app: String,
    /// The id that went along with the request, where one did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub correlation: String,
    /// What else the log told of it.
    #[serde(default, skip_serializing_if = "SignInTold::is_empty")]
    pub told: SignInTold,
    /// Names of policies that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

impl From<&SignIn> for Stranger {
    fn from(seen: &SignIn) -> Self {
        Self {
            slot: seen.slot,
            id: seen.id.clone(),
            at: seen.at,
            error: seen.error,
            address: seen.address.clone(),
            application: seen.application.clone(),
            app: seen.app.clone(),
            correlation: seen.correlation.clone(),
            told: seen.told.clone(),
            policies: seen.policies.clone(),
        }
    }
}

impl Stranger {
    /// It as the log had it.
    pub fn sign_in(&self) -> SignIn {
        SignIn {
            slot: self.slot,
            id: self.id.clone(),
            at: self.at,
            error: self.error,
            policies: self.policies.clone(),
            application: self.application.clone(),
            app: self.app.clone(),
            correlation: self.correlation.clone(),
            address: self.address.clone(),
            told: self.told.clone(),
        }
    }
}
