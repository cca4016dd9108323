//! What keeps alerts from people: alert processing rules, and the history of the newest alert of each rule (contract 15.9
//! and 16). What is refused was not looked at; it is never "there is none".

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::facts::Reading;
use crate::domain::facts::monitoring::{AlertRule, Fired, ProcessingRule, Told};
use crate::domain::text::clean;
use crate::domain::write::action::RuleKind;
use crate::domain::write::call::api;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;

use super::{Reader, escaped};

/// How far back alerts are looked for: as far as Azure keeps them (contract 15.9).
const SPAN: &str = "30d";

/// Alert processing rules of the subscription.
pub(super) async fn processing_rules(
    reader: &Reader<'_>,
    subscription: &str,
) -> Reading<Vec<ProcessingRule>> {
    let path = format!(
        "/subscriptions/{}/providers/Microsoft.AlertsManagement/actionRules?api-version={}",
        escaped(subscription),
        api::PROCESSING_RULES
    );
    match reader.session.list::<Value>(Audience::Arm, &path).await {
        Ok(found) => Reading::Read(found.into_iter().map(processing_rule).collect()),
        Err(fault) => Reading::Unreadable(fault.during("Could not read the alert processing rules.")),
    }
}

fn processing_rule(body: Value) -> ProcessingRule {
    ProcessingRule { name: clean(body["name"].as_str().unwrap_or_default()), body: Arc::new(body) }
}

/// What two subscriptions hold together; one that may not be read leaves the whole unread.
pub(super) fn both(
    one: Reading<Vec<ProcessingRule>>,
    other: Reading<Vec<ProcessingRule>>,
) -> Reading<Vec<ProcessingRule>> {
    match (one, other) {
        (Reading::Read(one), Reading::Read(other)) => Reading::Read(one.into_iter().chain(other).collect()),
        (Reading::Read(_), unread) | (unread, _) => unread,
    }
}

/// The newest alert of each rule that may be one of the two, and of which none has fired.
pub(super) async fn fired(
    reader: &Reader<'_>,
    subscription: &str,
    rules: &[AlertRule],
) -> Reading<Vec<Fired>> {
    let accounts = reader.known.account_ids();
    let mut all = Vec::new();
    for rule in rules.iter().filter(|rule| may_count(rule, &accounts)) {
        match newest(reader, subscription, rule).await {
            Ok(found) => all.push(found),
            Err(fault) => {
                return Reading::Unreadable(fault.during("Could not read which alerts have fired."));
            }
        }
    }
    Reading::Read(all)
}

/// A rule by the name of one of ours, or one that names an account: whoever made it, it may do the job.
fn may_count(rule: &AlertRule, accounts: &[String]) -> bool {
    let names = [RuleKind::SignIn, RuleKind::Audit].map(RuleKind::resource_name);
    let queries: Vec<&str> = rule.criteria().iter().filter_map(|one| one["query"].as_str()).collect();
    let is_named =
        |id: &String| queries.iter().any(|query| query.to_lowercase().contains(&id.to_lowercase()));
    // Ours may have a number behind their names.
    names.iter().any(|name| rule.resource_name().to_lowercase().starts_with(name))
        || accounts.iter().any(is_named)
}

async fn newest(reader: &Reader<'_>, subscription: &str, rule: &AlertRule) -> Result<Fired, Fault> {
    let base =
        format!("/subscriptions/{}/providers/Microsoft.AlertsManagement/alerts", escaped(subscription));
    let asked = format!(
        "api-version={}&alertRule={}&timeRange={SPAN}&sortBy=startDateTime&sortOrder=desc",
        api::ALERTS,
        escaped(&rule.id)
    );
    let alerts: Vec<Value> = reader.session.list(Audience::Arm, &format!("{base}?{asked}")).await?;
    // The filter may have been understood otherwise, and so may the order.
    let ours = alerts.iter().filter(|alert| is_of(alert, rule));
    let Some(alert) = ours.max_by_key(|alert| started(alert)) else {
        return Ok(Fired { rule: rule.id.clone(), at: None, told: Told::NeverFired });
    };
    let id = alert["name"].as_str().or_else(|| alert["id"].as_str()?.rsplit('/').next()).unwrap_or_default();
    let path = format!("{base}/{}/history?api-version={}", escaped(id), api::ALERTS);
    let history: Value = reader.session.read(Audience::Arm, &path).await?;
    let modifications = history["properties"]["modifications"].as_array();
    let told = Told::of(modifications.map(Vec::as_slice).unwrap_or_default());
    Ok(Fired { rule: rule.id.clone(), at: started(alert), told })
}

/// An alert names its rule by its id or by its name (contract 15.9).
fn is_of(alert: &Value, rule: &AlertRule) -> bool {
    let named = alert["properties"]["essentials"]["alertRule"].as_str().unwrap_or_default();
    [rule.id.as_str(), rule.resource_name(), rule.name.as_str()]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(named))
}

fn started(alert: &Value) -> Option<Timestamp> {
    alert["properties"]["essentials"]["startDateTime"].as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::trouble::Trouble;

    #[test]
    fn rules_of_two_subscriptions_add_up_only_where_both_were_read() {
        let rule = |name: &str| processing_rule(serde_json::json!({"name": name}));
        let read = |name: &str| Reading::Read(vec![rule(name)]);
        assert_eq!(both(read("a"), read("b")), Reading::Read(vec![rule("a"), rule("b")]));
        let refused = || Reading::Unreadable(Trouble::new("what", "why", "next"));
        assert_eq!(both(read("a"), refused()), refused());
        assert_eq!(both(refused(), read("b")), refused());
    }
}
