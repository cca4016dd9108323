//! What will be written to Azure, in a sentence: "Create …" only where nothing is, else what is changed and what is kept.

use serde_json::Value;

use super::{Flaw, Rule};
use crate::domain::facts::Original;
use crate::domain::facts::monitoring::receivers;
use crate::domain::plan::Recipient;
use crate::domain::text::counted;

pub(super) fn action_group(id: &str, recipients: &[Recipient], original: Option<&Original>) -> String {
    let Some(original) = original else {
        let mails = list(recipients.iter().map(|r| r.email.clone()));
        let texts = list(recipients.iter().filter_map(Recipient::masked));
        let texts = if texts.is_empty() { texts } else { format!(" and sends an SMS to {texts}") };
        return format!("Create the action group that mails {mails}{texts}");
    };
    let mails = recipients.iter().filter(|r| !r.is_mailed_by(&original.body)).map(|r| r.email.clone());
    let texts = recipients.iter().filter(|r| !r.is_texted_by(&original.body)).filter_map(Recipient::masked);
    let mails = list(mails.chain(texts.map(|number| format!("SMS to {number}"))));
    let name = id.rsplit('/').next().unwrap_or_default();
    let kept = kept_of_group(&original.body);
    let is_off = original.body["properties"]["enabled"] == false;
    match (is_off, recipients.is_empty()) {
        (true, true) => format!("Switch on action group {name}, keeping {kept}"),
        (true, false) => format!("Change action group {name}: switch it on and add {mails}, keeping {kept}"),
        (false, _) => format!("Change action group {name}: add {mails}, keeping {kept}"),
    }
}

fn kept_of_group(body: &Value) -> String {
    and_the_rest(receivers(body).into_iter().chain(tags(body)))
}

pub(super) fn rule(rule: &Rule) -> String {
    let name = rule.kind.name();
    let Some(original) = &rule.original else { return format!("Create alert rule \"{name}\", severity 0") };
    let groups = other_items(&original.body["properties"]["actions"]["actionGroups"], &rule.action_group);
    let groups =
        Some(groups).filter(|n| *n > 0).map(|n| counted(n, "other action group", "other action groups"));
    let custom = original.body["properties"]["actions"]["customProperties"]
        .as_object()
        .map_or(0, serde_json::Map::len);
    let custom = Some(custom).filter(|n| *n > 0).map(|n| counted(n, "custom property", "custom properties"));
    let kept = and_the_rest(groups.into_iter().chain(custom).chain(tags(&original.body)));
    let flaws = rule.flaws();
    if flaws == [Flaw::Off] {
        return format!("Switch on alert rule \"{name}\", keeping {kept}");
    }
    let remedies = list(flaws.into_iter().map(|flaw| flaw.remedy().to_owned()));
    format!("Change alert rule \"{name}\": {remedies}, keeping {kept}")
}

fn other_items(items: &Value, ours: &str) -> usize {
    let items = items.as_array().into_iter().flatten().filter_map(Value::as_str);
    items.filter(|id| !id.eq_ignore_ascii_case(ours)).count()
}

pub(super) fn diagnostic_setting(categories: &[String], original: Option<&Original>) -> String {
    let sent = list(categories.iter().cloned());
    let has = |category: &str| categories.iter().any(|own| own == category);
    let Some(original) = original else {
        return match has("SignInLogs") && has("AuditLogs") {
            true => "Send Entra sign-in and audit logs to the workspace (diagnostic setting)".to_owned(),
            false => format!("Create a diagnostic setting that sends {sent} to the workspace"),
        };
    };
    let properties = &original.body["properties"];
    let hub = (!properties["eventHubAuthorizationRuleId"].is_null()).then(|| "its event hub".to_owned());
    let storage = (!properties["storageAccountId"].is_null()).then(|| "its storage account".to_owned());
    let logs = properties["logs"].as_array().into_iter().flatten();
    let on = logs.filter(|log| log["enabled"] == true).filter_map(|log| log["category"].as_str());
    let on = on.map(str::to_owned);
    let kept = and_the_rest(hub.into_iter().chain(storage).chain(on));
    let name = original.body["name"].as_str().unwrap_or_default();
    format!("Change diagnostic setting {name}: send {sent} to the workspace, keeping {kept}")
}

fn tags(body: &Value) -> Option<String> {
    body["tags"].as_object().filter(|tags| !tags.is_empty()).map(|_| "its tags".to_owned())
}

fn and_the_rest(kept: impl Iterator<Item = String>) -> String {
    let kept = list(kept);
    if kept.is_empty() { "the rest as it is".to_owned() } else { format!("{kept} and the rest as it is") }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
