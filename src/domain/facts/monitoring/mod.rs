//! Facts about logs and alerts in Azure: what is there, whole, so that a change can leave the rest of it as it is.
//!
//! Nothing here says what a step wants; that is for the steps and for the writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::Reading;

mod action_group;
mod rights;
mod rule;
mod settings;
mod silence;

pub use action_group::{ActionGroup, receivers};
pub use rights::{Permission, Place, Rights};
pub use rule::AlertRule;
pub use settings::{DiagnosticSetting, LOGS_NEEDED, covering, lacking};
pub use silence::{AlertOf, Fired, ProcessingRule, Silence, Told};

/// Azure: subscription, rights, diagnostic setting, workspace, alerts (contract 8, 15.9, 16).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Monitoring {
    /// The subscription to use: id and name; `None` when there is none or it is not clear which.
    pub subscription: Option<(String, String)>,
    /// Every subscription of this tenant that is visible, usable or not.
    pub subscriptions: Vec<Subscription>,
    /// What the operator may do, where.
    pub rights: Rights,
    /// Resource providers that were seen not to be registered.
    pub unregistered: Vec<String>,
    /// Whether the planned resource group exists.
    pub resource_group: bool,
    /// What may be there and may not be read (403): never taken for absent.
    pub hidden: BTreeSet<Hidden>,
    /// The workspace used: the planned one, or the one that sign-in and audit logs already reach.
    pub workspace: Option<Workspace>,
    /// Every workspace in the subscription that may be seen, to be offered.
    pub workspaces: Vec<Workspace>,
    /// Every resource group in the subscription that may be seen, to be offered: name and region.
    pub groups: Vec<(String, String)>,
    /// Diagnostic settings of the tenant.
    pub settings: Reading<Vec<DiagnosticSetting>>,
    /// Every action group in the subscription that may be seen, to be offered.
    pub action_groups: Vec<ActionGroup>,
    /// The regions that the subscription may use, as Azure spells them; empty where that could not be read.
    pub regions: Vec<String>,
    /// The action group that is used: the one of this product, or the one that the plan adopts.
    pub action_group: Option<ActionGroup>,
    /// Alert rules in the subscription.
    pub rules: Vec<AlertRule>,
    /// Whether rows of the accounts' sign-ins were found in the workspace; `None` when the table is not there yet.
    pub rows: Option<u64>,
    /// The tables that the rules look at; empty while there is no workspace.
    pub tables: Vec<LogTable>,
    /// Rules that may take the action groups off fired alerts.
    pub silencing: Reading<Vec<ProcessingRule>>,
    /// The newest alert of each rule that may be one of the two, and whether anybody was told.
    pub fired: Reading<Vec<Fired>>,
}

/// What a 403 can hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is called as it is in Azure")]
pub enum Hidden {
    ResourceGroup,
    Workspace,
    ActionGroup,
    Rules,
}

/// A subscription that is visible to the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Id.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// `Enabled`, `PastDue`, `Disabled`, …; `None` when Azure does not tell.
    pub state: Option<String>,
}

impl Subscription {
    /// Whether writes are taken. One that is past due still takes them (contract 16, UNVERIFIED: reported by users).
    pub fn is_usable(&self) -> bool {
        let taken = |state: &str| ["Enabled", "PastDue"].iter().any(|good| state.eq_ignore_ascii_case(good));
        self.state.as_deref().is_none_or(taken)
    }
}

/// A resource as Azure showed it, and the API version that did: a change goes back in the same version, because an older
/// one would not know, and lose, what a newer one added.
#[derive(Debug, Clone, PartialEq)]
pub struct Original {
    /// `api-version`.
    pub version: String,
    /// The whole of it.
    pub body: Arc<Value>,
}

impl Original {
    /// A resource that was read with `version`.
    pub fn new(version: &str, body: Value) -> Self {
        Self { version: version.to_owned(), body: Arc::new(body) }
    }
}

/// A Log Analytics workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// ARM resource id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// `properties.customerId`, under which it is queried.
    pub customer_id: String,
    /// `retentionInDays`.
    pub retention_days: Option<i64>,
    /// `workspaceCapping.dailyQuotaGb`, gigabytes; -1 is no cap, `None` is not told.
    pub daily_cap: Option<f64>,
    /// `workspaceCapping.dataIngestionStatus`: `RespectQuota`, `OverQuota`, …
    pub ingestion: Option<String>,
}

/// A table that a rule looks at. Alerts need the plan `Analytics` (contract 16).
#[derive(Debug, Clone, PartialEq)]
pub struct LogTable {
    /// `SigninLogs` or `AuditLogs`.
    pub name: String,
    /// Its plan; `None` while there is no such table.
    pub plan: Reading<Option<String>>,
    /// The newest row of anybody in the last thirty days; `None` while there is none.
    pub newest: Reading<Option<Timestamp>>,
}

impl Monitoring {
    /// The subscriptions that take writes.
    pub fn usable(&self) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.iter().filter(|one| one.is_usable())
    }
}
