//! The alerts of a seed whose setup is finished: an action group whose mailboxes were confirmed, and two rules that look
//! for its emergency access accounts by object id, as somebody set them up in the portal.

use serde_json::{Value, json};

use super::azure::Mailbox;
use super::description::Seed;
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::azure::Azure;

/// A rule in the words in which rules differ.
struct Rule<'a> {
    name: &'a str,
    shown: &'a str,
    query: String,
}

/// Azure with the alerts of `seed`, which exist since the moment `since`.
pub fn added(mut azure: Azure, seed: &Seed, since: i64) -> Azure {
    let mailboxes = seed.azure.tell.as_slice();
    let workspace = azure.resources.first().map(|workspace| workspace["id"].clone());
    let (false, Some(workspace)) = (mailboxes.is_empty(), workspace) else { return azure };
    let group = seed.azure.group(azure.subscription.as_deref().unwrap_or_default());
    let told = format!("{group}/providers/Microsoft.Insights/actionGroups/emergency-access-alerts");
    azure.resources.push(action_group(mailboxes, &told, since));
    azure.confirmed.extend(mailboxes.iter().map(|mailbox| mailbox.email.clone()));
    for rule in rules(seed) {
        let id = format!("{group}/providers/Microsoft.Insights/scheduledQueryRules/{}", rule.name);
        azure.resources.push(
            json!({"id": id, "name": rule.name, "location": "westeurope", "kind": "LogAlert",
            "type": "Microsoft.Insights/scheduledQueryRules", "madeAt": since,
            "properties": properties(&rule, &workspace, &told)}),
        );
    }
    azure
}

fn action_group(mailboxes: &[Mailbox], id: &str, since: i64) -> Value {
    let mailbox = |one: &Mailbox| json!({"name": one.name, "emailAddress": one.email, "useCommonAlertSchema": true, "status": "Enabled"});
    let told: Vec<Value> = mailboxes.iter().map(mailbox).collect();
    json!({"id": id, "name": "emergency-access-alerts", "location": "Global", "type": "Microsoft.Insights/ActionGroups",
        "madeAt": since, "properties": {"groupShortName": "EmergAccess", "enabled": true, "emailReceivers": told}})
}

/// One for sign-ins of the accounts, one for changes to them and to the group that policies exclude.
fn rules(seed: &Seed) -> [Rule<'static>; 2] {
    let emergency = seed.everyone().filter(|person| person.emergency);
    let accounts: Vec<String> = emergency.map(|person| id_for("user", &seed.full_upn(&person.upn))).collect();
    let group = seed.shape.exclude.iter().map(|name| id_for("group", name));
    let watched: Vec<String> = accounts.iter().cloned().chain(group).collect();
    let (accounts, watched) = (quoted(&accounts), quoted(&watched));
    [
        Rule {
            name: "emergency-access-sign-in",
            shown: "Emergency access account sign-in",
            query: format!(
                "SigninLogs | where UserId in ({accounts}) | project TimeGenerated, UserId, UserPrincipalName, ResultType, IPAddress, Location, AppDisplayName"
            ),
        },
        Rule {
            name: "emergency-access-changed",
            shown: "Emergency access account changed",
            query: format!(
                "AuditLogs | where TargetResources has_any ({watched}) or tostring(InitiatedBy.user.id) in ({accounts}) | project TimeGenerated, OperationName, InitiatedBy, TargetResources"
            ),
        },
    ]
}

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
}

fn properties(rule: &Rule<'_>, workspace: &Value, told: &str) -> Value {
    json!({"displayName": rule.shown, "severity": 0, "enabled": true, "scopes": [workspace],
        "evaluationFrequency": "PT5M", "windowSize": "PT15M",
        "criteria": {"allOf": [{"query": rule.query, "timeAggregation": "Count", "operator": "GreaterThan",
            "threshold": 0, "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
        "autoMitigate": false, "actions": {"actionGroups": [told]}})
}
