//! Exercises that were held, which improvements that came out of them are still open, and which were to be tried again.

use jiff::civil::Date;

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::exercise::event::{Improvement, Players};
use crate::domain::exercise::held::{Held, Improved, Rated};

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

/// An improvement that somebody has said to be made, whose day to be tried again has come, and that no exercise has shown
/// since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retest<'a> {
    /// The improvement.
    pub of: OpenImprovement<'a>,
    /// Who has said that it was made, and when.
    pub made: &'a Improved,
    /// The day on which it was to be tried again.
    pub day: Date,
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
        self.improvements().filter(|one| self.made(*one).is_none()).collect()
    }

    /// Improvements that are to be tried again `today` or were to be before, oldest exercise first.
    pub fn retests(&self, today: Date) -> Vec<Retest<'_>> {
        let made = self.improvements().filter_map(|of| {
            let day = of.improvement.retest?;
            Some(Retest { of, made: self.made(of)?, day })
        });
        made.filter(|one| one.day <= today && !self.is_shown(one)).collect()
    }

    fn improvements(&self) -> impl Iterator<Item = OpenImprovement<'_>> {
        self.held.iter().flat_map(|held| {
            held.improvements.iter().map(move |improvement| OpenImprovement { held, improvement })
        })
    }

    /// The last word that it was made.
    fn made(&self, one: OpenImprovement<'_>) -> Option<&Improved> {
        self.improved.iter().filter(|done| one.is(&done.exercise, done.number)).max_by_key(|done| done.date)
    }

    /// Whether it was tried again: by somebody's word of that day or later, or in an exercise since it was made that has
    /// reached what this one did not.
    fn is_shown(&self, retest: &Retest<'_>) -> bool {
        let since = |held: &&Held| held.date >= retest.made.date && held.exercise != retest.of.held.exercise;
        retest.made.date >= retest.day
            || self.held.iter().filter(since).any(|held| retest.of.is_reached(held))
    }
}

impl OpenImprovement<'_> {
    fn is(&self, exercise: &str, number: u32) -> bool {
        self.held.exercise == exercise && self.improvement.number == number
    }

    /// Whether `held` has reached the objective that it came from; one that came from none is shown by any exercise of that
    /// scenario. Somebody alone shows nothing for a team.
    fn is_reached(&self, held: &Held) -> bool {
        let as_many = held.players == Players::Team || self.held.players == Players::Solo;
        let is_it = |rated: &Rated| rated.objective == self.improvement.objective && rated.rating.is_passed();
        let is_reached = self.improvement.objective.is_empty() || held.ratings.iter().any(is_it);
        as_many && held.scenario == self.held.scenario && is_reached
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
