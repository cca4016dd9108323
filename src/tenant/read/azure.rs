//! The Azure side of monitoring that is no log and no alert: subscription, rights, providers (contract 15.9).

use crate::domain::text::clean;
use crate::domain::write::call::api;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;

use super::azure_wire::{Permission, Provider, Subscription};
use super::{Reader, escaped};

/// API version of subscriptions; common in callers, its own documentation was not at hand (contract 8).
pub(in crate::tenant) const SUBSCRIPTIONS: &str = "2022-12-01";
/// API version of permissions.
const PERMISSIONS: &str = "2022-04-01";
/// Providers whose resources are made here.
const PROVIDERS: [&str; 3] =
    ["Microsoft.OperationalInsights", "Microsoft.Insights", "Microsoft.AlertsManagement"];
/// What the operator must be allowed to do in the subscription.
const RIGHTS: [&str; 9] = [
    "Microsoft.Resources/subscriptions/resourceGroups/write",
    "Microsoft.OperationalInsights/workspaces/read",
    "Microsoft.OperationalInsights/workspaces/write",
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
    "Microsoft.OperationalInsights/register/action",
    "Microsoft.Insights/register/action",
    "Microsoft.Insights/actionGroups/write",
    "Microsoft.Insights/scheduledQueryRules/write",
    "Microsoft.AlertsManagement/alerts/read",
];

/// Enabled subscriptions of this tenant: id and name. One without a tenant id is taken to be of this tenant.
pub(super) async fn subscriptions(reader: &Reader<'_>) -> Result<Vec<(String, String)>, Fault> {
    let path = format!("/subscriptions?api-version={SUBSCRIPTIONS}");
    let all: Vec<Subscription> = reader.session.list(Audience::Arm, &path).await?;
    let tenant = reader.known.organization.get().map(|organization| organization.id.as_str());
    let ours = |s: &Subscription| match (&s.tenant_id, tenant) {
        (Some(own), Some(tenant)) => own.eq_ignore_ascii_case(tenant),
        _ => true,
    };
    let enabled =
        |s: &Subscription| s.state.as_deref().is_none_or(|state| state.eq_ignore_ascii_case("Enabled"));
    let named = |s: Subscription| (s.subscription_id, clean(&s.display_name.unwrap_or_default()));
    Ok(all.into_iter().filter(|s| ours(s) && enabled(s)).map(named).collect())
}

/// The planned subscription, or the only one.
pub(super) fn chosen(all: &[(String, String)], planned: Option<&String>) -> Option<(String, String)> {
    match planned {
        Some(id) => all.iter().find(|(own, _)| own.eq_ignore_ascii_case(id)).cloned(),
        None if all.len() == 1 => all.first().cloned(),
        None => None,
    }
}

/// Rights that the operator lacks. A refusal means that there are none.
pub(super) async fn missing_rights(reader: &Reader<'_>, subscription: &str) -> Result<Vec<String>, Fault> {
    let id = escaped(subscription);
    let path = format!(
        "/subscriptions/{id}/providers/Microsoft.Authorization/permissions?api-version={PERMISSIONS}"
    );
    let permissions: Vec<Permission> = match reader.session.list(Audience::Arm, &path).await {
        Err(fault) if fault.status == 403 => Vec::new(),
        answer => answer?,
    };
    Ok(RIGHTS.iter().filter(|right| !allowed(&permissions, right)).map(|right| (*right).to_owned()).collect())
}

/// Entries are added up; within one, what it excludes counts against it.
fn allowed(permissions: &[Permission], right: &str) -> bool {
    let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, right));
    permissions.iter().any(|permission| any(&permission.actions) && !any(&permission.not_actions))
}

/// Whether `pattern`, with `*` for anything, fits the whole of `text`; case does not count.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Providers that are not registered in the subscription.
pub(super) async fn unregistered(reader: &Reader<'_>, subscription: &str) -> Result<Vec<String>, Fault> {
    let mut missing = Vec::new();
    for name in PROVIDERS {
        let path = format!(
            "/subscriptions/{}/providers/{name}?api-version={}",
            escaped(subscription),
            api::RESOURCES
        );
        let provider: Provider = match reader.session.read(Audience::Arm, &path).await {
            Err(fault) if matches!(fault.status, 403 | 404) => Provider::default(),
            answer => answer?,
        };
        let state = provider.registration_state.unwrap_or_default();
        if !state.eq_ignore_ascii_case("Registered") {
            missing.push(name.to_owned());
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(actions: &[&str], not_actions: &[&str]) -> Permission {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        Permission { actions: own(actions), not_actions: own(not_actions) }
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("*", "Microsoft.Insights/register/action"));
        assert!(matches("*/register/action", "Microsoft.Insights/register/action"));
        assert!(matches("microsoft.insights/*/write", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("Microsoft.Insights/*/read", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("Microsoft.Insights", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("a*a", "a"));
    }

    #[test]
    fn an_exclusion_counts_only_in_its_own_entry() {
        let right = "Microsoft.Insights/actionGroups/write";
        let contributor = permission(&["*"], &["Microsoft.Insights/*"]);
        assert!(!allowed(std::slice::from_ref(&contributor), right));
        assert!(allowed(&[contributor, permission(&["Microsoft.Insights/*"], &[])], right));
        assert!(!allowed(&[], right));
    }

    #[test]
    fn of_several_subscriptions_none_is_guessed() {
        let one = ("1".to_owned(), "One".to_owned());
        let two = ("2".to_owned(), "Two".to_owned());
        assert_eq!(chosen(std::slice::from_ref(&one), None), Some(one.clone()));
        assert_eq!(chosen(&[one.clone(), two.clone()], None), None);
        assert_eq!(chosen(&[one, two.clone()], Some(&"2".to_owned())), Some(two));
    }
}
