//! What follows a use, a new way in, and a sign-in.

use std::collections::BTreeSet;

use crate::domain::check::id::CheckId;
use crate::domain::record::evidence::Evidence;
use crate::domain::record::{By, Entry, Followed, SeenKey, Slip, SlipKind, SlipState, Test, Use, UseKind};
use crate::domain::slot::Slot;

impl Evidence {
    /// A use that was not allowed stays one, whoever signs in before it was dealt with.
    pub(super) fn used(&mut self, used: &Use) {
        if used.kind == UseKind::TestGivenUp {
            // Whoever tests knows the password anyway; what is left of it are sessions.
            self.given_up.insert(used.slot, used.at);
            return;
        }
        let open = self.uses.remove(&used.slot).filter(|old| !matches!(old.by, By::Test { .. }));
        let kept = open.map(|old| old.used).filter(|old| old.kind == UseKind::Unauthorized);
        let used = kept.unwrap_or_else(|| used.clone());
        if used.kind == UseKind::Unauthorized {
            self.attested.remove(&CheckId::UseIncident.of(used.slot));
        }
        self.uses.insert(used.slot, Followed { used, by: By::Nothing, keys: BTreeSet::new() });
    }

    /// Whether a later test of the same account was given up with its page open.
    pub fn was_given_up_since(&self, test: &Test) -> bool {
        self.given_up.get(&test.slot).is_some_and(|at| *at > test.at)
    }

    /// A new way in is proved by the next sign-in that goes well.
    pub(super) fn new_way_in(&mut self, slot: Slot) {
        self.untested.insert(slot);
        self.pages_behind = !self.documents.is_empty();
    }

    pub(super) fn slip_confirmed(&mut self, slip: &Slip) {
        if slip.state != SlipState::Confirmed {
            return;
        }
        self.pages_behind = !self.documents.is_empty();
        if slip.kind == SlipKind::Password {
            self.new_way_in(slip.slot);
            if let Some(followed) = self.uses.get_mut(&slip.slot) {
                followed.by = By::Password { slip: slip.number };
            }
        }
    }

    /// A key was registered in its place, which may have been another's.
    pub(super) fn key_seen(&mut self, entry: &Entry) {
        let Entry::Key { slot, key, method, aaguid, model } = entry else { return };
        let (aaguid, model, tests) = (aaguid.clone(), model.clone(), self.tests_of(*slot).count());
        let seen = SeenKey { method: method.clone(), aaguid, model, tests };
        let before = self.keys.insert((*slot, *key), seen);
        let other = before.map(|seen| seen.method).filter(|old| old != method);
        self.replaced.extend(other.map(|old| ((*slot, *key), old)));
        self.new_way_in(*slot);
        if let Some(followed) = self.uses.get_mut(slot) {
            followed.keys.insert(*key);
        }
    }

    pub(super) fn signed_in(&mut self, test: &Test) {
        if !test.passed {
            return;
        }
        self.untested.remove(&test.slot);
        if let Some(followed) = self.uses.get_mut(&test.slot)
            && let By::Password { slip } = followed.by
        {
            followed.by = By::Test { slip };
        }
    }
}
