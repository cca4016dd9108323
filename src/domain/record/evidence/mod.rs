//! What the entries of a record add up to, entry by entry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde_json::Value;

use crate::domain::check::finding::Verdict;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::journal::Journal;
use crate::domain::facts::SignIn;
use crate::domain::mark::Mark;
use crate::domain::plan::Procedure;
use crate::domain::record::{
    Accepted, AlertTest, Attested, Concluded, Entry, Followed, Found, Head, Identity, Logged, Names, Outcome,
    SeenKey, Since, Slip, Standing, Test, Waiting,
};
use crate::domain::review::Reviews;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{ActionKey, ActionKind};

mod belongs;
mod files;
mod held;
mod played;
mod slips;
mod tests;
mod uses;
mod watched;
mod written;

pub use files::{FileUse, LeftFile};
pub use held::{Exercises, OpenImprovement, Retest, improvement_of};
pub use tests::{Overtaken, Visit};
pub use watched::Watched;
pub use written::Written;

/// What the entries of a record add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// How many lines the record has.
    pub lines: u64,
    /// How far the record goes on the disk; none where these entries are on no disk.
    pub head: Option<Head>,
    /// The tenant of the latest run that began.
    pub begun: Option<String>,
    /// The tenant the record belongs to: the one of the first run in which anything happened.
    pub tenant: Option<String>,
    /// Id and domains of the tenant the record belongs to, once it told them.
    pub identity: Option<Identity>,
    /// Id and domains that the latest run was told, as long as the record belongs to nobody.
    pub told: Option<Identity>,
    /// Object ids of accounts made here.
    pub accounts: BTreeMap<Slot, String>,
    /// Object id of the group made here.
    pub group: Option<String>,
    /// Groups made here that were gone when another one was made.
    pub former_groups: Vec<String>,
    /// Latest attestation for each subject.
    pub attested: BTreeMap<CheckSubject, Attested>,
    /// What was accepted by name at the screen and not taken back.
    pub accepted: BTreeMap<CheckSubject, Accepted>,
    /// The oldest saved original of each changed policy, by id: as JSON text, a tenth of what the object itself takes.
    pub originals: BTreeMap<String, String>,
    /// Latest state of every slip, by number.
    pub slips: BTreeMap<u32, Slip>,
    /// Files of slips that are gone.
    pub files_gone: BTreeSet<String>,
    /// Since when each slip is there, by number.
    pub slips_since: BTreeMap<u32, Since>,
    /// Keys seen registered, by slot and index.
    pub keys: BTreeMap<(Slot, usize), SeenKey>,
    /// The method id of the key that another one last took the place of, by slot and index.
    pub replaced: BTreeMap<(Slot, usize), String>,
    /// Sign-in tests, oldest first.
    pub tests: Vec<Test>,
    /// The latest use of each account that was used, and what has followed.
    pub uses: BTreeMap<Slot, Followed>,
    /// When a sign-in test of an account was last given up while its page stood open.
    pub given_up: BTreeMap<Slot, Timestamp>,
    /// What changed a way in of an account after its last test that went well.
    pub overtaken: BTreeMap<Slot, Overtaken>,
    /// Entries of tests in the tenant's log, as they were seen.
    pub logged: Vec<Logged>,
    /// When each of them was first seen there, by account and test.
    pub logged_at: BTreeMap<(Slot, Timestamp), Timestamp>,
    /// Alert tests, oldest first.
    pub alert_tests: Vec<AlertTest>,
    /// What was last written here, of what a test or a notification is about.
    pub written: Box<Written>,
    /// Sign-ins that nobody made here, as they were seen in the tenant's log; without those that turned out to be expected.
    pub seen: Vec<SignIn>,
    /// Times in which somebody signed in as an account, for a reason in the record.
    pub visits: Vec<Visit>,
    /// Accounts with a way in that nobody has signed in with yet.
    pub untested: BTreeSet<Slot>,
    /// Whether a slip or a key is newer than the pages that name it.
    pub pages_behind: bool,
    /// Latest test notification: when, and whether it was sent.
    pub notified: Option<(Timestamp, bool)>,
    /// Since when that is known.
    pub notified_since: Option<Since>,
    /// When the diagnostic setting was made here.
    pub logging_since: Option<Timestamp>,
    /// When a run first ended with a diagnostic setting that was right, whoever made it.
    pub logging_seen: Option<Timestamp>,
    /// When the sessions of an account were last revoked here.
    pub revoked: BTreeMap<Slot, Timestamp>,
    /// When the password of an account was last set here.
    pub password_set: BTreeMap<Slot, Timestamp>,
    /// Writes that were refused, by action key; cleared when the same write is done later.
    pub refused: BTreeMap<ActionKey, Trouble>,
    /// Those of them that were refused in the run at hand.
    pub refused_now: BTreeSet<ActionKey>,
    /// Accounts that were taken out of a restricted unit and not put back: slot and unit id.
    pub outside: BTreeSet<(Slot, String)>,
    /// Steps that another team has, by number.
    pub waiting: BTreeMap<u8, Waiting>,
    /// Files of the latest pages without secrets.
    pub documents: Vec<String>,
    /// Since when they are there.
    pub documents_since: Option<Since>,
    /// Every procedure that stood on pages, with since when; `None` for what an older program wrote.
    pub procedures: Vec<(Option<Procedure>, Since)>,
    /// The names on them.
    pub names: Option<Names>,
    /// How the steps stood when that was last told, and when that was.
    pub stood: Option<(Timestamp, Vec<Standing>)>,
    /// Reviews: the one that is open, and the last one.
    pub reviews: Reviews,
    /// Exercises that were held, and what came out of them.
    pub exercises: Exercises,
    /// What the record of an exercise tells of it.
    pub exercise: Journal,
    /// The tenant's mark when a journey last began.
    pub mark: Option<Mark>,
    /// What the tenant's logs showed, and what somebody said that it was.
    pub watched: Watched,
    /// Intentions without a receipt: key and sentence.
    pub pending: BTreeMap<ActionKey, String>,
}

/// The unit that a write of this kind is about: the last word of its key.
fn unit(key: &ActionKey, kind: ActionKind) -> Option<String> {
    key.object_of(kind)?.rsplit(' ').next().map(str::to_owned)
}

impl Evidence {
    /// What `entries`, oldest first, add up to.
    pub fn of<'a>(entries: impl IntoIterator<Item = (Timestamp, &'a Entry)>) -> Self {
        let mut evidence = Self::default();
        for (at, entry) in entries {
            evidence.add(at, entry);
        }
        evidence
    }

    /// Adds one entry, written at `at`.
    pub fn add(&mut self, at: Timestamp, entry: &Entry) {
        self.lines += 1;
        if !matches!(entry, Entry::Began { .. } | Entry::Identified { .. }) {
            self.bind();
        }
        self.learn_tests(at, entry);
        self.watched.learn(at, entry);
        played::learn(&mut self.exercise, entry);
        match entry {
            // A manual tenant has no id before its plan stands.
            Entry::Began { tenant, mark, .. } => {
                self.mark = Some(Mark::recorded(mark));
                self.told = None;
                self.begun = Some(tenant.clone()).filter(|t| !t.is_empty()).or(self.begun.take());
            }
            Entry::Identified { id, domains } => {
                self.identified(Identity { id: id.clone(), domains: domains.clone() });
            }
            Entry::Intends { key, sentence, original, slot, .. } => {
                self.intend(key, sentence, original.as_ref());
                // Whether it happened is not known before the receipt, and after a crash never.
                self.outside.extend(slot.zip(unit(key, ActionKind::LeaveUnit)));
            }
            Entry::Receipt { .. } => self.receive(at, entry),
            Entry::Reconciled { .. } => self.reconcile(at, entry),
            Entry::Attested { .. } => self.vouched(entry),
            Entry::Accepted(said) => drop(self.accepted.insert(said.about.clone(), said.clone())),
            Entry::TakenBack { about, .. } => drop(self.accepted.remove(about)),
            Entry::Slip(slip) => self.moved_on(slip),
            Entry::Key { .. } => self.key_seen(entry),
            Entry::Tested(test) => {
                self.tests.push(test.clone());
                self.signed_in(test);
            }
            Entry::Used(used) => self.used(used),
            Entry::AlertTested(test) => self.alert_tests.push(test.clone()),
            Entry::Notified { sent, date, group, .. } => {
                self.notified = Some((at, *sent));
                self.written.notified_by.clone_from(group);
                self.notified_since = Some(self.since(*date));
            }
            Entry::Documented { .. } => self.documented(entry),
            Entry::HandedOver { step, to, date, file } => {
                let waiting = Waiting { to: to.clone(), since: *date, page: file.clone() };
                self.waiting.insert(*step, waiting);
            }
            Entry::FileGone { file, .. } => self.files_gone.extend([file.clone()]),
            Entry::HandedBack { step } => drop(self.waiting.remove(step)),
            Entry::Concluded { findings, .. } => self.concluded(at, findings),
            Entry::Exercised(held) => self.exercises.held(held),
            Entry::Improved(improved) => self.exercises.improved(improved),
            Entry::ReviewBegan(begun) => self.reviews.began(begun),
            Entry::ReviewSigned(signed) => self.reviews.signed(signed),
            Entry::Reviewed(closed) => self.reviews.closed(closed),
            Entry::Stood { steps } => self.stood = Some((at, steps.clone())),
            Entry::Planned { .. }
            | Entry::Logged(_)
            | Entry::Stranger(_)
            | Entry::Change(_)
            | Entry::Classified(_)
            | Entry::LogRead(_)
            | Entry::Exposed { .. }
            | Entry::Moment(_) => {}
        }
    }

    /// Since when the logs are sent is known from the first run that saw it; one that saw it fail begins anew.
    fn concluded(&mut self, at: Timestamp, findings: &[Concluded]) {
        let setting = findings.iter().find(|seen| seen.check == CheckId::LogsDiagnosticSetting.name());
        match setting.map(|seen| seen.verdict) {
            Some(Verdict::Pass) => self.logging_seen = self.logging_seen.or(Some(at)),
            Some(Verdict::Fail) => self.logging_seen = None,
            Some(Verdict::Unknown | Verdict::NeedsPerson) | None => {}
        }
    }

    /// A thing that the line at hand tells of.
    fn since(&self, day: Option<Date>) -> Since {
        Since { line: self.lines, day }
    }

    fn vouched(&mut self, entry: &Entry) {
        let Entry::Attested { about, person, date, note, thing, voice, .. } = entry else { return };
        let attested = Attested {
            person: person.clone(),
            date: *date,
            note: note.clone(),
            thing: thing.clone(),
            voice: *voice,
            line: self.lines,
        };
        self.attested.insert(about.clone(), attested);
    }

    fn documented(&mut self, entry: &Entry) {
        let Entry::Documented { files, names, date, procedure } = entry else { return };
        self.documents.clone_from(files);
        self.documents_since = Some(self.since(*date));
        self.pages_behind = false;
        self.names.clone_from(names);
        let since = self.since(*date);
        if !self.procedures.iter().any(|(known, _)| known == procedure) {
            self.procedures.push((procedure.clone(), since));
        }
    }

    /// The oldest saved original of a policy that was changed here; `None` when none was saved.
    pub fn original(&self, policy: &str) -> Option<Value> {
        self.originals.get(policy).and_then(|text| serde_json::from_str(text).ok())
    }

    fn intend(&mut self, key: &ActionKey, sentence: &str, original: Option<&Arc<Value>>) {
        self.pending.insert(key.clone(), sentence.to_owned());
        self.replaces_phone(key, original);
        if let Some((policy, original)) = key.object_of(ActionKind::ExcludeGroup).zip(original) {
            self.originals.entry(policy.to_owned()).or_insert_with(|| original.to_string());
        }
    }

    fn receive(&mut self, at: Timestamp, receipt: &Entry) {
        let Entry::Receipt { key, outcome, slot, id, trouble, .. } = receipt else { return };
        self.pending.remove(key);
        match outcome {
            Outcome::Done => {
                self.refused.remove(key);
                self.refused_now.remove(key);
                self.done(at, key, *slot, id.as_ref());
            }
            Outcome::Refused => {
                let unnamed =
                    || Trouble::new("The write was refused.", "No reason was given.", "Do it by hand.");
                self.refused.insert(key.clone(), trouble.clone().unwrap_or_else(unnamed));
                self.refused_now.insert(key.clone());
                self.stays_in(slot.zip(unit(key, ActionKind::LeaveUnit)));
            }
            Outcome::NotNow => self.stays_in(slot.zip(unit(key, ActionKind::LeaveUnit))),
            Outcome::Unknown => {}
        }
    }

    fn reconcile(&mut self, at: Timestamp, looked_up: &Entry) {
        let Entry::Reconciled { key, found, slot, id } = looked_up else { return };
        self.pending.remove(key);
        match found {
            Found::Done => self.done(at, key, *slot, id.as_ref()),
            Found::NotDone => self.stays_in(slot.zip(unit(key, ActionKind::LeaveUnit))),
            Found::NotKnown => {}
        }
    }

    /// A way out that was refused leaves the account where it is.
    fn stays_in(&mut self, place: Option<(Slot, String)>) {
        if let Some(place) = place {
            self.outside.remove(&place);
        }
    }

    /// A new group takes the place of one that is gone: what was refused for the old one is tried again.
    fn new_group(&mut self, id: &str) {
        self.former_groups.extend(self.group.replace(id.to_owned()).filter(|old| old != id));
        self.refused.retain(|key, _| key.kind() != Some(ActionKind::ExcludeGroup));
    }

    /// Another account takes the slot of one that is gone: what was proved about that one says nothing about it.
    fn new_account(&mut self, slot: Slot, id: &str) {
        let gone = self.accounts.insert(slot, id.to_owned()).is_some_and(|old| old != id);
        if gone {
            self.tests.retain(|test| test.slot != slot);
            self.keys.retain(|(own, _), _| *own != slot);
            self.replaced.retain(|(own, _), _| *own != slot);
            self.revoked.remove(&slot);
            self.password_set.remove(&slot);
            self.given_up.remove(&slot);
            self.uses.remove(&slot);
            self.untested.remove(&slot);
            self.overtaken.remove(&slot);
            self.outside.retain(|(own, _)| *own != slot);
            self.written.forget(slot);
            self.accepted.retain(|about, _| about.slot() != Some(slot));
            // What a sign-in of the one that is gone was stays said.
            self.attested
                .retain(|about, _| about.slot() != Some(slot) || about.check() == Some(CheckId::TestOthers));
        }
    }

    fn done(&mut self, at: Timestamp, key: &ActionKey, slot: Option<Slot>, id: Option<&String>) {
        if let Some(place) = slot.zip(unit(key, ActionKind::EnterUnit)) {
            self.outside.remove(&place);
        }
        let Some(kind) = key.kind() else { return };
        self.put_behind(at, key, slot);
        match (kind, slot, id) {
            (ActionKind::CreateUser, Some(slot), Some(id)) => self.new_account(slot, id),
            (ActionKind::CreateGroup, _, Some(id)) => self.new_group(id),
            (ActionKind::AddPhone | ActionKind::ReplacePhone, Some(slot), _) => self.new_way_in(slot),
            (ActionKind::PutDiagnosticSetting, _, _) => self.logging_since = Some(at),
            // Whom it tells is other than it was: what the test proved is of the group before.
            (ActionKind::PutActionGroup, _, _) => (self.notified, self.notified_since) = (None, None),
            (ActionKind::SetPassword, Some(slot), _) => {
                self.password_set.insert(slot, at);
            }
            (ActionKind::RevokeSessions, Some(slot), _) => {
                self.revoked.insert(slot, at);
            }
            _ => {}
        }
    }

    /// The ids of the policies that refused the exclusion, each with the reason.
    pub fn refused_exclusions(&self) -> impl Iterator<Item = (&str, &Trouble)> {
        let refused = self.refused.iter();
        refused.filter_map(|(key, trouble)| Some((key.object_of(ActionKind::ExcludeGroup)?, trouble)))
    }

    /// The latest test of `slot`.
    pub fn test(&self, slot: Slot) -> Option<&Test> {
        self.tests_of(slot).next_back()
    }

    /// The tests of `slot`, oldest first.
    pub fn tests_of(&self, slot: Slot) -> impl DoubleEndedIterator<Item = &Test> {
        self.tests.iter().filter(move |test| test.slot == slot)
    }
}
