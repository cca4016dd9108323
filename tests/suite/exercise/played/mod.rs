//! Every scenario that comes with the program is played whole by scripts, over the wire and by the answers that a run gives
//! at which nobody sits: `cases/SCENARIO-well.toml`, `-badly` and `-other`.
//!
//! The tenant is made once by the product and copied for each play; all plays run once, and each test looks at what they
//! came to.

mod aside;
mod damages;
mod eye;
mod once;
mod plays;
mod reached;
mod whole;

use breakglass::domain::exercise::event::{Event, Rating};
use breakglass::domain::trouble::Trouble;

use eye::Sight;

/// What a play came to.
struct Came {
    /// The script: `mfa-out-well`.
    script: String,
    /// The scenario.
    scenario: String,
    /// What happened.
    events: Vec<Event>,
    /// How each objective was rated, in the order of the scenario.
    ratings: Vec<Rating>,
    /// The code that the run ends with.
    exit: u8,
    /// The act that was not possible.
    stuck: Option<Trouble>,
    /// The report, as Markdown.
    report: String,
    /// The files beside the exercise's record.
    files: Vec<String>,
    /// The improvements that the organization's record got.
    improvements: usize,
    /// What the checks saw in between, where it was watched.
    sights: Vec<Sight>,
}

impl Came {
    /// The milestones that were reached, in their order.
    fn reached(&self) -> Vec<&str> {
        let reached = self.events.iter().filter_map(|event| match event {
            Event::Reached { milestone } => Some(milestone.as_str()),
            _ => None,
        });
        reached.collect()
    }

    /// What was not done to the tenant although it was to be.
    fn refused(&self) -> Vec<String> {
        let refused = self.events.iter().filter_map(|event| match event {
            Event::Broke { inject, trouble: Some(trouble), .. } => Some(format!("{inject}: {trouble}")),
            _ => None,
        });
        refused.collect()
    }

    /// The letters of the ratings.
    fn letters(&self) -> String {
        self.ratings.iter().map(|rating| rating.letter()).collect()
    }
}
