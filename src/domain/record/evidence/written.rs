//! What a write from here puts behind it: a test that is older says nothing about what was written.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::check::repair::digits;
use crate::domain::record::evidence::Evidence;
use crate::domain::slot::Slot;
use crate::domain::write::action::{ActionKey, ActionKind, RuleKind};

impl Evidence {
    /// A write of the alert, an exclusion or another phone, was done.
    pub(super) fn put_behind(&mut self, at: Timestamp, key: &ActionKey, slot: Option<Slot>) {
        let Some(kind) = key.kind() else { return };
        match kind {
            // The rule about changes has no part in what a sign-in raises.
            ActionKind::PutRule if key.object_of(kind) != Some(RuleKind::SignIn.name()) => {}
            ActionKind::PutRule | ActionKind::PutDiagnosticSetting | ActionKind::PutActionGroup => {
                self.alert_written = Some(at);
            }
            ActionKind::ExcludeGroup | ActionKind::AddMember => {
                let tested = self.tests.iter().map(|test| test.slot);
                self.excluded = tested.map(|slot| (slot, self.tests_of(slot).count())).collect();
            }
            ActionKind::ReplacePhone => {
                self.phones.extend(slot.map(|slot| (slot, self.tests_of(slot).count())));
            }
            _ => {}
        }
    }

    /// What is there now is replaced: should the answer not be heard, another number shows that it was.
    pub(super) fn replaces_phone(&mut self, key: &ActionKey, original: Option<&Arc<Value>>) {
        let slot = key.object_of(ActionKind::ReplacePhone).and_then(Slot::named);
        let number = original.and_then(|original| original.get("phoneNumber")?.as_str());
        self.phones_before.extend(slot.zip(number.map(digits)));
    }
}
