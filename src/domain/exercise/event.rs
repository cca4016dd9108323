//! What happens in an exercise, as it stands in the exercise's record, line by line. Everything that is shown, resumed and
//! reported is made of these.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::days::Days;

/// Something that happened, and when by the exercise's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Seconds of the exercise's clock; a clock that stands still counts nothing.
    pub at: u32,
    /// What.
    pub what: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Event {
    /// The exercise began.
    Opened(Opened),
    /// Another clock from now on.
    Clock { mode: Mode },
    /// The clock runs; kept now and then, so that no more than a minute is lost with the power.
    Beat,
    /// One turn went by.
    Turned { minutes: u32 },
    /// An inject was sent.
    Sent { inject: String, by: SentBy },
    /// The die was thrown for an inject, and did not call for it.
    Spared { inject: String, shows: u8 },
    /// The facilitator keeps an inject back.
    Withheld { inject: String },
    /// What an inject, or whoever did something by hand, did to the tenant, in sentences; or why it could not. For how many
    /// minutes something is out because of it.
    Broke {
        inject: String,
        did: Vec<String>,
        trouble: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lasts: Vec<u32>,
    },
    /// Somebody is away, because of an inject or because the facilitator says so (empty).
    Away {
        role: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        inject: String,
    },
    /// Somebody has decided.
    Decided { decision: String, option: String, owner: String, rationale: String },
    /// The check of a milestone was seen not passing.
    Lost { milestone: String },
    /// A milestone was reached: its check passes, or it was done.
    Reached { milestone: String },
    /// The evaluator says how far an expected action was carried out.
    Marked { inject: String, action: String, mark: Mark, note: String },
    /// What stands on a card was typed, or something else.
    Card { card: String, fits: bool },
    /// The team began to do something on the tenant.
    Responded { what: String },
    /// A note.
    Noted { text: String, to: Readers },
    /// Somebody who plays alone has asked for a hint: `milestone:ID`, `decision:ID` or `action:INJECT/ID`, and how many before.
    Hinted { about: String, number: u8 },
    /// The play is over; the hot wash follows.
    Ended { why: String },
    /// A question of the hot wash was answered.
    Answered { question: usize, text: String },
    /// A rating was changed by a person.
    Overridden { objective: String, rating: Rating, reason: String, person: String },
    /// What is to be better the next time.
    Improve(Improvement),
    /// Everything is said: the report can be made.
    Completed { person: String, date: Date },
}

/// How an exercise began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The scenario, by its name.
    pub scenario: String,
    /// Its version.
    pub version: u32,
    /// The day.
    pub date: Date,
    /// What the dice of this exercise are thrown with.
    pub dice: u64,
    /// Its clock at first.
    pub mode: Mode,
    /// Whether one person plays alone.
    pub players: Players,
    /// Who leads it, or who plays alone.
    pub facilitator: String,
    /// Who plays what: one for each role, empty where nobody does.
    pub cast: Vec<Cast>,
}

/// Who plays a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// The role.
    pub role: String,
    /// Who.
    pub person: String,
}

/// Whether a team plays or one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Players {
    /// A team, led by a facilitator.
    #[default]
    Team,
    /// One person alone.
    Solo,
}

/// How the clock goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// As any clock.
    #[default]
    Real,
    /// It stands still.
    Paused,
    /// It goes on by turns only.
    Turns,
}

/// What sent an inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentBy {
    /// Its time had come.
    Itself,
    /// The facilitator.
    Hand,
}

/// How far an expected action was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Done.
    Done,
    /// Partly.
    Partly,
    /// Not.
    Not,
}

/// Who reads a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readers {
    /// The facilitator.
    Facilitator,
    /// Everybody.
    Everybody,
}

/// How well an objective was met, with the words of the Homeland Security Exercise and Evaluation Program (HSEEP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

/// What is to be better the next time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Improvement {
    /// Its number within the exercise, counted from 1. The one that is given last with a number counts.
    pub number: u32,
    /// The objective it came from.
    pub objective: String,
    /// What went wrong.
    pub issue: String,
    /// What is done about it.
    pub action: String,
    /// By whom.
    pub owner: String,
    /// Until when.
    pub due: Option<Date>,
    /// When it is tried again.
    pub retest: Option<Date>,
}

impl Mode {
    /// How the clock goes, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Real => "running",
            Self::Paused => "paused",
            Self::Turns => "by turns",
        }
    }
}

impl Mark {
    /// How far, in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Not => "not done",
        }
    }
}

impl Improvement {
    /// Whether it has action, owner, date and retest.
    pub fn is_whole(&self) -> bool {
        let said = [&self.action, &self.owner].iter().all(|text| !text.trim().is_empty());
        said && self.due.is_some() && self.retest.is_some()
    }

    /// Its days.
    pub fn days(&self) -> Days {
        Days { due: self.due, retest: self.retest }
    }
}
