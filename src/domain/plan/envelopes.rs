//! What lies in envelopes of its own beside the password: PINs, keys and the phone of an account, each with its place; and
//! which envelopes lie in one safe.

use crate::domain::plan::{Account, Method, Phone, Plan, Safe};

/// Something in an envelope of its own, or a phone: what it is, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// "PINs", "key 2".
    pub what: String,
    /// Where: the safe with its place, or the place of a phone.
    pub place: String,
}

impl Plan {
    /// What `account` has in envelopes beside its password; what a system keeps is not among it.
    pub fn beside_password(&self, account: &Account) -> Vec<Kept> {
        match account.method {
            Method::SecurityKey => self.pins(account).into_iter().chain(self.keys(account)).collect(),
            Method::Phone => account.phone.iter().flat_map(phone).collect(),
            Method::Certificate => Vec::new(),
        }
    }

    fn pins(&self, account: &Account) -> Option<Kept> {
        let safe = account.pin_safe.as_deref().filter(|safe| self.system(safe).is_none())?;
        let what = if account.keys.len() == 1 { "PIN" } else { "PINs" };
        Some(kept(what, self.place_words(safe)))
    }

    /// All keys at once where they lie together, else each by itself.
    fn keys(&self, account: &Account) -> Vec<Kept> {
        let place = |safe: &String| self.place_words(safe);
        let lie_together = account.keys.iter().all(|key| key.safe == account.keys[0].safe);
        match account.keys.as_slice() {
            [] => Vec::new(),
            [only] => vec![kept("key", place(&only.safe))],
            [first, ..] if lie_together => vec![kept("keys", place(&first.safe))],
            keys => {
                let each = keys.iter().enumerate();
                each.map(|(index, key)| kept(&account.key_name(index), place(&key.safe))).collect()
            }
        }
    }

    /// The envelopes that lie in one safe with `safe`, itself among them, in the order of the plan: those of one place, which
    /// withstand the same.
    pub fn in_one_safe(&self, safe: &Safe) -> Vec<&Safe> {
        let rating = |safe: &Safe| (safe.fireproof, safe.waterproof);
        let is_beside = |other: &&Safe| {
            other.name == safe.name
                || !safe.place.trim().is_empty()
                    && self.place(&other.name) == self.place(&safe.name)
                    && rating(other) == rating(safe)
        };
        self.safes.iter().filter(is_beside).collect()
    }
}

/// The phone, and what unlocks it, where the plan says where that lies.
fn phone(phone: &Phone) -> impl Iterator<Item = Kept> {
    let codes = Some(&phone.unlock).filter(|place| !place.trim().is_empty());
    let codes = codes.map(|place| kept("SIM PIN and lock code", place.clone()));
    std::iter::once(kept("phone", phone.place.clone())).chain(codes)
}

fn kept(what: &str, place: String) -> Kept {
    Kept { what: what.to_owned(), place }
}
