//! The paper of an exercise: before it the players' cards, the situation manual and the facilitator's guide, after it the
//! after-action report. Every page is marked EXERCISE, and none holds a secret.
//!
//! Players' pages say nothing of what is to come, and nothing of how anything is judged.

use jiff::civil::Date;

use crate::domain::exercise::event::Cast;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::mark::Mark;
use crate::paper::page::{Form, Heading, Piece, Sheet};

mod cards;
mod facilitator;
mod manual;
mod report;

pub use cards::{paper_cards, role_cards};
pub use facilitator::guide;
pub use manual::manual;
pub use report::report;

/// What stands on the pages of an exercise.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The exercise's own name, which the codes of its cards are made of: `2026-11-30-block-all`.
    pub exercise: &'a str,
    /// The scenario, its texts filled.
    pub scenario: &'a Scenario,
    /// Who plays what, as far as that is known; other roles have a line to write on.
    pub cast: &'a [Cast],
    /// The tenant that is played, for people.
    pub tenant: &'a str,
    /// The day on which it is printed.
    pub date: Date,
}

impl Printed<'_> {
    fn heading(&self) -> Heading {
        heading(self.tenant, self.exercise, self.date)
    }

    fn sheet(&self, name: &'static str, pieces: Vec<Piece>) -> Sheet {
        Sheet { name, form: Form::Flowing, heading: self.heading(), pieces }
    }

    /// Who plays a role; empty where nobody is named.
    fn person(&self, role: &str) -> &str {
        let cast = self.cast.iter().rev().find(|cast| cast.role == role);
        cast.map_or("", |cast| cast.person.as_str())
    }
}

/// What is handed out before: the situation manual, a card for each role, and the cards that are put where they belong.
pub fn for_players(printed: &Printed<'_>) -> Vec<Sheet> {
    let cards = role_cards(printed).into_iter().chain(paper_cards(printed));
    [manual(printed)].into_iter().chain(cards).collect()
}

fn heading(tenant: &str, exercise: &str, date: Date) -> Heading {
    Heading {
        mark: Mark::Exercise.as_str().to_owned(),
        tenant: crate::domain::text::clean(tenant),
        document: format!("exercise {}", crate::domain::text::clean(exercise)),
        date,
    }
}
