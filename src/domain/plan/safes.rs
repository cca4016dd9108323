//! The safes, who keeps them, and the layouts of safes that fit together from the start.
//!
//! What one account needs never lies only at the other one's site, and a key never lies beside its PIN. With two safes and one
//! envelope in each, the second is bought with the first: the layout says so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::plan::{Account, Method, Plan};
use crate::domain::record::Half;

/// A safe, or one of the envelopes in a safe that different people take.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safe {
    /// A short name: A, B.
    pub name: String,
    /// Building, room, safe.
    pub place: String,
    /// Whether the safe is rated against fire.
    pub fireproof: bool,
    /// Whether the safe is rated against water.
    pub waterproof: bool,
    /// For an envelope: the name of the safe in which it lies beside others. Their place is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Who keeps it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub custodian: String,
    /// Who keeps it when the custodian is away.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deputy: String,
}

impl Safe {
    /// A safe of which nothing is known yet but that it should withstand fire and water.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), fireproof: true, waterproof: true, ..Self::default() }
    }

    /// The safe that stands there: its own name, or that of the safe around an envelope.
    pub fn body(&self) -> &str {
        self.within.as_deref().unwrap_or(&self.name)
    }
}

/// How safes and envelopes are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Two safes with one envelope each: the password and the PIN of an account in one, its keys in the other.
    TwoSafes,
    /// Two safes with two envelopes each, which different people take: an account in each, its keys in the other envelope.
    TwoEnvelopes,
    /// Two sites with two safes each: an account at each, its keys in the other safe.
    FourSafes,
}

impl Layout {
    /// Every layout, the one with the fewest safes first.
    pub const ALL: [Self; 3] = [Self::TwoSafes, Self::TwoEnvelopes, Self::FourSafes];

    /// The layout of a plan; `None` for another one.
    pub fn of(plan: &Plan) -> Option<Self> {
        let envelopes = plan.safes.iter().filter(|safe| safe.within.is_some()).count();
        match (plan.safes.len(), envelopes) {
            (2, 0) => Some(Self::TwoSafes),
            (4, 4) => Some(Self::TwoEnvelopes),
            (4, 0) => Some(Self::FourSafes),
            _ => None,
        }
    }

    /// Its safes and envelopes by name.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::TwoSafes => &["A", "B"],
            Self::TwoEnvelopes => &["A1", "A2", "B1", "B2"],
            Self::FourSafes => &["A1", "B1", "A2", "B2"],
        }
    }

    /// Its safes, before anything is known of them.
    pub fn safes(self) -> Vec<Safe> {
        self.names().iter().map(|name| self.safe(name, &[])).collect()
    }

    /// Lays the plan out like this. What is known of the safes that stay is kept.
    pub fn arrange(self, plan: &mut Plan) {
        let before = std::mem::take(&mut plan.safes);
        plan.safes = self.names().iter().map(|name| self.safe(name, &before)).collect();
        for index in 0..plan.accounts.len() {
            // What a system keeps lies in no safe.
            let kept = |name: &String| plan.system(name).is_some();
            let safe = Some(plan.accounts[index].safe.clone()).filter(kept);
            let pin_safe = plan.accounts[index].pin_safe.clone().filter(kept);
            let account = &mut plan.accounts[index];
            self.lay(account, index);
            account.safe = safe.unwrap_or_else(|| std::mem::take(&mut account.safe));
            account.pin_safe = pin_safe.or_else(|| account.pin_safe.take());
            plan.follow_safe(index);
        }
    }

    /// Says where everything of the account in slot `index` lies.
    pub fn lay(self, account: &mut Account, index: usize) {
        let (paper, keys) = match (self, index.is_multiple_of(2)) {
            (Self::TwoSafes, true) => ("A", "B"),
            (Self::TwoSafes, false) => ("B", "A"),
            (Self::TwoEnvelopes | Self::FourSafes, true) => ("A1", "A2"),
            (Self::TwoEnvelopes | Self::FourSafes, false) => ("B1", "B2"),
        };
        paper.clone_into(&mut account.safe);
        account.pin_safe = (account.method == Method::SecurityKey).then(|| paper.to_owned());
        account.keys.iter_mut().for_each(|key| keys.clone_into(&mut key.safe));
        if let Some(second) = &mut account.second_half {
            keys.clone_into(&mut second.safe);
        }
    }

    /// A safe of this layout with what was known of it, or of the first one at its site.
    fn safe(self, name: &str, before: &[Safe]) -> Safe {
        let site = &name[..1];
        let own = before.iter().find(|safe| safe.name == name);
        let first = before.iter().find(|safe| safe.name.starts_with(site));
        let known = match name.ends_with('2') {
            false => own.or(first).or_else(|| before.get(usize::from(site == "B"))),
            true => own,
        };
        let mut safe = known.cloned().unwrap_or_else(|| Safe::named(name));
        let was_envelope = safe.within.take().is_some();
        name.clone_into(&mut safe.name);
        match (self, name.ends_with('2')) {
            (Self::TwoEnvelopes, _) => {
                safe.within = Some(site.to_owned());
                if let Some(body) = own.filter(|_| was_envelope).or(first) {
                    safe.place.clone_from(&body.place);
                    (safe.fireproof, safe.waterproof) = (body.fireproof, body.waterproof);
                }
            }
            (Self::FourSafes, true) if was_envelope => safe.place.clear(),
            (Self::TwoSafes | Self::FourSafes, _) => {}
        }
        safe
    }
}

impl Plan {
    /// Who keeps the safe number `index`: as the plan says of the safe, or of all passwords in it alike.
    pub fn keeper_of(&self, index: usize) -> &str {
        let Some(safe) = self.safes.get(index) else { return "" };
        if !safe.custodian.is_empty() {
            return &safe.custodian;
        }
        let mut named = self.accounts.iter().filter(|account| account.safe == safe.name);
        let first = named.next().map_or("", |account| account.custodian.as_str());
        if named.all(|account| account.custodian == first) { first } else { "" }
    }

    /// Who has charge of what `account` has in the safe or system called `place`: whom the plan names for the safe, or else
    /// for the account's own paper there, or else for all passwords there; empty where it names nobody.
    pub fn custodian_at<'a>(&'a self, account: &'a Account, place: &str) -> &'a str {
        let safe = self.safes.iter().position(|safe| safe.name == place);
        let named = safe.map_or("", |index| self.safes[index].custodian.as_str());
        let own = Half::BOTH.map(|half| account.keeper(half)).into_iter().find(|(safe, _)| *safe == place);
        let in_system = || self.system(place).map_or("", |_| account.custodian.as_str());
        let own = own.map_or_else(in_system, |(_, custodian)| custodian);
        let shared = safe.map_or("", |index| self.keeper_of(index));
        [named, own, shared].into_iter().find(|who| !who.trim().is_empty()).unwrap_or_default()
    }

    /// Who takes a half of the password of `account`, or the whole one.
    pub fn custodian_of<'a>(&'a self, account: &'a Account, half: Half) -> &'a str {
        self.custodian_at(account, account.keeper(half).0)
    }

    /// The same with the deputy, for people: "Sample Person A (deputy: Sample Person D)".
    pub fn charge(&self, account: &Account, place: &str) -> String {
        let custodian = self.custodian_at(account, place).trim();
        match self.safe(place).map_or("", |safe| safe.deputy.trim()) {
            "" => custodian.to_owned(),
            deputy if custodian.is_empty() => format!("deputy: {deputy}"),
            deputy => format!("{custodian} (deputy: {deputy})"),
        }
    }

    /// Where something of `account` lies and with whom, as people are sent there; empty where no place is named.
    pub fn place_and_charge(&self, account: &Account, place: &str) -> String {
        let words = self.place_words(place);
        let charge = self.charge(account, place);
        if words.is_empty() || charge.is_empty() { words } else { format!("{words}, with {charge}") }
    }

    /// Everybody who has charge of something, and who does for them.
    pub fn custodians(&self) -> BTreeSet<&str> {
        let held = self.accounts.iter().flat_map(|account| {
            let keys = account.keys.iter().map(|key| key.safe.as_str());
            let places = account.password_safes().chain(account.pin_safe.as_deref()).chain(keys);
            places.map(|place| self.custodian_at(account, place))
        });
        let named = self.safes.iter().flat_map(|safe| [safe.custodian.as_str(), safe.deputy.as_str()]);
        held.chain(named).map(str::trim).filter(|name| !name.is_empty()).collect()
    }

    /// The account number `index` is in the charge of whoever keeps its safe, where somebody does.
    pub fn follow_safe(&mut self, index: usize) {
        let Some(account) = self.accounts.get_mut(index) else { return };
        let of = |name: &str| self.safes.iter().find(|safe| safe.name == name).map(|safe| &safe.custodian);
        if let Some(keeper) = of(&account.safe).filter(|keeper| !keeper.is_empty()) {
            account.custodian.clone_from(keeper);
        }
        if let Some(second) = &mut account.second_half
            && let Some(keeper) = of(&second.safe).filter(|keeper| !keeper.is_empty())
        {
            second.custodian.clone_from(keeper);
        }
    }
}
