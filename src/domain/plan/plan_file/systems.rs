//! Whether a secret management system of the plan can keep what the plan gives to it.

use std::collections::BTreeSet;

use crate::domain::plan::plan_file::rule::{is_blank, when};
use crate::domain::plan::system::shown;
use crate::domain::plan::{Account, Plan, System};
use crate::domain::record::SlipKind;
use crate::domain::slot::Slot;

/// Words in a command that somebody may expect to be filled with the secret.
const NEVER_FILLED: [&str; 4] = ["{secret}", "{password}", "{pin}", "{value}"];

/// What must be corrected, one sentence each.
pub(super) fn systems(plan: &Plan) -> Vec<String> {
    let mut seen: BTreeSet<String> = plan.safes.iter().map(|safe| safe.name.trim().to_lowercase()).collect();
    let twice = plan.systems.iter().any(|system| !seen.insert(system.name.trim().to_lowercase()));
    let mut wrong: Vec<String> =
        when(twice, "Every system needs a name of its own, which no safe has either.").into_iter().collect();
    wrong.extend(plan.systems.iter().flat_map(system));
    wrong.extend(plan.systems.iter().filter_map(|system| together(plan, system)));
    wrong.extend(plan.slots().flat_map(|(slot, account)| of_account(plan, slot, account)));
    wrong
}

fn system(system: &System) -> Vec<String> {
    let name = &system.name;
    let mut wrong: Vec<String> =
        when(is_blank(name) || is_blank(&system.place), "Every system needs a name and a place.")
            .into_iter()
            .collect();
    for (key, command) in [("store", &system.store), ("read", &system.read)] {
        let words = command.iter();
        wrong.extend(when(
            command.first().is_none_or(|program| is_blank(program)),
            &format!("system {name}: {key} must name a program and its arguments, as a list of words."),
        ));
        wrong.extend(when(
            words.clone().any(|word| word.chars().any(char::is_control)),
            &format!("system {name}: {key} holds a control character."),
        ));
        wrong.extend(when(
            words.clone().any(|word| NEVER_FILLED.iter().any(|never| word.contains(never))),
            &format!(
                "system {name}: no word of {key} is ever filled with the secret; let the command take it from its \
                 standard input."
            ),
        ));
    }
    wrong
}

/// Two secrets under one name: the second would take the place of the first.
fn together(plan: &Plan, system: &System) -> Option<String> {
    let kept = kept(plan, system);
    let names: BTreeSet<String> =
        kept.iter().map(|(slot, kind)| shown(&system.commands(*slot, *kind).store)).collect();
    when(
        names.len() < kept.len(),
        &format!(
            "system {}: it is to keep {} secrets, and its commands do not tell them apart; put {{account}} and {{what}} \
             into both.",
            system.name,
            kept.len()
        ),
    )
}

/// What a system keeps.
fn kept(plan: &Plan, system: &System) -> Vec<(Slot, SlipKind)> {
    let kinds = plan.slots().flat_map(|(slot, account)| {
        let pins = (0..account.keys.len()).map(|key| SlipKind::Pin { key });
        pins.chain([SlipKind::Password]).map(move |kind| (slot, kind))
    });
    kinds
        .filter(|(slot, kind)| plan.system_of(*slot, *kind).is_some_and(|c| c.system == system.name))
        .collect()
}

fn of_account(plan: &Plan, slot: Slot, account: &Account) -> Vec<String> {
    let is_system = |name: &str| plan.system(name).is_some();
    let keys = account.keys.iter().filter(|key| is_system(&key.safe)).map(|key| {
        format!(
            "{slot} account: the key \"{}\" is a thing and lies in a safe, not in system {}.",
            key.name, key.safe
        )
    });
    let halved = account.second_half.is_some() && account.password_safes().any(is_system);
    let halves = when(
        halved,
        &format!(
            "{slot} account: half a password cannot go to a system: whoever runs its command here could read both \
             halves. Keep both in safes, or the whole in the system."
        ),
    );
    keys.chain(halves).collect()
}
