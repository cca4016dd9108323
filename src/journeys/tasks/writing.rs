//! Writing: one action per effect, the next one derived from what was read.
//!
//! The first policy changed is the canary: it is compared alone before any other is changed, then policies are compared
//! whole after every twenty-five.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::facts::Area;
use crate::domain::facts::policy::{MICROSOFT_MANAGED, Policy};
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKey};
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Done, Effect, TenantEffect, Write};
use crate::journeys::frame;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::turn::{Outcome, Turn};
use crate::steps::Subject;

/// After how many changed policies the list is read and compared (promise 6).
const COMPARE_EVERY: usize = 25;
/// How long a stale read gets before the second look, in the cloud's time.
const SECOND_LOOK_AFTER: Duration = Duration::from_secs(15);
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
    /// How many there were at consent.
    pub total: usize,
    /// When it began.
    pub began: Timestamp,
    /// Areas to read again.
    pub stale: BTreeSet<Area>,
    /// Policies as they should be now, to be compared whole.
    pub changed: Vec<Policy>,
    /// Whether a comparison has found a difference once already.
    pub second_look: SecondLook,
    /// Whether the first change has been compared.
    pub canary: Canary,
}

/// Whether a comparison found a difference that may be a stale read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SecondLook {
    /// No.
    #[default]
    NotNeeded,
    /// Yes; the next difference stops the run.
    Taken,
}

/// The first policy changed in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Canary {
    /// Not compared yet: every further change waits.
    #[default]
    Waiting,
    /// Compared and as expected.
    Passed,
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
    /// Stop after this write.
    Stop,
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
            total,
            began,
            stale: BTreeSet::new(),
            changed: Vec::new(),
            second_look: SecondLook::default(),
            canary: Canary::default(),
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
            Msg::Compare => self.compare(desk),
            Msg::Renewed(action) => self.renewed(desk, &action),
            Msg::Stop => {
                self.queue.clear();
                self.consented.clear();
                Turn::stay()
            }
        }
    }

    /// Derives the writes that can be made now from what was read, and makes the first of them.
    fn derive(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let possible = &desk.world.derived(&self.subject).actions;
        self.queue = possible.iter().filter(|a| self.consented.contains(&a.key())).cloned().collect();
        match self.queue.is_empty() {
            true => self.finish(desk),
            false => self.advance(desk),
        }
    }

    /// Makes the next write, or reads again when none is left that can be made now.
    fn advance(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if let Some(action) = self.queue.pop_front() {
            self.consented.remove(&action.key());
            self.doing = Some(action.clone());
            return write(action).into();
        }
        self.doing = None;
        if !self.changed.is_empty() {
            return look_at_changed(desk);
        }
        let stale: Vec<Area> = std::mem::take(&mut self.stale).into_iter().collect();
        match stale.is_empty() {
            true => self.finish(desk),
            false => Turn::stay().read(desk, &stale, Some(Msg::Derive)),
        }
    }

    fn finish(&self, desk: &mut Desk) -> Turn<Msg> {
        desk.done = match (self.done, self.total) {
            (0, _) => None,
            (1, 1) => Some("The write was made, and the tenant was read again.".to_owned()),
            (done, total) if done == total => {
                Some(format!("All {total} writes were made, and the tenant was read again."))
            }
            (done, total) => Some(format!("{done} of {total} writes were made. What was not stands below.")),
        };
        Turn::over()
    }

    fn did(&mut self, desk: &mut Desk, done: Done) -> Turn<Msg> {
        self.doing = None;
        self.stale.extend(done.action.stale());
        match done.result {
            Ok(answer) => {
                self.done += 1;
                if let (Action::ExcludeGroup { group, .. }, Some(before)) = (&done.action, answer.before) {
                    self.changed.push(before.with_group_excluded(group));
                }
                let compare = self.canary == Canary::Waiting || self.changed.len() >= COMPARE_EVERY;
                match compare && !self.changed.is_empty() {
                    true => look_at_changed(desk),
                    false => self.advance(desk),
                }
            }
            // A policy that refuses for good is one item to do by hand; anything else stops the list.
            Err(trouble) if is_for_hand(desk.evidence(), &done.action) => {
                desk.trouble = Some(by_hand(&done.action, &trouble));
                self.advance(desk)
            }
            Err(trouble) => {
                self.queue.clear();
                self.consented.clear();
                desk.trouble = Some(trouble);
                self.advance(desk)
            }
        }
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

    /// Compares every changed policy with what it should be, whole.
    fn compare(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(unlike) = self.unlike(desk) else {
            self.changed.clear();
            self.second_look = SecondLook::NotNeeded;
            self.canary = Canary::Passed;
            return self.advance(desk);
        };
        if self.second_look == SecondLook::NotNeeded {
            self.second_look = SecondLook::Taken;
            let again = Some(Msg::Compare);
            return Turn::stay().read_after(desk, &[Area::Policies], again, SECOND_LOOK_AFTER);
        }
        desk.trouble = Some(Trouble::new(
            format!("Policy \"{}\" is not as it should be after the change.", unlike.policy.name),
            format!(
                "More than its exclusions differs, or the exclusion is missing: {}. Someone else may be editing it.",
                unlike.differences
            ),
            "Nothing further is written. Compare it in the portal; you can put it back as it was read before.",
        ));
        offer_original(desk, &unlike.policy)
    }

    fn unlike(&self, desk: &Desk) -> Option<Unlike> {
        let now = desk.facts().policies.get()?;
        self.changed.iter().find_map(|expected| {
            let differences = match now.iter().find(|policy| policy.id == expected.id) {
                Some(policy) => policy.differences(expected),
                None => vec!["the policy is gone".to_owned()],
            };
            (!differences.is_empty())
                .then(|| Unlike { policy: expected.clone(), differences: differences.join(", ") })
        })
    }

    /// The writing screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, self.subject.heading(self.subject.title()));
        screen.prose.extend(self.subject.why().first().cloned().map(Block::Text));
        let doing = match (&self.doing, &desk.reading) {
            (Some(action), _) => action.sentence(),
            (None, Some(reading)) => {
                format!("looking again at {}", reading.left.front().map_or("the tenant", |area| area.words()))
            }
            (None, None) => "done".to_owned(),
        };
        let seconds_left = self.seconds_left(desk);
        screen.work = Some(Work { doing, done: self.done, total: self.total, seconds_left });
        screen.choices.push(Choice::safe('s', "Stop after this write", Msg::Stop).leading_back());
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

/// A write that is derived again after a renewed sign-in.
fn write(action: Action) -> Effect<Msg> {
    let renewed = Some(Msg::Renewed(Box::new(action.clone())));
    let tell = Reply::to(|done| Msg::Did(Box::new(done)));
    Effect::Tenant(TenantEffect::Write(Write { action, tell, renewed }))
}

/// The receipt has come before the answer: only a refusal that is about the policy itself stands in the record.
fn is_for_hand(evidence: &Evidence, action: &Action) -> bool {
    matches!(action, Action::ExcludeGroup { .. }) && evidence.refused.contains_key(&action.key())
}

fn by_hand(action: &Action, trouble: &Trouble) -> Trouble {
    let next =
        "Exclude the group by hand in the portal. The other policies go on; this one stays on the list.";
    // Nobody's rights are missing where Microsoft keeps a policy to itself.
    let managed = matches!(action, Action::ExcludeGroup { name, .. } if name.starts_with(MICROSOFT_MANAGED));
    let missing = if managed { None } else { trouble.missing.clone() };
    let told = Trouble::new(format!("Refused: {}.", action.sentence()), &trouble.why, next);
    Trouble { missing, request: trouble.request.clone(), ..told }
}

fn look_at_changed(desk: &mut Desk) -> Turn<Msg> {
    Turn::stay().read(desk, &[Area::Policies], Some(Msg::Compare))
}

/// Stops the run and offers to write the policy back as it was read before it was changed.
fn offer_original(desk: &Desk, policy: &Policy) -> Turn<Msg> {
    let Some(original) = desk.evidence().original(&policy.id).map(Arc::new) else { return Turn::over() };
    let restore = Action::RestorePolicy { policy: policy.id.clone(), name: policy.name.clone(), original };
    Turn::end(Outcome::Restore(restore))
}

/// A policy that is not as it should be.
struct Unlike {
    policy: Policy,
    differences: String,
}
