//! Single resources of Azure and lists of them, whole and with the newest API version that is taken: by readers, and by
//! writes that look right before they change one.

use serde_json::Value;

use crate::domain::facts::Original;
use crate::domain::write::call::api;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;
use crate::tenant::session::Session;

use super::azure_wire::Resource;
use super::escaped;

/// Asked for when the stable version is refused: the only one that some readers found published (contract 15.10).
const DIAGNOSTICS_PREVIEW: &str = "2017-04-01-preview";
/// Versions of action groups, rules and settings, best first: an unknown one is refused with 400.
pub(in crate::tenant) const GROUP_VERSIONS: &[&str] = &[api::ACTION_GROUPS_CONFIRMED, api::ACTION_GROUPS];
pub(in crate::tenant) const RULE_VERSIONS: &[&str] = &[api::RULES_NEWEST, api::RULES];
pub(in crate::tenant) const SETTING_VERSIONS: &[&str] = &[api::DIAGNOSTICS, DIAGNOSTICS_PREVIEW];

/// Whether the resource group is in the list of those that may be seen.
pub(in crate::tenant) async fn has_group(
    session: &Session,
    subscription: &str,
    name: &str,
) -> Result<bool, Fault> {
    let path =
        format!("/subscriptions/{}/resourcegroups?api-version={}", escaped(subscription), api::RESOURCES);
    let groups: Vec<Resource> = session.list(Audience::Arm, &path).await?;
    Ok(groups.iter().any(|group| group.name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name))))
}

/// A resource with the first of `versions` that is taken; nothing where there is none or its provider is not registered.
pub(in crate::tenant) async fn resource(
    session: &Session,
    id: &str,
    versions: &[&str],
) -> Result<Option<Original>, Fault> {
    let mut refused = None;
    for version in versions {
        match session.read::<Value>(Audience::Arm, &format!("{id}?api-version={version}")).await {
            Ok(body) => return Ok(Some(Original::new(version, body))),
            Err(fault) if is_nothing(&fault) => return Ok(None),
            Err(fault) if fault.status == 400 => refused = Some(fault),
            Err(fault) => return Err(fault),
        }
    }
    refused.map_or(Ok(None), Err)
}

/// Whether a refusal says that there is none.
pub(super) fn is_nothing(fault: &Fault) -> bool {
    fault.is_absent() || fault.says("MissingSubscriptionRegistration")
}

/// A list with the first of `versions` that is taken.
pub(in crate::tenant) async fn listed(
    session: &Session,
    path: &str,
    versions: &[&str],
) -> Result<Vec<Original>, Fault> {
    let mut last = Ok(Vec::new());
    for version in versions {
        let found = session.list::<Value>(Audience::Arm, &format!("{path}?api-version={version}")).await;
        match found {
            Ok(found) => return Ok(found.into_iter().map(|body| Original::new(version, body)).collect()),
            Err(fault) if matches!(fault.status, 400 | 404) => last = Err(fault),
            Err(fault) => return Err(fault),
        }
    }
    last
}
