//! Slots: the places that emergency access accounts fill, First, Second and so on.

use serde::{Deserialize, Serialize};

/// One of up to four emergency access accounts, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(u8);

impl Slot {
    /// The first account, the one steps 1 to 3 set up.
    pub const FIRST: Slot = Slot(0);
    /// The second account, the one step 4 sets up.
    pub const SECOND: Slot = Slot(1);

    /// The slot of the account at `index` in the plan.
    pub fn new(index: usize) -> Self {
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }

    /// The position in the plan, counted from zero.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The name on screens and paper: First, Second, Third, Fourth.
    pub fn name(self) -> &'static str {
        ["First", "Second", "Third", "Fourth"].get(self.index()).copied().unwrap_or("Further")
    }

    /// Every slot that a plan can fill.
    pub fn all() -> impl Iterator<Item = Slot> {
        (0..4).map(Slot)
    }

    /// The slot with this name in plan files and the record.
    pub fn named(key: &str) -> Option<Slot> {
        Self::all().find(|slot| slot.key() == key)
    }

    /// The name in plan files and the record: first, second, third, fourth.
    pub fn key(self) -> &'static str {
        ["first", "second", "third", "fourth"].get(self.index()).copied().unwrap_or("further")
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
