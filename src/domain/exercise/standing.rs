//! How the parts of an exercise stand: what was sent, decided, marked and said, and in which state each is.

use super::event::{Mark, Rating, Readers, SentBy};
use super::scenario::Channel;

/// An inject that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: u32,
    /// By what.
    pub by: SentBy,
    /// The place of its moment in the journal.
    pub place: usize,
}

/// What was done to the tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// In sentences.
    pub did: Vec<String>,
    /// Why it could not be done.
    pub trouble: Option<String>,
    /// When.
    pub at: u32,
    /// For how many minutes something is out because of it.
    pub lasts: Vec<u32>,
}

/// Something that was out, and whose minutes are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// What took it out: an inject, or what was done by hand.
    pub of: String,
    /// For how many minutes.
    pub minutes: u32,
}

impl Over {
    /// What stands in the journal once it works again.
    pub fn name(&self) -> String {
        format!("over:{}:{}", self.of, self.minutes)
    }
}

/// Who sits at the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// As the journal spells it: `console:second`.
    pub who: String,
    /// The place of that moment in the journal.
    pub place: usize,
    /// Whether the tenant knows it.
    pub is_known: bool,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: u32,
    /// The option.
    pub option: String,
    /// By whom.
    pub owner: String,
    /// Why.
    pub rationale: String,
}

/// How far an action was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// How far.
    pub mark: Mark,
    /// A word of the evaluator; may be empty.
    pub note: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: u32,
    /// What.
    pub text: String,
    /// For whom.
    pub to: Readers,
}

/// A rating that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// To what.
    pub rating: Rating,
    /// Why.
    pub reason: String,
    /// By whom.
    pub person: String,
}

/// How an inject stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InjectState {
    /// It was sent then.
    Sent(u32),
    /// It is sent by itself at this time of the clock.
    At(u32),
    /// It waits for something other than time.
    Waits,
    /// Its time has come, and the channel it comes by is gone.
    HeldUp(Channel),
    /// Only the facilitator sends it.
    ByHand,
    /// The die spared the players.
    Spared(u8),
    /// The facilitator keeps it back.
    Withheld,
    /// It is not needed any more.
    Needless,
}

/// How a milestone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MilestoneState {
    /// What it counts from has not happened.
    NotYet,
    /// It counts since then; the check was not seen failing yet.
    Counts(u32),
    /// It counts since the first time, and the check fails.
    Lost(u32),
    /// It was reached: since when it counted, and when it was reached.
    Reached {
        /// Since when it counted.
        since: u32,
        /// When it was reached.
        at: u32,
    },
}

/// How a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionState {
    /// It was not put yet.
    NotYet,
    /// It is open since then.
    Open(u32),
    /// It was taken: when it was put, and when it was taken.
    Taken {
        /// When it was put.
        since: u32,
        /// When it was taken.
        at: u32,
    },
}
