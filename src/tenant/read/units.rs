//! Restricted management units: which of them keep an account from being changed (contract 12).

use serde::Deserialize;

use super::{Reader, escaped};
use crate::domain::text::clean;
use crate::tenant::wire::{Object, or_default};

/// An administrative unit.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Unit {
    id: String,
    #[serde(deserialize_with = "or_default")]
    display_name: String,
    #[serde(deserialize_with = "or_default")]
    is_member_management_restricted: bool,
}

/// Id and name of the restricted units that hold `user`. Asked from the side of the units, because a unit may hide its
/// membership from its members; what cannot be seen is not in the list, and the check then asks for a person.
pub(super) async fn restricting(reader: &Reader<'_>, user: &str) -> Vec<(String, String)> {
    let path = "/directory/administrativeUnits?$select=id,displayName,isMemberManagementRestricted";
    let units: Vec<Unit> = reader.session.graph_list(path).await.unwrap_or_default();
    let mut found = Vec::new();
    for unit in units.into_iter().filter(|unit| unit.is_member_management_restricted) {
        let path = format!("/directory/administrativeUnits/{}/members?$select=id", escaped(&unit.id));
        let members: Vec<Object> = reader.session.graph_list(&path).await.unwrap_or_default();
        if members.iter().any(|member| member.id.eq_ignore_ascii_case(user)) {
            found.push((unit.id, clean(&unit.display_name)));
        }
    }
    found
}
