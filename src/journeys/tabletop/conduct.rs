//! What happens by itself: injects whose time has come, changes of the tenant, milestones that the checks see, and the
//! clock that is kept.
//!
//! One thing at a time: it stands in the record before anything follows from it, so that a run that is killed goes on
//! with exactly what was not done yet.

use std::sync::Arc;

use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::clock::MINUTE;
use crate::domain::exercise::event::{Event, Mode, Moment};
use crate::domain::exercise::play::{HAND, MilestoneState};
use crate::domain::exercise::scenario::{Damage, Milestone};
use crate::domain::facts::{Area, Facts};
use crate::domain::review::ReviewRow;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::{Asked, Break};
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::observing::Observe;
use crate::journeys::reading;
use crate::journeys::reply::Reply;
use crate::journeys::tabletop::{At, Msg, Seen, Table, Tabletop, table};
use crate::journeys::turn::Turn;
use crate::steps::Subject;

/// The checks look at least so often while the clock runs, seconds.
const LOOK_EVERY: i64 = 15;

impl Tabletop {
    /// What an exercise that is begun or gone on with does first: what was sent and did nothing yet does it now.
    pub(super) fn resume(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let turn = self.go_on(desk);
        if turn.effects.is_empty() { self.look(desk) } else { turn }
    }

    /// Time goes by.
    pub(super) fn tick(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(table) = table(desk).filter(|table| table.play.is_on()) else { return Turn::stay() };
        if self.clock.mode != Mode::Real {
            return Turn::stay();
        }
        let is_due = table.play.due(table.scenario, self.clock.at(desk.session.now)).is_some();
        if is_due {
            return self.go_on(desk);
        }
        if self.clock.at(desk.session.now) >= self.beaten.saturating_add(MINUTE) && desk.unrecorded == 0 {
            self.beaten = self.clock.at(desk.session.now);
            return self.moment(desk, Event::Beat).into();
        }
        let seen = self.seen.as_ref().map(|seen| seen.at);
        match seen {
            Some(at) if desk.session.now.duration_since(at).as_secs() < LOOK_EVERY => Turn::stay(),
            _ => self.look(desk),
        }
    }

    /// A moment stands in the record: what follows from it, and then whatever is due.
    pub(super) fn recorded(&mut self, desk: &mut Desk, moment: &Moment) -> Turn<Msg> {
        self.beaten = self.beaten.max(moment.at);
        match &moment.what {
            Event::Opened(opened) => {
                self.clock = self.clock.going(opened.mode, desk.session.now);
                self.at = At::Console;
            }
            Event::Ended { .. } => {
                self.clock = self.clock.going(Mode::Paused, desk.session.now);
                self.at = At::Ratings;
            }
            Event::Completed { .. } => self.at = At::End,
            _ => {}
        }
        self.go_on(desk)
    }

    /// The next thing that happens by itself, one at a time.
    pub(super) fn go_on(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.unrecorded > 0 || !self.breaking.is_empty() {
            return Turn::stay();
        }
        let Some(table) = table(desk) else { return Turn::stay() };
        if let Some(Undone { what, changes, place }) = undone(&table) {
            self.breaking.push_back(what);
            // A run that was killed may have made them, and not have written that down any more.
            let asked = if place < self.begun_at { Asked::Again } else { Asked::Once };
            return Effect::Break(Break { changes, asked, tell: Reply::to(Msg::Broke) }).into();
        }
        let next = away(&table)
            .or_else(|| table.play.due(table.scenario, self.clock.at(desk.session.now)))
            .or_else(|| self.brought(desk, &table));
        match next {
            Some(event) => self.moment(desk, event).into(),
            None => Turn::stay(),
        }
    }

    /// The tenant was changed, or not; either is part of the exercise.
    pub(super) fn broke(&mut self, desk: &mut Desk, result: Result<Vec<String>, Trouble>) -> Turn<Msg> {
        let Some(inject) = self.breaking.pop_front() else { return Turn::stay() };
        // What was seen before is of the tenant before.
        self.seen = None;
        self.changes += 1;
        let event = match result {
            Ok(did) => Event::Broke { inject, did, trouble: None },
            Err(trouble) => {
                let told = format!("{} {}", trouble.what, trouble.why);
                desk.trouble = Some(trouble);
                Event::Broke { inject, did: Vec::new(), trouble: Some(told) }
            }
        };
        let moment = self.moment(desk, event);
        self.look(desk).after([moment])
    }

    /// The checks look at the tenant, by an eye of their own: whoever plays may be locked out of it.
    pub(super) fn look(&mut self, desk: &Desk) -> Turn<Msg> {
        let is_on = table(desk).is_some_and(|table| table.play.is_on());
        if self.looking.is_some() || !is_on {
            return Turn::stay();
        }
        self.looking = Some(self.changes);
        Effect::Observe(Observe {
            areas: areas(desk),
            query: reading::query(desk),
            known: desk.world.shared_facts(),
            tell: Reply::to(Msg::Looked),
        })
        .into()
    }

    /// What they saw. A look that began before the tenant was changed says nothing about it, and is made again.
    pub(super) fn looked(&mut self, desk: &mut Desk, facts: Arc<Facts>) -> Turn<Msg> {
        let is_stale = self.looking.take() != Some(self.changes) || !self.breaking.is_empty();
        if is_stale {
            return self.look(desk);
        }
        // Whose tenant it is and what the accounts are called is no secret to anybody at the table, signed in or not.
        if desk.facts().organization.get().is_none() {
            let known = desk.world.facts_mut();
            known.organization = facts.organization.clone();
            known.accounts = facts.accounts.clone();
        }
        self.seen = Some(Seen { facts, at: desk.session.now });
        self.go_on(desk)
    }

    /// The first milestone that was reached, or whose check does not pass any more.
    fn brought(&self, desk: &Desk, table: &Table<'_>) -> Option<Event> {
        if !table.play.is_on() {
            return None;
        }
        let open = table.scenario.milestones.iter().filter(|one| !table.play.reached.contains_key(&one.id));
        let mut events = open.filter_map(|one| self.state(desk, table, one));
        events.next()
    }

    fn state(&self, desk: &Desk, table: &Table<'_>, milestone: &Milestone) -> Option<Event> {
        let id = || milestone.id.clone();
        if table.play.is_done(milestone, table.journal) {
            return Some(Event::Reached { milestone: id() });
        }
        let check = milestone.check.as_ref()?;
        let state = table.play.milestone(milestone);
        let passes = passes(desk, &self.seen.as_ref()?.facts, check)?;
        match (state, passes) {
            (MilestoneState::Counts(_), false) => Some(Event::Lost { milestone: id() }),
            (MilestoneState::Lost(_), true) => Some(Event::Reached { milestone: id() }),
            _ => None,
        }
    }
}

/// Changes that follow from a moment and were not made yet.
struct Undone {
    /// The inject, or the hand that was lent.
    what: String,
    changes: Vec<Damage>,
    /// The place of that moment in the journal.
    place: usize,
}

/// Injects that were sent, and hands that were lent, whose changes were not made yet.
fn undone(table: &Table<'_>) -> Option<Undone> {
    let play = &table.play;
    let injects = table.scenario.injects.iter().filter_map(|inject| {
        let place = play.sent.get(&inject.id)?.place;
        Some(Undone { what: inject.id.clone(), changes: inject.damage.clone(), place })
    });
    let hands = table.scenario.by_hand.iter().filter_map(|hand| {
        let place = *play.by_hand.get(&hand.id)?;
        Some(Undone { what: format!("{HAND}{}", hand.id), changes: hand.changes.clone(), place })
    });
    let mut all = injects.chain(hands);
    all.find(|one| !one.changes.is_empty() && !play.broke.contains_key(&one.what))
}

/// Whom an inject that was sent takes away, and who is still there.
fn away(table: &Table<'_>) -> Option<Event> {
    let sent = table.scenario.injects.iter().filter(|inject| table.play.sent.contains_key(&inject.id));
    let mut gone = sent.filter(|inject| !table.play.taken.contains(&inject.id));
    gone.find_map(|inject| {
        let role = table.play.taken_away(table.scenario, inject)?;
        Some(Event::Away { role, inject: inject.id.clone() })
    })
}

/// Whether every finding of a check passes; `None` where that cannot be told. A check about something that is not there, such as
/// a phone that nobody has registered any more, has no finding and passes.
fn passes(desk: &Desk, facts: &Facts, check: &CheckSubject) -> Option<bool> {
    let case = Case { plan: desk.plan(), facts, evidence: desk.evidence(), today: desk.world.today() };
    let rows = ReviewRow::ALL.into_iter().flat_map(|row| Subject::Review(row).checks(&case));
    let found: Vec<Finding> = rows.filter(|finding| is_about(finding, check)).collect();
    let any = |verdict: Verdict| found.iter().any(|finding| finding.verdict == verdict);
    match () {
        () if any(Verdict::Fail) || any(Verdict::NeedsPerson) => Some(false),
        () if any(Verdict::Unknown) => None,
        () if found.is_empty() => Some(true),
        () => Some(true),
    }
}

/// Whether a finding is of this check, of whatever account where none is named.
fn is_about(finding: &Finding, check: &CheckSubject) -> bool {
    let own = finding.subject();
    own == *check || check.thing().is_none() && own.check() == check.check()
}

/// What the checks of the milestones read; without any, what the accounts are called, as whoever signs in has to know it.
fn areas(desk: &Desk) -> Vec<Area> {
    let Some(table) = table(desk) else { return Vec::new() };
    let is_any = table.scenario.milestones.iter().any(|one| one.check.is_some());
    if is_any { Area::REVIEW.to_vec() } else { vec![Area::Organization, Area::Accounts] }
}
