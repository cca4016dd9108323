//! The after-action report of an exercise: one value, in the order of HSEEP's template, from which every format is made.
//!
//! It is made of the scenario and of what happened; `paper` makes pages of the same value. Private notes of the facilitator do
//! not stand in it. Nothing here reads a clock, a tenant or a record.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::exercise::event::Moment;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::record::Head;

mod cexf;
mod json;
mod made;
mod markdown;
mod rows;
mod timeline;

pub use cexf::cexf;
pub use json::schema;
pub use rows::{
    DecisionReport, HotWash, ImprovementReport, ObjectiveReport, OptionReport, Overridden, Participant,
    ScoreReport, TimelineReport,
};

/// The version of these names: it grows when a name changes its meaning or goes, not when one is added.
pub const FORMAT: u32 = 1;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The exercise's own name: `2026-11-30-block-all`.
    pub exercise: &'a str,
    /// The scenario, its texts filled.
    pub scenario: &'a Scenario,
    /// What happened, oldest first.
    pub moments: &'a [Moment],
    /// The tenant that was played, for people: "Fabrikam (fabrikam.onmicrosoft.com)".
    pub tenant: &'a str,
    /// Whose exercise it was: the organization, or the team that has the upkeep.
    pub sponsor: &'a str,
    /// How far its record goes.
    pub head: Option<&'a Head>,
}

/// What an exercise came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ExerciseReport")]
pub struct Report {
    /// The version of these names.
    #[schemars(extend("const" = FORMAT))]
    pub format: u32,
    /// The version of the program.
    pub program: String,
    /// EXERCISE.
    pub mark: String,
    /// What was held.
    pub overview: Overview,
    /// How far the record of the exercise went when this report was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
    /// Each objective with its rating.
    pub objectives: Vec<ObjectiveReport>,
    /// What happened, by the exercise's clock.
    pub timeline: Vec<TimelineReport>,
    /// What was decided, and what nobody decided.
    pub decisions: Vec<DecisionReport>,
    /// What is to be better, by whom and until when.
    pub improvements: Vec<ImprovementReport>,
    /// What was said afterwards.
    pub hot_wash: Vec<HotWash>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// How somebody did who played alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreReport>,
    /// Whether questions are answered and every improvement has its owner, date and retest.
    pub complete: bool,
    /// What is missing until then, a sentence each.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// What was held: HSEEP's exercise overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overview {
    /// The name of the exercise, which is that of its record.
    pub exercise: String,
    /// The scenario's title.
    pub title: String,
    /// The scenario's name in the program.
    pub scenario: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub summary: String,
    /// The day on which it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The day on which it was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<Date>,
    /// What kind of exercise, for how long it was planned, and how long it took.
    pub scope: String,
    /// Minutes that were planned.
    pub minutes: u32,
    /// Seconds that it took by its clock.
    pub seconds: u32,
    /// HSEEP's mission areas.
    pub mission_area: String,
    /// HSEEP's core capabilities.
    pub capabilities: Vec<String>,
    /// The situation at the beginning, a paragraph each.
    pub situation: Vec<String>,
    /// Which simulated tenant was played.
    pub tenant: String,
    /// Whose exercise it was.
    pub sponsor: String,
    /// The point of contact: who led it.
    pub contact: String,
    /// Why it ended.
    pub ended: String,
}

/// A format that is text. Pages are made of the same value by `paper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON with stable names.
    Json,
    /// Markdown, whole.
    Markdown,
}

/// The report of an exercise.
pub fn report(source: &Source<'_>) -> Report {
    made::report(source)
}

/// The report in a format.
pub fn render(report: &Report, format: Format) -> String {
    let report = &report.cleaned();
    match format {
        Format::Json => json::json(report),
        Format::Markdown => markdown::markdown(report),
    }
}

impl Report {
    /// The report with every text made safe for a terminal and for paper: people we do not know have written it.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        super::cleaned::cleaned(self)
    }

    /// The overview, name and value, with what the record can be held against.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let head = self.head.as_ref().map(|head| ("Head of the record", head.words()));
        self.overview.pairs().into_iter().chain(head).collect()
    }
}

impl Overview {
    /// What is said of it, name and value, in HSEEP's order; what is empty is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("Exercise", self.exercise.clone()),
            ("Dates", self.dates()),
            ("Scope", self.scope.clone()),
            ("Mission area", self.mission_area.clone()),
            ("Core capabilities", self.capabilities.join(", ")),
            ("Scenario", format!("{}, version {}: {}", self.scenario, self.version, self.summary)),
            ("Sponsor", self.sponsor.clone()),
            ("Point of contact", self.contact.clone()),
            ("Ended", self.ended.clone()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// When it was held, and when it was completed where that was another day.
    pub fn dates(&self) -> String {
        match (self.date, self.completed) {
            (Some(held), Some(completed)) if held != completed => format!("{held}, completed on {completed}"),
            (Some(day), _) | (None, Some(day)) => day.to_string(),
            (None, None) => String::new(),
        }
    }
}
