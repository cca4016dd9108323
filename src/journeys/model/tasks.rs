//! What a person does while the program waits: vouching, registering a key, testing a sign-in.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::check::ask::Attest;
use crate::domain::connection::sign_in::Prompt;
use crate::domain::secret::SecretId;
use crate::domain::slot::Slot;
use crate::journeys::model::Stage;

/// Vouching, in three questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Attesting {
    /// What is vouched for: one statement, or a whole list at once.
    pub about: Vec<Attest>,
    /// Where it goes on afterwards.
    pub back: Box<Stage>,
    /// Who, once told.
    pub person: Option<String>,
    /// What was noted, once told.
    pub note: Option<String>,
    /// What was wrong with the last answer.
    pub problem: Option<&'static str>,
}

/// Registering one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registering {
    /// Whose.
    pub slot: Slot,
    /// Which key of the plan.
    pub key: usize,
    /// Ids of keys that were there before.
    pub before: BTreeSet<String>,
    /// How far it is.
    pub state: RegisteringState,
}

/// How far a registration is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum RegisteringState {
    /// The two writes are shown.
    Announced,
    /// The pass is being issued.
    Issuing,
    /// The pass is there; the key is awaited.
    Awaiting { pass: SecretId, since: Timestamp },
    /// The key is there; the pass is being deleted.
    Closing,
}

/// Testing a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testing {
    /// Whose.
    pub slot: Slot,
    /// How far it is.
    pub state: TestingState,
}

/// How far a sign-in test is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum TestingState {
    /// What will happen is shown.
    Announced,
    /// Who tests is asked for.
    Who(Way),
    /// The sign-in page stands at this address, once known.
    Awaiting(Option<Prompt>),
    /// The browser runs on another computer; its last address is brought back.
    Elsewhere(Prompt),
    /// Tested by hand: issues are asked for.
    ByHand { passed: bool },
    /// Sessions are being revoked.
    Revoking,
    /// The sign-in is looked for in the logs, since then.
    AwaitingLog(Timestamp),
}

/// How a sign-in is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Way {
    /// Through this program, which looks at the account's own token.
    ThroughHere,
    /// In the portal; somebody tells how it went.
    ByHand { passed: bool },
}
