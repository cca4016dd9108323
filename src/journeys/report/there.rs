//! What is there already and was not made here: named, whether or not somebody sits at the console, so that nothing is made
//! beside it by mistake.

use crate::domain::facts::Account;
use crate::journeys::desk::Desk;

/// What the tenant had before, one sentence each.
pub fn there(desk: &Desk) -> Vec<String> {
    accounts(desk).chain(groups(desk)).chain(logs(desk)).collect()
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
    let others = groups.into_iter().flat_map(|groups| &groups.others).map(|(id, name)| {
        format!(
            "Policies exclude the group \"{name}\" already, which holds an emergency access account. It stays as it is; the \
             plan can adopt it: group.adopt = \"{id}\"."
        )
    });
    let made = desk.evidence().group.clone();
    let found =
        groups.and_then(|groups| groups.found.as_ref()).filter(|group| made.as_ref() != Some(&group.id));
    others.chain(found.map(|group| format!("The group \"{}\" was there already and is used.", group.name)))
}

fn logs(desk: &Desk) -> impl Iterator<Item = String> {
    let covered = desk.facts().monitoring.get().and_then(|monitoring| monitoring.covered_place());
    let ours = |name: &str| desk.written.iter().any(|sentence| sentence.contains(name));
    let told = covered.filter(|(_, settings)| !settings.iter().any(|setting| ours(&setting.name)));
    told.into_iter().map(|(place, settings)| {
        let names: Vec<&str> = settings.iter().map(|setting| setting.name.as_str()).collect();
        let place = place.rsplit('/').next().unwrap_or(place);
        format!(
            "Sign-in and audit logs go to {place} already, by the diagnostic setting {}.",
            names.join(", ")
        )
    })
}
