//! Logs and alerts: diagnostic settings, workspace, action group, alert rules (contract 8 and 15.9).

use serde_json::Value;

use crate::domain::facts::{ActionGroup, AlertRule, DiagnosticSetting, Monitoring, Reading, Workspace};
use crate::domain::text::clean;
use crate::domain::write::call::{action_group_id, api, workspace_id};
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;

use super::azure_wire::Resource;
use super::{Reader, azure, escaped, logs};

/// Asked for when the stable version is refused: the only one that some readers found published (contract 15.10).
const DIAGNOSTICS_PREVIEW: &str = "2017-04-01-preview";

/// Everything about logs and alerts.
pub(super) async fn monitoring(reader: &Reader<'_>) -> Result<Monitoring, Fault> {
    let subscriptions = azure::subscriptions(reader).await?;
    let subscription = azure::chosen(&subscriptions, reader.query.subscription.as_ref());
    let settings = match settings(reader).await {
        Ok(settings) => Reading::Read(settings),
        Err(fault) => Reading::Unreadable(fault.during("Could not read the diagnostic settings.")),
    };
    let mut monitoring =
        Monitoring { subscription, subscriptions: subscriptions.len(), settings, ..Monitoring::default() };
    if let Some((id, _)) = monitoring.subscription.clone() {
        within(reader, &id, &mut monitoring).await?;
    }
    if monitoring.workspace.is_none() {
        monitoring.workspace = already_used(reader, &monitoring).await?;
    }
    if let Some(workspace) = &monitoring.workspace {
        monitoring.rows = logs::rows(reader, &workspace.customer_id).await;
    }
    Ok(monitoring)
}

/// What is in the subscription.
async fn within(reader: &Reader<'_>, subscription: &str, found: &mut Monitoring) -> Result<(), Fault> {
    let planned = (&reader.query.resource_group, &reader.query.workspace);
    found.missing_rights = azure::missing_rights(reader, subscription).await?;
    found.unregistered = azure::unregistered(reader, subscription).await?;
    found.resource_group = has_resource_group(reader, subscription, planned.0).await?;
    let id = workspace_id(subscription, &escaped(planned.0), &escaped(planned.1));
    found.workspace = resource(reader, &id, api::WORKSPACES).await?.map(workspace);
    found.action_group = action_group(reader, &action_group_id(subscription, &escaped(planned.0))).await?;
    found.rules = rules(reader, subscription).await?;
    Ok(())
}

/// Whether the resource group is in the list of those that may be seen.
async fn has_resource_group(reader: &Reader<'_>, subscription: &str, name: &str) -> Result<bool, Fault> {
    let path =
        format!("/subscriptions/{}/resourcegroups?api-version={}", escaped(subscription), api::RESOURCES);
    match reader.session.list::<Resource>(Audience::Arm, &path).await {
        Ok(groups) => {
            let is_it = |group: &Resource| group.name.as_ref().is_some_and(|n| n.eq_ignore_ascii_case(name));
            Ok(groups.iter().any(is_it))
        }
        Err(fault) if is_hidden(&fault) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// A resource, or nothing where there is none, where its provider is not registered, or where it may not be seen: what
/// may not be seen shows in the missing rights.
async fn resource(reader: &Reader<'_>, id: &str, version: &str) -> Result<Option<Resource>, Fault> {
    let path = format!("{id}?api-version={version}");
    match reader.session.read(Audience::Arm, &path).await {
        Ok(resource) => Ok(Some(resource)),
        Err(fault) if is_hidden(&fault) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn is_hidden(fault: &Fault) -> bool {
    matches!(fault.status, 403 | 404) || fault.says("MissingSubscriptionRegistration")
}

fn workspace(resource: Resource) -> Workspace {
    Workspace {
        name: clean(&resource.name.clone().unwrap_or_default()),
        region: resource.location.clone().unwrap_or_default(),
        customer_id: resource.text("/customerId").unwrap_or_default(),
        retention_days: resource.properties.pointer("/retentionInDays").and_then(Value::as_i64),
        id: resource.id,
    }
}

/// The workspace to which a good diagnostic setting already sends.
async fn already_used(reader: &Reader<'_>, monitoring: &Monitoring) -> Result<Option<Workspace>, Fault> {
    let settings = monitoring.settings.get().into_iter().flatten();
    let used = settings.filter(|setting| setting.is_good()).find_map(|setting| setting.workspace.as_ref());
    match used {
        Some(id) => Ok(resource(reader, id, api::WORKSPACES).await?.map(workspace)),
        None => Ok(None),
    }
}

async fn settings_of(reader: &Reader<'_>, version: &str) -> Result<Vec<Resource>, Fault> {
    let path = format!("/providers/microsoft.aadiam/diagnosticSettings?api-version={version}");
    reader.session.list(Audience::Arm, &path).await
}

/// The tenant's diagnostic settings. A refusal is never taken for "there are none".
async fn settings(reader: &Reader<'_>) -> Result<Vec<DiagnosticSetting>, Fault> {
    let found = match settings_of(reader, api::DIAGNOSTICS).await {
        Err(fault) if matches!(fault.status, 400 | 404) => settings_of(reader, DIAGNOSTICS_PREVIEW).await?,
        answer => answer?,
    };
    Ok(found.iter().map(setting).collect())
}

fn setting(resource: &Resource) -> DiagnosticSetting {
    let others = ["/storageAccountId", "/eventHubAuthorizationRuleId", "/marketplacePartnerId"];
    let enabled = resource.items("/logs").filter(|log| log["enabled"] == true);
    DiagnosticSetting {
        name: clean(&resource.name.clone().unwrap_or_default()),
        workspace: resource.text("/workspaceId"),
        elsewhere: others.iter().any(|pointer| resource.text(pointer).is_some()),
        categories: enabled.filter_map(|log| log["category"].as_str()).map(clean).collect(),
    }
}

/// The action group, with the version that tells whether mailboxes were confirmed, else with the one known everywhere.
async fn action_group(reader: &Reader<'_>, id: &str) -> Result<Option<ActionGroup>, Fault> {
    let path = format!("{id}?api-version={}", api::ACTION_GROUPS_CONFIRMED);
    if let Ok(resource) = reader.session.read::<Resource>(Audience::Arm, &path).await {
        return Ok(Some(group(&resource)));
    }
    Ok(resource(reader, id, api::ACTION_GROUPS).await?.map(|resource| group(&resource)))
}

fn group(resource: &Resource) -> ActionGroup {
    let recipients = resource.items("/emailReceivers").filter_map(|receiver| {
        let address = receiver["emailAddress"].as_str()?;
        Some((clean(address), receiver["verificationStatus"].as_str().and_then(is_confirmed)))
    });
    ActionGroup {
        id: resource.id.clone(),
        enabled: resource.properties["enabled"].as_bool().unwrap_or(true),
        recipients: recipients.collect(),
    }
}

/// A word that is not known tells nothing.
fn is_confirmed(status: &str) -> Option<bool> {
    match status {
        "Verified" | "LegacyAllowed" => Some(true),
        "VerificationPending" | "VerificationExpired" => Some(false),
        _ => None,
    }
}

/// Log alert rules of the subscription.
async fn rules(reader: &Reader<'_>, subscription: &str) -> Result<Vec<AlertRule>, Fault> {
    let base =
        format!("/subscriptions/{}/providers/Microsoft.Insights/scheduledQueryRules", escaped(subscription));
    match reader.session.list::<Resource>(Audience::Arm, &format!("{base}?api-version={}", api::RULES)).await
    {
        Ok(rules) => Ok(rules.iter().map(rule).collect()),
        Err(fault) if is_hidden(&fault) => Ok(Vec::new()),
        Err(fault) => Err(fault),
    }
}

fn rule(resource: &Resource) -> AlertRule {
    let queries = resource.items("/criteria/allOf").filter_map(|criterion| criterion["query"].as_str());
    let groups = resource.items("/actions/actionGroups").filter_map(Value::as_str);
    AlertRule {
        id: resource.id.clone(),
        name: clean(&resource.text("/displayName").or_else(|| resource.name.clone()).unwrap_or_default()),
        enabled: resource.properties["enabled"].as_bool().unwrap_or(false),
        severity: resource.properties["severity"].as_i64().unwrap_or(-1),
        query: queries.collect::<Vec<_>>().join("\n"),
        action_groups: groups.map(str::to_owned).collect(),
    }
}
