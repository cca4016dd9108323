//! Whether the acts of a script speak of what is in the exercise that they play; each name that is not there is told once. Days
//! of improvements are held to the day of the exercise.

use std::collections::BTreeMap;

use super::{Ground, Line, Wrong, wrong as mistake};
use crate::domain::exercise::act::{Act, Response};
use crate::domain::exercise::days::Days;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::slot::Slot;

/// A name that an act gives.
struct Name<'a> {
    /// The key it stands at.
    key: &'static str,
    /// What it is a name of.
    what: &'static str,
    /// The name.
    id: &'a str,
    /// The names there are.
    known: Vec<&'a str>,
}

/// What the exercise does not have, and days that do not fit it, with the place of the act.
pub(super) fn wrong(ground: Ground<'_>, acts: &[Line]) -> Vec<(usize, Wrong)> {
    let scenario = ground.scenario;
    let mut days: BTreeMap<u32, Days> = BTreeMap::new();
    let mut told: Vec<(&str, &str)> = Vec::new();
    let mut all = Vec::new();
    for Line { at, act } in acts {
        for name in names(scenario, act).into_iter().chain(account(ground, act)) {
            if name.known.contains(&name.id) || told.contains(&(name.what, name.id)) {
                continue;
            }
            told.push((name.what, name.id));
            all.push((*at, unknown(&name)));
        }
        all.extend(question(scenario, act).map(|one| (*at, one)));
        if let Act::Improve { number, due, retest, .. } = act {
            let known = days.entry(*number).or_default();
            *known = Days { due: *due, retest: *retest }.or(*known);
            let unfit = known.unfit(ground.day);
            all.extend(
                unfit.map(|unfit| (*at, mistake(unfit.key, format!("`{}`: {}", unfit.key, unfit.words)))),
            );
        }
    }
    all
}

fn unknown(name: &Name<'_>) -> Wrong {
    let Name { key, what, id, known } = name;
    let there = match known.as_slice() {
        [] => "there is none".to_owned(),
        known => format!("there are {}", known.join(", ")),
    };
    mistake(*key, format!("there is no {what} `{id}` here; {there}"))
}

fn question(scenario: &Scenario, act: &Act) -> Option<Wrong> {
    let Act::Answer { question, .. } = act else { return None };
    let all = scenario.hot_wash.len();
    let is_there = (1..=all).contains(question);
    (!is_there).then(|| {
        mistake(
            "question",
            format!("there is no question {question}: the hot wash has the questions 1 to {all}"),
        )
    })
}

/// The account that the team does something with.
fn account<'a>(ground: Ground<'a>, act: &Act) -> Option<Name<'a>> {
    let Act::Respond { with } = act else { return None };
    let slot = match with {
        Response::SignIn(slot) | Response::Repair(_, slot) | Response::Alert(slot) => Some(*slot),
        Response::Console(slot) => *slot,
        Response::Row(_) | Response::ByHand(_) | Response::Classify(_) => None,
    };
    let known = Slot::all().take(ground.accounts).map(Slot::key).collect();
    Some(Name { key: "with", what: "account", id: slot?.key(), known })
}

/// The names of the scenario that an act gives.
fn names<'a>(scenario: &'a Scenario, act: &'a Act) -> Vec<Name<'a>> {
    match act {
        Act::Open { cast, .. } => cast.iter().map(|one| role(scenario, "cast", &one.role)).collect(),
        Act::Send { inject: id } | Act::Withhold { inject: id } => vec![inject(scenario, "inject", id)],
        Act::Away { role: id } => vec![role(scenario, "role", id)],
        Act::Decide { decision: id, option, .. } => decided(scenario, id, option),
        Act::Mark { inject: id, action, .. } => {
            let own = inject(scenario, "inject", id);
            let action = self::action(scenario, Place { key: "action", inject: id }, action);
            [own].into_iter().chain(action).collect()
        }
        Act::Card { card: id, .. } => {
            let known = scenario.cards.iter().map(|one| one.id.as_str()).collect();
            vec![Name { key: "card", what: "card", id, known }]
        }
        Act::Respond { with: Response::ByHand(id) } => {
            let known = scenario.by_hand.iter().map(|one| one.id.as_str()).collect();
            vec![Name { key: "with", what: "thing done by hand", id, known }]
        }
        Act::Hint { about } => hinted(scenario, about),
        Act::Override { objective: id, .. } => vec![objective(scenario, id)],
        Act::Improve { objective: id, .. } if !id.trim().is_empty() => vec![objective(scenario, id)],
        Act::Improve { .. }
        | Act::Respond { .. }
        | Act::Clock { .. }
        | Act::Turn { .. }
        | Act::Look
        | Act::Note { .. }
        | Act::End { .. }
        | Act::Answer { .. }
        | Act::Complete { .. } => Vec::new(),
    }
}

fn inject<'a>(scenario: &'a Scenario, key: &'static str, id: &'a str) -> Name<'a> {
    let known = scenario.injects.iter().map(|one| one.id.as_str()).collect();
    Name { key, what: "inject", id, known }
}

fn role<'a>(scenario: &'a Scenario, key: &'static str, id: &'a str) -> Name<'a> {
    let known = scenario.roles.iter().map(|one| one.id.as_str()).collect();
    Name { key, what: "role", id, known }
}

fn objective<'a>(scenario: &'a Scenario, id: &'a str) -> Name<'a> {
    let known = scenario.objectives.iter().map(|one| one.id.as_str()).collect();
    Name { key: "objective", what: "objective", id, known }
}

fn decision<'a>(scenario: &'a Scenario, key: &'static str, id: &'a str) -> Name<'a> {
    let known = scenario.decisions.iter().map(|one| one.id.as_str()).collect();
    Name { key, what: "decision", id, known }
}

/// The decision and, where that is there, its option.
fn decided<'a>(scenario: &'a Scenario, id: &'a str, option: &'a str) -> Vec<Name<'a>> {
    let own = decision(scenario, "decision", id);
    let option = scenario.decision(id).map(|one| {
        let known = one.options.iter().map(|option| option.id.as_str()).collect();
        Name { key: "option", what: "option", id: option, known }
    });
    [own].into_iter().chain(option).collect()
}

/// An expected action of an inject that is there.
fn action<'a>(scenario: &'a Scenario, at: Place<'a>, id: &'a str) -> Option<Name<'a>> {
    let known = scenario.inject(at.inject)?.expected.iter().map(|one| one.id.as_str()).collect();
    Some(Name { key: at.key, what: "expected action", id, known })
}

/// What a hint is about.
fn hinted<'a>(scenario: &'a Scenario, about: &'a str) -> Vec<Name<'a>> {
    let key = "about";
    match about.split_once(':') {
        Some(("milestone", id)) => {
            let known = scenario.milestones.iter().map(|one| one.id.as_str()).collect();
            vec![Name { key, what: "milestone", id, known }]
        }
        Some(("decision", id)) => vec![decision(scenario, key, id)],
        Some(("action", both)) => {
            let (id, one) = both.split_once('/').unwrap_or((both, ""));
            let action = action(scenario, Place { key, inject: id }, one);
            [inject(scenario, key, id)].into_iter().chain(action).collect()
        }
        _ => {
            let known = vec!["milestone:ID", "decision:ID", "action:INJECT/ID"];
            vec![Name { key, what: "hint about", id: about, known }]
        }
    }
}

/// Where an action is named: the key, and the inject it belongs to.
#[derive(Clone, Copy)]
struct Place<'a> {
    key: &'static str,
    inject: &'a str,
}
