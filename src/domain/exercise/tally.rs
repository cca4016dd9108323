//! What the moments of an exercise say about one thing each: when an inject was sent, a milestone reached, a decision taken.
//!
//! For ratings and reports, which are made once; what is shown while an exercise runs is kept by whoever shows it.

use crate::domain::exercise::event::{Event, Improvement, Mark, Moment, Opened, Players, Rating};
use crate::domain::exercise::scenario::{Expected, Inject, Scenario};

/// A scenario and what happened in it.
#[derive(Debug, Clone, Copy)]
pub struct Tally<'a> {
    /// The scenario, its texts filled.
    pub scenario: &'a Scenario,
    /// What happened, oldest first.
    pub moments: &'a [Moment],
}

/// A decision as it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken<'a> {
    /// When, seconds.
    pub at: u32,
    /// The option.
    pub option: &'a str,
    /// Who.
    pub owner: &'a str,
    /// Why.
    pub rationale: &'a str,
}

/// A rating that a person has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// To what.
    pub rating: Rating,
    /// Why.
    pub reason: String,
    /// Who.
    pub person: String,
}

impl<'a> Tally<'a> {
    /// How it began.
    pub fn opened(&self) -> Option<&'a Opened> {
        self.first(|event| match event {
            Event::Opened(opened) => Some(opened),
            _ => None,
        })
        .map(|(_, opened)| opened)
    }

    /// Whether one person plays alone.
    pub fn players(&self) -> Players {
        self.opened().map(|opened| opened.players).unwrap_or_default()
    }

    /// How long it was played, seconds: up to its end, or as far as it got.
    pub fn seconds(&self) -> u32 {
        let last = || self.moments.last().map_or(0, |moment| moment.at);
        self.ended().map_or_else(last, |(at, _)| at)
    }

    /// When and why the play ended.
    pub fn ended(&self) -> Option<(u32, &'a str)> {
        self.first(|event| match event {
            Event::Ended { why } => Some(why.as_str()),
            _ => None,
        })
    }

    /// When an inject was sent.
    pub fn sent(&self, inject: &str) -> Option<u32> {
        let sent =
            |event: &'a Event| matches!(event, Event::Sent { inject: id, .. } if id == inject).then_some(());
        self.first(sent).map(|(at, ())| at)
    }

    /// Since when something counts: from an inject on, or from the beginning.
    pub fn since(&self, inject: Option<&str>) -> Option<u32> {
        inject.map_or(Some(0), |inject| self.sent(inject))
    }

    /// When a milestone was reached.
    pub fn reached(&self, milestone: &str) -> Option<u32> {
        let reached = |event: &'a Event| {
            matches!(event, Event::Reached { milestone: id } if id == milestone).then_some(())
        };
        self.first(reached).map(|(at, ())| at)
    }

    /// How a decision was taken.
    pub fn taken(&self, decision: &str) -> Option<Taken<'a>> {
        let taken = |event: &'a Event| match event {
            Event::Decided { decision: id, option, owner, rationale } if id == decision => {
                Some((option.as_str(), owner.as_str(), rationale.as_str()))
            }
            _ => None,
        };
        self.first(taken).map(|(at, (option, owner, rationale))| Taken { at, option, owner, rationale })
    }

    /// What the evaluator said last about an expected action; typing the code of its card has done it.
    pub fn mark(&self, inject: &Inject, expected: &Expected) -> Option<(Mark, &'a str)> {
        let opened = expected.card.as_deref().is_some_and(|card| self.card(card).is_some());
        if opened {
            return Some((Mark::Done, ""));
        }
        self.last(|event| match event {
            Event::Marked { inject: i, action, mark, note } if *i == inject.id && *action == expected.id => {
                Some((*mark, note.as_str()))
            }
            _ => None,
        })
    }

    /// When a card was opened: when what stands on it was typed.
    pub fn card(&self, card: &str) -> Option<u32> {
        let fits = |event: &'a Event| {
            matches!(event, Event::Card { card: id, fits: true } if id == card).then_some(())
        };
        self.first(fits).map(|(at, ())| at)
    }

    /// Whether anything has asked for a card yet; a card that nothing asks for is asked for from the beginning on.
    pub fn asks_for(&self, card: &str) -> bool {
        let wanting = |inject: &&Inject| inject.expected.iter().any(|one| one.card.as_deref() == Some(card));
        let mut wanting = self.scenario.injects.iter().filter(wanting).peekable();
        wanting.peek().is_none() || wanting.any(|inject| self.sent(&inject.id).is_some())
    }

    /// How often somebody who plays alone asked for a hint.
    pub fn hints(&self) -> usize {
        self.moments.iter().filter(|moment| matches!(moment.what, Event::Hinted { .. })).count()
    }

    /// What was answered last to a question of the hot wash, where anything was.
    pub fn answer(&self, question: usize) -> Option<&'a str> {
        let answer = self.last(|event| match event {
            Event::Answered { question: number, text } if *number == question => Some(text.trim()),
            _ => None,
        });
        answer.filter(|text| !text.is_empty())
    }

    /// How a person has changed a rating last.
    pub fn changed(&self, objective: &str) -> Option<Override> {
        self.last(|event| match event {
            Event::Overridden { objective: id, rating, reason, person } if id == objective => {
                Some(Override { rating: *rating, reason: reason.clone(), person: person.clone() })
            }
            _ => None,
        })
    }

    /// What is to be better, by number; of those with one number the last.
    pub fn improvements(&self) -> Vec<Improvement> {
        let mut all = std::collections::BTreeMap::new();
        for moment in self.moments {
            if let Event::Improve(improvement) = &moment.what {
                all.insert(improvement.number, improvement.clone());
            }
        }
        all.into_values().collect()
    }

    fn first<T>(&self, wanted: impl Fn(&'a Event) -> Option<T>) -> Option<(u32, T)> {
        self.moments.iter().find_map(|moment| Some((moment.at, wanted(&moment.what)?)))
    }

    fn last<T>(&self, wanted: impl Fn(&'a Event) -> Option<T>) -> Option<T> {
        self.moments.iter().rev().find_map(|moment| wanted(&moment.what))
    }
}
