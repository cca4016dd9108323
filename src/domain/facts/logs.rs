//! Facts of the tenant's own logs (contract 9): sign-ins of the accounts, and changes that were made to them, to the exclusion
//! group and to policies.
//!
//! v1.0 of the log has interactive sign-ins only, and no list of authentication methods; what is not told stays empty here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// How many days the sign-in log and the audit log of a tenant with Entra ID P1 go back (contract 9; UNVERIFIED).
pub const KEPT_DAYS: i64 = 30;
/// The same without a license for it.
pub const KEPT_DAYS_FREE: i64 = 7;

/// A sign-in of an emergency access account.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// Whose.
    pub slot: Slot,
    /// Id of the log entry, which is the id of the request.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Zero when it succeeded.
    pub error: i64,
    /// Names of policies that took part (success or failure).
    pub policies: Vec<String>,
    /// Which application, by its name.
    pub application: String,
    /// Its id.
    pub app: String,
    /// The id that went along with the request, where whoever made it sent one.
    pub correlation: String,
    /// From which address on the Internet, as the log has it.
    pub address: String,
    /// What else the log tells of it.
    pub told: SignInTold,
}

impl SignIn {
    /// Whether this is the same entry of the log.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.slot, &self.id, self.at) == (other.slot, &other.id, other.at)
    }
}

/// What the log tells of a sign-in beside who, when and from where; empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInTold {
    /// City and country of the address, as far as they are known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// By which methods, where the log says so; else by what kind of program.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// What came of Conditional Access: success, failure, notApplied.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub policy_result: String,
}

impl SignInTold {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The changes in the audit log that concern the accounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audits {
    /// Newest first, each once.
    pub entries: Vec<AuditEntry>,
}

/// A change, as the audit log has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditEntry {
    /// Id of the log entry.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What was done: `activityDisplayName`, cleaned.
    pub activity: String,
    /// `result`: success, failure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// Object id of the person, or of the application, that did it; empty where it is not told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by_id: String,
    /// Its name, cleaned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// To what it was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<AuditTarget>,
    /// Names of the properties that were changed, cleaned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// The id that the parts of one piece of work have in common.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub correlation: String,
}

/// To what a change was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditTarget {
    /// Object id.
    pub id: String,
    /// Its name, cleaned; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl AuditEntry {
    /// Whether it was made to the object with this id.
    pub fn is_about(&self, id: &str) -> bool {
        !id.is_empty() && self.targets.iter().any(|target| target.id.eq_ignore_ascii_case(id))
    }

    /// Whether it is a change of a Conditional Access policy; the names of activities are Microsoft's.
    pub fn is_of_a_policy(&self) -> bool {
        self.activity.to_lowercase().contains("conditional access policy")
    }

    /// Whether whoever has this id made it.
    pub fn is_by(&self, id: &str) -> bool {
        !id.is_empty() && self.by_id.eq_ignore_ascii_case(id)
    }
}
