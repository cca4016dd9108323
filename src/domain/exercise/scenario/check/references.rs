//! What a scenario refers to by name has to be in it; checks and changes have to be known.

use super::{Wrong, wrong as mistake};
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::scenario::{BY_DIE, Damage, Inject, Objective, Objects, Scenario};
use crate::domain::text::{clean, known_near, sentence};

/// References to nothing.
pub(super) fn wrong(scenario: &Scenario, objects: &Objects<'_>) -> Vec<Wrong> {
    let look = Look { scenario, names: Names::of(scenario) };
    let mut all = Vec::new();
    for (i, one) in scenario.objectives.iter().enumerate() {
        all.extend(look.objective(&format!("objectives.{i}"), one));
    }
    for (i, one) in scenario.milestones.iter().enumerate() {
        let key = format!("milestones.{i}");
        all.extend(look.inject(&format!("{key}.since"), one.since.as_deref()));
        let unknown = one.check.as_ref().and_then(CheckSubject::unknown);
        all.extend(unknown.map(|why| mistake(format!("{key}.check"), sentence(&format!("Here {why}")))));
    }
    for (i, one) in scenario.injects.iter().enumerate() {
        let key = format!("injects.{i}");
        all.extend(look.of_inject(&key, one));
        all.extend(changes(&format!("{key}.damage"), &one.damage, objects));
    }
    for (i, one) in scenario.decisions.iter().enumerate() {
        all.extend(look.role(&format!("decisions.{i}.owner"), Some(&one.owner)));
        all.extend(look.inject(&format!("decisions.{i}.since"), one.since.as_deref()));
    }
    for (i, one) in scenario.by_hand.iter().enumerate() {
        let key = format!("by_hand.{i}");
        all.extend(look.inject(&format!("{key}.since"), one.since.as_deref()));
        all.extend(look.milestone(&format!("{key}.needs"), one.needs.as_deref()));
        all.extend(changes(&format!("{key}.changes"), &one.changes, objects));
    }
    all
}

/// Changes that a rehearsal tenant would refuse.
fn changes(key: &str, all: &[Damage], objects: &Objects<'_>) -> Vec<Wrong> {
    let says = |(i, one): (usize, &Damage)| {
        let why = clean(&objects(one)?);
        let says =
            format!("{why} `breakglass rehearsal serve --control` lists all changes with their parameters.");
        Some(mistake(format!("{key}.{i}.change"), says))
    };
    all.iter().enumerate().filter_map(says).collect()
}

/// The names of each kind.
struct Names<'a> {
    milestones: Vec<&'a str>,
    injects: Vec<&'a str>,
    roles: Vec<&'a str>,
    decisions: Vec<&'a str>,
    cards: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        Self {
            milestones: scenario.milestones.iter().map(|one| one.id.as_str()).collect(),
            injects: scenario.injects.iter().map(|one| one.id.as_str()).collect(),
            roles: scenario.roles.iter().map(|one| one.id.as_str()).collect(),
            decisions: scenario.decisions.iter().map(|one| one.id.as_str()).collect(),
            cards: scenario.cards.iter().map(|one| one.id.as_str()).collect(),
        }
    }
}

/// Looks names up.
struct Look<'a> {
    scenario: &'a Scenario,
    names: Names<'a>,
}

impl Look<'_> {
    fn objective(&self, key: &str, one: &Objective) -> Vec<Wrong> {
        let each = |field: &str, i: usize| format!("{key}.{field}.{i}");
        let milestones = one.milestones.iter().enumerate();
        let milestones = milestones.filter_map(|(i, id)| self.milestone(&each("milestones", i), Some(id)));
        let actions = one.actions.iter().enumerate();
        let actions = actions.filter_map(|(i, id)| self.action(&each("actions", i), id));
        let decisions = one.decisions.iter().enumerate();
        let decisions = decisions.filter_map(|(i, id)| self.decision(&each("decisions", i), Some(id)));
        let cards = one.cards.iter().enumerate();
        let cards = cards.filter_map(|(i, id)| self.card(&each("cards", i), Some(id)));
        milestones.chain(actions).chain(decisions).chain(cards).collect()
    }

    fn of_inject(&self, key: &str, one: &Inject) -> Vec<Wrong> {
        let at = |field: &str| format!("{key}.{field}");
        let mut all: Vec<Wrong> = Vec::new();
        all.extend(self.milestone(&at("when.milestone"), one.when.milestone.as_deref()));
        all.extend(self.decision(&at("when.decision"), one.when.decision.as_deref()));
        all.extend(self.option(&at("when.option"), one));
        all.extend(self.milestone(&at("unless"), one.unless.as_deref()));
        let to = one.to.iter().enumerate();
        all.extend(to.filter_map(|(i, role)| self.role(&at(&format!("to.{i}")), Some(role))));
        all.extend(self.role(&at("away"), one.away.as_deref().filter(|role| *role != BY_DIE)));
        let expected = one.expected.iter().enumerate();
        let card = |i: usize| at(&format!("expected.{i}.card"));
        all.extend(expected.filter_map(|(i, action)| self.card(&card(i), action.card.as_deref())));
        all
    }

    fn action(&self, key: &str, id: &str) -> Option<Wrong> {
        let known: Vec<String> =
            self.scenario.expected().map(|(inject, one)| format!("{}/{}", inject.id, one.id)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        missing(key, id, &Kind { what: "expected action", how: ", written inject/action", known: &known })
    }

    fn option(&self, key: &str, inject: &Inject) -> Option<Wrong> {
        let option = inject.when.option.as_deref()?;
        let decision = self.scenario.decision(inject.when.decision.as_deref()?)?;
        let known: Vec<&str> = decision.options.iter().map(|one| one.id.as_str()).collect();
        missing(key, option, &Kind { what: "option of that decision", how: "", known: &known })
    }

    fn milestone(&self, key: &str, id: Option<&str>) -> Option<Wrong> {
        missing(key, id?, &Kind { what: "milestone", how: "", known: &self.names.milestones })
    }

    fn inject(&self, key: &str, id: Option<&str>) -> Option<Wrong> {
        missing(key, id?, &Kind { what: "inject", how: "", known: &self.names.injects })
    }

    fn role(&self, key: &str, id: Option<&str>) -> Option<Wrong> {
        missing(key, id?, &Kind { what: "role", how: "", known: &self.names.roles })
    }

    fn decision(&self, key: &str, id: Option<&str>) -> Option<Wrong> {
        missing(key, id?, &Kind { what: "decision", how: "", known: &self.names.decisions })
    }

    fn card(&self, key: &str, id: Option<&str>) -> Option<Wrong> {
        missing(key, id?, &Kind { what: "card", how: "", known: &self.names.cards })
    }
}

/// A kind of name, and those that there are.
struct Kind<'a> {
    what: &'static str,
    how: &'static str,
    known: &'a [&'a str],
}

fn missing(key: &str, id: &str, kind: &Kind<'_>) -> Option<Wrong> {
    if kind.known.contains(&id) {
        return None;
    }
    let near = known_near(id, kind.known.iter().copied());
    let says = format!("There is no {} called \"{}\"{}{near}", kind.what, clean(id), kind.how);
    Some(mistake(key, sentence(&says)))
}
