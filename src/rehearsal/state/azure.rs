//! The Azure side of what the tenant remembers: at most one subscription, and what monitoring made in it.
//!
//! Resources are kept as the JSON that Azure Resource Manager shows.

use std::collections::BTreeMap;

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
    /// Mail addresses whose code was entered when somebody said so.
    #[serde(default)]
    pub confirmed: Vec<String>,
    pub notifications: Vec<Notification>,
    /// The subscription's state; none is Enabled.
    #[serde(default)]
    pub subscription_state: Option<String>,
    /// Rights of people who do not own the subscription.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// Alert processing rules.
    #[serde(default)]
    pub processing_rules: Vec<Value>,
    /// How telling people about an alert ends; none is well.
    #[serde(default)]
    pub told: Option<String>,
    /// Plans of tables that are not Analytics.
    #[serde(default)]
    pub plans: BTreeMap<String, String>,
    /// Since when workspaces take no data, and what they call it.
    #[serde(default)]
    pub stopped: Option<(i64, String)>,
    /// From when to when they took none before: what was logged then never arrived.
    #[serde(default)]
    pub lost: Vec<(i64, i64)>,
}

impl Azure {
    /// The subscription's state.
    pub fn state(&self) -> &str {
        self.subscription_state.as_deref().unwrap_or("Enabled")
    }
}

/// What somebody may do in one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Grant {
    pub principal: String,
    /// Id of the subscription or of a resource group, as a path.
    pub scope: String,
    pub actions: Vec<String>,
    pub not_actions: Vec<String>,
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
