//! Logs and alerts: diagnostic settings, workspace, action group, alert rules (contract 8, 15.9 and 16).
//!
//! What may not be read is hidden, never absent. Everything is read with the newest version that Azure takes, so that
//! nothing in it is overlooked and then lost by a change.

use crate::domain::facts::monitoring::AlertRule;
use crate::domain::facts::{
    ActionGroup, DiagnosticSetting, Hidden, Monitoring, Original, Reading, Workspace,
};
use crate::domain::text::clean;
use crate::domain::write::action::RuleKind;
use crate::domain::write::call::{action_group_id, adopted_group_id, api, rule_id, workspace_id};
use crate::tenant::fault::Fault;

use super::azure_wire::named;
use super::resources::{
    GROUP_VERSIONS, RULE_VERSIONS, SETTING_VERSIONS, has_group, is_nothing, listed, resource,
};
use super::{Reader, azure, escaped, logs, silence};

/// Everything about logs and alerts.
pub(super) async fn monitoring(reader: &Reader<'_>) -> Result<Monitoring, Fault> {
    let subscriptions = azure::subscriptions(reader).await?;
    let subscription = azure::chosen(&subscriptions, reader.query.subscription.as_ref());
    let settings = match settings(reader).await {
        Ok(settings) => Reading::Read(settings),
        Err(fault) => Reading::Unreadable(fault.during("Could not read the diagnostic settings.")),
    };
    let mut monitoring = Monitoring { subscription, subscriptions, settings, ..Monitoring::default() };
    if let Some((id, _)) = monitoring.subscription.clone() {
        within(reader, &id, &mut monitoring).await?;
    }
    if monitoring.workspace.is_none() {
        monitoring.workspace = already_used(reader, &monitoring).await?;
    }
    if let Some(workspace) = &monitoring.workspace {
        monitoring.rows = logs::rows(reader, &workspace.customer_id).await;
        monitoring.tables = logs::tables(reader, workspace).await;
    }
    silenced_elsewhere(reader, &mut monitoring).await;
    if let Some((id, _)) = monitoring.subscription.clone() {
        offered(reader, &id, &mut monitoring).await;
    }
    Ok(monitoring)
}

/// Alerts are about the workspace: where that lies in another subscription, rules there may silence them as well.
async fn silenced_elsewhere(reader: &Reader<'_>, found: &mut Monitoring) {
    let workspace = found.workspace.as_ref().and_then(|workspace| subscription_of(&workspace.id));
    let planned = found.subscription.as_ref().map(|(id, _)| id.as_str());
    let (Some(other), Some(planned)) = (workspace, planned) else { return };
    if !other.eq_ignore_ascii_case(planned) {
        let there = silence::processing_rules(reader, other).await;
        found.silencing = silence::both(std::mem::take(&mut found.silencing), there);
    }
}

/// The subscription in an ARM id.
fn subscription_of(id: &str) -> Option<&str> {
    let mut segments = id.trim_start_matches('/').split('/');
    segments.next().filter(|first| first.eq_ignore_ascii_case("subscriptions"))?;
    segments.next()
}

/// What is in the subscription.
async fn within(reader: &Reader<'_>, subscription: &str, found: &mut Monitoring) -> Result<(), Fault> {
    let planned = (&reader.query.resource_group, &reader.query.workspace);
    found.unregistered = azure::unregistered(reader, subscription).await?;
    let group = seen(has_group(reader.session, subscription, planned.0).await, found, Hidden::ResourceGroup)?;
    found.resource_group = group.unwrap_or_default();
    let place = found.resource_group.then_some(planned.0.as_str());
    found.rights = azure::rights(reader, subscription, place).await?;
    let id = workspace_id(subscription, &escaped(planned.0), &escaped(planned.1));
    let shown = resource(reader.session, &id, &[api::WORKSPACES]).await;
    found.workspace = seen(shown, found, Hidden::Workspace)?.flatten().as_ref().map(workspace);
    let id = used_group_id(reader, subscription);
    let shown = resource(reader.session, &id, GROUP_VERSIONS).await;
    found.action_group = seen(shown, found, Hidden::ActionGroup)?.flatten().map(group_of);
    found.rules = match rules(reader, subscription).await {
        Err(fault) if fault.status == 403 => own_rules(reader, subscription, found).await?,
        answer => answer?,
    };
    found.silencing = silence::processing_rules(reader, subscription).await;
    found.fired = silence::fired(reader, subscription, &found.rules).await;
    Ok(())
}

/// The action group that the plan adopts, or the one of this product.
fn used_group_id(reader: &Reader<'_>, subscription: &str) -> String {
    let subscription = escaped(subscription);
    match &reader.query.action_group {
        // The slash between the resource group and the name stays what it is.
        Some(named) => adopted_group_id(&subscription, &escaped(named).replace("%2F", "/")),
        None => action_group_id(&subscription, &escaped(&reader.query.resource_group)),
    }
}

/// What the subscription has already, for a plan to choose from. A refusal hides the offer and nothing else.
async fn offered(reader: &Reader<'_>, subscription: &str, found: &mut Monitoring) {
    let whole = format!("/subscriptions/{}", escaped(subscription));
    let workspaces = format!("{whole}/providers/Microsoft.OperationalInsights/workspaces");
    let workspaces = listed(reader.session, &workspaces, &[api::WORKSPACES]).await.unwrap_or_default();
    found.workspaces = workspaces.iter().map(workspace).collect();
    let groups = format!("{whole}/resourcegroups");
    let groups = listed(reader.session, &groups, &[api::RESOURCES]).await.unwrap_or_default();
    let place = |group: &Original| {
        let resource = named(&group.body);
        (clean(&resource.name.unwrap_or_default()), clean(&resource.location.unwrap_or_default()))
    };
    found.groups = groups.iter().map(place).collect();
    let groups = format!("{whole}/providers/Microsoft.Insights/actionGroups");
    let groups = listed(reader.session, &groups, GROUP_VERSIONS).await.unwrap_or_default();
    found.action_groups = groups.into_iter().map(group_of).collect();
    found.regions = azure::regions(reader, subscription).await.unwrap_or_default();
}

/// What was read; a refusal leaves it among what is hidden.
fn seen<T>(shown: Result<T, Fault>, found: &mut Monitoring, what: Hidden) -> Result<Option<T>, Fault> {
    match shown {
        Ok(shown) => Ok(Some(shown)),
        Err(fault) if fault.status == 403 => {
            found.hidden.insert(what);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

fn workspace(original: &Original) -> Workspace {
    let resource = named(&original.body);
    let cap = |name: &str| resource.properties["workspaceCapping"][name].clone();
    Workspace {
        name: clean(&resource.name.clone().unwrap_or_default()),
        region: resource.location.clone().unwrap_or_default(),
        customer_id: resource.text("/customerId").unwrap_or_default(),
        retention_days: resource.properties["retentionInDays"].as_i64().filter(|days| is_retention(*days)),
        daily_cap: cap("dailyQuotaGb").as_f64(),
        ingestion: cap("dataIngestionStatus").as_str().map(clean),
        id: resource.id,
    }
}

/// Days that a workspace may be said to keep: -1 without a limit, at most the twelve years of a table (common knowledge).
fn is_retention(days: i64) -> bool {
    (-1..=4383).contains(&days)
}

/// The workspace that sign-in and audit logs already reach.
async fn already_used(reader: &Reader<'_>, monitoring: &Monitoring) -> Result<Option<Workspace>, Fault> {
    let Some(id) = monitoring.covered_workspace() else { return Ok(None) };
    match resource(reader.session, id, &[api::WORKSPACES]).await {
        Err(fault) if fault.status == 403 => Ok(None),
        answer => Ok(answer?.as_ref().map(workspace)),
    }
}

/// The tenant's diagnostic settings. A refusal is never taken for "there are none".
async fn settings(reader: &Reader<'_>) -> Result<Vec<DiagnosticSetting>, Fault> {
    let path = "/providers/microsoft.aadiam/diagnosticSettings";
    Ok(listed(reader.session, path, SETTING_VERSIONS).await?.into_iter().map(setting).collect())
}

fn setting(original: Original) -> DiagnosticSetting {
    let resource = named(&original.body);
    let others =
        ["/storageAccountId", "/eventHubAuthorizationRuleId", "/serviceBusRuleId", "/marketplacePartnerId"];
    let enabled = resource.items("/logs").filter(|log| log["enabled"] == true);
    DiagnosticSetting {
        name: clean(&resource.name.clone().unwrap_or_default()),
        workspace: resource.text("/workspaceId"),
        elsewhere: others.iter().filter_map(|pointer| resource.text(pointer)).collect(),
        categories: enabled.filter_map(|log| log["category"].as_str()).map(clean).collect(),
        original,
    }
}

fn group_of(original: Original) -> ActionGroup {
    let resource = named(&original.body);
    let recipients = resource.items("/emailReceivers").filter_map(|receiver| {
        let address = receiver["emailAddress"].as_str()?;
        Some((clean(address), receiver["verificationStatus"].as_str().and_then(is_confirmed)))
    });
    ActionGroup {
        id: resource.id.clone(),
        enabled: resource.properties["enabled"].as_bool().unwrap_or(true),
        recipients: recipients.collect(),
        original,
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
    let path =
        format!("/subscriptions/{}/providers/Microsoft.Insights/scheduledQueryRules", escaped(subscription));
    match listed(reader.session, &path, RULE_VERSIONS).await {
        Err(fault) if is_nothing(&fault) => Ok(Vec::new()),
        answer => Ok(answer?.into_iter().map(rule).collect()),
    }
}

/// The two rules of this product by their ids, where the list of the whole subscription may not be read.
async fn own_rules(
    reader: &Reader<'_>,
    subscription: &str,
    found: &mut Monitoring,
) -> Result<Vec<AlertRule>, Fault> {
    let mut rules = Vec::new();
    for kind in [RuleKind::SignIn, RuleKind::Audit] {
        let id = rule_id(subscription, &escaped(&reader.query.resource_group), kind);
        // The second is made where others have taken the first.
        for id in [format!("{id}-2"), id] {
            let shown = resource(reader.session, &id, RULE_VERSIONS).await;
            rules.extend(seen(shown, found, Hidden::Rules)?.flatten().map(rule));
        }
    }
    Ok(rules)
}

fn rule(original: Original) -> AlertRule {
    let resource = named(&original.body);
    let name = resource.text("/displayName").or_else(|| resource.name.clone()).unwrap_or_default();
    AlertRule { id: resource.id.clone(), name: clean(&name), original }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_subscription() {
        assert_eq!(subscription_of("/Subscriptions/s-1/resourceGroups/rg"), Some("s-1"));
        assert_eq!(subscription_of("/providers/x"), None);
    }
}
