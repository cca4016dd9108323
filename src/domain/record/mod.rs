//! Evidence: the entries of the record, and what they add up to.
//!
//! The record holds what the tenant cannot know: decisions, receipts, attestations, custody, tests and the originals
//! of changed policies. It never holds a secret and never a list of things to do.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::check::subject::CheckSubject;
use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::portals::Portals;
use crate::domain::exercise::event::Moment;
use crate::domain::exercise::held::{Held, Improved};
use crate::domain::plan::Procedure;
use crate::domain::review::{Begun, Closed, Signed};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::ActionKey;

mod accepted;
mod alert_test;
mod classified;
mod evidence;
mod head;
mod identity;
mod logged;
mod slip;
mod stranger;
mod test;
mod used;

pub use crate::domain::check::concluded::Concluded;
pub use accepted::Accepted;
pub use alert_test::AlertTest;
pub use classified::{Change, Class, Classified, Happened, LogRead};
pub use evidence::{
    Evidence, Exercises, FileUse, LeftFile, OpenImprovement, Overtaken, Retest, Watched, improvement_of,
};
pub use head::Head;
pub use identity::{Belongs, Identity};
pub use logged::Logged;
pub use slip::{Checked, Half, HalfSlip, Slip, SlipKind, SlipState};
pub use stranger::Stranger;
pub use test::{AdministrativeRead, Strength, Test, TestedWith};
pub use used::{By, Followed, Use, UseKind};

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Entry {
    /// A journey began.
    Began { journey: String, tenant: String, name: String, mark: String, program: String },
    /// The tenant told its id and its verified domains.
    Identified { id: String, domains: Vec<String> },
    /// The plan was saved; its SHA-256, hexadecimal.
    Planned { digest: String },
    /// A write is about to be made. `original` is the policy, or the resource of Azure, as it was read just before.
    Intends {
        key: ActionKey,
        sentence: String,
        call: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<Slot>,
        #[serde(default, skip_serializing_if = "Option::is_none", with = "shared")]
        original: Option<Arc<Value>>,
    },
    /// A write was answered. `id` is the object made, if one was.
    Receipt {
        key: ActionKey,
        outcome: Outcome,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<Slot>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trouble: Option<Trouble>,
    },
    /// A write of a run that ended in its middle was looked up in the tenant. `id` is the object that it made.
    Reconciled {
        key: ActionKey,
        found: Found,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<Slot>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// A named person vouched for something.
    Attested {
        about: CheckSubject,
        tenant: String,
        person: String,
        date: Date,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// The thing it was said of, where it is about one that can be replaced: `slip 4`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thing: Option<String>,
        #[serde(default, skip_serializing_if = "Voice::is_a_persons")]
        voice: Voice,
    },
    /// A named person accepted that a check is not as it should be.
    Accepted(Accepted),
    /// What was accepted counts again from now on.
    TakenBack { about: CheckSubject, tenant: String, person: String, date: Date },
    /// A slip moved on.
    Slip(Slip),
    /// A security key was seen registered.
    Key { slot: Slot, key: usize, method: String, aaguid: String, model: String },
    /// A sign-in test was made.
    Tested(Test),
    /// The sign-in of a test was seen in the tenant's log. Logs are kept for days, this is kept for good.
    Logged(Logged),
    /// A sign-in that nobody made here was seen in the tenant's log.
    Stranger(Stranger),
    /// A change that was not made here was seen in the tenant's audit log.
    Change(Change),
    /// A named person said what a sign-in or a change was.
    Classified(Classified),
    /// A log was read as far as it goes back.
    LogRead(LogRead),
    /// An emergency access account was used: a new password and a test have to follow.
    Used(Use),
    /// An alert was tested with a stopwatch.
    AlertTested(AlertTest),
    /// A test notification was answered.
    Notified {
        sent: bool,
        detail: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        /// Id of the action group; `None` in a record of an older program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<String>,
    },
    /// Pages without secrets were written, with these names on them, and this procedure.
    Documented {
        files: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        procedure: Option<Procedure>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        names: Option<Names>,
    },
    /// A step was handed over to another team, as the page in `file`.
    HandedOver { step: u8, to: String, date: Date, file: String },
    /// The file of a slip is gone: it was overwritten and removed here, or was not there any more.
    FileGone { slip: u32, file: String, date: Date, how: Gone },
    /// What was handed over was looked up and is done.
    HandedBack { step: u8 },
    /// What the checks saw when a journey ended.
    Concluded { findings: Vec<Concluded>, complete: bool },
    /// How the steps stood when one of them was gone to.
    Stood { steps: Vec<Standing> },
    /// An exercise was held and is complete.
    Exercised(Held),
    /// A named person says that an improvement that came out of an exercise was made.
    Improved(Improved),
    /// A review began, with what it saw.
    ReviewBegan(Begun),
    /// Somebody signed a review.
    ReviewSigned(Signed),
    /// A review was signed off by everybody who has to.
    Reviewed(Closed),
    /// A secret was made or shown although these may keep it: somebody went on all the same.
    Exposed { dangers: Vec<String>, date: Date },
    /// Something happened in the exercise that this is the record of.
    Moment(Moment),
}

/// How a step stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its number.
    pub step: u8,
    /// How many of its checks were open.
    pub open: usize,
    /// The first day on which to look again, where a check of it only waited for time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<Date>,
}

/// An object that the record, the evidence and the facts have in common: written and read as the object itself.
mod shared {
    use super::{Arc, Deserialize, Serialize, Value};

    #[allow(clippy::ref_option, reason = "serde hands it over so")]
    pub(super) fn serialize<S: serde::Serializer>(
        shared: &Option<Arc<Value>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        shared.as_deref().serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Arc<Value>>, D::Error> {
        Ok(Option::<Value>::deserialize(from)?.map(Arc::new))
    }
}

/// What a tenant and its accounts were called when pages were written, so that pages can be printed again when nothing
/// can be read. Nothing is decided by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Display name of the tenant.
    pub tenant: String,
    /// Its initial domain.
    pub domain: String,
    /// User principal name and object id of the account in each slot, First first; empty for one that did not exist.
    pub accounts: Vec<(String, String)>,
    /// Where people look at it; empty in a record of a version that did not keep it.
    #[serde(default, skip_serializing_if = "Portals::is_empty")]
    pub portals: Portals,
    /// Which cloud's features it has.
    #[serde(default, skip_serializing_if = "Cloud::is_preset")]
    pub cloud: Cloud,
}

/// How the file of a slip went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gone {
    /// It was overwritten and removed here.
    Destroyed,
    /// Somebody had removed it before.
    NotThere,
}

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Done and answered.
    Done,
    /// Refused; nothing changed.
    Refused,
    /// Refused for a reason outside of the object: rights that are missing, something named in it that is gone. Nothing
    /// changed, and it may be tried again.
    NotNow,
    /// No answer that can be trusted; the tenant must be read.
    Unknown,
}

/// What the tenant says of a write of which no answer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It was made.
    Done,
    /// It was not made.
    NotDone,
    /// Nothing there tells.
    NotKnown,
}

impl Found {
    /// In a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "the tenant has it.",
            Self::NotDone => "the tenant does not have it.",
            Self::NotKnown => "that cannot be looked up; it is made anew where it is needed.",
        }
    }
}

/// An attestation in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// Who.
    pub person: String,
    /// When.
    pub date: Date,
    /// Seal number, place, reference.
    pub note: String,
    /// The thing it was said of, where the record says so.
    pub thing: Option<String>,
    /// Whose voice it is.
    pub voice: Voice,
    /// Its line in the record, counted from 1.
    pub line: u64,
}

impl Attested {
    /// Who said so, and when: "Sample Person A on 2026-11-02".
    pub fn by(&self) -> String {
        match self.voice {
            Voice::Person => format!("{} on {}", self.person, self.date),
            Voice::Simulated => format!("{} (simulated) on {}", self.person, self.date),
        }
    }
}

/// Whose voice an attestation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// A person's.
    #[default]
    Person,
    /// A simulated person's, on a rehearsal tenant: nobody looked at anything.
    Simulated,
}

impl Voice {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    fn is_a_persons(&self) -> bool {
        *self == Self::Person
    }
}

/// Since when the record knows a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The line that tells of it, counted from 1.
    pub line: u64,
    /// The day, as far as it is known.
    pub day: Option<Date>,
}

/// A key that was seen registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenKey {
    /// Id of the authentication method.
    pub method: String,
    /// AAGUID.
    pub aaguid: String,
    /// Model.
    pub model: String,
    /// How many sign-in tests of its account the record had then: none of them used it.
    pub tests: usize,
}

/// A step that another team has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// For whom it waits.
    pub to: String,
    /// Since when.
    pub since: Date,
    /// The page that they were given.
    pub page: String,
}
