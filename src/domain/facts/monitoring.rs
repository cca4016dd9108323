//! Facts about logs and alerts in Azure.

use super::Reading;

/// Azure: subscription, rights, diagnostic setting, workspace, alerts (contract 8, 15.9).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Monitoring {
    /// The subscription to use: id and name; `None` when there is none or it is not clear which.
    pub subscription: Option<(String, String)>,
    /// How many enabled subscriptions are visible.
    pub subscriptions: usize,
    /// Actions that the operator lacks, by name; empty means the rights look sufficient.
    pub missing_rights: Vec<String>,
    /// Resource providers that are not registered.
    pub unregistered: Vec<String>,
    /// Whether the planned resource group exists.
    pub resource_group: bool,
    /// The workspace used: the planned one, or the one a good diagnostic setting already sends to.
    pub workspace: Option<Workspace>,
    /// Diagnostic settings of the tenant.
    pub settings: Reading<Vec<DiagnosticSetting>>,
    /// The action group of this product.
    pub action_group: Option<ActionGroup>,
    /// Alert rules in the subscription.
    pub rules: Vec<AlertRule>,
    /// Whether rows of the accounts' sign-ins were found in the workspace; `None` when the table is not there yet.
    pub rows: Option<u64>,
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
}

/// A diagnostic setting of Entra.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagnosticSetting {
    /// Name, cleaned.
    pub name: String,
    /// Workspace it sends to (ARM id).
    pub workspace: Option<String>,
    /// Whether it sends to storage, an event hub or a partner instead or besides.
    pub elsewhere: bool,
    /// Enabled log categories.
    pub categories: Vec<String>,
}

impl DiagnosticSetting {
    /// Whether sign-in and audit logs are both sent.
    pub fn is_good(&self) -> bool {
        ["SignInLogs", "AuditLogs"].iter().all(|c| self.categories.iter().any(|x| x.eq_ignore_ascii_case(c)))
    }
}

/// An action group.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionGroup {
    /// ARM resource id.
    pub id: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// E-mail recipients: address and whether the mailbox was confirmed (`None`: not told).
    pub recipients: Vec<(String, Option<bool>)>,
}

/// A log alert rule.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRule {
    /// ARM resource id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// 0 is critical.
    pub severity: i64,
    /// The query.
    pub query: String,
    /// Action groups that are told (ARM ids).
    pub action_groups: Vec<String>,
}
