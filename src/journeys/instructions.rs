//! The tenant's own values for the placeholders of the portal instructions.

use crate::domain::slot::Slot;
use crate::domain::write::call;
use crate::domain::write::expect::{GROUP_PLACEHOLDER, account_placeholder};
use crate::guide;
use crate::journeys::model::Model;

/// Lines of the guide with the tenant's own values.
pub(super) fn filled(model: &Model, lines: &[String]) -> Vec<String> {
    let values = values(model);
    let pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    lines.iter().map(|line| guide::fill(line, &pairs)).collect()
}

/// Placeholder names and values. Step 4 speaks of the Second account, every other step of the First.
fn values(model: &Model) -> Vec<(&'static str, String)> {
    let slot = if model.step == 4 { Slot::new(1) } else { Slot::FIRST };
    let ids = account_ids(model);
    let group = model.facts.group.get().and_then(|g| g.found.as_ref()).map(|g| g.id.as_str());
    let group = group.or_else(|| model.facts.is_by_hand().then_some(GROUP_PLACEHOLDER));
    let policies = model.facts.policies.get().map_or("policies".to_owned(), |p| p.len().to_string());
    let recipients: Vec<&str> = model.plan.alerts.recipients.iter().map(|r| r.email.as_str()).collect();
    vec![
        ("upn", model.upn(slot)),
        ("display_name", model.plan.account(slot).map(|a| a.display_name.clone()).unwrap_or_default()),
        (
            "initial_domain",
            model.facts.organization.get().map(|o| o.initial_domain.clone()).unwrap_or_default(),
        ),
        ("group_name", model.plan.group.name.clone()),
        ("group_description", model.plan.group.description.clone()),
        ("justification", model.plan.role.justification.clone()),
        ("policy_count", policies),
        ("workspace", model.plan.alerts.workspace.clone()),
        ("query", call::sign_in_query(&ids)),
        ("audit_query", call::audit_query(&ids, group)),
        ("recipients", recipients.join(", ")),
        ("portal", model.session.portal.clone()),
        ("entra", model.session.entra.clone()),
        ("security_info", model.session.security_info.clone()),
    ]
}

/// The object ids of the accounts; without a connection places where they are to be filled in.
fn account_ids(model: &Model) -> Vec<String> {
    match model.facts.is_by_hand() {
        true => model.plan.slots().map(|(slot, _)| account_placeholder(slot)).collect(),
        false => model.facts.account_ids(),
    }
}
