//! What a named person said that a sign-in or a change was, and how far logs were read: so that neither is asked again when
//! the log has forgotten it.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::facts::AuditEntry;
use crate::domain::slot::Slot;

/// What somebody said that an entry of a log was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classified {
    /// Id of the log entry, which is the id of the request (contract 9).
    pub id: String,
    /// Whose account, where it concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// In which log it stands.
    pub what: Happened,
    /// What it was.
    pub class: Class,
    /// Who said so.
    pub person: String,
    /// On which day.
    pub date: Date,
    /// What for, or what is known of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a log tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happened {
    /// A sign-in, tried or made.
    SignIn,
    /// A change.
    Change,
}

/// What a sign-in or a change was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A test or an exercise.
    Drill,
    /// A real emergency.
    Emergency,
    /// Nobody who may allow it did.
    Misuse,
    /// Planned work of an administrator: of changes only, since no planned work needs these accounts.
    Work,
}

impl Class {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Drill, Self::Emergency, Self::Misuse, Self::Work];

    /// Its name, as scripts of exercises have it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Drill => "drill",
            Self::Emergency => "emergency",
            Self::Misuse => "misuse",
            Self::Work => "work",
        }
    }

    /// The one with this name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.id() == id)
    }

    /// In a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Drill => "drill",
            Self::Emergency => "emergency",
            Self::Misuse => "misuse",
            Self::Work => "planned work",
        }
    }
}

/// A change that concerns an account, as it was seen in the tenant's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Whose account it was made to, or by, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// The entry of the log.
    pub seen: AuditEntry,
}

/// A log of the tenant was read, and what it showed stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRead {
    /// Which.
    pub log: Happened,
    /// From when on.
    pub from: Timestamp,
    /// When it was read.
    pub until: Timestamp,
}
