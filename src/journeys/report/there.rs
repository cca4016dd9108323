//! What is there already and was not made here: named, whether or not somebody sits at the console, so that nothing is made
//! beside it by mistake.

use crate::domain::facts::{Account, ActionGroup};
use crate::journeys::desk::Desk;

/// What the tenant had before, one sentence each.
pub fn there(desk: &Desk) -> Vec<String> {
    accounts(desk).chain(groups(desk)).chain(logs(desk)).chain(action_groups(desk)).collect()
}

fn accounts(desk: &Desk) -> impl Iterator<Item = String> {
    let known = desk.facts().accounts.get();
    let candidates = known.into_iter().flat_map(|accounts| &accounts.candidates);
    candidates.map(|Account { upn, display_name, .. }| {
        format!(
            "The account {upn} ({display_name}) is a Global Administrator and fills no place of the plan. Where it is an \
             emergency access account, the plan can adopt it: \"adopt existing\", or accounts.adopt in the file."
        )
    })
}

fn groups(desk: &Desk) -> impl Iterator<Item = String> {
    let groups = desk.facts().group.get();
    let evidence = desk.evidence();
    let is_made =
        move |id: &String| evidence.group.iter().chain(&evidence.former_groups).any(|made| made == id);
    let others = groups.into_iter().flat_map(|groups| &groups.others).filter(move |(id, _)| !is_made(id));
    let others = others.map(|(id, name)| {
        format!(
            "Policies exclude the group \"{name}\" already, which holds an emergency access account. It stays as it is; the \
             plan can adopt it: group.adopt = \"{id}\"."
        )
    });
    let found = groups.and_then(|groups| groups.found.as_ref()).filter(move |group| !is_made(&group.id));
    others.chain(found.map(|group| format!("The group \"{}\" was there already and is used.", group.name)))
}

fn logs(desk: &Desk) -> impl Iterator<Item = String> {
    let covered = desk.facts().monitoring.get().and_then(|monitoring| monitoring.covered_place());
    let told = covered.filter(|(place, _)| !is_ours(desk, place));
    told.into_iter().map(|(place, settings)| {
        let names: Vec<&str> = settings.iter().map(|setting| setting.name.as_str()).collect();
        let place = place.rsplit('/').next().unwrap_or(place);
        format!(
            "Sign-in and audit logs go to {place} already, by the diagnostic setting {}.",
            names.join(", ")
        )
    })
}

/// How many action groups are named; more are counted.
const NAMED: usize = 3;

fn action_groups(desk: &Desk) -> Option<String> {
    let monitoring = desk.facts().monitoring.get()?;
    let used = monitoring.action_group.as_ref();
    if desk.plan().alerts.action_group.is_some() {
        let group = used?.planned_as();
        return Some(format!(
            "Alerts are told through the action group {group}, which is others' and stays as it is."
        ));
    }
    let is_used = |group: &&ActionGroup| used.is_some_and(|used| used.id.eq_ignore_ascii_case(&group.id));
    let others: Vec<String> = monitoring
        .action_groups
        .iter()
        .filter(|group| !is_used(group))
        .map(ActionGroup::planned_as)
        .collect();
    let named = others.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = others.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!others.is_empty()).then(|| {
        format!(
            "The subscription has action groups already: {named}{more}. The plan can use one of them as it is: \
             \"Action group to adopt\", or alerts.action_group in the file."
        )
    })
}

/// Whether this record made the logs go to `place`, in this run or before: its writes lead to the plan's workspace.
fn is_ours(desk: &Desk, place: &str) -> bool {
    let planned = desk.facts().monitoring.get().and_then(|monitoring| monitoring.workspace.as_ref());
    desk.evidence().logging_since.is_some() && planned.is_some_and(|own| own.id.eq_ignore_ascii_case(place))
}
