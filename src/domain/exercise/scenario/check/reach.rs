//! Where the play leads: everything can be sent, put and reached, nothing waits in a circle, and whatever an objective is
//! measured by really comes up.
//!
//! The smallest set that follows from the clock and the facilitator's hand is grown until nothing is added; what is not in
//! it then waits for itself.

use std::collections::BTreeSet;

use super::{Wrong, wrong as mistake};
use crate::domain::exercise::scenario::{Inject, Objective, Scenario};

/// How much is counted on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Whatever can happen.
    Possible,
    /// Only what happens whatever the die shows, the facilitator likes and the players choose.
    Sure,
}

/// What can happen.
struct Reached<'a> {
    scenario: &'a Scenario,
    trust: Trust,
    injects: BTreeSet<&'a str>,
}

/// Dead ends.
pub(super) fn wrong(scenario: &Scenario) -> Vec<Wrong> {
    let possible = Reached::of(scenario, Trust::Possible);
    let mut all = possible.stuck();
    if all.is_empty() {
        all.extend(Reached::of(scenario, Trust::Sure).idle());
    }
    all
}

impl<'a> Reached<'a> {
    fn of(scenario: &'a Scenario, trust: Trust) -> Self {
        let mut reached = Self { scenario, trust, injects: BTreeSet::new() };
        loop {
            let new = scenario.injects.iter().filter(|one| reached.can_send(one));
            let new: BTreeSet<&str> = new.map(|one| one.id.as_str()).collect();
            if new.len() == reached.injects.len() {
                return reached;
            }
            reached.injects = new;
        }
    }

    fn can_send(&self, one: &Inject) -> bool {
        let at = &one.when;
        let is_sure = self.trust == Trust::Sure;
        if at.hand {
            return !is_sure;
        }
        if at.minute.is_some() {
            return !(is_sure && (at.die.is_some() || one.unless.is_some()));
        }
        let milestone = at.milestone.as_deref().is_some_and(|id| self.can_reach(id));
        let decision = at.decision.as_deref().is_some_and(|id| self.can_decide(id));
        milestone || (decision && !(is_sure && at.option.is_some()))
    }

    fn is_sent(&self, inject: Option<&str>) -> bool {
        inject.is_none_or(|id| self.injects.contains(id))
    }

    fn can_reach(&self, milestone: &str) -> bool {
        self.scenario.milestone(milestone).is_some_and(|one| self.is_sent(one.since.as_deref()))
    }

    fn can_decide(&self, decision: &str) -> bool {
        self.scenario.decision(decision).is_some_and(|one| self.is_sent(one.since.as_deref()))
    }

    /// What waits in a circle.
    fn stuck(&self) -> Vec<Wrong> {
        let whole = self.scenario;
        let injects =
            whole.injects.iter().enumerate().filter(|(_, one)| !self.injects.contains(one.id.as_str()));
        let injects = injects.map(|(i, one)| {
            let says = format!(
                "The inject \"{}\" can never be sent: what it waits for waits for it in turn.",
                one.id
            );
            mistake(format!("injects.{i}.when"), says)
        });
        let milestones = whole.milestones.iter().enumerate().filter(|(_, one)| !self.can_reach(&one.id));
        let milestones = milestones.map(|(i, one)| {
            let says = format!("The milestone \"{}\" counts from an inject that can never be sent.", one.id);
            mistake(format!("milestones.{i}.since"), says)
        });
        let decisions = whole.decisions.iter().enumerate().filter(|(_, one)| !self.can_decide(&one.id));
        let decisions = decisions.map(|(i, one)| {
            let says = format!("The decision \"{}\" is put by an inject that can never be sent.", one.id);
            mistake(format!("decisions.{i}.since"), says)
        });
        injects.chain(milestones).chain(decisions).collect()
    }

    /// Objectives of which nothing may come up, and the hard decision where it may not be put.
    fn idle(&self) -> Vec<Wrong> {
        let whole = self.scenario;
        let objectives = whole.objectives.iter().enumerate().filter(|(_, one)| !self.comes_up(one));
        let objectives = objectives.map(|(i, one)| {
            let says = format!(
                "Nothing of the objective \"{}\" may come up: all of it hangs on a die, a hand or one option.",
                one.id
            );
            mistake(format!("objectives.{i}.id"), says)
        });
        let hard =
            whole.decisions.iter().enumerate().filter(|(_, one)| one.hard && !self.can_decide(&one.id));
        let hard = hard.map(|(i, one)| {
            let says = format!(
                "The hard decision \"{}\" may never be put: it hangs on a die, a hand or one option.",
                one.id
            );
            mistake(format!("decisions.{i}.since"), says)
        });
        objectives.chain(hard).collect()
    }

    fn comes_up(&self, one: &Objective) -> bool {
        let by_milestone = one.milestones.iter().any(|id| self.can_reach(id));
        let by_decision = one.decisions.iter().any(|id| self.can_decide(id));
        let inject = |action: &String| action.split_once('/').is_some_and(|(id, _)| self.is_sent(Some(id)));
        let asks = |card: &String| {
            let mut asked = self.scenario.expected().filter(|(_, one)| one.card.as_ref() == Some(card));
            asked.any(|(inject, _)| self.is_sent(Some(&inject.id)))
        };
        by_milestone || by_decision || one.actions.iter().any(inject) || one.cards.iter().any(asks)
    }
}
