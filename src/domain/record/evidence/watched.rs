//! What logs showed, what somebody said that it was, and how far each log was read.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::domain::facts::AuditEntry;
use crate::domain::record::evidence::Evidence;
use crate::domain::record::{Change, Classified, Entry, Found, Happened, LogRead, Outcome};
use crate::domain::slot::Slot;
use crate::domain::write::action::{ActionKey, ActionKind};

/// What the log's time may differ from that of a receipt by: a write may have waited, and the log may be late.
const AROUND: SignedDuration = SignedDuration::from_mins(5);
/// Two readings further apart leave a gap: what lies between is shorter than any clock's error.
const APART: SignedDuration = SignedDuration::from_hours(1);

/// What the record knows of the tenant's logs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Watched {
    /// Changes that were not made here, as they were seen.
    pub changes: Vec<Change>,
    /// What somebody said of entries, by their id.
    pub classified: BTreeMap<String, Classified>,
    /// How far logs were read.
    pub read: Vec<LogRead>,
    /// When the first journey but a review began.
    began: Option<Timestamp>,
    /// When the review began that is open, or was last; and the last one that was signed off.
    review: Option<Timestamp>,
    reviewed: Option<Timestamp>,
    /// Writes that were sent from here.
    writes: Vec<Wrote>,
    /// Writes that were begun here, until it is known how they ended: the run may have been killed in the middle.
    begun: BTreeMap<ActionKey, Wrote>,
}

/// A write that was sent from here.
#[derive(Debug, Clone, PartialEq)]
struct Wrote {
    at: Timestamp,
    key: ActionKey,
    slot: Option<Slot>,
    /// What it made.
    id: Option<String>,
}

impl Wrote {
    /// Whether the log tells of this write: about the same object, at about the time.
    fn is(&self, seen: &AuditEntry, slot: Option<Slot>) -> bool {
        let is_then = self.at.duration_since(seen.at).abs() <= AROUND;
        is_then && (self.slot.is_some() && self.slot == slot || self.is_about_a_target(seen))
    }

    fn is_about_a_target(&self, seen: &AuditEntry) -> bool {
        let ids = seen.targets.iter().map(|target| target.id.as_str()).filter(|id| !id.is_empty());
        let is_named = self.is_new_group(seen);
        is_named || ids.into_iter().any(|id| self.id.as_deref() == Some(id) || self.key.as_str().contains(id))
    }

    /// The group that it made, where its answer was not heard: the id is not known then, the name is.
    fn is_new_group(&self, seen: &AuditEntry) -> bool {
        let name = self.key.object_of(ActionKind::CreateGroup).filter(|_| self.id.is_none());
        name.is_some_and(|name| seen.targets.iter().any(|target| target.name == name))
    }
}

impl Watched {
    /// Learns from any entry what it says about logs.
    pub(super) fn learn(&mut self, at: Timestamp, entry: &Entry) {
        match entry {
            Entry::Began { journey, .. } if journey != "review" => self.began = self.began.or(Some(at)),
            Entry::ReviewBegan(_) => self.review = Some(at),
            Entry::Reviewed(_) => self.reviewed = self.review,
            Entry::Change(change) if self.change(&change.seen.id).is_none() => {
                self.changes.push(change.clone());
            }
            Entry::Classified(said) => drop(self.classified.insert(said.id.clone(), said.clone())),
            Entry::LogRead(read) => self.read.push(*read),
            Entry::Intends { key, slot, .. } => {
                let begun = Wrote { at, key: key.clone(), slot: *slot, id: None };
                self.begun.insert(key.clone(), begun);
            }
            // What was refused changed nothing; of an unknown end the log itself may be the only witness.
            Entry::Receipt { key, outcome: Outcome::Done | Outcome::Unknown, slot, id, .. } => {
                self.begun.remove(key);
                self.writes.push(Wrote { at, key: key.clone(), slot: *slot, id: id.clone() });
            }
            Entry::Receipt { key, .. } => drop(self.begun.remove(key)),
            Entry::Reconciled { key, found, id, .. } => self.looked_up(key, *found, id.as_ref()),
            _ => {}
        }
    }

    /// It was made when it was begun, not when that was looked up.
    fn looked_up(&mut self, key: &ActionKey, found: Found, id: Option<&String>) {
        let Some(begun) = self.begun.remove(key).filter(|_| found != Found::NotDone) else { return };
        self.writes.push(Wrote { id: id.cloned(), ..begun });
    }

    /// The change with this id, as it was once seen.
    pub fn change(&self, id: &str) -> Option<&Change> {
        self.changes.iter().find(|change| change.seen.id == id)
    }

    /// What somebody said of the entry with this id.
    pub fn said(&self, id: &str) -> Option<&Classified> {
        self.classified.get(id).filter(|_| !id.is_empty())
    }

    /// When a log was last read as far as to its end.
    pub fn last_read(&self, log: Happened) -> Option<Timestamp> {
        self.read.iter().filter(|read| read.log == log).map(|read| read.until).max()
    }

    /// Times between `since` and `kept`, from which on the log still tells, in which nobody read it.
    pub fn gaps(&self, log: Happened, since: Timestamp, kept: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut read: Vec<(Timestamp, Timestamp)> =
            self.read.iter().filter(|read| read.log == log).map(|read| (read.from, read.until)).collect();
        read.push((kept, Timestamp::MAX));
        read.sort_unstable();
        let mut seen_until = since;
        let mut gaps = Vec::new();
        for (from, until) in read {
            if from.duration_since(seen_until) > APART {
                gaps.push((seen_until, from));
            }
            seen_until = seen_until.max(until);
        }
        gaps
    }
}

impl Evidence {
    /// Since when a review asks the logs: the last one, or else the first journey; `None` where the record tells of neither.
    pub fn logs_since(&self) -> Option<Timestamp> {
        self.watched.reviewed.or(self.watched.began)
    }

    /// Whether a change was made from here: a write of the record, or somebody who signed in for a reason in the record.
    pub fn made_here(&self, seen: &AuditEntry, slot: Option<Slot>) -> bool {
        let by_visitor = slot.is_some_and(|slot| self.is_visited(slot, seen.at));
        let writes = self.watched.writes.iter().chain(self.watched.begun.values());
        by_visitor || writes.into_iter().any(|write| write.is(seen, slot))
    }
}
