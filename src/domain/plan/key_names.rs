//! What a security key is called wherever people read of it: by its label, and where it has none by its place in the plan. One
//! name everywhere, so that the screen, the slip, its file and the card tell of one key alike.
use crate::domain::plan::{Account, Plan};
use crate::domain::slot::Slot;
use crate::domain::text::for_a_file;

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

    /// The same as a part of a file's name: "lantern-key-1", or "key-1" where nothing of a label can stand there.
    pub fn key_file(&self, key: usize) -> String {
        let name = for_a_file(&self.key_name(key));
        if name.is_empty() { for_a_file(&by_number(key)) } else { name }
    }

    /// The same for a list, with what is engraved on it: "Lantern key 1, serial SAMPLE-0001".
    pub fn key_and_serial(&self, key: usize) -> String {
        let serial = self.keys.get(key).map(|key| key.serial.trim()).filter(|serial| !serial.is_empty());
        let serial = serial.map(|serial| format!(", serial {serial}")).unwrap_or_default();
        format!("{}{serial}", self.key_name(key))
    }
}

/// The key number `key`, counted from zero, where nothing else is known of it: "key 1".
pub fn by_number(key: usize) -> String {
    format!("key {}", key + 1)
}
