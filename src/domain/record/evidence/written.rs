//! What a write from here puts behind it: a test that is older says nothing about what was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::check::repair::digits;
use crate::domain::record::evidence::Evidence;
use crate::domain::slot::Slot;
use crate::domain::write::action::{ActionKey, ActionKind, RuleKind};

/// What was last written here, of what a test or a notification is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// When what raises the alert of a sign-in, or whom it tells, was written.
    pub alert: Option<Timestamp>,
    /// How many tests each account had when an exclusion was written.
    pub excluded: BTreeMap<Slot, usize>,
    /// How many tests an account had when its phone was replaced.
    pub phones: BTreeMap<Slot, usize>,
    /// The digits that the record kept of the number that was there when a phone was begun to be replaced.
    pub numbers_before: BTreeMap<Slot, String>,
    /// Id of the action group that sent the test notification, where the record has that.
    pub notified_by: Option<String>,
}

impl Written {
    /// Another account takes the slot.
    pub(super) fn forget(&mut self, slot: Slot) {
        self.excluded.remove(&slot);
        self.phones.remove(&slot);
        self.numbers_before.remove(&slot);
    }
}

impl Evidence {
    /// A write of the alert, an exclusion or another phone, was done.
    pub(super) fn put_behind(&mut self, at: Timestamp, key: &ActionKey, slot: Option<Slot>) {
        let Some(kind) = key.kind() else { return };
        match kind {
            // The rule about changes has no part in what a sign-in raises.
            ActionKind::PutRule if key.object_of(kind) != Some(RuleKind::SignIn.name()) => {}
            ActionKind::PutRule | ActionKind::PutDiagnosticSetting | ActionKind::PutActionGroup => {
                self.written.alert = Some(at);
            }
            ActionKind::ExcludeGroup | ActionKind::AddMember => {
                let mut tested = BTreeMap::new();
                self.tests.iter().for_each(|test| *tested.entry(test.slot).or_default() += 1);
                self.written.excluded = tested;
            }
            ActionKind::ReplacePhone => {
                self.written.phones.extend(slot.map(|slot| (slot, self.tests_of(slot).count())));
            }
            _ => {}
        }
    }

    /// What is there now is replaced: should the answer not be heard, another number shows that it was.
    pub(super) fn replaces_phone(&mut self, key: &ActionKey, original: Option<&Arc<Value>>) {
        let slot = key.object_of(ActionKind::ReplacePhone).and_then(Slot::named);
        let number = original.and_then(|original| original.get("phoneNumber")?.as_str());
        self.written.numbers_before.extend(slot.zip(number.map(digits)));
    }
}
