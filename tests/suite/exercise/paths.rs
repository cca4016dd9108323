//! Where the plays of the shipped scenarios lead, by the engine itself: with every option and many dice, in quick and in
//! slow plays, everything is sent at least once, nothing stays held up, and every play comes to its end.

use std::collections::BTreeSet;

use breakglass::domain::exercise::event::{Cast, Event, Mode, Moment, Opened, Players};
use breakglass::domain::exercise::journal::Journal;
use breakglass::domain::exercise::play::{DecisionState, InjectState, MilestoneState, Play};
use breakglass::domain::exercise::scenario::{self, Scenario};
use jiff::civil::date;

/// How somebody plays.
#[derive(Clone, Copy)]
struct Way {
    /// Which option is taken, counted on where a decision has fewer.
    option: usize,
    /// What the dice are thrown with.
    dice: u64,
    /// Seconds until anything is reached or decided; nothing ever is where there are none.
    pace: Option<u32>,
}

fn opened(scenario: &Scenario, dice: u64) -> Event {
    let cast = scenario
        .roles
        .iter()
        .map(|role| Cast { role: role.id.clone(), person: format!("Sample {}", role.id) });
    Event::Opened(Opened {
        scenario: scenario.id.clone(),
        version: scenario.version,
        date: date(2026, 11, 30),
        dice,
        mode: Mode::Turns,
        players: Players::Team,
        facilitator: "Sample Facilitator".to_owned(),
        cast: cast.collect(),
    })
}

/// Plays until nothing happens any more.
fn played(scenario: &Scenario, way: Way) -> Play {
    let mut journal = Journal::default();
    let mut at = 0;
    journal.add(&Moment { at, what: opened(scenario, way.dice) });
    loop {
        let play = Play::of(scenario, &journal.moments);
        let event = play.due(scenario, at).or_else(|| act(scenario, &play, way, at));
        if let Some(what) = event {
            journal.add(&Moment { at, what });
            continue;
        }
        let acts = acts_at(scenario, &play, way);
        let next = play.next_at(scenario).into_iter().chain(acts).filter(|next| *next > at).min();
        match next {
            Some(next) => at = next,
            None => return play,
        }
        assert!(journal.moments.len() < 500, "{}: it goes on for ever", scenario.id);
    }
}

/// What the players do at `at`: what has stood open for as long as they need.
fn act(scenario: &Scenario, play: &Play, way: Way, at: u32) -> Option<Event> {
    let pace = way.pace?;
    let is_time = |since: u32| since + pace <= at;
    let milestone = scenario.milestones.iter().find_map(|one| match play.milestone(one) {
        MilestoneState::Counts(since) if one.check.is_some() && is_time(since) => {
            Some(Event::Lost { milestone: one.id.clone() })
        }
        MilestoneState::Counts(since) | MilestoneState::Lost(since) if is_time(since) => {
            Some(Event::Reached { milestone: one.id.clone() })
        }
        _ => None,
    });
    let decision = || {
        let open = |one: &&scenario::Decision| matches!(play.decision(one), DecisionState::Open(since) if is_time(since));
        let one = scenario.decisions.iter().find(open)?;
        let option = &one.options[way.option % one.options.len()];
        Some(Event::Decided {
            decision: one.id.clone(),
            option: option.id.clone(),
            owner: "Sample".to_owned(),
            rationale: String::new(),
        })
    };
    milestone.or_else(decision)
}

/// When they do something next.
fn acts_at(scenario: &Scenario, play: &Play, way: Way) -> Vec<u32> {
    let Some(pace) = way.pace else { return Vec::new() };
    let milestones = scenario.milestones.iter().filter_map(|one| match play.milestone(one) {
        MilestoneState::Counts(since) | MilestoneState::Lost(since) => Some(since + pace),
        _ => None,
    });
    let decisions = scenario.decisions.iter().filter_map(|one| match play.decision(one) {
        DecisionState::Open(since) => Some(since + pace),
        _ => None,
    });
    milestones.chain(decisions).collect()
}

/// Every way that is tried: four options, twelve throws, at once and after ten minutes.
fn ways() -> impl Iterator<Item = Way> {
    let each =
        |option| (0..12).flat_map(move |dice| [60, 600].map(|pace| Way { option, dice, pace: Some(pace) }));
    (0..4).flat_map(each)
}

#[test]
fn every_inject_is_sent_in_some_play_and_no_play_stops_halfway() {
    for one in scenario::shipped() {
        let mut sent: BTreeSet<String> = BTreeSet::new();
        let mut spared: BTreeSet<String> = BTreeSet::new();
        for way in ways() {
            let play = played(one, way);
            assert!(play.is_through(one), "{}: something is left open", one.id);
            for inject in &one.injects {
                let state = play.inject(inject);
                let is_stuck =
                    matches!(state, InjectState::Waits | InjectState::HeldUp(_) | InjectState::At(_));
                assert!(!is_stuck, "{}/{}: {state:?}", one.id, inject.id);
            }
            sent.extend(play.sent.keys().cloned());
            spared.extend(play.spared.keys().cloned());
        }
        let by_itself = one.injects.iter().filter(|inject| !inject.when.hand).map(|inject| inject.id.clone());
        assert_eq!(sent, by_itself.collect(), "{}", one.id);
        let dice =
            one.injects.iter().filter(|inject| inject.when.die.is_some()).map(|inject| inject.id.clone());
        assert_eq!(spared, dice.collect(), "{}", one.id);
    }
}

#[test]
fn who_does_nothing_comes_to_the_end_as_well() {
    for one in scenario::shipped() {
        let play = played(one, Way { option: 0, dice: 1, pace: None });
        assert!(!play.is_through(one) && play.reached.is_empty(), "{}", one.id);
        let minutes = one.injects.iter().filter(|inject| inject.when.minute.is_some());
        for inject in minutes {
            let state = play.inject(inject);
            assert!(
                matches!(state, InjectState::Sent(_) | InjectState::Spared(_)),
                "{}/{}: {state:?}",
                one.id,
                inject.id
            );
        }
    }
}

#[test]
fn whoever_plays_within_the_times_can_reach_everything_before_the_minutes_are_over() {
    for one in scenario::shipped() {
        for dice in 0..12 {
            let play = played(one, Way { option: 0, dice, pace: Some(240) });
            let last = play.reached.values().copied().max().unwrap_or_default();
            assert!(last <= one.minutes * 60, "{}: the last milestone is reached in second {last}", one.id);
        }
    }
}
