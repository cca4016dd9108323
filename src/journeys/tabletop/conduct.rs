//! What happens by itself: injects whose time has come, changes of the tenant, milestones that the checks see, and the
//! clock that is kept.
//!
//! One thing at a time: it stands in the record before anything follows from it, so that a run that is killed goes on
//! with exactly what was not done yet.

use std::sync::Arc;

use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::act;
use crate::domain::exercise::clock::MINUTE;
use crate::domain::exercise::event::{Event, Mode, Moment};
use crate::domain::exercise::play::{HAND, MilestoneState};
use crate::domain::exercise::scenario::{Damage, Milestone};
use crate::domain::facts::{Area, Facts};
use crate::domain::review::ReviewRow;
use crate::domain::text::sentence;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::{Break, Did};
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::observing::Observe;
use crate::journeys::reading;
use crate::journeys::reply::Reply;
use crate::journeys::screen::JustDone;
use crate::journeys::tabletop::{At, Msg, Seen, Table, Tabletop, acts, table};
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

    /// A task has ended: what it has done stands in the record, and counts before anybody ends the play; what it brought, the
    /// checks see. A look that is under way began before, and says nothing about it.
    pub(super) fn came_back(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.changes += 1;
        let done = self.go_on(desk).effects;
        self.look(desk).after(done)
    }

    /// Time goes by.
    pub(super) fn tick(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(table) = table(desk).filter(|table| table.play.is_on()) else { return Turn::stay() };
        if self.clock.mode != Mode::Real {
            return Turn::stay();
        }
        let now = self.clock.at(desk.session.now);
        if table.play.due(table.scenario, now).is_some() || table.play.over(now).is_some() {
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
        let now = self.clock.at(desk.session.now);
        if let Some(Undone { what, order, changes }) = undone(desk, &table).or_else(|| over(&table, now)) {
            self.breaking.push_back(what);
            return Effect::Break(Break { order, changes, tell: Reply::to(Msg::Broke) }).into();
        }
        let next = away(&table)
            .or_else(|| table.play.due(table.scenario, now))
            .or_else(|| self.brought(desk, &table));
        match next {
            Some(event) => self.moment(desk, event).into(),
            None => Turn::stay(),
        }
    }

    /// The tenant was changed, or not; either is part of the exercise.
    pub(super) fn broke(&mut self, desk: &mut Desk, result: Result<Did, Trouble>) -> Turn<Msg> {
        let Some(inject) = self.breaking.pop_front() else { return Turn::stay() };
        // What was seen before is of the tenant before.
        self.seen = None;
        self.changes += 1;
        let event = match result {
            Ok(Did { told, lasts }) => {
                desk.done = by_hand(desk, &inject).map(JustDone::wholly).or(desk.done.take());
                Event::Broke { inject, did: told, trouble: None, lasts }
            }
            Err(trouble) => {
                let told = format!("{} {}", trouble.what, trouble.why);
                desk.trouble = Some(trouble);
                Event::Broke { inject, did: Vec::new(), trouble: Some(told), lasts: Vec::new() }
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
        // Whose tenant it is and what the accounts are called now is no secret to anybody at the table, signed in or not.
        if facts.accounts.get().is_some() && desk.facts().accounts != facts.accounts {
            desk.world.facts_mut().accounts = facts.accounts.clone();
        }
        if facts.organization.get().is_some() && desk.facts().organization.get().is_none() {
            desk.world.facts_mut().organization = facts.organization.clone();
        }
        self.seen = Some(Seen { facts, at: desk.session.now });
        match self.pending.take() {
            Some(with) => self.respond(desk, &with),
            None => self.go_on(desk),
        }
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

/// What is said once something was done by hand.
fn by_hand(desk: &Desk, what: &str) -> Option<String> {
    let hand = table(desk)?.scenario.by_hand(what.strip_prefix(HAND)?)?;
    Some(format!("Done by hand: {}", sentence(&hand.title)))
}

/// Changes that follow from a moment and were not made yet.
struct Undone {
    /// The inject, the hand that was lent, or who sits at the console.
    what: String,
    /// What the tenant keeps them under. A run that was killed may have made them, and not have written that down any more.
    order: String,
    changes: Vec<Damage>,
}

impl Undone {
    /// Changes that are made once in an exercise.
    fn once(what: String, changes: &[Damage]) -> Self {
        Self { order: what.clone(), what, changes: changes.to_vec() }
    }
}

/// Injects that were sent, hands that were lent and somebody who sat down, whose changes were not made yet.
fn undone(desk: &Desk, table: &Table<'_>) -> Option<Undone> {
    let play = &table.play;
    let injects = table.scenario.injects.iter().filter(|inject| play.sent.contains_key(&inject.id));
    let injects = injects.map(|inject| Undone::once(inject.id.clone(), &inject.damage));
    let hands = table.scenario.by_hand.iter().filter(|hand| play.by_hand.contains_key(&hand.id));
    let hands = hands.map(|hand| Undone::once(format!("{HAND}{}", hand.id), &hand.changes));
    let mut all = injects.chain(hands);
    all.find(|one| !one.changes.is_empty() && !play.broke.contains_key(&one.what))
        .or_else(|| not_seated(desk, table))
}

/// Whoever sat down at the console, where the tenant was not told.
fn not_seated(desk: &Desk, table: &Table<'_>) -> Option<Undone> {
    let seated = table.play.seated.as_ref().filter(|seated| !seated.is_known)?;
    let order = format!("{}:{}", seated.who, seated.place);
    Some(Undone {
        what: seated.who.clone(),
        order,
        changes: vec![acts::seat_of(desk, act::seated(&seated.who))],
    })
}

/// What was out for as long as the scenario says, and works again from now on.
fn over(table: &Table<'_>, now: u32) -> Option<Undone> {
    let over = table.play.over(now).filter(|_| table.play.is_on())?;
    let parameters = [("of", over.of.clone().into()), ("minutes", over.minutes.into())];
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let change = Damage { change: "order-over".to_owned(), parameters };
    Some(Undone::once(over.name(), &[change]))
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
