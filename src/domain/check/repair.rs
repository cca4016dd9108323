//! Repairs: the cases in which something about one account is put right between two reviews, and what one of them is
//! about. The words stand in `assets/guide`; what is looked up and written stands in `steps::repair`.

use std::collections::BTreeSet;

use crate::domain::slot::Slot;

/// What happened, or is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairCase {
    /// A Conditional Access policy blocks the account.
    Blocked,
    /// The password is lost.
    LostPassword,
    /// A security key does not work.
    KeyFails,
    /// The phone is missing.
    LostPhone,
    /// Somebody used the account who was not allowed to.
    Misuse,
    /// The password is due to be changed.
    Rotation,
}

impl RepairCase {
    /// Every case, most common first, the planned one last.
    pub const ALL: [Self; 6] =
        [Self::Blocked, Self::LostPassword, Self::KeyFails, Self::LostPhone, Self::Misuse, Self::Rotation];

    /// The word that names it on the command line and in the guide.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Blocked => "blocked-by-policy",
            Self::LostPassword => "lost-password",
            Self::KeyFails => "key-fails",
            Self::LostPhone => "phone-lost",
            Self::Misuse => "unauthorized-use",
            Self::Rotation => "rotation",
        }
    }

    /// The case with this name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.id() == id)
    }
}

/// One repair: what happened, and to which account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repairing {
    /// What happened.
    pub case: RepairCase,
    /// The account concerned.
    pub slot: Slot,
    /// Which key of the plan, counted from zero, where it is about one.
    pub key: Option<usize>,
    /// The number that the next slip had when the repair began: a slip from this number on is new.
    pub since: u32,
    /// How many sign-in tests of the account the record had when the repair began.
    pub tests: usize,
    /// What was registered when the repair began, once it was looked at.
    pub before: Option<Before>,
}

/// What was registered when a repair began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The id of the method that is the key concerned.
    pub key: Option<String>,
    /// Telephone numbers, digits only.
    pub numbers: BTreeSet<String>,
}

/// The digits of a telephone number: Entra writes it with other spaces than people do.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
