//! The Azure side of monitoring that is no log and no alert: subscription, rights, providers (contract 15.9).

use crate::domain::facts::{Permission, Rights, Subscription};
use crate::domain::text::clean;
use crate::domain::write::call::api;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;

use super::azure_wire::{self, Provider};
use super::{Reader, escaped};

/// API version of subscriptions; common in callers, its own documentation was not at hand (contract 8).
pub(in crate::tenant) const SUBSCRIPTIONS: &str = "2022-12-01";
/// API version of permissions.
const PERMISSIONS: &str = "2022-04-01";
/// Providers whose resources are made here.
const PROVIDERS: [&str; 3] =
    ["Microsoft.OperationalInsights", "Microsoft.Insights", "Microsoft.AlertsManagement"];

/// Every subscription of this tenant that is visible, in whatever state. One without a tenant id is taken to be of this
/// tenant.
pub(super) async fn subscriptions(reader: &Reader<'_>) -> Result<Vec<Subscription>, Fault> {
    let path = format!("/subscriptions?api-version={SUBSCRIPTIONS}");
    let all: Vec<azure_wire::Subscription> = reader.session.list(Audience::Arm, &path).await?;
    let tenant = reader.known.organization.get().map(|organization| organization.id.as_str());
    let ours = |s: &azure_wire::Subscription| match (&s.tenant_id, tenant) {
        (Some(own), Some(tenant)) => own.eq_ignore_ascii_case(tenant),
        _ => true,
    };
    let named = |s: azure_wire::Subscription| Subscription {
        id: s.subscription_id,
        name: clean(&s.display_name.unwrap_or_default()),
        state: s.state.as_deref().map(clean),
    };
    Ok(all.into_iter().filter(ours).map(named).collect())
}

/// The planned subscription, or the only one; one that takes no writes is not chosen.
pub(super) fn chosen(all: &[Subscription], planned: Option<&String>) -> Option<(String, String)> {
    let mut usable = all.iter().filter(|one| one.is_usable());
    let found = match planned {
        Some(id) => usable.find(|one| one.id.eq_ignore_ascii_case(id)),
        None => usable.next().filter(|_| usable.next().is_none()),
    };
    found.map(|one| (one.id.clone(), one.name.clone()))
}

/// The regions that the subscription may use: those that are places. Azure lists groupings such as `europe` beside them, in
/// which nothing can be made (Microsoft Learn, Subscriptions - List Locations). A provider may offer its things in fewer.
pub(super) async fn regions(reader: &Reader<'_>, subscription: &str) -> Result<Vec<String>, Fault> {
    let path = format!("/subscriptions/{}/locations?api-version={SUBSCRIPTIONS}", escaped(subscription));
    let all: Vec<azure_wire::Location> = reader.session.list(Audience::Arm, &path).await?;
    let is_place = |one: &azure_wire::Location| {
        one.metadata.region_type.as_ref().is_none_or(|kind| kind.eq_ignore_ascii_case("Physical"))
    };
    Ok(all.into_iter().filter(is_place).map(|one| clean(&one.name).to_lowercase()).collect())
}

/// The operator's rights in the subscription, and in the planned resource group where it exists.
pub(super) async fn rights(
    reader: &Reader<'_>,
    subscription: &str,
    group: Option<&str>,
) -> Result<Rights, Fault> {
    let whole = format!("/subscriptions/{}", escaped(subscription));
    let group = match group {
        Some(group) => permissions(reader, &format!("{whole}/resourcegroups/{}", escaped(group))).await?,
        None => Vec::new(),
    };
    Ok(Rights { subscription: permissions(reader, &whole).await?, group })
}

/// A refusal means that there are none.
async fn permissions(reader: &Reader<'_>, scope: &str) -> Result<Vec<Permission>, Fault> {
    let path = format!("{scope}/providers/Microsoft.Authorization/permissions?api-version={PERMISSIONS}");
    let list: Vec<azure_wire::Permission> = match reader.session.list(Audience::Arm, &path).await {
        Err(fault) if matches!(fault.status, 403 | 404) => Vec::new(),
        answer => answer?,
    };
    let own = |p: azure_wire::Permission| Permission { actions: p.actions, not_actions: p.not_actions };
    Ok(list.into_iter().map(own).collect())
}

/// Providers that were seen not to be registered in the subscription. One that may not be looked at may be registered.
pub(super) async fn unregistered(reader: &Reader<'_>, subscription: &str) -> Result<Vec<String>, Fault> {
    let mut missing = Vec::new();
    for name in PROVIDERS {
        let path = format!(
            "/subscriptions/{}/providers/{name}?api-version={}",
            escaped(subscription),
            api::RESOURCES
        );
        let provider: Provider = match reader.session.read(Audience::Arm, &path).await {
            Err(fault) if fault.status == 403 => continue,
            Err(fault) if fault.is_absent() => Provider::default(),
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

    fn seen(id: &str, state: &str) -> Subscription {
        Subscription { id: id.to_owned(), name: id.to_uppercase(), state: Some(state.to_owned()) }
    }

    fn id(all: &[Subscription], planned: Option<&str>) -> Option<String> {
        chosen(all, planned.map(str::to_owned).as_ref()).map(|(id, _)| id)
    }

    #[test]
    fn of_several_subscriptions_none_is_guessed() {
        let (one, two) = (seen("a", "Enabled"), seen("b", "Enabled"));
        assert_eq!(id(std::slice::from_ref(&one), None).as_deref(), Some("a"));
        assert_eq!(id(&[one.clone(), two.clone()], None), None);
        assert_eq!(id(&[one, two], Some("B")).as_deref(), Some("b"));
    }

    #[test]
    fn a_subscription_that_is_past_due_works_and_a_disabled_one_does_not() {
        let (late, off) = (seen("a", "PastDue"), seen("b", "Disabled"));
        assert_eq!(id(&[late.clone(), off.clone()], None).as_deref(), Some("a"));
        assert_eq!(id(&[late, off], Some("b")), None);
    }
}
