//! An action group: whom it tells, and what it is called. One of others tells people in many ways, of which only mailboxes and
//! SMS numbers are ever planned here.

use serde_json::Value;

use super::Original;
use crate::domain::plan::{Recipient, azure_names::GROUP_AND_NAME};
use crate::domain::text::{clean, counted};

/// An action group.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionGroup {
    /// ARM resource id.
    pub id: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// E-mail recipients: address and whether the mailbox was confirmed (`None`: not told).
    pub recipients: Vec<(String, Option<bool>)>,
    /// The whole of it.
    pub original: Original,
}

impl ActionGroup {
    /// Planned mailboxes of this group and whether each was confirmed. One that somebody else has put into it is theirs.
    pub fn planned(&self, recipients: &[Recipient]) -> impl Iterator<Item = &(String, Option<bool>)> {
        let is_planned = |email: &str| recipients.iter().any(|one| one.email.eq_ignore_ascii_case(email));
        self.recipients.iter().filter(move |(email, _)| is_planned(email))
    }

    /// Planned mailboxes that were not confirmed yet.
    pub fn waiting(&self, recipients: &[Recipient]) -> Vec<&str> {
        let waiting = self.planned(recipients).filter(|(_, confirmed)| *confirmed == Some(false));
        waiting.map(|(email, _)| email.as_str()).collect()
    }

    /// Its name.
    pub fn name(&self) -> String {
        clean(self.id.rsplit('/').next().unwrap_or_default())
    }

    /// As a plan names it: `resource-group/name`.
    pub fn planned_as(&self) -> String {
        let group = self.id.split('/').nth(4).unwrap_or_default();
        format!("{}{GROUP_AND_NAME}{}", clean(group), self.name())
    }

    /// Whom it tells, by kind: "2 mailboxes, 1 webhook"; empty where it tells nobody.
    pub fn tells(&self) -> String {
        receivers(&self.original.body).join(", ")
    }
}

/// Receivers of an action group by their member, as people call one of them and several.
const RECEIVERS: [(&str, &str, &str); 11] = [
    ("emailReceivers", "mailbox", "mailboxes"),
    ("smsReceivers", "SMS number", "SMS numbers"),
    ("webhookReceivers", "webhook", "webhooks"),
    ("voiceReceivers", "voice number", "voice numbers"),
    ("azureAppPushReceivers", "app push", "app pushes"),
    ("logicAppReceivers", "logic app", "logic apps"),
    ("azureFunctionReceivers", "function", "functions"),
    ("automationRunbookReceivers", "runbook", "runbooks"),
    ("armRoleReceivers", "Azure role", "Azure roles"),
    ("eventHubReceivers", "event hub", "event hubs"),
    ("itsmReceivers", "ticket system", "ticket systems"),
];

/// How many receivers of each kind the action group `body` has, where it has any.
pub fn receivers(body: &Value) -> Vec<String> {
    let count = |member: &str| body["properties"][member].as_array().map_or(0, Vec::len);
    let receivers = RECEIVERS.iter().map(|(member, one, several)| (count(member), one, several));
    let some = receivers.filter(|(count, ..)| *count > 0);
    some.map(|(count, one, several)| counted(count, one, several)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_of_others_is_named_as_in_a_plan_and_says_whom_it_tells() {
        let group = ActionGroup {
            id: "/subscriptions/s/resourceGroups/rg-monitoring/providers/microsoft.insights/actionGroups/ag-on-call".to_owned(),
            enabled: true,
            recipients: Vec::new(),
            original: Original::new("v", json!({"properties": {"emailReceivers": [{}, {}], "smsReceivers": [],
                "webhookReceivers": [{}]}})),
        };
        assert_eq!(
            (group.name().as_str(), group.planned_as().as_str()),
            ("ag-on-call", "rg-monitoring/ag-on-call")
        );
        assert_eq!(group.tells(), "2 mailboxes, 1 webhook");
    }
}
