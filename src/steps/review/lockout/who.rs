//! Who may get in: the emergency access accounts of the plan, and everybody else who holds Global Administrator.

use std::collections::BTreeSet;

use crate::domain::check::case::Case;
use crate::domain::facts::{Account, Administrator, Holding};
use crate::domain::slot::Slot;

/// Somebody who may get in.
pub(super) struct Who<'a> {
    pub name: String,
    pub slot: Option<Slot>,
    /// Object id; empty where it is not known.
    pub id: String,
    /// The account, where it was read.
    pub account: Option<&'a Account>,
    /// How it holds the role; `None` where that could not be read.
    pub holdings: Option<Vec<&'a Holding>>,
}

/// Emergency access accounts first, then the others by name.
pub(super) fn all<'a>(case: &Case<'a>) -> Vec<Who<'a>> {
    let ours = case.plan.slots().map(|(slot, _)| of_slot(case, slot));
    ours.chain(others(case)).collect()
}

fn of_slot<'a>(case: &Case<'a>, slot: Slot) -> Who<'a> {
    let account = case.facts.account(slot);
    let id = account.map(|account| account.id.clone()).unwrap_or_default();
    Who { name: case.upn(slot), slot: Some(slot), holdings: holdings(case, &id), account, id }
}

fn holdings<'a>(case: &Case<'a>, id: &str) -> Option<Vec<&'a Holding>> {
    let roles = case.facts.roles.get()?;
    Some(roles.holdings.iter().filter(|holding| holding.principal == id).collect())
}

fn others<'a>(case: &Case<'a>) -> Vec<Who<'a>> {
    let ours = case.facts.account_ids();
    let held = case.facts.roles.get().into_iter().flat_map(|roles| &roles.holdings);
    let ids: BTreeSet<&str> = held.map(|holding| holding.principal.as_str()).collect();
    let is_other = |id: &&str| !ours.iter().any(|own| own == id) && is_person(case, id);
    let other = |id: &str| Who {
        name: name(case, id),
        slot: None,
        id: id.to_owned(),
        account: None,
        holdings: holdings(case, id),
    };
    let mut others: Vec<Who<'a>> = ids.into_iter().filter(is_other).map(other).collect();
    others.sort_by(|one, other| one.name.cmp(&other.name));
    others
}

/// What is known not to be a person signs in at no console; who was disabled does not either.
fn is_person(case: &Case<'_>, id: &str) -> bool {
    known(case, id).is_none_or(|known| known.is_person && known.enabled != Some(false))
}

fn name(case: &Case<'_>, id: &str) -> String {
    let operator = case.facts.operator.get().filter(|operator| operator.id == id);
    let named = operator.map(|operator| operator.upn.as_str());
    let known = known(case, id);
    let of_role =
        known.map(|known| if known.upn.is_empty() { known.name.as_str() } else { known.upn.as_str() });
    named.or(of_role).filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
}

fn known<'a>(case: &Case<'a>, id: &str) -> Option<&'a Administrator> {
    case.facts.roles.get()?.people.iter().find(|one| one.id == id)
}
