//! The chain in Azure, as far as it can be built now: what waits for something that is not there yet, or that is not for
//! the operator to do, is left out, and the rest goes on.

use crate::domain::check::case::Case;
use crate::domain::facts::monitoring::{DiagnosticSetting, lacking};
use crate::domain::facts::{ActionGroup, Hidden, Monitoring, Workspace};
use crate::domain::plan::{Destination, Recipient};
use crate::domain::write::action::{Action, RuleKind};
use crate::domain::write::call::{DIAGNOSTIC_SETTING, action_group_id};
use crate::steps::shared::alert_rules::{is_wrong, planned};
use crate::steps::shared::alert_tests;
use crate::steps::shared::azure::{Work, hindrance, is_ready, may_register, monitoring as azure};
use crate::steps::shared::look::same;

/// Sent besides what is needed, by a setting that is made here: the use of tokens shows there (contract 8).
const ALSO_SENT: &str = "NonInteractiveUserSignInLogs";

/// The rules that are made.
const KINDS: [RuleKind; 2] = [RuleKind::SignIn, RuleKind::Audit];

/// Everything that can be written now.
pub(in crate::steps) fn all(case: &Case<'_>, monitoring: &Monitoring) -> Vec<Action> {
    let Some((subscription, _)) = &monitoring.subscription else { return Vec::new() };
    let mut actions = foundation(case, monitoring, subscription);
    actions.extend(monitoring.workspace.as_ref().and_then(|workspace| sending(case, monitoring, workspace)));
    actions.extend(telling(case, monitoring, subscription));
    actions.extend(rules(case, monitoring));
    actions
}

/// Providers, resource group, workspace.
fn foundation(case: &Case<'_>, monitoring: &Monitoring, subscription: &str) -> Vec<Action> {
    let alerts = &case.plan.alerts;
    let unregistered = monitoring.unregistered.iter().filter(|name| may_register(monitoring, name));
    let mut actions: Vec<Action> = unregistered
        .map(|namespace| Action::RegisterProvider {
            subscription: subscription.to_owned(),
            namespace: namespace.clone(),
        })
        .collect();
    let is_hidden = |what: Hidden| monitoring.hidden.contains(&what);
    let may_make_group = hindrance(case, monitoring, Work::ResourceGroup).is_none();
    if !monitoring.resource_group && may_make_group && !is_hidden(Hidden::ResourceGroup) {
        let (name, region) = (alerts.resource_group.clone(), alerts.region.clone());
        actions.push(Action::PutResourceGroup { subscription: subscription.to_owned(), name, region });
    }
    let is_missing = monitoring.workspace.is_none() && !is_hidden(Hidden::Workspace);
    if is_missing && is_ready(case, monitoring, Work::Workspace) {
        actions.push(Action::PutWorkspace {
            subscription: subscription.to_owned(),
            resource_group: alerts.resource_group.clone(),
            name: alerts.workspace.clone(),
            region: alerts.region.clone(),
        });
    }
    actions
}

/// The diagnostic setting, only where the settings were read and something is lacking: then only that is sent, because
/// Azure refuses a category that another setting sends to the same place.
fn sending(case: &Case<'_>, monitoring: &Monitoring, workspace: &Workspace) -> Option<Action> {
    let settings = monitoring.settings.get()?;
    let missing = lacking(settings, &workspace.id);
    let own = settings.iter().find(|setting| same(&setting.name, DIAGNOSTIC_SETTING));
    let is_ours = own.is_none_or(|own| sends_here(own, workspace));
    if missing.is_empty() || !is_ours || !is_ready(case, monitoring, Work::Setting) {
        return None;
    }
    let mut categories: Vec<String> = missing.into_iter().map(str::to_owned).collect();
    let is_sent = |one: &DiagnosticSetting| one.sends_to(&workspace.id) && one.sends(ALSO_SENT);
    if own.is_none() && !settings.iter().any(is_sent) {
        categories.push(ALSO_SENT.to_owned());
    }
    let original = own.map(|own| own.original.clone());
    Some(Action::PutDiagnosticSetting { workspace: workspace.id.clone(), categories, original })
}

/// Whether a setting leads to this workspace or to none: another one's logs are not taken from it.
pub(in crate::steps) fn sends_here(setting: &DiagnosticSetting, workspace: &Workspace) -> bool {
    setting.workspace.as_deref().is_none_or(|id| same(id, &workspace.id))
}

/// The action group with every planned recipient besides those it has, and its test.
fn telling(case: &Case<'_>, monitoring: &Monitoring, subscription: &str) -> Option<Action> {
    let planned = &case.plan.alerts.recipients;
    if case.plan.alerts.action_group.is_some() {
        // One of others is used as it is: it is tested once it tells everybody, and never written.
        let group = monitoring.action_group.as_ref()?;
        let tells_all = group.enabled && planned.iter().all(|one| is_whole(one, group));
        return tells_all.then(|| untested(case, group)).flatten();
    }
    // An action group that tells nobody is none, and a test of it proves nothing.
    if planned.is_empty() && monitoring.action_group.as_ref().is_none_or(|group| group.recipients.is_empty())
    {
        return None;
    }
    let Some(group) = &monitoring.action_group else {
        let id = action_group_id(subscription, &case.plan.alerts.resource_group);
        let can = is_ready(case, monitoring, Work::ActionGroup)
            && !monitoring.hidden.contains(&Hidden::ActionGroup);
        return can.then(|| Action::PutActionGroup { id, recipients: planned.clone(), original: None });
    };
    let missing: Vec<Recipient> = planned.iter().filter(|one| !is_whole(one, group)).cloned().collect();
    if !group.enabled || !missing.is_empty() {
        let (id, original) = (group.id.clone(), Some(group.original.clone()));
        let can = is_ready(case, monitoring, Work::ActionGroup);
        return can.then_some(Action::PutActionGroup { id, recipients: missing, original });
    }
    untested(case, group)
}

/// The test of an action group that tells everybody and was not tested in time.
fn untested(case: &Case<'_>, group: &ActionGroup) -> Option<Action> {
    let confirmed = group.waiting(&case.plan.alerts.recipients).is_empty();
    let is_overdue = alert_tests::is_notification_overdue(case);
    let tested = case.notified() == Some(true) && !is_overdue;
    (confirmed && !tested).then(|| test(case, group))
}

/// The test notification of an action group that tells everybody of the plan, whether or not it was sent before.
pub(in crate::steps) fn notification(case: &Case<'_>) -> Option<Action> {
    let group = azure(case).ok()?.action_group.as_ref()?;
    let confirmed = group.waiting(&case.plan.alerts.recipients).is_empty();
    (case.plan.alerts.destination == Destination::Workspace && confirmed).then(|| test(case, group))
}

fn test(case: &Case<'_>, group: &ActionGroup) -> Action {
    let recipients = case.plan.alerts.recipients.clone();
    Action::TestNotification { id: group.id.clone(), recipients }
}

/// Whether the group tells a recipient in every way that is planned.
pub(in crate::steps) fn is_whole(one: &Recipient, group: &ActionGroup) -> bool {
    is_told(&one.email, &group.recipients) && one.is_texted_by(&group.original.body)
}

/// Whether a mailbox is among the recipients of the group.
pub(in crate::steps) fn is_told(email: &str, recipients: &[(String, Option<bool>)]) -> bool {
    recipients.iter().any(|(found, _)| same(found, email))
}

/// Both rules, once every account, the workspace and the action group are there.
fn rules(case: &Case<'_>, monitoring: &Monitoring) -> Vec<Action> {
    let all_there = case.facts.account_ids().len() == case.plan.accounts.len()
        && monitoring.workspace.is_some()
        && monitoring.action_group.is_some();
    if !all_there || !is_ready(case, monitoring, Work::Rule) {
        return Vec::new();
    }
    let planned = KINDS.map(|kind| planned(case, monitoring, kind));
    planned.into_iter().filter(|rule| is_wrong(monitoring, rule)).map(Action::PutRule).collect()
}

/// What hinders work that is still to be done, each once.
pub(in crate::steps) fn hindrances(case: &Case<'_>, monitoring: &Monitoring) -> Vec<String> {
    let is_left = |work: &Work| match work {
        Work::ResourceGroup => !monitoring.resource_group,
        Work::Workspace => monitoring.workspace.is_none(),
        Work::Setting => monitoring.covered_workspace().is_none(),
        Work::ActionGroup => monitoring.action_group.is_none() && case.plan.alerts.action_group.is_none(),
        Work::Rule => KINDS.iter().any(|kind| is_wrong(monitoring, &planned(case, monitoring, *kind))),
    };
    let mut all: Vec<String> =
        Work::ALL.into_iter().filter(is_left).filter_map(|work| hindrance(case, monitoring, work)).collect();
    all.dedup();
    all
}
