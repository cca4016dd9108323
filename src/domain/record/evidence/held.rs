//! Exercises that were held, and which improvements that came out of them are still open.

use jiff::civil::Date;

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::event::{Improvement, Players};
use crate::domain::exercise::held::{Held, Improved};

/// What the record tells of exercises.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exercises {
    /// Exercises that are complete, oldest first.
    pub held: Vec<Held>,
    /// Improvements that somebody has said to be made.
    pub improved: Vec<Improved>,
}

/// An improvement that nobody has said to be made, and the exercise that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenImprovement<'a> {
    /// The exercise.
    pub held: &'a Held,
    /// What is to be better.
    pub improvement: &'a Improvement,
}

impl Exercises {
    /// An exercise that is completed once more takes the place of what it came to before.
    pub(super) fn held(&mut self, held: &Held) {
        self.held.retain(|known| known.exercise != held.exercise);
        self.held.push(held.clone());
    }

    pub(super) fn improved(&mut self, improved: &Improved) {
        self.improved.push(improved.clone());
    }

    /// The last exercise that a team has held. One that somebody played alone is practice, and counts for nobody else.
    pub fn last(&self) -> Option<&Held> {
        self.held.iter().filter(|held| held.players == Players::Team).max_by_key(|held| held.date)
    }

    /// Improvements that are open, oldest exercise first.
    pub fn open(&self) -> Vec<OpenImprovement<'_>> {
        let all = self.held.iter().flat_map(|held| {
            held.improvements.iter().map(move |improvement| OpenImprovement { held, improvement })
        });
        all.filter(|open| !self.improved.iter().any(|done| open.is(&done.exercise, done.number))).collect()
    }
}

impl OpenImprovement<'_> {
    fn is(&self, exercise: &str, number: u32) -> bool {
        self.held.exercise == exercise && self.improvement.number == number
    }

    /// What it is called in findings: `2026-11-30-block-all:1`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.held.exercise, self.improvement.number)
    }

    /// How many days it is past its date; 0 where it is not.
    pub fn overdue_days(&self, today: Date) -> i64 {
        let days = |due: Date| (today - due).get_days();
        self.improvement.due.map_or(0, |due| i64::from(days(due)).max(0))
    }
}

/// The exercise and the number of the improvement that a word is about; `None` where it is about something else.
pub fn improvement_of(about: &CheckSubject) -> Option<(&str, u32)> {
    let thing = about.thing().filter(|_| about.check() == Some(CheckId::ExerciseImprovements))?;
    let (exercise, number) = thing.rsplit_once(':')?;
    Some((exercise, number.parse().ok()?))
}
