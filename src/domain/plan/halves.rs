//! The plan for a password that two people keep, half each, and where its halves lie.

use serde::{Deserialize, Serialize};

use crate::domain::plan::{Account, Plan};
use crate::domain::record::Half;

/// The second half of a password slip. An account without one has its password on one slip, for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondHalf {
    /// The safe that holds it; not in the place of the first half.
    pub safe: String,
    /// Who takes it; not who takes the first half. May be left out where the safe has a custodian.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub custodian: String,
}

impl Account {
    /// The safes that hold the password: one, or one for each half.
    pub fn password_safes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.safe.as_str()).chain(self.second_half.iter().map(|half| half.safe.as_str()))
    }

    /// Safe of one half, and the custodian whom the account itself names ([`Plan::custodian_of`] says who has charge of
    /// it); those of the whole slip where one person keeps it.
    pub fn keeper(&self, half: Half) -> (&str, &str) {
        match (half, &self.second_half) {
            (Half::B, Some(second)) => (&second.safe, &second.custodian),
            (Half::A | Half::B, _) => (&self.safe, &self.custodian),
        }
    }
}

impl Plan {
    /// The place of the safe called `name`, for comparing; the name itself where the plan does not know the place.
    pub fn place(&self, name: &str) -> String {
        let told = self.safe(name).map(|safe| safe.place.trim()).filter(|place| !place.is_empty());
        told.unwrap_or(name.trim()).to_lowercase()
    }

    /// A place that holds paper of both passwords, or half passwords, of `one` and `other`.
    pub fn shared_place(&self, one: &Account, other: &Account) -> Option<String> {
        let theirs: Vec<String> = other.password_safes().map(|safe| self.place(safe)).collect();
        one.password_safes().map(|safe| self.place(safe)).find(|place| theirs.contains(place))
    }
}
