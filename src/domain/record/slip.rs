//! A slip as the record knows it: number, owner, state and places, never the secret on it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// A paper with one secret. The secret itself is nowhere in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Running number within the record, from 1.
    pub number: u32,
    /// Whose.
    pub slot: Slot,
    /// Password or PIN.
    pub kind: SlipKind,
    /// How far it is.
    pub state: SlipState,
    /// On which day.
    pub date: Date,
    /// The number of the slip it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<u32>,
    /// By which route it went to paper.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub route: String,
    /// `lastPasswordChangeDateTime` read after the password was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
    /// How the type-back was done: by a person, or by reading the written file back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
    /// The file it was written to, with the route "file".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The safe it is meant for, with its place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub safe: String,
    /// With two people: its halves, each once its custodian has taken it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub halves: Vec<HalfSlip>,
}

/// One half of a slip, as its custodian took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfSlip {
    /// Which half.
    pub half: Half,
    /// Who took it.
    pub custodian: String,
    /// The safe it goes to, with its place.
    pub safe: String,
    /// The number of the seal on its envelope.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
    /// The file it was written to, with the route "file".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// One of two halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    /// The first.
    A,
    /// The second.
    B,
}

impl Half {
    /// Both, in the order in which they are typed.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The letter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }

    /// How many of `length` characters stand on this half; the first takes the odd one.
    pub const fn length(self, length: usize) -> usize {
        match self {
            Self::A => length.div_ceil(2),
            Self::B => length / 2,
        }
    }
}

/// What a slip holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "holds")]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum SlipKind {
    /// The account's password.
    Password,
    /// The PIN of key `key`, counted from zero.
    Pin { key: usize },
}

/// How far a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipState {
    /// The secret was made (and, for a password, is being set). Until confirmed it counts as lost.
    Made,
    /// The secret was typed back from the paper.
    Confirmed,
}

/// How a slip was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// A person typed it back.
    TypedBack,
    /// The written file was read back; nobody closed a safe.
    FileReadBack,
    /// A secret management system keeps it, and printed it again.
    ReadFromSystem,
    /// A person chose the PIN, wrote it onto a blank slip, and typed it twice from there.
    ChosenAndTypedTwice,
}
