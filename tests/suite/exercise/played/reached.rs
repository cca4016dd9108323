//! Nothing of a scenario is there for nobody: every inject is sent in some play, every option of a decision taken, every
//! expected action met, every card opened, every hand lent, every milestone reached, every die thrown both ways.

use std::collections::BTreeSet;

use breakglass::domain::exercise::event::{Event, Mark};
use breakglass::domain::exercise::play::HAND;
use breakglass::domain::exercise::scenario::{Scenario, shipped};

use super::plays::all;

/// Everything that a play can come to, by name.
fn there(scenario: &Scenario) -> BTreeSet<String> {
    let injects = scenario.injects.iter().map(|one| format!("inject {}", one.id));
    let dice = scenario.injects.iter().filter(|one| one.when.die.is_some());
    let spared = dice.map(|one| format!("spared {}", one.id));
    let options = scenario.decisions.iter().flat_map(|decision| {
        decision.options.iter().map(move |option| format!("option {}/{}", decision.id, option.id))
    });
    let actions = scenario.expected().map(|(inject, one)| format!("action {}/{}", inject.id, one.id));
    let cards = scenario.cards.iter().map(|one| format!("card {}", one.id));
    let hands = scenario.by_hand.iter().map(|one| format!("hand {}", one.id));
    let milestones = scenario.milestones.iter().map(|one| format!("milestone {}", one.id));
    injects.chain(spared).chain(options).chain(actions).chain(cards).chain(hands).chain(milestones).collect()
}

/// What an event shows to have come up.
fn shown(scenario: &Scenario, event: &Event) -> Vec<String> {
    match event {
        Event::Sent { inject, .. } => vec![format!("inject {inject}")],
        Event::Spared { inject, .. } => vec![format!("spared {inject}")],
        Event::Decided { decision, option, .. } => vec![format!("option {decision}/{option}")],
        Event::Marked { mark: Mark::Not, .. } => Vec::new(),
        Event::Marked { inject, action, .. } => vec![format!("action {inject}/{action}")],
        Event::Card { card, fits: true } => {
            let asked = scenario.expected().filter(|(_, one)| one.card.as_ref() == Some(card));
            let asked = asked.map(|(inject, one)| format!("action {}/{}", inject.id, one.id));
            asked.chain([format!("card {card}")]).collect()
        }
        Event::Responded { what } => {
            what.strip_prefix(HAND).map(|id| format!("hand {id}")).into_iter().collect()
        }
        Event::Reached { milestone } => vec![format!("milestone {milestone}")],
        _ => Vec::new(),
    }
}

#[test]
fn slow_everything_that_a_scenario_holds_comes_up_in_some_play() {
    let mut never = Vec::new();
    for scenario in shipped() {
        let plays = all().iter().filter(|came| came.scenario == scenario.id);
        let events = plays.flat_map(|came| &came.events);
        let reached: BTreeSet<String> = events.flat_map(|event| shown(scenario, event)).collect();
        let left = there(scenario).into_iter().filter(|one| !reached.contains(one));
        never.extend(left.map(|one| format!("{}: {one}", scenario.id)));
    }
    assert!(never.is_empty(), "no script reaches:\n{}", never.join("\n"));
}
