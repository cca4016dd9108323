//! Step 7: logs that leave the tenant, and alerts that reach people.
//!
//! A good diagnostic setting that exists is accepted as it is. Rules are right only by object id. What no API sees, a
//! mail that arrived or another system that is watched, is attested.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{AlertRule, DiagnosticSetting, Monitoring, Reading, Workspace};
use crate::domain::plan::{Destination, Recipient};
use crate::domain::text::counted;
use crate::domain::write::action::{Action, Rule, RuleKind};
use crate::domain::write::call;
use crate::steps::shared::exclusion_group;
use crate::steps::shared::look::{
    Look, Seen, fail, listed, needs_person, pass, read, report, same, unknown, vouched,
};

/// Days until the first logs are looked for again: they can take three (contract 8).
const FIRST_LOGS_DAYS: i8 = 3;

/// Whether logs flow and alerts reach people.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    match case.plan.alerts.destination {
        Destination::Elsewhere => vec![
            report(CheckId::LogsDiagnosticSetting, setting_elsewhere(case)),
            report(CheckId::AlertsNotification, elsewhere(case)),
        ],
        Destination::Workspace => vec![
            report(CheckId::LogsWorkspace, workspace(case)),
            report(CheckId::LogsDiagnosticSetting, setting(case)),
            report(CheckId::AlertsActionGroup, action_group(case)),
            report(CheckId::AlertsRecipients, recipients(case)),
            report(CheckId::AlertsSignInRule, rule(case, RuleKind::SignIn)),
            report(CheckId::AlertsAuditRule, rule(case, RuleKind::Audit)),
            report(CheckId::AlertsNotification, notification(case)),
            report(CheckId::AlertsFirstLogs, first_logs(case)),
        ],
    }
}

/// What Azure was seen to hold, or why this step shrinks: no license, no subscription, no rights.
fn azure<'a>(case: &Case<'a>) -> Look<&'a Monitoring> {
    if exclusion_group::licensed(case) == Some(false) {
        return Err(needs_person(
            "No Entra ID P1: the tenant cannot send its sign-in logs, so no alert can be made",
        ));
    }
    let monitoring = match &case.facts.monitoring {
        Reading::Unreadable(trouble) => {
            return Err(needs_person(format!(
                "Azure could not be read: {} {}",
                trouble.what,
                trouble.reason()
            )));
        }
        other => read(other)?,
    };
    if monitoring.subscription.is_none() {
        return Err(needs_person(match monitoring.subscriptions {
            0 => "No Azure subscription is visible to you; somebody who has one can do this step".to_owned(),
            n => format!("{n} Azure subscriptions are visible; name one in the plan"),
        }));
    }
    Ok(monitoring)
}

/// What Azure says, once the rights there look sufficient for writing.
fn writable<'a>(case: &Case<'a>) -> Look<&'a Monitoring> {
    let monitoring = azure(case)?;
    match monitoring.missing_rights.is_empty() {
        true => Ok(monitoring),
        false => {
            Err(needs_person(format!("You lack rights in Azure: {}", listed(&monitoring.missing_rights))))
        }
    }
}

/// A thing that is not there: Fail when it can be made here, otherwise a person with the rights is needed.
fn absent(case: &Case<'_>, detail: &str) -> Look<Seen> {
    writable(case).map(|_| fail(detail))
}

fn workspace(case: &Case<'_>) -> Look<Seen> {
    match &azure(case)?.workspace {
        Some(found) => Ok(pass(match found.retention_days {
            Some(days) => format!("{} in {}, kept {days} days", found.name, found.region),
            None => format!("{} in {}", found.name, found.region),
        })),
        None => absent(case, "there is no workspace yet"),
    }
}

fn setting(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    let settings = read(&monitoring.settings)?;
    match good_setting(monitoring, settings) {
        Some(found) => Ok(pass(format!("\"{}\" sends sign-in and audit logs to the workspace", found.name))),
        None => absent(case, "no setting sends both sign-in and audit logs to the workspace"),
    }
}

fn good_setting<'a>(
    monitoring: &Monitoring,
    settings: &'a [DiagnosticSetting],
) -> Option<&'a DiagnosticSetting> {
    let workspace = monitoring.workspace.as_ref()?;
    settings.iter().find(|s| s.is_good() && s.workspace.as_deref().is_some_and(|id| same(id, &workspace.id)))
}

/// Elsewhere: a setting that sends both logs anywhere is looked up where it can be, or attested.
fn setting_elsewhere(case: &Case<'_>) -> Look<Seen> {
    let settings = case.facts.monitoring.get().and_then(|m| m.settings.get());
    let good = settings.and_then(|all| all.iter().find(|s| s.is_good()));
    Ok(match good {
        Some(found) => pass(format!("\"{}\" sends sign-in and audit logs", found.name)),
        None => vouched(case, &CheckId::LogsDiagnosticSetting.whole())
            .unwrap_or_else(|| needs_person("not seen here; vouch for it when the logs arrive there")),
    })
}

fn elsewhere(case: &Case<'_>) -> Look<Seen> {
    let place = case.plan.alerts.elsewhere.as_deref().unwrap_or("the other system");
    Ok(vouched(case, &CheckId::AlertsNotification.whole())
        .unwrap_or_else(|| needs_person(format!("nobody has vouched yet that {place} alerts people"))))
}

fn action_group(case: &Case<'_>) -> Look<Seen> {
    match &azure(case)?.action_group {
        Some(group) if !group.enabled => absent(case, "the action group is switched off"),
        Some(group) => match missing_recipients(case, &group.recipients) {
            missing if missing.is_empty() => {
                Ok(pass(format!("tells {}", counted(group.recipients.len(), "mailbox", "mailboxes"))))
            }
            missing => absent(case, &format!("does not tell {}", listed(&missing))),
        },
        None => absent(case, "there is no action group yet"),
    }
}

fn missing_recipients(case: &Case<'_>, present: &[(String, Option<bool>)]) -> Vec<String> {
    let planned = case.plan.alerts.recipients.iter().map(|r| r.email.clone());
    planned.filter(|email| !present.iter().any(|(found, _)| same(found, email))).collect()
}

fn recipients(case: &Case<'_>) -> Look<Seen> {
    let group = azure(case)?.action_group.as_ref().ok_or_else(|| unknown("there is no action group yet"))?;
    let waiting: Vec<&str> =
        group.recipients.iter().filter(|(_, c)| *c == Some(false)).map(|(email, _)| email.as_str()).collect();
    Ok(if waiting.is_empty() {
        match group.recipients.iter().any(|(_, c)| c.is_none()) {
            true => pass("Azure does not tell here; the test notification shows it"),
            false => pass("every mailbox was confirmed"),
        }
    } else {
        needs_person(format!("not confirmed yet, so not told: {}", listed(&waiting)))
    })
}

fn rule(case: &Case<'_>, kind: RuleKind) -> Look<Seen> {
    let monitoring = azure(case)?;
    let ids = case.facts.account_ids();
    if ids.is_empty() {
        return Err(unknown("there is no account yet"));
    }
    match own_rule(monitoring, kind).map(|rule| shortcoming(rule, &ids, monitoring)) {
        Some(None) => Ok(pass("enabled, severity 0, by object id, tells the action group")),
        Some(Some(reason)) => absent(case, reason),
        None => absent(case, "there is no rule yet"),
    }
}

/// The rule of this kind: the one made here, or another of the right table that already does the whole job.
fn own_rule(monitoring: &Monitoring, kind: RuleKind) -> Option<&AlertRule> {
    let name = match kind {
        RuleKind::SignIn => "emergency-access-sign-in",
        RuleKind::Audit => "emergency-access-changed",
    };
    monitoring.rules.iter().find(|rule| rule.id.rsplit('/').next().is_some_and(|last| same(last, name)))
}

fn shortcoming(rule: &AlertRule, ids: &[String], monitoring: &Monitoring) -> Option<&'static str> {
    let group = monitoring.action_group.as_ref().map(|g| g.id.as_str()).unwrap_or_default();
    match () {
        () if !rule.enabled => Some("the rule is switched off"),
        () if rule.severity != 0 => Some("the rule does not have severity 0"),
        () if !ids.iter().all(|id| rule.query.contains(id.as_str())) => {
            Some("the rule does not look for every account by its object id; a name goes silent on a rename")
        }
        () if !rule.action_groups.iter().any(|id| same(id, group)) => {
            Some("the rule tells nobody who was planned")
        }
        () => None,
    }
}

fn notification(case: &Case<'_>) -> Look<Seen> {
    azure(case)?;
    Ok(match (case.evidence.notified, vouched(case, &CheckId::AlertsNotification.whole())) {
        (Some((_, true)), Some(seen)) => seen,
        (Some((_, true)), None) => {
            needs_person("a test was sent; nobody has vouched yet that the mail arrived")
        }
        (Some((_, false)), _) => fail("the test notification was not sent"),
        (None, _) => unknown("no test notification was sent yet"),
    })
}

fn first_logs(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    Ok(match monitoring.rows {
        Some(rows) if rows > 0 => pass(format!("{rows} sign-ins of these accounts are in the workspace")),
        Some(_) | None => {
            let since = case
                .evidence
                .logging_since
                .map_or(case.today, |at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
            let again = since.checked_add(jiff::Span::new().days(FIRST_LOGS_DAYS)).unwrap_or(since);
            unknown(format!("none yet; the first can take three days, so look again on {again}"))
        }
    })
}

/// The chain in Azure, as far as it can be built now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    let writable = case.plan.alerts.destination == Destination::Workspace;
    let Some(monitoring) = writable.then(|| self::writable(case).ok()).flatten() else { return Vec::new() };
    let Some((subscription, _)) = &monitoring.subscription else { return Vec::new() };
    let mut actions = foundation(case, monitoring, subscription);
    if let Some(workspace) = &monitoring.workspace {
        actions.extend(sending(monitoring, workspace));
        actions.extend(telling(case, monitoring, subscription));
        actions.extend(rules(case, monitoring, workspace, subscription));
    }
    actions
}

/// Providers, resource group, workspace.
fn foundation(case: &Case<'_>, monitoring: &Monitoring, subscription: &str) -> Vec<Action> {
    let alerts = &case.plan.alerts;
    let mut actions: Vec<Action> = monitoring
        .unregistered
        .iter()
        .map(|namespace| Action::RegisterProvider {
            subscription: subscription.to_owned(),
            namespace: namespace.clone(),
        })
        .collect();
    if !monitoring.resource_group {
        let (name, region) = (alerts.resource_group.clone(), alerts.region.clone());
        actions.push(Action::PutResourceGroup { subscription: subscription.to_owned(), name, region });
    } else if monitoring.workspace.is_none() {
        actions.push(Action::PutWorkspace {
            subscription: subscription.to_owned(),
            resource_group: alerts.resource_group.clone(),
            name: alerts.workspace.clone(),
            region: alerts.region.clone(),
        });
    }
    actions
}

/// The diagnostic setting, only where the settings were read and none is good: a PUT replaces a whole setting.
fn sending(monitoring: &Monitoring, workspace: &Workspace) -> Option<Action> {
    let settings = monitoring.settings.get()?;
    let needed = good_setting(monitoring, settings).is_none();
    needed.then(|| Action::PutDiagnosticSetting { workspace: workspace.id.clone() })
}

/// The action group with every planned recipient besides those it has, and its test.
fn telling(case: &Case<'_>, monitoring: &Monitoring, subscription: &str) -> Vec<Action> {
    let planned = &case.plan.alerts.recipients;
    let id = call::action_group_id(subscription, &case.plan.alerts.resource_group);
    let Some(group) = &monitoring.action_group else {
        let make = Action::PutActionGroup { id, recipients: planned.clone() };
        return if monitoring.resource_group { vec![make] } else { Vec::new() };
    };
    if !group.enabled || !missing_recipients(case, &group.recipients).is_empty() {
        let others =
            group.recipients.iter().filter(|(email, _)| !planned.iter().any(|r| same(&r.email, email)));
        let kept = others.map(|(email, _)| Recipient { name: email.clone(), email: email.clone() });
        let recipients = planned.iter().cloned().chain(kept).collect();
        return vec![Action::PutActionGroup { id, recipients }];
    }
    let confirmed = group.recipients.iter().all(|(_, c)| *c != Some(false));
    let tested = matches!(case.evidence.notified, Some((_, true)));
    match confirmed && !tested {
        true => vec![Action::TestNotification { id: group.id.clone(), recipients: planned.clone() }],
        false => Vec::new(),
    }
}

fn rules(case: &Case<'_>, monitoring: &Monitoring, workspace: &Workspace, subscription: &str) -> Vec<Action> {
    let ids = case.facts.account_ids();
    let Some(group) = monitoring.action_group.as_ref().filter(|_| ids.len() == case.plan.accounts.len())
    else {
        return Vec::new();
    };
    let exclusions = case.facts.group.get().and_then(|g| g.found.as_ref()).map(|g| g.id.as_str());
    let wrong = |kind| own_rule(monitoring, kind).is_none_or(|r| shortcoming(r, &ids, monitoring).is_some());
    [RuleKind::SignIn, RuleKind::Audit]
        .into_iter()
        .filter(|kind| wrong(*kind))
        .map(|kind| {
            Action::PutRule(Rule {
                kind,
                id: call::rule_id(subscription, &case.plan.alerts.resource_group, kind),
                region: workspace.region.clone(),
                workspace: workspace.id.clone(),
                action_group: group.id.clone(),
                query: match kind {
                    RuleKind::SignIn => call::sign_in_query(&ids),
                    RuleKind::Audit => call::audit_query(&ids, exclusions),
                },
            })
        })
        .collect()
}

/// Waiting for mailboxes, and the word of somebody who saw the mail.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    match case.plan.alerts.destination {
        Destination::Elsewhere => elsewhere_asks(case),
        Destination::Workspace => workspace_asks(case),
    }
}

fn workspace_asks(case: &Case<'_>) -> Vec<Ask> {
    let Ok(monitoring) = azure(case) else { return Vec::new() };
    let group = monitoring.action_group.as_ref();
    let waiting = group.is_some_and(|g| g.recipients.iter().any(|(_, c)| *c == Some(false)));
    let sent = matches!(case.evidence.notified, Some((_, true)));
    let mut asks = Vec::new();
    if waiting {
        asks.push(Ask::AwaitRecipients);
    }
    if sent && !case.attested(&CheckId::AlertsNotification.whole()) {
        asks.push(Ask::Attest(Attest {
            about: CheckId::AlertsNotification.whole(),
            statement: "The test notification arrived in the mailboxes, and somebody read it".to_owned(),
            note: "Who saw it, and when".to_owned(),
        }));
    }
    asks
}

fn elsewhere_asks(case: &Case<'_>) -> Vec<Ask> {
    let place = case.plan.alerts.elsewhere.clone().unwrap_or_default();
    let mut asks = Vec::new();
    if !setting_elsewhere(case).is_ok_and(|seen| seen.is_pass()) {
        asks.push(Ask::Attest(Attest {
            about: CheckId::LogsDiagnosticSetting.whole(),
            statement: format!("Sign-in and audit logs arrive in: {place}"),
            note: "How it was seen".to_owned(),
        }));
    }
    if !case.attested(&CheckId::AlertsNotification.whole()) {
        asks.push(Ask::Attest(Attest {
            about: CheckId::AlertsNotification.whole(),
            statement: format!("A sign-in of either account alerts people through: {place}"),
            note: "Which rule, and who was told in a test".to_owned(),
        }));
    }
    asks
}
