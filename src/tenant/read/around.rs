//! What surrounds the accounts, for a review: what else they are in and hold, ids in exclusions, what lies among what was
//! deleted, what people are asked for at a sign-in (contract 15.1, 15.6, 15.7).
//!
//! Each part is asked for by itself, so that a refusal hides nothing but its own.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::facts::around::{
    Around, Campaign, CampaignState, Deleted, Excluded, Membership, MembershipKind, Prompts,
};
use crate::domain::facts::policy::Policy;
use crate::domain::facts::{InSlot, Reading};
use crate::domain::text::clean;
use crate::tenant::fault::Fault;

use super::{Reader, escaped, risk, told_of, what_if};

/// How many excluded ids are looked up one by one: policies of one tenant exclude the same few.
const MOST_IDS: usize = 200;

/// What surrounds the accounts.
pub(super) async fn around(reader: &Reader<'_>) -> Around {
    Around {
        memberships: told_of("the memberships of the accounts", memberships(reader).await),
        excluded: excluded(reader).await,
        deleted: told_of("what was deleted", deleted(reader).await),
        prompts: told_of("the policy for methods", prompts(reader).await),
        own_reset: told_of("whether administrators may reset their own password", own_reset(reader).await),
        group_licenses: told_of("the licenses of the exclusion group", group_licenses(reader).await),
        contexts: told_of("which policies would apply in other contexts", what_if::contexts(reader).await),
        risks: risk::risks(reader).await,
    }
}

fn accounts<'a>(reader: &'a Reader<'_>) -> &'a [InSlot] {
    reader.known.accounts.get().map(|accounts| accounts.in_slots.as_slice()).unwrap_or_default()
}

/// Without a cast groups, roles and administrative units come together (contract 15.2).
async fn memberships(reader: &Reader<'_>) -> Result<Vec<Membership>, Fault> {
    let mut all = Vec::new();
    for known in accounts(reader) {
        let path = format!("/users/{}/transitiveMemberOf", escaped(&known.account.id));
        let found: Vec<Value> = reader.session.graph_list(&path).await?;
        all.extend(found.iter().map(|object| membership(known, object)));
    }
    Ok(all)
}

fn membership(known: &InSlot, object: &Value) -> Membership {
    let text = |name: &str| object[name].as_str().unwrap_or_default();
    let kind = match text("@odata.type") {
        "#microsoft.graph.directoryRole" => MembershipKind::Role,
        "#microsoft.graph.group" if text("membershipRule").is_empty() => MembershipKind::Group,
        "#microsoft.graph.group" => MembershipKind::ComputedGroup,
        _ => MembershipKind::Other,
    };
    let id = if kind == MembershipKind::Role { text("roleTemplateId") } else { text("id") };
    Membership { slot: known.slot, id: id.to_owned(), name: clean(text("displayName")), kind }
}

/// Ids that policies exclude, each looked up once. Where the policies were not read there is nothing to look up, and
/// nothing is known.
async fn excluded(reader: &Reader<'_>) -> Reading<Excluded> {
    let Some(policies) = reader.known.policies.get() else { return Reading::NotYet };
    let groups = policies.iter().flat_map(|policy| policy.excluded_groups().iter().map(String::as_str));
    let users = policies.iter().flat_map(Policy::excluded_users);
    let ids: BTreeSet<(&str, &str)> =
        groups.map(|id| ("groups", id)).chain(users.filter(is_id).map(|id| ("users", id))).collect();
    let unknown: Vec<(&str, &str)> = ids.into_iter().filter(|(_, id)| !is_known(reader, id)).collect();
    told_of("the objects that policies exclude", looked_up(reader, &unknown).await)
}

/// Beside ids there are words: `GuestsOrExternalUsers`.
fn is_id(text: &&str) -> bool {
    text.parse::<uuid::Uuid>().is_ok()
}

/// Whether it was seen already: an account, or the group.
fn is_known(reader: &Reader<'_>, id: &str) -> bool {
    let group = reader.known.group.get().and_then(|groups| groups.found.as_ref());
    accounts(reader).iter().any(|known| known.account.id == id) || group.is_some_and(|group| group.id == id)
}

async fn looked_up(reader: &Reader<'_>, ids: &[(&str, &str)]) -> Result<Excluded, Fault> {
    let looked = ids.len().min(MOST_IDS);
    let mut found = Excluded { gone: Vec::new(), looked, left: ids.len() - looked };
    for (collection, id) in &ids[..looked] {
        if is_gone(reader, &format!("/{collection}/{}?$select=id", escaped(id))).await? {
            found.gone.push((*id).to_owned());
        }
    }
    Ok(found)
}

async fn is_gone(reader: &Reader<'_>, path: &str) -> Result<bool, Fault> {
    match reader.session.graph::<Value>(path).await {
        Ok(_) => Ok(false),
        Err(fault) if fault.is_absent() => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// Remembered accounts and the remembered group, where they are not where they were, looked for among what was deleted.
async fn deleted(reader: &Reader<'_>) -> Result<Vec<Deleted>, Fault> {
    let sought =
        reader.query.accounts.iter().filter_map(|sought| Some((Some(sought.slot), sought.id.clone()?)));
    let group = reader.query.group_id.clone().map(|id| (None, id));
    let mut found = Vec::new();
    for (slot, id) in sought.chain(group).filter(|(_, id)| !is_known(reader, id)) {
        if !is_gone(reader, &format!("/directory/deletedItems/{}", escaped(&id))).await? {
            found.push(Deleted { slot, id });
        }
    }
    Ok(found)
}

/// The campaign and the migration of the policies before it.
async fn prompts(reader: &Reader<'_>) -> Result<Prompts, Fault> {
    let policy: Value = reader.session.graph("/policies/authenticationMethodsPolicy").await?;
    let campaign = policy.pointer("/registrationEnforcement/authenticationMethodsRegistrationCampaign");
    Ok(Prompts {
        campaign: campaign.filter(|campaign| campaign.is_object()).map(self::campaign),
        migration: policy["policyMigrationState"].as_str().map(clean),
    })
}

fn campaign(campaign: &Value) -> Campaign {
    let ids = |name: &str| {
        let targets = campaign[name].as_array().into_iter().flatten();
        targets.filter_map(|target| target["id"].as_str()).map(str::to_owned).collect()
    };
    let state = match campaign["state"].as_str() {
        Some("default") => CampaignState::ByMicrosoft,
        Some("enabled") => CampaignState::Enabled,
        Some("disabled") => CampaignState::Disabled,
        _ => CampaignState::Unknown,
    };
    Campaign { state, includes: ids("includeTargets"), excludes: ids("excludeTargets") }
}

async fn own_reset(reader: &Reader<'_>) -> Result<Option<bool>, Fault> {
    let policy: Value = reader.session.graph("/policies/authorizationPolicy").await?;
    Ok(policy["allowedToUseSSPR"].as_bool())
}

/// `assignedLicenses` of a group is in no description at hand (UNVERIFIED): anything but a list is not known.
async fn group_licenses(reader: &Reader<'_>) -> Result<Option<usize>, Fault> {
    let group = reader.known.group.get().and_then(|groups| groups.found.as_ref());
    let Some(group) = group else { return Ok(Some(0)) };
    let path = format!("/groups/{}?$select=id,assignedLicenses", escaped(&group.id));
    let group: Value = reader.session.graph(&path).await?;
    Ok(group["assignedLicenses"].as_array().map(Vec::len))
}
