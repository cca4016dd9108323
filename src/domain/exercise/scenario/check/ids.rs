//! The names within a scenario: small letters, digits and hyphens, and each once in its list.

use std::collections::BTreeSet;

use super::{Wrong, wrong as mistake};
use crate::domain::exercise::scenario::Scenario;

/// Letters of the longest name.
const LONGEST: usize = 40;

/// Names that are badly spelled or given twice.
pub(super) fn wrong(scenario: &Scenario) -> Vec<Wrong> {
    let mut all: Vec<Wrong> = spelled("id", &scenario.id).into_iter().collect();
    all.extend(list("objectives", scenario.objectives.iter().map(|one| one.id.as_str())));
    all.extend(list("roles", scenario.roles.iter().map(|one| one.id.as_str())));
    all.extend(list("milestones", scenario.milestones.iter().map(|one| one.id.as_str())));
    all.extend(list("injects", scenario.injects.iter().map(|one| one.id.as_str())));
    all.extend(list("decisions", scenario.decisions.iter().map(|one| one.id.as_str())));
    all.extend(list("cards", scenario.cards.iter().map(|one| one.id.as_str())));
    all.extend(list("by_hand", scenario.by_hand.iter().map(|one| one.id.as_str())));
    for (i, inject) in scenario.injects.iter().enumerate() {
        let expected = inject.expected.iter().map(|one| one.id.as_str());
        all.extend(list(&format!("injects.{i}.expected"), expected));
    }
    for (i, decision) in scenario.decisions.iter().enumerate() {
        let options = decision.options.iter().map(|one| one.id.as_str());
        all.extend(list(&format!("decisions.{i}.options"), options));
    }
    all
}

fn list<'a>(key: &str, ids: impl Iterator<Item = &'a str>) -> Vec<Wrong> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (i, id) in ids.enumerate() {
        let at = format!("{key}.{i}.id");
        all.extend(spelled(&at, id));
        if !seen.insert(id) {
            all.push(mistake(
                &at,
                format!("The name \"{id}\" is given twice in this list; give another one."),
            ));
        }
    }
    all
}

fn spelled(key: &str, id: &str) -> Option<Wrong> {
    let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_good = !id.is_empty()
        && id.len() <= LONGEST
        && id.chars().all(is_sign)
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && !id.ends_with('-');
    let says = format!(
        "A name is spelled with small letters, digits and hyphens, begins with a letter, and has {LONGEST} at the most."
    );
    (!is_good).then(|| mistake(key, says))
}
