//! What an exercise that was played says about one thing each, in the words that ratings and reports ask: it rests on the
//! [`Play`], which knows how the exercise stands.

use jiff::civil::Date;

use crate::domain::exercise::event::{Improvement, Mark, Moment, Opened, Players};
use crate::domain::exercise::play::Play;
use crate::domain::exercise::scenario::{Expected, Inject, Scenario};
use crate::domain::exercise::standing::{Decided, Overridden};

/// A scenario and how it was played.
#[derive(Debug, Clone, Copy)]
pub struct Tally<'a> {
    /// The scenario, its texts filled.
    pub scenario: &'a Scenario,
    /// What happened, oldest first.
    pub moments: &'a [Moment],
    /// What that comes to.
    pub play: &'a Play,
}

impl<'a> Tally<'a> {
    /// How it began.
    pub fn opened(&self) -> Option<&'a Opened> {
        self.play.opened.as_ref()
    }

    /// Whether one person plays alone.
    pub fn players(&self) -> Players {
        self.opened().map(|opened| opened.players).unwrap_or_default()
    }

    /// How long it was played, seconds: up to its end, or as far as it got.
    pub fn seconds(&self) -> u32 {
        self.ended().map_or(self.play.at, |(at, _)| at)
    }

    /// When and why the play ended.
    pub fn ended(&self) -> Option<(u32, &'a str)> {
        self.play.ended.as_ref().map(|(at, why)| (*at, why.as_str()))
    }

    /// The day on which it was completed.
    pub fn completed(&self) -> Option<Date> {
        self.play.completed.as_ref().map(|(_, date)| *date)
    }

    /// When an inject was sent.
    pub fn sent(&self, inject: &str) -> Option<u32> {
        self.play.sent.get(inject).map(|sent| sent.at)
    }

    /// Since when something counts: from an inject on, or from the beginning.
    pub fn since(&self, inject: Option<&str>) -> Option<u32> {
        inject.map_or(Some(0), |inject| self.sent(inject))
    }

    /// When a milestone was reached.
    pub fn reached(&self, milestone: &str) -> Option<u32> {
        self.play.reached.get(milestone).copied()
    }

    /// How a decision was taken.
    pub fn taken(&self, decision: &str) -> Option<&'a Decided> {
        self.play.decided.get(decision)
    }

    /// What the evaluator said last about an expected action; typing the code of its card has done it.
    pub fn mark(&self, inject: &Inject, expected: &Expected) -> Option<(Mark, &'a str)> {
        let opened = expected.card.as_deref().is_some_and(|card| self.card(card).is_some());
        if opened {
            return Some((Mark::Done, ""));
        }
        let marked = self.play.marked.get(&(inject.id.clone(), expected.id.clone()));
        marked.map(|marked| (marked.mark, marked.note.as_str()))
    }

    /// When a card was opened: when what stands on it was typed.
    pub fn card(&self, card: &str) -> Option<u32> {
        self.play.cards.get(card).copied()
    }

    /// Whether anything has asked for a card yet; a card that nothing asks for is asked for from the beginning on.
    pub fn asks_for(&self, card: &str) -> bool {
        let wanting = |inject: &&Inject| inject.expected.iter().any(|one| one.card.as_deref() == Some(card));
        let mut wanting = self.scenario.injects.iter().filter(wanting).peekable();
        wanting.peek().is_none() || wanting.any(|inject| self.sent(&inject.id).is_some())
    }

    /// How often somebody who plays alone asked for a hint.
    pub fn hints(&self) -> usize {
        self.play.hints.values().map(|given| usize::from(*given)).sum()
    }

    /// What was answered last to a question of the hot wash, where anything was.
    pub fn answer(&self, question: usize) -> Option<&'a str> {
        self.play.answers.get(&question).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// How a person has changed a rating last.
    pub fn changed(&self, objective: &str) -> Option<&'a Overridden> {
        self.play.overridden.get(objective)
    }

    /// What is to be better, by number; of those with one number the last.
    pub fn improvements(&self) -> Vec<Improvement> {
        self.play.improvements.values().cloned().collect()
    }
}
