//! Whether a secret management system of the plan can keep what the plan gives to it.

use std::collections::BTreeSet;

use crate::domain::plan::plan_file::rule::{Wrong, is_blank};
use crate::domain::plan::system::Commands;
use crate::domain::plan::{Account, Plan, System};
use crate::domain::record::SlipKind;
use crate::domain::slot::Slot;

/// Words in a command that somebody may expect to be filled with the secret.
const NEVER_FILLED: [&str; 4] = ["{secret}", "{password}", "{pin}", "{value}"];

/// What must be corrected.
pub(super) fn systems(plan: &Plan) -> Vec<Wrong> {
    let mut seen: BTreeSet<String> = plan.safes.iter().map(|safe| safe.name.trim().to_lowercase()).collect();
    let twice = plan.systems.iter().position(|system| !seen.insert(system.name.trim().to_lowercase()));
    let twice = twice.map(|i| {
        let says = "Every system needs a name of its own, which no safe has either.";
        Wrong::of(&format!("systems.{i}.name"), says)
    });
    let each = plan.systems.iter().enumerate().flat_map(|(i, one)| {
        let key = format!("systems.{i}");
        system(&key, one).into_iter().chain(together(plan, &key, one))
    });
    let accounts = plan.slots().flat_map(|(slot, account)| of_account(plan, slot, account));
    twice.into_iter().chain(each).chain(accounts).collect()
}

fn system(key: &str, system: &System) -> Vec<Wrong> {
    let name = &system.name;
    let unnamed = (is_blank(name) || is_blank(&system.place))
        .then(|| Wrong::of(&format!("{key}.name"), "Every system needs a name and a place."));
    let commands = [("store", &system.store), ("read", &system.read)];
    let commands = commands.into_iter().flat_map(|(field, words)| {
        let told = command(words).into_iter();
        told.map(move |why| {
            Wrong::of(&format!("{key}.{field}"), format!("system {name}: {}", why.replace("{field}", field)))
        })
    });
    unnamed.into_iter().chain(commands).collect()
}

/// What is wrong with the words of a command; `{field}` stands for its name.
fn command(words: &[String]) -> Vec<&'static str> {
    let is_filled = |word: &String| NEVER_FILLED.iter().any(|never| word.contains(never));
    let is_empty = words.first().is_none_or(is_blank);
    let is_odd = words.iter().any(|word| word.chars().any(char::is_control));
    let told = [
        is_empty.then_some("{field} must name a program and its arguments, as a list of words."),
        is_odd.then_some("{field} holds a control character."),
        words.iter().any(is_filled).then_some(
            "no word of {field} is ever filled with the secret; let the command take it from its standard input.",
        ),
    ];
    told.into_iter().flatten().collect()
}

/// Two secrets under one name: the second would take the place of the first, or the first would be read for both.
fn together(plan: &Plan, key: &str, system: &System) -> Vec<Wrong> {
    let kept = kept(plan, system);
    let commands: Vec<Commands> = kept.iter().map(|(slot, kind)| system.commands(*slot, *kind)).collect();
    let of = |field: &str, command: fn(&Commands) -> &[String]| {
        let names: BTreeSet<&[String]> = commands.iter().map(command).collect();
        (names.len() < kept.len()).then(|| {
            let says = format!(
                "system {}: it is to keep {} secrets, and its {field} command does not tell them apart; put {{account}} \
                 and {{what}} into it.",
                system.name,
                kept.len()
            );
            Wrong::of(&format!("{key}.{field}"), says)
        })
    };
    of("store", |each| &each.store).into_iter().chain(of("read", |each| &each.read)).collect()
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

fn of_account(plan: &Plan, slot: Slot, account: &Account) -> Vec<Wrong> {
    let key = format!("accounts.{}", slot.index());
    let is_system = |name: &str| plan.system(name).is_some();
    let keys = account.keys.iter().enumerate().filter(|(_, one)| is_system(&one.safe)).map(|(k, one)| {
        let says = format!(
            "{slot} account: the key \"{}\" is a thing and lies in a safe, not in system {}.",
            one.name, one.safe
        );
        Wrong::of(&format!("{key}.keys.{k}.safe"), says)
    });
    let halved = account.second_half.is_some() && account.password_safes().any(is_system);
    let halves = halved.then(|| {
        let says = format!(
            "{slot} account: half a password cannot go to a system: whoever runs its command here could read both \
             halves. Keep both in safes, or the whole in the system."
        );
        Wrong::of(&format!("{key}.second_half.safe"), says)
    });
    keys.chain(halves).collect()
}
