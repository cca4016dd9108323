//! An exercise as it stands: what the moments of its journal come to, what is due by its clock, and what counts.
//!
//! Pure: what happens next follows from scenario, journal and clock alone, so an exercise that was interrupted goes on as
//! if it had not been.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::clock::MINUTE;
use super::die;
use super::event::{Event, Improvement, Mode, Moment, Opened, Players, SentBy};
use super::journal::Journal;
use super::scenario::{BY_DIE, Channel, Decision, Inject, Milestone, Scenario};
pub use super::standing::{
    Broken, Decided, DecisionState, InjectState, Marked, MilestoneState, Note, Over, Overridden, Seated, Sent,
};

/// An exercise as it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Play {
    /// How it began; `None` before that.
    pub opened: Option<Opened>,
    /// What the clock showed at the last moment.
    pub at: u32,
    /// How the clock went then.
    pub mode: Mode,
    /// Injects that were sent.
    pub sent: BTreeMap<String, Sent>,
    /// Injects that the die spared.
    pub spared: BTreeMap<String, u8>,
    /// Injects that the facilitator keeps back.
    pub withheld: BTreeSet<String>,
    /// What injects and hands did to the tenant.
    pub broke: BTreeMap<String, Broken>,
    /// Roles whose person is away.
    pub away: BTreeSet<String>,
    /// Injects that took somebody away.
    pub taken: BTreeSet<String>,
    /// Channels that are gone.
    pub gone: BTreeSet<Channel>,
    /// What was decided.
    pub decided: BTreeMap<String, Decided>,
    /// Milestones whose check was seen not passing, and when.
    pub lost: BTreeMap<String, u32>,
    /// Milestones that were reached, and when.
    pub reached: BTreeMap<String, u32>,
    /// What the evaluator said of expected actions, by inject and action.
    pub marked: BTreeMap<(String, String), Marked>,
    /// Cards that were opened, and when.
    pub cards: BTreeMap<String, u32>,
    /// How often something else than a card's code was typed.
    pub misread: u32,
    /// What was carried out by hand, with the place of its moment in the journal.
    pub by_hand: BTreeMap<String, usize>,
    /// Who sat down at the console last; nobody but the everyday administrator where nobody did.
    pub seated: Option<Seated>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// Hints that were given, by what they are about.
    pub hints: BTreeMap<String, u8>,
    /// When the play ended, and why.
    pub ended: Option<(u32, String)>,
    /// Answers of the hot wash, by question.
    pub answers: BTreeMap<usize, String>,
    /// Ratings that somebody changed, by objective.
    pub overridden: BTreeMap<String, Overridden>,
    /// What is to be better, by number.
    pub improvements: BTreeMap<u32, Improvement>,
    /// Who said that everything is said, and when.
    pub completed: Option<(String, Date)>,
}

impl Play {
    /// What the journal comes to.
    pub fn of(scenario: &Scenario, moments: &[Moment]) -> Self {
        let mut play = Self::default();
        for (place, moment) in moments.iter().enumerate() {
            play.at = moment.at;
            play.hear(scenario, place, &moment.what);
        }
        play
    }

    fn hear(&mut self, scenario: &Scenario, place: usize, event: &Event) {
        let at = self.at;
        match event.clone() {
            Event::Opened(opened) => {
                self.mode = opened.mode;
                self.opened = Some(opened);
            }
            Event::Clock { mode } => self.mode = mode,
            Event::Beat | Event::Turned { .. } => {}
            Event::Responded { what } => {
                let hand = what.strip_prefix(HAND).map(|id| (id.to_owned(), place));
                self.by_hand.extend(hand);
                if what.starts_with(CONSOLE) {
                    self.seated = Some(Seated { who: what, place, is_known: false });
                }
            }
            Event::Sent { inject, by } => self.was_sent(scenario, inject, Sent { at, by, place }),
            Event::Spared { inject, shows } => drop(self.spared.insert(inject, shows)),
            Event::Withheld { inject } => drop(self.withheld.insert(inject)),
            Event::Broke { inject, did, trouble, lasts } => {
                if let Some(seated) = self.seated.as_mut().filter(|seated| seated.who == inject) {
                    seated.is_known = true;
                }
                self.broke.insert(inject, Broken { did, trouble, at, lasts });
            }
            Event::Away { role, inject } => {
                self.away.insert(role);
                self.taken.insert(inject);
            }
            Event::Decided { decision, option, owner, rationale } => {
                self.decided.entry(decision).or_insert(Decided { at, option, owner, rationale });
            }
            Event::Lost { milestone } => drop(self.lost.insert(milestone, at)),
            Event::Reached { milestone } => drop(self.reached.entry(milestone).or_insert(at)),
            Event::Marked { inject, action, mark, note } => {
                self.marked.insert((inject, action), Marked { mark, note });
            }
            Event::Card { card, fits: true } => drop(self.cards.entry(card).or_insert(at)),
            Event::Card { fits: false, .. } => self.misread += 1,
            Event::Noted { text, to } => self.notes.push(Note { at, text, to }),
            Event::Hinted { about, .. } => *self.hints.entry(about).or_default() += 1,
            Event::Ended { why } => drop(self.ended.get_or_insert((at, why))),
            Event::Answered { question, text } => drop(self.answers.insert(question, text)),
            Event::Overridden { objective, rating, reason, person } => {
                self.overridden.insert(objective, Overridden { rating, reason, person });
            }
            Event::Improve(improvement) => drop(self.improvements.insert(improvement.number, improvement)),
            Event::Completed { person, date } => self.completed = Some((person, date)),
        }
    }

    fn was_sent(&mut self, scenario: &Scenario, inject: String, sent: Sent) {
        if let Some(known) = scenario.inject(&inject) {
            self.gone.extend(&known.gone);
            self.gone.retain(|channel| !known.back.contains(channel));
        }
        self.sent.entry(inject).or_insert(sent);
    }

    /// Whether it is played: it began, and did not end.
    pub fn is_on(&self) -> bool {
        self.opened.is_some() && self.ended.is_none()
    }

    /// Whether one person plays alone.
    pub fn is_solo(&self) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.players == Players::Solo)
    }

    /// What the dice are thrown with.
    pub fn dice(&self) -> u64 {
        self.opened.as_ref().map_or(0, |opened| opened.dice)
    }

    /// Who plays a role; the role's title where nobody was named.
    pub fn person<'a>(&'a self, scenario: &'a Scenario, role: &'a str) -> &'a str {
        let cast = self.opened.iter().flat_map(|opened| &opened.cast);
        let mut named = cast.filter(|cast| cast.role == role).map(|cast| cast.person.as_str());
        let named = named.rfind(|person| !person.is_empty());
        named.unwrap_or_else(|| scenario.role(role).map_or(role, |role| &role.title))
    }

    /// How `inject` stands at this time of the clock.
    pub fn inject(&self, inject: &Inject) -> InjectState {
        if let Some(sent) = self.sent.get(&inject.id) {
            return InjectState::Sent(sent.at);
        }
        if self.withheld.contains(&inject.id) {
            return InjectState::Withheld;
        }
        if let Some(shows) = self.spared.get(&inject.id) {
            return InjectState::Spared(*shows);
        }
        if inject.unless.as_ref().is_some_and(|milestone| self.reached.contains_key(milestone)) {
            return InjectState::Needless;
        }
        match self.time_of(inject) {
            Some(_) if self.gone.contains(&inject.by) => InjectState::HeldUp(inject.by),
            Some(at) => InjectState::At(at),
            None if inject.when.hand => InjectState::ByHand,
            None if self.is_ruled_out(inject) => InjectState::Needless,
            None => InjectState::Waits,
        }
    }

    /// When it is sent by itself, as far as that is known.
    fn time_of(&self, inject: &Inject) -> Option<u32> {
        let when = &inject.when;
        let after = when.after.saturating_mul(MINUTE);
        if let Some(minute) = when.minute {
            return Some(minute.saturating_mul(MINUTE));
        }
        if let Some(milestone) = &when.milestone {
            return self.reached.get(milestone).map(|at| at.saturating_add(after));
        }
        let decided = self.decided.get(when.decision.as_ref()?)?;
        let is_it = when.option.as_ref().is_none_or(|option| *option == decided.option);
        is_it.then(|| decided.at.saturating_add(after))
    }

    /// Whether another option was taken than the one it waits for.
    fn is_ruled_out(&self, inject: &Inject) -> bool {
        let decided = inject.when.decision.as_ref().and_then(|decision| self.decided.get(decision));
        decided.is_some_and(|decided| inject.when.option.as_ref().is_some_and(|it| *it != decided.option))
    }

    /// What happens by itself at `at`, the earliest first; nothing when nothing is due.
    pub fn due(&self, scenario: &Scenario, at: u32) -> Option<Event> {
        if !self.is_on() {
            return None;
        }
        let due = scenario.injects.iter().filter_map(|inject| match self.inject(inject) {
            InjectState::At(time) if time <= at => Some((time, inject)),
            _ => None,
        });
        let (_, inject) = due.min_by_key(|(time, _)| *time)?;
        Some(self.thrown(inject))
    }

    /// An inject whose time has come, unless the die spares the players.
    fn thrown(&self, inject: &Inject) -> Event {
        let shows = die::shows(self.dice(), &inject.id);
        match inject.when.die {
            Some(from) if shows < from => Event::Spared { inject: inject.id.clone(), shows },
            _ => Event::Sent { inject: inject.id.clone(), by: SentBy::Itself },
        }
    }

    /// What was out for a time that is over at `at`, and does not work again yet; what was over first, first.
    pub fn over(&self, at: u32) -> Option<Over> {
        let all = self.broke.iter().flat_map(|(of, broken)| {
            broken.lasts.iter().map(move |minutes| {
                let end = broken.at.saturating_add(minutes.saturating_mul(MINUTE));
                (end, Over { of: of.clone(), minutes: *minutes })
            })
        });
        let mut over: Vec<_> =
            all.filter(|(end, one)| *end <= at && !self.broke.contains_key(&one.name())).collect();
        over.sort_by_key(|(end, _)| *end);
        over.into_iter().map(|(_, one)| one).next()
    }

    /// When something happens by itself the next time.
    pub fn next_at(&self, scenario: &Scenario) -> Option<u32> {
        let times = scenario.injects.iter().filter_map(|inject| match self.inject(inject) {
            InjectState::At(time) => Some(time),
            _ => None,
        });
        times.min()
    }

    /// Whose person is away once `inject` was sent: the role that it names, or one that the die draws of those that are
    /// played and here.
    pub fn taken_away(&self, scenario: &Scenario, inject: &Inject) -> Option<String> {
        let role = inject.away.as_ref()?;
        if role != BY_DIE {
            return Some(role.clone());
        }
        let here: Vec<&String> =
            scenario.roles.iter().map(|role| &role.id).filter(|id| !self.away.contains(*id)).collect();
        die::draw(self.dice(), &inject.id, &here).map(|id| (*id).clone())
    }

    /// The place in the journal, and the time, from which on something with this `since` counts; `None` before that.
    fn counts_from(&self, since: Option<&String>) -> Option<(usize, u32)> {
        match since {
            None => self.opened.is_some().then_some((0, 0)),
            Some(inject) => self.sent.get(inject).map(|sent| (sent.place, sent.at)),
        }
    }

    /// How `milestone` stands.
    pub fn milestone(&self, milestone: &Milestone) -> MilestoneState {
        let Some((_, since)) = self.counts_from(milestone.since.as_ref()) else {
            return MilestoneState::NotYet;
        };
        match self.reached.get(&milestone.id) {
            Some(at) => MilestoneState::Reached { since, at: *at },
            None if self.lost.contains_key(&milestone.id) => MilestoneState::Lost(since),
            None => MilestoneState::Counts(since),
        }
    }

    /// Whether what `milestone` wants done was done since it counts.
    pub fn is_done(&self, milestone: &Milestone, journal: &Journal) -> bool {
        let from = self.counts_from(milestone.since.as_ref());
        let done = milestone.done.as_ref().zip(from);
        done.is_some_and(|(deed, (place, _))| journal.was_done_after(deed, place))
    }

    /// How `decision` stands.
    pub fn decision(&self, decision: &Decision) -> DecisionState {
        let Some((_, since)) = self.counts_from(decision.since.as_ref()) else {
            return DecisionState::NotYet;
        };
        match self.decided.get(&decision.id) {
            Some(taken) => DecisionState::Taken { since, at: taken.at },
            None => DecisionState::Open(since),
        }
    }

    /// Whether everything that can be reached was reached, and everything put was decided.
    pub fn is_through(&self, scenario: &Scenario) -> bool {
        let reached = |milestone: &Milestone| self.reached.contains_key(&milestone.id);
        let decided = |decision: &Decision| !matches!(self.decision(decision), DecisionState::Open(_));
        scenario.milestones.iter().all(reached) && scenario.decisions.iter().all(decided)
    }
}

/// What stands before who sits at the console, in [`Event::Responded`].
pub const CONSOLE: &str = "console:";
/// What stands before the name of what was carried out by hand, in [`Event::Responded`].
pub const HAND: &str = "by-hand:";
