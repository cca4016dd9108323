//! The desk: what lies before every journey and every task alike, without a secret.
//!
//! Tasks and journeys work on it and own nothing of it; what is theirs alone they keep themselves, on the
//! [stack](crate::journeys::stack).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::exercise::act;
use crate::domain::exercise::play::Play;
use crate::domain::exercise::seat::Seat;
use crate::domain::facts::{Area, Facts};
use crate::domain::plan::Plan;
use crate::domain::record::{Entry, Evidence, Outcome};
use crate::domain::review::Wish;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKind};
use crate::journeys::decisions::Earlier;
use crate::journeys::effect::Paper;
use crate::journeys::screen::{JustDone, Stage};
use crate::journeys::session::{Session, Writing};
use crate::journeys::world::{Derived, World};
use crate::steps::Subject;

/// Digits there are for tasks.
const DIGITS: u8 = 9;

/// What every journey and task works on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What does not change in a run.
    pub session: Session,
    /// Plan, facts, evidence.
    pub world: World,
    /// What earlier runs decided, beside the plan that this run began with.
    pub earlier: Earlier,
    /// A reading under way, over whatever screen there is.
    pub reading: Option<Reading>,
    /// Why the write on its way takes minutes.
    pub waiting: Option<String>,
    /// A trouble to show first; gone with the next choice.
    pub trouble: Option<Trouble>,
    /// Sign-ins that nobody made here, said beside any trouble; gone with the next choice.
    pub alarm: Option<Trouble>,
    /// The sentences of the writes that were made in this run, in order.
    pub written: Vec<String>,
    /// What was done in this run, in order, with its time of day.
    pub stages: Vec<Stage>,
    /// A word about what was just done; gone with the next choice.
    pub done: Option<JustDone>,
    /// Lines that are on their way into the record and decide what the next screen says.
    pub unrecorded: usize,
    /// How well this machine keeps secrets, in one line, until the first one is made.
    pub machine: Option<String>,
    /// What does not protect a secret on this machine, as long as nobody has decided about it.
    pub weak: Vec<String>,
    /// What was offered in this run.
    pub offered: Offered,
    /// The digits that tasks have on the board that is shown.
    pub digits: Digits,
    /// What the checks saw at the end of each repair of this run.
    pub repaired: Vec<Finding>,
    /// Emergency access accounts whose work as the operator was noted in this run: one sign-in is one use.
    pub noted: BTreeSet<Slot>,
    /// What the command line asked of a review.
    pub wish: Wish,
    /// The exercise that this run is.
    pub exercise: Option<Seat>,
    /// The last person who vouched for something, as the next preset.
    pub person: String,
    /// The last person who tested a sign-in, as the next preset.
    pub tester: String,
    /// How many sign-ins were begun, so that a late answer is told from one that is waited for.
    attempts: u32,
}

/// A reading under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is still to come, the present one first; the last one stays until the reading is over.
    pub left: VecDeque<Area>,
    /// How many there were.
    pub total: usize,
    /// What was read already.
    pub read: Vec<Area>,
}

/// What was offered to the person in this run, so that no suggestion repeats it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered(BTreeSet<String>);

impl Offered {
    /// A write was shown.
    pub fn write(&mut self, action: &Action) {
        self.0.insert(Self::name(action));
    }

    /// A task or a question was put.
    pub fn ask(&mut self, ask: &Ask) {
        self.0.insert(ask.key());
    }

    /// Something is newer now than it was when it was asked about: that is asked anew.
    pub fn renewed(&mut self, entry: &Entry) {
        let again: Vec<String> = match entry {
            Entry::Slip(slip) => {
                let about =
                    [CheckId::PaperSlip, CheckId::PaperSafe, CheckId::PaperSealed, CheckId::PaperPrinted];
                let about = about.iter().map(|check| check.of(slip.slot).to_string());
                let files = Ask::DestroyFiles { slot: slip.slot }.key();
                about.chain([files]).chain(Self::new_way_in(slip.slot)).collect()
            }
            Entry::Key { slot, .. } => Self::new_way_in(*slot).into(),
            Entry::Documented { .. } => [CheckId::PaperDocument, CheckId::PaperProcedure]
                .map(|check| check.whole().to_string())
                .into(),
            Entry::Receipt { key, outcome: Outcome::Done, .. }
                if key.kind() == Some(ActionKind::PutActionGroup) =>
            {
                vec![ActionKind::TestNotification.about("").to_string(), Ask::AwaitRecipients.key()]
            }
            Entry::Notified { .. } => vec![CheckId::AlertsNotification.whole().to_string()],
            // Once a slip is on paper its file can be destroyed, be others gone already.
            Entry::Attested { about, .. } if about.check() == Some(CheckId::PaperPrinted) => {
                about.slot().map(|slot| Ask::DestroyFiles { slot }.key()).into_iter().collect()
            }
            _ => return,
        };
        let is_about = |key: &String, about: &String| {
            key.strip_prefix(about.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.0.retain(|key| !again.iter().any(|about| is_about(key, about)));
    }

    /// What a new way in calls for: new pages, and a test.
    fn new_way_in(slot: Slot) -> [String; 2] {
        [Ask::WriteDocument.key(), Ask::TestSignIn { slot }.key()]
    }

    /// A write past a rule is another one than the write that the rule has just refused.
    fn name(action: &Action) -> String {
        let past = if action.is_past_a_rule() { " past a rule" } else { "" };
        format!("{}{past}", action.key())
    }

    /// Whether this write was shown already.
    pub fn has_write(&self, action: &Action) -> bool {
        self.0.contains(&Self::name(action))
    }

    /// Whether this task was put already.
    pub fn has_ask(&self, ask: &Ask) -> bool {
        self.0.contains(&ask.key())
    }

    /// Whether there is a write or a task in `derived` that was not offered yet.
    pub fn leaves(&self, derived: &Derived) -> bool {
        derived.actions.iter().any(|action| !self.has_write(action))
            || derived.asks.iter().any(|ask| !self.has_ask(ask))
    }

    /// Counts everything in `derived` as offered.
    pub fn all_of(&mut self, derived: &Derived) {
        derived.actions.iter().for_each(|action| self.write(action));
        derived.asks.iter().for_each(|ask| self.ask(ask));
    }
}

/// The digits that things have on the board that is shown: none gets another one when one is done, and the digit of one that
/// was done is the last to be given again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digits {
    subject: Option<Subject>,
    given: BTreeMap<String, u8>,
    /// The digits of things that are not shown now; whatever comes back gets its own again while nothing else has it.
    gone: BTreeMap<String, u8>,
    last: u8,
}

impl Digits {
    /// The board of `subject` is shown with these things to choose: each keeps its digit, what is new gets the next.
    pub fn note(&mut self, subject: &Subject, shown: Vec<String>) {
        if self.subject.as_ref() != Some(subject) {
            *self = Self { subject: Some(subject.clone()), ..Self::default() };
        }
        let (given, gone) =
            std::mem::take(&mut self.given).into_iter().partition(|(name, _)| shown.contains(name));
        self.given = given;
        self.gone.extend::<BTreeMap<String, u8>>(gone);
        for name in shown {
            if !self.given.contains_key(&name) {
                let digit = self.former(&name).unwrap_or_else(|| self.another());
                self.given.insert(name, digit);
            }
        }
    }

    /// The digit that it had before, where nothing else has it now.
    fn former(&mut self, name: &str) -> Option<u8> {
        let digit = self.gone.remove(name)?;
        self.given.values().all(|taken| *taken != digit).then_some(digit)
    }

    fn another(&mut self) -> u8 {
        self.last = self.next();
        self.last
    }

    /// The digit behind the one that was given last that nothing shown has.
    fn next(&self) -> u8 {
        let after = (1..=DIGITS).map(|step| (self.last + step - 1) % DIGITS + 1);
        let is_free = |digit: &u8| !self.given.values().any(|taken| taken == digit);
        after.into_iter().find(is_free).unwrap_or(1)
    }

    /// The digit of what has this name on the board of `subject`, where it has one.
    pub fn of(&self, subject: &Subject, name: &str) -> Option<u8> {
        self.subject.as_ref().filter(|own| *own == subject)?;
        self.given.get(name).copied()
    }
}

impl Desk {
    /// A desk on which nothing was read yet.
    pub fn new(session: Session, world: World) -> Self {
        Self {
            session,
            world,
            earlier: Earlier::default(),
            reading: None,
            waiting: None,
            trouble: None,
            alarm: None,
            written: Vec::new(),
            stages: Vec::new(),
            done: None,
            unrecorded: 0,
            machine: None,
            weak: Vec::new(),
            offered: Offered::default(),
            digits: Digits::default(),
            repaired: Vec::new(),
            noted: BTreeSet::new(),
            wish: Wish::default(),
            exercise: None,
            person: String::new(),
            tester: String::new(),
            attempts: 0,
        }
    }

    /// The decisions.
    pub fn plan(&self) -> &Plan {
        self.world.plan()
    }

    /// What was read from the tenant.
    pub fn facts(&self) -> &Facts {
        self.world.facts()
    }

    /// What the record remembers.
    pub fn evidence(&self) -> &Evidence {
        self.world.evidence()
    }

    /// What a step looks at.
    pub fn case(&self) -> Case<'_> {
        self.world.case()
    }

    /// Whether there is no connection: nothing is looked up, everything is vouched for.
    pub fn is_by_hand(&self) -> bool {
        self.facts().is_by_hand()
    }

    /// What this run could not write anyway.
    pub fn is_dry_run(&self) -> bool {
        self.session.writing == Writing::DryRun
    }

    /// The sign-in name of whoever sits at the console, as far as that is known: who signed in last, or in an exercise who was
    /// seated there.
    pub fn at_console(&self) -> Option<String> {
        let operator = self.facts().operator.get().map(|operator| operator.upn.clone());
        let seated = || {
            let seat = self.exercise.as_ref()?;
            let play = Play::of(&seat.scenario, &self.evidence().exercise.moments);
            let slot = play.seated.and_then(|sat| act::seated(&sat.who));
            Some(slot.map_or_else(|| seat.operator.clone(), |slot| self.world.upn(slot)))
        };
        operator.filter(|upn| !upn.is_empty()).or_else(seated)
    }

    /// Whether this run is an exercise that a script plays.
    pub fn is_scripted(&self) -> bool {
        self.exercise.as_ref().is_some_and(|seat| seat.script.is_some())
    }

    /// The line of the record that says that this run is another journey's from now on.
    pub fn began(&self, journey: &str) -> Entry {
        Entry::Began {
            journey: journey.to_owned(),
            tenant: self.evidence().begun.clone().unwrap_or_default(),
            name: self.session.tenant.clone(),
            mark: self.session.mark.as_str().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// What is said first on any screen: the alarm and the trouble, neither in the other's place.
    pub fn said_first(&self) -> Option<Trouble> {
        match (&self.alarm, &self.trouble) {
            (Some(alarm), Some(trouble)) => Some(trouble.clone().behind(alarm)),
            (alarm, trouble) => alarm.clone().or_else(|| trouble.clone()),
        }
    }

    /// What a page is made from.
    pub fn paper(&self) -> Paper {
        Paper { plan: self.world.shared_plan(), facts: self.world.shared_facts() }
    }

    /// Says that this was just done, all of it.
    pub fn did(&mut self, words: impl Into<String>) {
        self.done = Some(JustDone::wholly(words));
    }

    /// The number of a sign-in that begins now.
    pub(super) fn next_attempt(&mut self) -> u32 {
        self.attempts += 1;
        self.attempts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::StepId;

    #[test]
    fn a_digit_stays_with_its_task_and_is_given_again_last() {
        let task = |key: usize| format!("task {key}");
        let tasks = |keys: &[usize]| keys.iter().map(|key| task(*key)).collect::<Vec<_>>();
        let subject = Subject::Step(StepId::SECOND_FACTOR);
        let mut digits = Digits::default();
        let of = |digits: &Digits, key| digits.of(&subject, &task(key));
        digits.note(&subject, tasks(&[0, 1, 2]));
        assert_eq!([0, 1, 2].map(|key| of(&digits, key)), [Some(1), Some(2), Some(3)]);
        digits.note(&subject, tasks(&[1, 2, 3]));
        assert_eq!([0, 1, 2, 3].map(|key| of(&digits, key)), [None, Some(2), Some(3), Some(4)]);
        digits.note(&subject, tasks(&[0, 1, 2, 3]));
        assert_eq!(of(&digits, 0), Some(1), "what comes back has its own digit again");
        digits.note(&subject, tasks(&[1, 2, 3]));
        for key in 4..20 {
            digits.note(&subject, tasks(&[1, key]));
            assert_eq!(of(&digits, 1), Some(2), "the one that is open keeps its digit");
            assert!(of(&digits, key).is_some_and(|digit| digit != 2));
        }
        digits.note(&Subject::Step(StepId::ALERTS), tasks(&[5]));
        assert_eq!(digits.of(&Subject::Step(StepId::ALERTS), &task(5)), Some(1), "another board begins anew");
    }
}
