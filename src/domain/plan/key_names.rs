//! What a security key is called wherever people read of it: by its label, and where it has none by its place in the plan. One
//! name everywhere, so that the screen, the slip and the card tell of one key alike.
//!
//! The list of the plan counts the keys of an account: there a key has no name yet, or is given another one.

use crate::domain::plan::{Account, Plan};
use crate::domain::slot::Slot;

impl Plan {
    /// The key number `key`, counted from zero, of the account in `slot`.
    pub fn key_name(&self, slot: Slot, key: usize) -> String {
        self.account(slot).map_or_else(|| by_number(key), |account| account.key_name(key))
    }
}

impl Account {
    /// The key number `key`, counted from zero: "Lantern key 1", or "key 1" where no label is known.
    pub fn key_name(&self, key: usize) -> String {
        let label = self.keys.get(key).map(|key| key.name.trim()).filter(|label| !label.is_empty());
        label.map_or_else(|| by_number(key), str::to_owned)
    }

    /// The same for a list, with what is engraved on it: "Lantern key 1, serial SAMPLE-0001".
    pub fn key_and_serial(&self, key: usize) -> String {
        let serial = self.keys.get(key).map(|key| key.serial.trim()).filter(|serial| !serial.is_empty());
        let serial = serial.map(|serial| format!(", serial {serial}")).unwrap_or_default();
        format!("{}{serial}", self.key_name(key))
    }
}

fn by_number(key: usize) -> String {
    format!("key {}", key + 1)
}
