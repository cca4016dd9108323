//! The rows of an after-action report: objectives, timeline, decisions, improvements, and who took part.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An objective and how it was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectiveReport {
    /// Its name in the scenario.
    pub id: String,
    /// In words.
    pub text: String,
    /// The points of the checklist it is about.
    pub points: Vec<u8>,
    /// P, S, M or U: what counts.
    pub rating: String,
    /// HSEEP's words for it.
    pub words: String,
    /// What follows from the play.
    pub derived: String,
    /// Who has changed it, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
    /// What went well, a sentence each.
    pub strengths: Vec<String>,
    /// What did not.
    pub areas: Vec<String>,
}

/// A rating that a person has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overridden {
    /// Who.
    pub person: String,
    /// Why.
    pub reason: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineReport {
    /// Seconds of the exercise's clock.
    pub seconds: u32,
    /// The same for people: `0:06:40`.
    pub at: String,
    /// What kind of thing: inject, tenant, milestone, decision, action, card, response, people, note, clock, play.
    pub kind: String,
    /// What.
    pub text: String,
}

/// A decision: what could be decided, and what was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionReport {
    /// Its name in the scenario.
    pub id: String,
    /// The question.
    pub question: String,
    /// When it was taken, seconds; left out where nobody decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// The same for people; empty where nobody decided.
    pub at: String,
    /// What could be decided.
    pub options: Vec<OptionReport>,
    /// What was decided, in words; empty where nothing was.
    pub decided: String,
    /// Who decided.
    pub owner: String,
    /// Why.
    pub rationale: String,
}

impl DecisionReport {
    /// What was decided, for people.
    pub fn outcome(&self) -> &str {
        if self.decided.is_empty() { "Nobody decided." } else { &self.decided }
    }
}

/// What could be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OptionReport {
    /// In words.
    pub text: String,
    /// good, arguable or poor.
    pub judged: String,
    /// Why.
    pub why: String,
}

/// A row of the improvement plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImprovementReport {
    /// Its number within the exercise.
    pub number: u32,
    /// The objective it came from.
    pub objective: String,
    /// What went wrong.
    pub issue: String,
    /// The corrective action.
    pub action: String,
    /// Who is responsible.
    pub owner: String,
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retest: Option<Date>,
}

impl ImprovementReport {
    /// Its three days for people, in the order of the plan; a day that is not set stays empty.
    pub fn days(&self) -> [String; 3] {
        [self.start, self.due, self.retest].map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    }
}

/// A question of the hot wash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HotWash {
    /// What was asked.
    pub question: String,
    /// What was said; empty where nothing was.
    pub answer: String,
}

/// Who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// As what: a role's title, or facilitator.
    pub role: String,
    /// Who; empty where nobody played it.
    pub person: String,
}

/// How somebody did who played alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreReport {
    /// How many objectives were reached.
    pub passed: usize,
    /// Of how many.
    pub of: usize,
    /// How many hints were asked for.
    pub hints: usize,
    /// How long it took, seconds.
    pub seconds: u32,
    /// The same as one sentence.
    pub words: String,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
}
