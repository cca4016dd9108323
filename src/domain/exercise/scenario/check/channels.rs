//! Messages by a channel that is gone: one that comes at a minute at which its channel is gone never comes by itself, and
//! what the way to the end needs must not come by one that may be gone for good.

use super::{Wrong, wrong as mistake};
use crate::domain::exercise::scenario::{Channel, Inject, Scenario};

/// Messages that never come.
pub(super) fn wrong(scenario: &Scenario) -> Vec<Wrong> {
    let injects = scenario.injects.iter().enumerate().filter(|(_, one)| !one.when.hand);
    injects
        .filter_map(|(i, one)| held_up(scenario, one).map(|says| mistake(format!("injects.{i}.by"), says)))
        .collect()
}

fn held_up(scenario: &Scenario, one: &Inject) -> Option<String> {
    let taker = taker(scenario, one)?;
    let channel = word(one.by);
    match (is_back(scenario, one.by), is_needed(scenario, one)) {
        (false, _) if is_after(one, taker) => Some(format!(
            "It comes by {channel}, and \"{}\" takes that away for good; let it come in another way.",
            taker.id
        )),
        (false, true) => Some(format!(
            "More depends on it, it comes by {channel}, and \"{}\" may have taken that away for good.",
            taker.id
        )),
        (true | false, _) => None,
    }
}

/// The inject that takes away what this one comes by.
fn taker<'a>(scenario: &'a Scenario, one: &Inject) -> Option<&'a Inject> {
    scenario.injects.iter().find(|other| other.id != one.id && other.gone.contains(&one.by))
}

/// Whether something brings the channel back by itself, whatever the die shows and the players choose.
fn is_back(scenario: &Scenario, channel: Channel) -> bool {
    let mut backs = scenario.injects.iter().filter(|one| one.back.contains(&channel));
    backs.any(|one| one.when.minute.is_some() && one.when.die.is_none() && one.unless.is_none())
}

/// Whether it comes later by the clock, or waits for something that does.
fn is_after(one: &Inject, taker: &Inject) -> bool {
    match (one.when.minute, taker.when.minute) {
        (Some(minute), Some(gone)) => minute >= gone,
        _ => false,
    }
}

/// Whether something waits for it.
fn is_needed(scenario: &Scenario, one: &Inject) -> bool {
    let since = Some(one.id.as_str());
    scenario.milestones.iter().any(|other| other.since.as_deref() == since)
        || scenario.decisions.iter().any(|other| other.since.as_deref() == since)
        || scenario.by_hand.iter().any(|other| other.since.as_deref() == since)
}

fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Person => "word of mouth",
        Channel::Mail => "mail",
        Channel::Chat => "chat",
        Channel::Phone => "telephone",
        Channel::Screen => "screen",
        Channel::Paper => "paper",
    }
}
