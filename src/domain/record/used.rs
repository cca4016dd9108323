//! A use of an emergency access account: who may not sign in with it any more until it has a new password, and a test.
//!
//! Whoever has used an account knows its password. What follows is read from the order of the record alone: a slip that
//! was typed back after the use, and a sign-in that went well after the slip.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// A use of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Whose account.
    pub slot: Slot,
    /// When it was noted.
    pub at: Timestamp,
    /// By whom, as far as it is known.
    pub kind: UseKind,
    /// Why, or what is known about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What kind of use it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseKind {
    /// It signed in here, to repair the other account.
    Operator,
    /// Nobody who may allow it did.
    Unauthorized,
    /// A sign-in test was given up while its page stood open: somebody may have signed in all the same.
    TestGivenUp,
}

/// The latest use of an account, and what has followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The use.
    pub used: Use,
    /// How far its follow-up is.
    pub by: By,
    /// Keys of the plan that were registered anew since.
    pub keys: BTreeSet<usize>,
}

/// What has followed a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum By {
    /// Nothing: the old password still opens the account.
    Nothing,
    /// A new password, on the slip with this number.
    Password { slip: u32 },
    /// A new password, on the slip with this number, and a sign-in with it that went well.
    Test { slip: u32 },
}
