//! What one fire takes: whether a place that burns, floods or is locked leaves an account that still signs in.
//!
//! Places are compared as the plan names them; that two of them stand in one building nobody can read from their names.

use crate::domain::plan::{Account, Layout, Method, Plan};

impl Plan {
    /// The safe or system whose loss leaves no whole account, as the plan names it.
    pub fn one_loss_of_all(&self) -> Option<&str> {
        let safes = self.safes.iter().map(|safe| safe.name.as_str());
        let mut kept = safes.chain(self.systems.iter().map(|system| system.name.as_str()));
        kept.find(|name| !name.trim().is_empty() && self.is_loss_of_all(&self.place(name)))
    }

    /// Whether the layout itself parts each account: two safes without envelopes leave no other way, since a key never
    /// lies beside its PIN.
    pub fn parts_each_account(&self) -> bool {
        Layout::of(self) == Some(Layout::TwoSafes)
    }

    fn is_loss_of_all(&self, place: &str) -> bool {
        self.accounts.len() > 1 && self.accounts.iter().all(|account| self.needs_place(account, place))
    }

    /// Whether nobody signs in with `account` once everything at `place` is gone.
    pub fn needs_place(&self, account: &Account, place: &str) -> bool {
        let is_there = |name: &str| self.place(name) == place;
        let factor = match account.method {
            Method::SecurityKey => {
                let keys = &account.keys;
                account.pin_safe.as_deref().is_some_and(is_there)
                    || !keys.is_empty() && keys.iter().all(|key| is_there(&key.safe))
            }
            Method::Phone => account.phone.as_ref().is_some_and(|phone| is_there(&phone.place)),
            Method::Certificate => false,
        };
        factor || account.password_safes().any(is_there)
    }
}
