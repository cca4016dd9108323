//! Writing: one action per effect, the next one derived from what was read.
//!
//! The first policy changed is the canary: it is compared alone before any other is changed, then policies are compared
//! whole after every twenty-five. A write that is refused is left, and with it what waits for it; the others go on.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::facts::Area;
use crate::domain::write::action::{Action, ActionKey};
use crate::domain::write::order::Others;
use crate::domain::write::told::told;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Done, Effect, TenantEffect, Write};
use crate::journeys::frame;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, JustDone, Screen, Work};
use crate::journeys::turn::Turn;
use crate::steps::{self, Subject};

mod compare;
mod left;

pub use compare::Changes;
pub use left::Left;

/// After how many changed policies the list is read and compared (promise 6).
const COMPARE_EVERY: usize = 25;
/// Seconds between two Conditional Access requests (throttling.md: one a second for all, so a little more).
const POLICY_PACE: f64 = 1.1;
/// How many policies must be behind us before their pace is believed: the canary and a list of them all come first.
const PACE_IS_KNOWN: usize = COMPARE_EVERY + 1;

/// Writing what was consented to.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// For what.
    pub subject: Subject,
    /// Writes that were consented to and not yet tried.
    pub consented: BTreeSet<ActionKey>,
    /// Writes that can be made now.
    pub queue: VecDeque<Action>,
    /// The write on its way.
    pub doing: Option<Action>,
    /// How many were made.
    pub done: usize,
    /// Which, in order.
    pub made: Vec<ActionKey>,
    /// How many there were at consent.
    pub total: usize,
    /// When it began.
    pub began: Timestamp,
    /// Areas to read again.
    pub stale: BTreeSet<Area>,
    /// Policies that were changed, to be compared whole.
    pub changes: Changes,
    /// What was not made, and why.
    pub left: Left,
    /// Whether it is asked if the rest is left.
    pub stopping: Stopping,
    /// How often What-If was asked again, because it did not know yet what was written.
    pub asked_again: usize,
}

/// What happens while writing.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A write was answered.
    Did(Box<Done>),
    /// What became stale was read: the next writes are derived.
    Derive,
    /// Changed policies were read: they are compared.
    Compare,
    /// A sign-in was renewed for this write: it is derived again from what is read then.
    Renewed(Box<Action>),
    /// Ask whether to stop.
    AskToStop,
    /// Do not stop.
    GoOn,
    /// Stop after this write.
    Stop,
}

/// Whether it is asked if the rest is left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stopping {
    /// It is not.
    #[default]
    No,
    /// It is; the writes go on behind the question.
    Asked,
}

impl Writing {
    /// Begins with what was consented to; restores come first, for no subject derives them.
    pub fn begin(
        desk: &mut Desk,
        subject: Subject,
        consented: Vec<ActionKey>,
        restores: Vec<Action>,
    ) -> (Self, Turn<Msg>) {
        let (total, began) = (consented.len(), desk.session.now);
        let mut writing = Self {
            subject,
            consented: consented.into_iter().collect(),
            queue: restores.into(),
            doing: None,
            done: 0,
            made: Vec::new(),
            total,
            began,
            stale: BTreeSet::new(),
            changes: Changes::default(),
            left: Left::default(),
            stopping: Stopping::No,
            asked_again: 0,
        };
        let turn = match writing.queue.is_empty() {
            true => writing.derive(desk),
            false => writing.advance(desk),
        };
        (writing, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Did(done) => self.did(desk, *done),
            Msg::Derive => self.derive(desk),
            Msg::Compare => match self.changes.compare(desk) {
                Some(turn) => turn,
                None => self.advance(desk),
            },
            Msg::Renewed(action) => self.renewed(desk, &action),
            Msg::AskToStop => self.ask(Stopping::Asked),
            Msg::GoOn => self.ask(Stopping::No),
            Msg::Stop => {
                self.stopping = Stopping::No;
                self.queue.clear();
                self.consented.clear();
                self.asked_again = usize::MAX;
                self.changes.wait_no_longer();
                Turn::stay()
            }
        }
    }

    fn ask(&mut self, stopping: Stopping) -> Turn<Msg> {
        self.stopping = stopping;
        Turn::stay()
    }

    /// What is under way when the program is left now.
    pub fn at_stake(&self) -> Option<String> {
        let doing = self.doing.as_ref()?;
        Some(format!(
            "{} of {} writes were made, and one is on its way: {}. It is waited for, ten seconds at most; the rest is \
             not made.",
            self.done,
            self.total,
            doing.sentence()
        ))
    }

    /// Derives the writes that can be made now from what was read, and makes the first of them.
    fn derive(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let possible = &desk.world.derived(&self.subject).actions;
        let wanted = possible.iter().filter(|a| self.consented.contains(&a.key()));
        self.queue = self.left.but_for_barred(wanted.cloned());
        match (self.queue.is_empty(), self.what_if_pause(desk)) {
            (false, _) => self.advance(desk),
            (true, None) => self.finish(desk),
            (true, Some(pause)) => {
                self.asked_again += 1;
                let areas = [Area::Registration, Area::WhatIf];
                Turn::stay().read_after(desk, &areas, Some(Msg::Derive), pause)
            }
        }
    }

    /// How long to wait before What-If is asked again; `None` when it knows what was written, or never seems to.
    fn what_if_pause(&self, desk: &Desk) -> Option<Duration> {
        let is_late = self.done > 0 && steps::what_if_is_late(&desk.case());
        compare::LOOK_AGAIN.get(self.asked_again).filter(|_| is_late).copied()
    }

    /// Makes the next write, or reads again when none is left that can be made now.
    fn advance(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if let Some(action) = self.queue.pop_front() {
            self.consented.remove(&action.key());
            self.doing = Some(action.clone());
            return write(action).into();
        }
        self.doing = None;
        if !self.changes.is_empty() {
            return Changes::look(desk);
        }
        self.stale.extend(self.also_stale());
        let stale: Vec<Area> = std::mem::take(&mut self.stale).into_iter().collect();
        match stale.is_empty() {
            true => self.finish(desk),
            false => Turn::stay().read(desk, &stale, Some(Msg::Derive)),
        }
    }

    /// Where the subject looks at what surrounds the accounts, that is overtaken together with What-If.
    fn also_stale(&self) -> Option<Area> {
        let overtaken = self.stale.contains(&Area::WhatIf) && self.subject.areas().contains(&Area::Around);
        overtaken.then_some(Area::Around)
    }

    fn finish(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let filled = self.changes.filled_words();
        let told = told(&self.made);
        desk.done = match (self.done, self.total) {
            (0, _) => None,
            (done, total) if done == total => Some(JustDone::wholly(format!("{told}{filled}"))),
            (done, total) => Some(JustDone::partly(format!(
                "{done} of {total} written. {told} What was not made stands below.{filled}"
            ))),
        };
        if let Some(trouble) = self.left.told(self.consented.len()) {
            desk.trouble = Some(trouble);
        }
        Turn::over()
    }

    fn did(&mut self, desk: &mut Desk, done: Done) -> Turn<Msg> {
        self.doing = None;
        self.stale.extend(done.action.stale());
        match done.result {
            Ok(answer) => {
                self.done += 1;
                self.made.push(done.action.key());
                self.changes.note(desk, &done.action, answer.before);
                match self.changes.are_due() {
                    true => Changes::look(desk),
                    false => self.advance(desk),
                }
            }
            Err(trouble) => {
                desk.trouble = Some(self.left.add(desk.evidence(), &done.action, trouble));
                self.not_made(desk, &done.action, done.others)
            }
        }
    }

    /// What was not made is left, with everything that waits for it.
    fn not_made(&mut self, desk: &mut Desk, action: &Action, others: Others) -> Turn<Msg> {
        match others {
            Others::GoOn => self.left.bar(action),
            Others::NotOfThisKind => self.left.bar_kind(action),
            Others::Stop => {
                self.queue.clear();
                self.consented.clear();
            }
        }
        self.queue = self.left.but_for_barred(self.queue.drain(..));
        self.advance(desk)
    }

    /// The write goes back among those that were consented to; a restore, which nothing derives, is made again.
    fn renewed(&mut self, desk: &mut Desk, action: &Action) -> Turn<Msg> {
        if matches!(action, Action::RestorePolicy { .. }) {
            return write(action.clone()).into();
        }
        self.doing = None;
        self.queue.clear();
        self.consented.insert(action.key());
        Turn::stay().read(desk, action.stale(), Some(Msg::Derive))
    }

    /// The writing screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, self.subject.heading(self.subject.title()));
        screen.prose.extend(self.subject.why().first().cloned().map(Block::Text));
        let doing = match (&self.doing, &desk.reading) {
            (Some(action), _) => action.sentence(),
            (None, Some(_)) if self.changes.is_lagging() => {
                "the change does not show yet; looking again, for three minutes at most".to_owned()
            }
            (None, Some(_)) if self.asked_again > 0 => {
                "What If does not know the new membership yet; asking again, for three minutes at most"
                    .to_owned()
            }
            (None, Some(reading)) => {
                format!("looking again at {}", reading.left.front().map_or("the tenant", |area| area.words()))
            }
            (None, None) => "done".to_owned(),
        };
        let seconds_left = self.seconds_left(desk);
        screen.work = Some(Work { doing, done: self.done, total: self.total, seconds_left });
        match self.stopping {
            Stopping::No => {
                screen.choices.push(Choice::safe('s', STOP, Msg::AskToStop).leading_back());
            }
            Stopping::Asked => {
                screen.prose.push(Block::Text(format!(
                    "Stop? What was made stays: {} of {}. The rest is not made now; it is derived anew and offered again.",
                    self.done, self.total
                )));
                screen.choices.push(Choice::back("Go on writing", Msg::GoOn));
                screen.choices.push(Choice::safe('s', STOP, Msg::Stop));
            }
        }
        screen
    }

    /// Real seconds. At first two paced requests for each policy that is left, and one list for every twenty-five; as
    /// soon as there is something to measure, what was measured: how many pages a list has shows only in the time it
    /// takes.
    fn seconds_left(&self, desk: &Desk) -> Option<u64> {
        let policies = self.queue.iter().filter(|a| matches!(a, Action::ExcludeGroup { .. })).count();
        if policies == 0 {
            return None;
        }
        if self.done >= PACE_IS_KNOWN {
            return self.measured(desk, policies);
        }
        let requests = u32::try_from(policies * 2 + policies / COMPARE_EVERY + 1).unwrap_or(u32::MAX);
        let seconds = f64::from(requests) * POLICY_PACE * desk.session.time_scale;
        Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX).as_secs().max(1))
    }

    fn measured(&self, desk: &Desk, left: usize) -> Option<u64> {
        let passed = desk.session.now.duration_since(self.began).as_millis();
        let left = passed / i128::try_from(self.done).ok()? * i128::try_from(left).ok()?;
        Some(u64::try_from(left / 1000).unwrap_or_default().max(1))
    }
}

const STOP: &str = "Stop after this write";

/// A write that is derived again after a renewed sign-in.
fn write(action: Action) -> Effect<Msg> {
    let renewed = Some(Msg::Renewed(Box::new(action.clone())));
    let tell = Reply::to(|done| Msg::Did(Box::new(done)));
    Effect::Tenant(TenantEffect::Write(Write { action, tell, renewed }))
}
