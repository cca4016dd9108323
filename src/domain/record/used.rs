//! A use of an emergency access account: who may not sign in with it any more until it has a new password, and a test.
//!
//! Whoever has used an account knows its password. What follows is read from the order of the record alone: a slip that
//! was typed back after the use, and a sign-in that went well after the slip.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::check::id::CheckId;
use crate::domain::record::{Evidence, Slip, SlipKind, SlipState, Test};
use crate::domain::slot::Slot;

/// A use of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Whose account.
    pub slot: Slot,
    /// When it was noted.
    pub at: Timestamp,
    /// By whom, as far as it is known.
    pub kind: UseKind,
    /// Why, or what is known about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What kind of use it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseKind {
    /// It signed in here, to repair the other account.
    Operator,
    /// Nobody who may allow it did.
    Unauthorized,
    /// A sign-in test was given up while its page stood open: somebody may have signed in all the same.
    TestGivenUp,
}

/// The latest use of an account, and what has followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The use.
    pub used: Use,
    /// How far its follow-up is.
    pub by: By,
    /// Keys of the plan that were registered anew since.
    pub keys: BTreeSet<usize>,
}

/// What has followed a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum By {
    /// Nothing: the old password still opens the account.
    Nothing,
    /// A new password, on the slip with this number.
    Password { slip: u32 },
    /// The same, and a sign-in with it that went well.
    Test { slip: u32 },
}

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

    pub(super) fn key_seen(&mut self, slot: Slot, key: usize) {
        self.new_way_in(slot);
        if let Some(followed) = self.uses.get_mut(&slot) {
            followed.keys.insert(key);
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
