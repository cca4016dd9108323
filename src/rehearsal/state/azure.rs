//! The Azure side of what the tenant remembers: at most one subscription, and what monitoring made in it.
//!
//! Resources are kept as the JSON that Azure Resource Manager shows.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The Azure side: at most one subscription.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Azure {
    pub subscription: Option<String>,
    pub subscription_name: String,
    /// Object ids of subscription owners.
    pub owners: Vec<String>,
    /// Resource provider namespaces with the moment at which each counts as registered.
    pub providers: Vec<(String, i64)>,
    pub resource_groups: Vec<Value>,
    pub resources: Vec<Value>,
    pub diagnostic_settings: Vec<DiagnosticSetting>,
    /// When each mail address had its passcode sent; answered a little later.
    pub passcodes: Vec<(String, i64)>,
    pub notifications: Vec<Notification>,
}

/// A tenant-level diagnostic setting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DiagnosticSetting {
    pub body: Value,
    pub since: i64,
}

/// A test notification on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notification {
    pub id: String,
    pub request: Value,
    pub sent_at: i64,
    pub done_at: i64,
}
