//! What sign-in tests still count for, and which sign-ins in the log are known: those that somebody made here.
//!
//! A test counts for exactly what it used. What changed a way in after it, by the order of the record, ends it; what the
//! tenant itself shows to be newer is compared where facts are at hand.

use jiff::{SignedDuration, Timestamp};

use crate::domain::facts::SignIn;
use crate::domain::record::evidence::Evidence;
use crate::domain::record::{
    Entry, Found, Logged, Outcome, Slip, SlipKind, SlipState, Strength, Test, Use, UseKind,
};
use crate::domain::slot::Slot;
use crate::domain::write::action::ActionKind;

/// What the log's time may differ from the program's by.
const AROUND: SignedDuration = SignedDuration::from_mins(1);
/// How long before it was told a sign-in by hand may have been made.
const BY_HAND: SignedDuration = SignedDuration::from_mins(15);
/// How long a sign-in page that was given up is good for something (the browser's patience, and some more).
const GIVEN_UP: SignedDuration = SignedDuration::from_mins(15);
/// How long before a key was seen somebody signed in to register it: a pass's usual hour, and some more.
const REGISTERING: SignedDuration = SignedDuration::from_mins(90);
/// How long a sign-in as the operator of a repair lasts: a working day.
const OPERATING: SignedDuration = SignedDuration::from_hours(8);
/// What is older than a use that was not allowed belongs to that incident.
const INCIDENT: SignedDuration = SignedDuration::from_hours(31 * 24);

/// A time in which sign-ins of an account are expected: somebody signed in as it, for a reason in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    slot: Slot,
    from: Timestamp,
    until: Timestamp,
}

impl Visit {
    fn new(slot: Slot, at: Timestamp, before: SignedDuration, after: SignedDuration) -> Self {
        let (from, until) = (at.checked_sub(before).unwrap_or(at), at.checked_add(after).unwrap_or(at));
        Self { slot, from, until }
    }

    fn holds(&self, sign_in: &SignIn) -> bool {
        self.slot == sign_in.slot && (self.from..=self.until).contains(&sign_in.at)
    }
}

/// What changed a way in of an account after it was tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overtaken {
    /// The key with this number, counted from zero, was registered; the plan has its name.
    Key(usize),
    /// Something else, in words: "its password was set".
    Otherwise(String),
}

impl Evidence {
    /// Learns from any entry what it says about tests and visits.
    pub(super) fn learn_tests(&mut self, at: Timestamp, entry: &Entry) {
        match entry {
            Entry::Tested(test) => self.test_made(test),
            Entry::Logged(logged) => {
                self.logged_at.entry((logged.slot, logged.test)).or_insert(at);
                self.log_seen(logged);
            }
            Entry::Stranger(stranger) => self.stranger_seen(stranger.sign_in()),
            Entry::Used(used) => self.visited(visit_of(used)),
            Entry::Key { slot, key, .. } => {
                if !self.used_another(*slot, *key) {
                    self.overtake(*slot, Overtaken::Key(*key));
                }
                // Whoever registers it has signed in before it is seen.
                self.visited(Visit::new(*slot, at, REGISTERING, SignedDuration::ZERO));
            }
            Entry::Slip(Slip { slot, kind: SlipKind::Pin { key }, .. }) if self.used_another(*slot, *key) => {
            }
            Entry::Slip(slip) if slip.state == SlipState::Confirmed => {
                let of = if slip.kind == SlipKind::Password { "password" } else { "PIN" };
                let made = format!("slip {} with its {of} was made", slip.number);
                self.overtake(slip.slot, Overtaken::Otherwise(made));
            }
            Entry::Receipt { key, outcome: Outcome::Done, slot: Some(slot), .. }
            | Entry::Reconciled { key, found: Found::Done, slot: Some(slot), .. } => {
                if let Some(change) = key.kind().and_then(change_of_a_way_in) {
                    self.overtake(*slot, Overtaken::Otherwise(change.to_owned()));
                }
            }
            _ => {}
        }
    }

    fn test_made(&mut self, test: &Test) {
        if test.passed {
            self.overtaken.remove(&test.slot);
        }
        // What was seen before the test was told may be its own.
        let seen = self.seen.clone();
        self.seen.retain(|sign_in| !is_part_of(test, sign_in, &seen));
        if test.strength() == Strength::ByHand {
            self.visited(Visit::new(test.slot, test.at, BY_HAND, AROUND));
        }
    }

    fn log_seen(&mut self, logged: &Logged) {
        if self.logged_of(logged.slot, logged.test).is_none() {
            self.logged.push(logged.clone());
        }
        self.seen.retain(|sign_in| logged.id.is_empty() || sign_in.id != logged.id);
    }

    /// Once seen it is open, whatever the log still has of it, until it turns out to be expected or somebody explains it.
    fn stranger_seen(&mut self, sign_in: SignIn) {
        if !self.seen.iter().any(|known| known.is_same(&sign_in)) {
            self.seen.push(sign_in);
        }
    }

    fn visited(&mut self, visit: Visit) {
        self.seen.retain(|sign_in| !visit.holds(sign_in));
        self.visits.push(visit);
    }

    /// Whether the latest test is known to have used another key than the one that stands in this place of the plan. Of a
    /// place that had none yet, nobody has proved anything.
    fn used_another(&self, slot: Slot, place: usize) -> bool {
        let used = self.test(slot).and_then(Test::key);
        let there = self.keys.get(&(slot, place)).map(|seen| seen.method.as_str());
        used.zip(there).is_some_and(|(used, there)| used != there)
    }

    fn overtake(&mut self, slot: Slot, by: Overtaken) {
        if self.tests.iter().any(|test| test.slot == slot) {
            self.overtaken.insert(slot, by);
        }
    }

    /// The entry in the log of this test, as it was once seen.
    pub fn logged(&self, test: &Test) -> Option<&Logged> {
        self.logged_of(test.slot, test.at)
    }

    fn logged_of(&self, slot: Slot, test: Timestamp) -> Option<&Logged> {
        self.logged.iter().find(|logged| logged.slot == slot && logged.test == test)
    }

    /// The entry of this test among `sign_ins`: by the id that went along, else by time, application and address.
    pub fn own_entry<'a>(&self, test: &Test, sign_ins: &'a [SignIn]) -> Option<&'a SignIn> {
        let right = |sign_in: &&SignIn| sign_in.slot == test.slot && (sign_in.error == 0) == test.passed;
        let named = sign_ins.iter().filter(right).find(|sign_in| is_named(test, sign_in));
        named.or_else(|| {
            let mut alike = sign_ins.iter().filter(right).filter(|sign_in| is_alike(test, sign_in));
            alike.find(|sign_in| !self.belongs_to_another(test, sign_in))
        })
    }

    /// An entry that names another test cannot be this one's.
    fn belongs_to_another(&self, test: &Test, sign_in: &SignIn) -> bool {
        self.tests.iter().any(|other| other != test && is_named(other, sign_in))
    }

    /// Sign-ins, tried or made, that nobody made here as far as the record knows: those that it has seen, and what else is
    /// among `sign_ins`.
    pub fn strangers<'a>(&'a self, sign_ins: &'a [SignIn]) -> impl Iterator<Item = &'a SignIn> {
        self.seen.iter().chain(self.unseen_strangers(sign_ins))
    }

    /// Those among `sign_ins` that the record has not seen yet.
    pub fn unseen_strangers<'a>(&'a self, sign_ins: &'a [SignIn]) -> impl Iterator<Item = &'a SignIn> {
        let is_seen = |sign_in: &SignIn| self.seen.iter().any(|known| known.is_same(sign_in));
        sign_ins.iter().filter(move |sign_in| !is_seen(sign_in) && !self.is_expected(sign_in, sign_ins))
    }

    /// Whether a sign-in test of the record made this sign-in; `all` is what the log has beside it.
    pub fn is_of_a_test(&self, sign_in: &SignIn, all: &[SignIn]) -> bool {
        let seen = self.logged.iter().any(|logged| !logged.id.is_empty() && logged.id == sign_in.id);
        seen || self.tests.iter().any(|test| is_part_of(test, sign_in, all))
    }

    /// Whether somebody was signed in as the account then, for a reason in the record.
    pub(super) fn is_visited(&self, slot: Slot, at: Timestamp) -> bool {
        self.visits.iter().any(|visit| visit.slot == slot && (visit.from..=visit.until).contains(&at))
    }

    /// Whether somebody made this sign-in for a reason in the record; `all` is what the log has beside it.
    pub fn is_expected(&self, sign_in: &SignIn, all: &[SignIn]) -> bool {
        self.visits.iter().any(|visit| visit.holds(sign_in)) || self.is_of_a_test(sign_in, all)
    }
}

/// Whether `sign_in` was made in the course of a test. Once one of its sign-ins is known by the id that went along, only
/// those with such an id are its own.
fn is_part_of(test: &Test, sign_in: &SignIn, all: &[SignIn]) -> bool {
    let names_it = all.iter().any(|other| is_named(test, other));
    is_named(test, sign_in) || (!names_it && is_alike(test, sign_in))
}

fn is_named(test: &Test, sign_in: &SignIn) -> bool {
    let sent = test.with.iter().flat_map(|with| &with.correlations);
    sign_in.slot == test.slot && sent.into_iter().any(|id| id.eq_ignore_ascii_case(&sign_in.correlation))
}

/// Within the time of the test, by the same application, from the same address, as far as each is known.
fn is_alike(test: &Test, sign_in: &SignIn) -> bool {
    if sign_in.slot != test.slot {
        return false;
    }
    let same = |own: &str, other: &str| own.is_empty() || other.is_empty() || own.eq_ignore_ascii_case(other);
    let Some(with) = &test.with else { return during(test, sign_in, test.at) };
    let app = sign_in.app.is_empty() || with.apps.is_empty() || with.apps.contains(&sign_in.app);
    app && same(&with.address, &sign_in.address) && during(test, sign_in, with.signed_in)
}

fn during(test: &Test, sign_in: &SignIn, ended: Timestamp) -> bool {
    let lasted = SignedDuration::from_secs(i64::try_from(test.seconds).unwrap_or_default());
    let lasted = if test.with.is_none() && test.seconds == 0 { BY_HAND } else { lasted };
    Visit::new(test.slot, ended, lasted + AROUND, AROUND).holds(sign_in)
}

fn visit_of(used: &Use) -> Visit {
    match used.kind {
        UseKind::Operator => Visit::new(used.slot, used.at, BY_HAND, OPERATING),
        UseKind::Unauthorized => Visit::new(used.slot, used.at, INCIDENT, SignedDuration::ZERO),
        UseKind::TestGivenUp => Visit::new(used.slot, used.at, GIVEN_UP, GIVEN_UP),
    }
}

/// Writes after which an account opens with something else than before.
fn change_of_a_way_in(kind: ActionKind) -> Option<&'static str> {
    match kind {
        ActionKind::SetPassword => Some("its password was set"),
        ActionKind::AddPhone | ActionKind::ReplacePhone => Some("its phone was set"),
        _ => None,
    }
}
