//! The exclusion group, its members and owners, and groups that already serve as one (contract 5).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::facts::{Group, Groups};
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::wire::{self, Object};

use super::{Reader, escaped, quoted};

const FIELDS: &str = "$select=id,displayName,description,isAssignableToRole,membershipRule";

/// The group of the plan and others like it.
pub(super) async fn groups(reader: &Reader<'_>) -> Result<Groups, Fault> {
    let found = match find(reader).await? {
        Some(group) => Some(complete(reader, group).await?),
        None => None,
    };
    let others = others(reader, found.as_ref()).await?;
    Ok(Groups { found, others })
}

/// By id, else by name. Of several with the name, the protected one.
async fn find(reader: &Reader<'_>) -> Result<Option<wire::Group>, Fault> {
    if let Some(id) = &reader.query.group_id {
        match reader.session.graph(&format!("/groups/{}?{FIELDS}", escaped(id))).await {
            Ok(group) => return Ok(Some(group)),
            Err(fault) if fault.is_absent() => {}
            Err(fault) => return Err(fault),
        }
    }
    let path = format!("/groups?$filter=displayName%20eq%20{}&{FIELDS}", quoted(&reader.query.group_name));
    let mut named: Vec<wire::Group> = reader.session.graph_list(&path).await?;
    named.sort_by_key(|group| !group.is_assignable_to_role);
    Ok(named.into_iter().next())
}

async fn people(reader: &Reader<'_>, group: &str, what: &str) -> Result<Vec<(String, String)>, Fault> {
    let path = format!("/groups/{group}/{what}?$select=id,displayName,userPrincipalName");
    let objects: Vec<Object> = reader.session.graph_list(&path).await?;
    Ok(objects.into_iter().map(named).collect())
}

async fn complete(reader: &Reader<'_>, group: wire::Group) -> Result<Group, Fault> {
    let members = people(reader, &group.id, "transitiveMembers").await?;
    let owners = people(reader, &group.id, "owners").await?;
    Ok(Group {
        id: group.id,
        name: clean(&group.display_name),
        description: clean(&group.description),
        role_assignable: group.is_assignable_to_role,
        dynamic: !group.membership_rule.is_empty(),
        members,
        owners,
    })
}

fn named(object: Object) -> (String, String) {
    let names = [object.user_principal_name, object.display_name, object.id.clone()];
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    (object.id, clean(&name))
}

/// Groups that policies exclude and that hold one of the accounts, asked from the side of the accounts: they are few,
/// the groups may be many.
async fn others(reader: &Reader<'_>, found: Option<&Group>) -> Result<Vec<(String, String)>, Fault> {
    let excluded: BTreeSet<&str> = reader
        .known
        .policies
        .get()
        .into_iter()
        .flatten()
        .flat_map(|policy| policy.excluded_groups().iter().map(String::as_str))
        .collect();
    let mut others = BTreeMap::new();
    if excluded.is_empty() {
        return Ok(Vec::new());
    }
    for account in accounts(reader) {
        let path = format!("/users/{account}/transitiveMemberOf?$select=id,displayName");
        let memberships: Vec<Object> = match reader.session.graph_list(&path).await {
            Err(fault) if fault.is_absent() => continue,
            answer => answer?,
        };
        let fits =
            |m: &Object| excluded.contains(m.id.as_str()) && found.is_none_or(|group| group.id != m.id);
        others.extend(memberships.into_iter().filter(fits).map(|m| (m.id, clean(&m.display_name))));
    }
    Ok(others.into_iter().collect())
}

fn accounts<'a>(reader: &'a Reader<'_>) -> impl Iterator<Item = &'a str> {
    let known = reader.known.accounts.get();
    let in_slots = known.into_iter().flat_map(|accounts| &accounts.in_slots).map(|a| a.account.id.as_str());
    let candidates = known.into_iter().flat_map(|accounts| &accounts.candidates).map(|a| a.id.as_str());
    in_slots.chain(candidates)
}
