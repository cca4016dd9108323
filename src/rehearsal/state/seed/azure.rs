//! The Azure side of a seed: a subscription, and perhaps a workspace that already receives the logs.

use serde::Deserialize;
use serde_json::json;

use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::azure::{Azure, DiagnosticSetting};

/// What a seed says about Azure.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AzureSeed {
    /// Display name of the subscription; none: there is no Azure.
    subscription: String,
    /// Resource group of what exists already; `rg-monitoring` when left out.
    resource_group: String,
    /// Name of a workspace that exists already.
    workspace: String,
    /// Name of a diagnostic setting that exists already and feeds that workspace.
    diagnostic_setting: String,
    /// The mailboxes that alerts on that workspace tell already; none: there are no alerts.
    pub(super) tell: Vec<Mailbox>,
}

/// A mailbox that is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mailbox {
    pub(super) name: String,
    pub(super) email: String,
}

impl AzureSeed {
    /// The id of the resource group in which everything exists already.
    pub(super) fn group(&self, subscription: &str) -> String {
        let name = if self.resource_group.is_empty() { "rg-monitoring" } else { &self.resource_group };
        format!("/subscriptions/{subscription}/resourceGroups/{name}")
    }
}

/// Namespaces registered from the start.
const REGISTERED: &[&str] = &["Microsoft.Resources", "Microsoft.Authorization", "Microsoft.AlertsManagement"];

/// Grows it; `owner` owns the subscription, and everything exists since the moment `since`.
pub fn grown(seed: &AzureSeed, owner: &str, since: i64) -> Azure {
    if seed.subscription.is_empty() {
        return Azure::default();
    }
    let subscription = id_for("subscription", &seed.subscription);
    let mut azure = Azure {
        subscription_name: seed.subscription.clone(),
        owners: vec![owner.to_owned()],
        providers: REGISTERED.iter().map(|name| ((*name).to_owned(), since)).collect(),
        ..Azure::default()
    };
    if !seed.workspace.is_empty() {
        add_workspace(&mut azure, seed, &subscription, since);
    }
    azure.subscription = Some(subscription);
    azure
}

fn add_workspace(azure: &mut Azure, seed: &AzureSeed, subscription: &str, since: i64) {
    for name in ["Microsoft.OperationalInsights", "Microsoft.Insights"] {
        azure.providers.push((name.to_owned(), since));
    }
    let group = seed.group(subscription);
    let id = format!("{group}/providers/Microsoft.OperationalInsights/workspaces/{}", seed.workspace);
    azure
        .resource_groups
        .push(json!({"id": group, "name": group.rsplit('/').next(), "location": "westeurope",
        "type": "Microsoft.Resources/resourceGroups", "properties": {"provisioningState": "Succeeded"}}));
    azure.resources.push(json!({"id": id, "name": seed.workspace, "location": "westeurope",
        "type": "Microsoft.OperationalInsights/workspaces", "properties": {"customerId": id_for("workspace", &id),
            "provisioningState": "Succeeded", "sku": {"name": "PerGB2018"}, "retentionInDays": 90}}));
    if seed.diagnostic_setting.is_empty() {
        return;
    }
    let log = |name: &str| json!({"category": name, "enabled": true});
    let body = json!({"id": format!("/providers/microsoft.aadiam/diagnosticSettings/{}", seed.diagnostic_setting),
        "name": seed.diagnostic_setting, "type": "microsoft.aadiam/diagnosticSettings", "properties": {"workspaceId": id,
            "logs": [log("SignInLogs"), log("AuditLogs"), log("NonInteractiveUserSignInLogs")]}});
    azure.diagnostic_settings.push(DiagnosticSetting { body, since });
}
