//! Step 7: logs that leave the tenant, and alerts that reach people.
//!
//! A good diagnostic setting that exists is accepted as it is. Rules are right only by object id. What no API sees, a
//! mail that arrived or another system that is watched, is attested.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::monitoring::{covering, lacking};
use crate::domain::facts::{DiagnosticSetting, Hidden, Monitoring, Workspace};
use crate::domain::plan::Destination;
use crate::domain::write::action::{Action, ActionKind, RuleKind};
use crate::domain::write::call::DIAGNOSTIC_SETTING;
use crate::steps::shared::alert_writes::sends_here;
use crate::steps::shared::azure::{Work, absent, monitoring as azure};
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::look::{
    Look, Seen, fail, listed, needs_person, pass, read, report, same, unknown, vouched,
};
use crate::steps::shared::{alert_people, alert_rules, alert_tests, alert_writes, first_logs};

/// Whether logs flow and alerts reach people.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    match case.plan.alerts.destination {
        Destination::Workspace if is_unlicensed(case) => {
            vec![report(CheckId::LogsDiagnosticSetting, Ok(looked_through(case)))]
        }
        Destination::Elsewhere => vec![
            report(CheckId::LogsDiagnosticSetting, setting_elsewhere(case)),
            report(CheckId::AlertsNotification, elsewhere(case)),
        ],
        Destination::Workspace => vec![
            report(CheckId::LogsWorkspace, workspace(case)),
            report(CheckId::LogsDiagnosticSetting, setting(case)),
            report(CheckId::AlertsActionGroup, alert_people::told(case)),
            report(CheckId::AlertsRecipients, recipients(case)),
            report(CheckId::AlertsSignInRule, rule(case, RuleKind::SignIn)),
            report(CheckId::AlertsAuditRule, rule(case, RuleKind::Audit)),
            report(CheckId::AlertsNotification, notification(case)),
            report(CheckId::AlertsFirstLogs, azure(case).and_then(|found| first_logs::arrived(case, found))),
        ],
    }
}

/// Without a license nothing leaves the tenant and nothing can raise an alert: said once, and somebody looks instead.
fn looked_through(case: &Case<'_>) -> Seen {
    let none = "No Entra ID P1: the tenant cannot send its sign-in logs, so no alert can be made; nobody has vouched yet \
                that somebody looks through them";
    let about = CheckId::LogsDiagnosticSetting.whole();
    vouched(case, &about).unwrap_or_else(|| needs_person(none).because(Cause::Unlicensed))
}

fn look_ask(case: &Case<'_>) -> Option<Ask> {
    let about = CheckId::LogsDiagnosticSetting.whole();
    (!case.attested(&about)).then(|| {
        Ask::Attest(Attest {
            about,
            statement: "There are no alerts here; somebody looks through the sign-ins of these accounts, and the changes \
                        to them, in the portal every week"
                .to_owned(),
            note: "Who, and on which day of the week".to_owned(),
        })
    })
}

fn workspace(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    let Some(found) = &monitoring.workspace else {
        return match monitoring.hidden.contains(&Hidden::Workspace) {
            true => Err(needs_person("the workspace may not be read: that is for a Log Analytics Reader")
                .because(Cause::Hidden)),
            false => absent(case, Work::Workspace, "there is no workspace yet"),
        };
    };
    takes_data(found)?;
    let cap = found.daily_cap.filter(|cap| *cap >= 0.0);
    let cap = cap.map(|cap| format!(", daily cap {cap} GB")).unwrap_or_default();
    Ok(pass(match found.retention_days {
        Some(days) => format!("{} in {}, kept {days} days{cap}", found.name, found.region),
        None => format!("{} in {}{cap}", found.name, found.region),
    }))
}

/// A cap that is reached stops the logs, and the alerts on them, for the rest of the day (contract 16).
fn takes_data(workspace: &Workspace) -> Look<()> {
    let name = &workspace.name;
    match (workspace.ingestion.as_deref(), workspace.daily_cap) {
        (Some("RespectQuota" | "ForceOn"), _) => Ok(()),
        (Some("ApproachingQuota"), _) => {
            Err(needs_person(format!("{name} has almost reached its daily cap")).because(Cause::Cap))
        }
        (Some(status @ ("OverQuota" | "ForceOff" | "SubscriptionSuspended")), _) => {
            let cause = match status {
                "OverQuota" => Cause::Cap,
                "SubscriptionSuspended" => Cause::SubscriptionOff,
                _ => Cause::SwitchedOff,
            };
            let detail = format!("{name} takes no logs now ({status}), and no alert fires");
            Err(fail(detail).because(cause))
        }
        (None, Some(cap)) if cap < 0.0 => Ok(()),
        (None, _) => Err(unknown(format!("not checked: Azure does not tell the daily cap of {name}"))
            .because(Cause::Hidden)),
        (Some(status), _) => {
            Err(unknown(format!("{name} tells of an unknown state, {status}")).because(Cause::Hidden))
        }
    }
}

fn setting(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    let settings = read(&monitoring.settings)?;
    let Some(workspace) = &monitoring.workspace else {
        return absent(case, Work::Setting, "no setting sends both sign-in and audit logs to the workspace");
    };
    match covering(settings, &workspace.id) {
        Some(found) => Ok(pass(format!("{} sign-in and audit logs to the workspace", sends(&found)))),
        None => lacking_setting(case, settings, workspace),
    }
}

/// `"a" sends`, or `"a" and "b" together send`.
fn sends(settings: &[&DiagnosticSetting]) -> String {
    let names: Vec<String> = settings.iter().map(|one| format!("\"{}\"", one.name)).collect();
    match names.as_slice() {
        [one] => format!("{one} sends"),
        several => format!("{} together send", several.join(" and ")),
    }
}

/// What no setting sends, and which one could be extended by hand where one of our own cannot.
fn lacking_setting(case: &Case<'_>, settings: &[DiagnosticSetting], workspace: &Workspace) -> Look<Seen> {
    let missing = lacking(settings, &workspace.id);
    let detail = match missing.as_slice() {
        [one] => format!("no setting sends {one} to the workspace"),
        _ => "no setting sends both sign-in and audit logs to the workspace".to_owned(),
    };
    let taken =
        settings.iter().find(|one| same(&one.name, DIAGNOSTIC_SETTING) && !sends_here(one, workspace));
    let refused =
        case.evidence.refused.iter().find(|(key, _)| key.kind() == Some(ActionKind::PutDiagnosticSetting));
    let why = match (taken, refused) {
        (Some(_), _) => {
            format!("\"{DIAGNOSTIC_SETTING}\" sends to another workspace, which is left as it is")
        }
        (None, Some((_, trouble))) => format!("Azure refused it: {}", trouble.reason()),
        (None, None) => return absent(case, Work::Setting, &detail),
    };
    let near = settings.iter().find(|one| one.sends_to(&workspace.id)).or(settings.first());
    let near = near.map(|one| format!("; extend \"{}\" by {} by hand", one.name, missing.join(", ")));
    Ok(needs_person(format!("{detail}; {why}{}", near.unwrap_or_default())).told())
}

/// Elsewhere: settings that send both logs to one place are looked up where they can be, or attested.
fn setting_elsewhere(case: &Case<'_>) -> Look<Seen> {
    Ok(match case.facts.monitoring.get().and_then(Monitoring::covered_place) {
        Some((_, found)) => pass(format!("{} sign-in and audit logs", sends(&found))),
        None => vouched(case, &CheckId::LogsDiagnosticSetting.whole())
            .unwrap_or_else(|| needs_person("not seen here; vouch for it when the logs arrive there").told()),
    })
}

fn elsewhere(case: &Case<'_>) -> Look<Seen> {
    if let Some(test) = alert_tests::in_time(case) {
        return Ok(alert_tests::seen(test));
    }
    let place = case.plan.alerts.elsewhere.as_deref().unwrap_or("the other system");
    Ok(vouched(case, &CheckId::AlertsNotification.whole()).unwrap_or_else(|| {
        needs_person(format!("nobody has vouched yet that {place} alerts people")).because(Cause::NotVouched)
    }))
}

fn recipients(case: &Case<'_>) -> Look<Seen> {
    let group = azure(case)?.action_group.as_ref();
    let group = group.ok_or_else(|| unknown("there is no action group yet").because(Cause::Follows))?;
    let planned = &case.plan.alerts.recipients;
    if planned.is_empty() && group.recipients.is_empty() {
        return Err(unknown("the action group tells nobody").because(Cause::Follows));
    }
    let waiting = group.waiting(planned);
    if !waiting.is_empty() {
        return Ok(needs_person(format!("not confirmed yet, so not told: {}", listed(&waiting))));
    }
    let is_told_here = group.planned(planned).all(|(_, confirmed)| confirmed.is_some());
    let arrived = case.attested(&CheckId::AlertsNotification.whole());
    Ok(match (is_told_here, arrived) {
        (true, _) => pass("every mailbox was confirmed"),
        (false, true) => pass("Azure does not tell here; the test notification has arrived"),
        (false, false) => {
            unknown("Azure does not tell here; the test notification shows it").because(Cause::Hidden)
        }
    })
}

fn rule(case: &Case<'_>, kind: RuleKind) -> Look<Seen> {
    alert_rules::heard(case, azure(case)?, kind)
}

fn notification(case: &Case<'_>) -> Look<Seen> {
    azure(case)?;
    if let Some(test) = alert_tests::in_time(case) {
        return Ok(alert_tests::seen(test));
    }
    Ok(match (case.notified(), vouched(case, &CheckId::AlertsNotification.whole())) {
        (Some(true), Some(seen)) => seen,
        (Some(true), None) => needs_person("a test was sent; nobody has vouched yet that the mail arrived")
            .because(Cause::NotVouched),
        (Some(false), _) => fail("the test notification was not sent"),
        (None, _) => unknown("no test notification was sent yet").because(Cause::NotMade),
    })
}

/// The chain in Azure, as far as it can be built now.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    match case.plan.alerts.destination {
        Destination::Elsewhere => Vec::new(),
        Destination::Workspace => {
            azure(case).map_or_else(|_| Vec::new(), |found| alert_writes::all(case, found))
        }
    }
}

/// Waiting for mailboxes, and the word of somebody who saw the mail.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    match case.plan.alerts.destination {
        Destination::Workspace if is_unlicensed(case) => look_ask(case).into_iter().collect(),
        Destination::Elsewhere => elsewhere_asks(case),
        Destination::Workspace => workspace_asks(case),
    }
}

fn workspace_asks(case: &Case<'_>) -> Vec<Ask> {
    let Ok(monitoring) = azure(case) else { return Vec::new() };
    let group = monitoring.action_group.as_ref();
    let waiting = group.is_some_and(|group| !group.waiting(&case.plan.alerts.recipients).is_empty());
    let sent = case.notified() == Some(true);
    let mut asks = Vec::new();
    if waiting {
        asks.push(Ask::AwaitRecipients);
    }
    // One that is overdue is sent again first.
    if sent && case.said(&CheckId::AlertsNotification.whole()).is_none() {
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
