//! Rules about where logs and alerts go.

use crate::domain::plan::plan_file::rule::{Wrong, filled, when};
use crate::domain::plan::{Destination, Plan, azure_names};
use crate::domain::text::{is_guid, is_mail_address};

/// What must be corrected about the destination.
pub(super) fn alerts(plan: &Plan) -> Vec<Wrong> {
    match plan.alerts.destination {
        Destination::Workspace => workspace(plan),
        Destination::Elsewhere => {
            let told = plan.alerts.elsewhere.as_deref().unwrap_or_default();
            filled(told, "alerts.elsewhere").into_iter().collect()
        }
    }
}

fn workspace(plan: &Plan) -> Vec<Wrong> {
    let alerts = &plan.alerts;
    let subscription = "must be the id of a subscription (Azure portal, Subscriptions).";
    let named = [
        named("alerts.resource_group", &alerts.resource_group, azure_names::wrong_resource_group),
        named("alerts.workspace", &alerts.workspace, azure_names::wrong_workspace),
        named("alerts.region", &alerts.region, azure_names::wrong_region),
        alerts
            .action_group
            .as_deref()
            .and_then(|named_so| named("alerts.action_group", named_so, azure_names::wrong_action_group)),
        when(!alerts.subscription.iter().all(|id| is_guid(id)), "alerts.subscription", subscription),
        when(alerts.recipients.is_empty(), "alerts.recipients", "must name at least one mailbox."),
    ];
    named.into_iter().flatten().chain(recipients(plan)).collect()
}

fn recipients(plan: &Plan) -> Vec<Wrong> {
    let recipients = &plan.alerts.recipients;
    let each = recipients.iter().enumerate().flat_map(|(i, one)| {
        let key = |field: &str| format!("alerts.recipients.{i}.{field}");
        let says = format!("\"{}\" is no mail address.", one.email);
        let address = when(!is_mail_address(one.email.trim()), &key("email"), &says);
        let number = "must be like \"+1 2065550100\", with a space behind the country code.";
        let sms = when(one.sms.is_some() && one.number().is_none(), &key("sms"), number);
        filled(&one.name, &key("name")).into_iter().chain(address).chain(sms)
    });
    let twice = azure_names::wrong_recipients(recipients).into_iter();
    each.chain(twice.map(|sentence| Wrong::of("alerts.recipients", sentence))).collect()
}

/// What Azure would refuse in a name.
fn named(key: &str, name: &str, rule: fn(&str) -> Option<String>) -> Option<Wrong> {
    filled(name, key).or_else(|| rule(name).map(|sentence| Wrong::of(key, sentence)))
}
