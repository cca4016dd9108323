//! What is left after the play: improvements that follow from the ratings, what is missing before the exercise is complete,
//! and the score of somebody who played alone.

use crate::domain::exercise::event::{Improvement, Moment, Rating};
use crate::domain::exercise::play::Play;
use crate::domain::exercise::rating::{self, ObjectiveRating, rated};
use crate::domain::exercise::scenario::Scenario;
use crate::domain::exercise::tally::Tally;
use crate::domain::text::counted;

/// How somebody did who played alone. There is no number of points: what counts is what was reached, and how much help it
/// took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// How many objectives were reached, late or not.
    pub passed: usize,
    /// Of how many.
    pub of: usize,
    /// How many hints were asked for.
    pub hints: usize,
    /// How long it took, seconds.
    pub seconds: u32,
    /// Why: each objective with what it was derived from.
    pub reasons: Vec<String>,
}

impl Score {
    /// The score as one sentence.
    pub fn words(&self) -> String {
        let hints = match self.hints {
            0 => "without a hint".to_owned(),
            hints => format!("with {}", counted(hints, "hint", "hints")),
        };
        let took = rating::minutes(self.seconds);
        let of = counted(self.of, "objective", "objectives");
        format!("{} of {of} reached, {hints}, in {took}.", self.passed)
    }
}

/// The improvements that are given by now, each as it was said last.
pub fn improvements(scenario: &Scenario, moments: &[Moment]) -> Vec<Improvement> {
    Play::of(scenario, moments).improvements.into_values().collect()
}

/// One improvement for each objective that was not performed without challenges and has none yet: the issue is what was
/// missed; action, owner and dates are for the team.
pub fn proposed(scenario: &Scenario, moments: &[Moment]) -> Vec<Improvement> {
    let given = improvements(scenario, moments);
    let next = given.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    let short =
        short_of(scenario, moments).filter(|short| !given.iter().any(|one| one.objective == short.objective));
    short.zip(next..).map(|(short, number)| blank(&short, number)).collect()
}

/// Objectives that were not performed without challenges.
fn short_of(scenario: &Scenario, moments: &[Moment]) -> impl Iterator<Item = ObjectiveRating> {
    rated(scenario, moments).into_iter().filter(|rated| rated.rating != Rating::P)
}

fn blank(rated: &ObjectiveRating, number: u32) -> Improvement {
    let reasons = match (&rated.changed, rated.areas.is_empty()) {
        (Some(by), true) => by.reason.clone(),
        _ => rated.areas.join(" "),
    };
    Improvement {
        number,
        objective: rated.objective.clone(),
        issue: reasons,
        action: String::new(),
        owner: String::new(),
        due: None,
        retest: None,
    }
}

/// What is missing before the exercise is complete, a sentence each; nothing when it is.
pub fn missing(scenario: &Scenario, moments: &[Moment]) -> Vec<String> {
    let play = Play::of(scenario, moments);
    let tally = Tally { scenario, moments, play: &play };
    let ended = tally.ended().is_none().then(|| "The play has not ended.".to_owned());
    let questions = scenario.hot_wash.iter().enumerate();
    let questions = questions.filter(|(number, _)| tally.answer(*number).is_none());
    let questions = questions.map(|(number, question)| {
        format!("Question {} of the hot wash has no answer: {question}", number + 1)
    });
    let given = tally.improvements();
    let none =
        short_of(scenario, moments).filter(|short| !given.iter().any(|one| one.objective == short.objective));
    let none =
        none.map(|short| format!("Nothing is to be better yet about: {}", text(scenario, &short.objective)));
    let parts = given.iter().filter(|one| !one.is_whole()).map(unfinished);
    let unfit = given.iter().filter_map(|one| {
        let unfit = one.days().unfit(play.opened.as_ref()?.date)?;
        Some(format!("Improvement {}: {}", one.number, unfit.words))
    });
    ended.into_iter().chain(questions).chain(none).chain(parts).chain(unfit).collect()
}

fn unfinished(improvement: &Improvement) -> String {
    let said = |text: &str| !text.trim().is_empty();
    let wants = [
        ("what is done", said(&improvement.action)),
        ("an owner", said(&improvement.owner)),
        ("a date", improvement.due.is_some()),
        ("a retest", improvement.retest.is_some()),
    ];
    let wants: Vec<&str> =
        wants.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect();
    format!("Improvement {} lacks {}.", improvement.number, wants.join(", "))
}

/// How somebody did who played alone.
pub fn score(scenario: &Scenario, moments: &[Moment]) -> Score {
    let play = Play::of(scenario, moments);
    let tally = Tally { scenario, moments, play: &play };
    let rated = rated(scenario, moments);
    let reason = |one: &ObjectiveRating| {
        let verdict = if one.rating.is_passed() { "Reached" } else { "Not reached" };
        format!(
            "{verdict} ({}): {} {}",
            one.rating.letter(),
            text(scenario, &one.objective),
            one.reasons.join(" ")
        )
    };
    Score {
        passed: rated.iter().filter(|one| one.rating.is_passed()).count(),
        of: rated.len(),
        hints: tally.hints(),
        seconds: tally.seconds(),
        reasons: rated.iter().map(reason).collect(),
    }
}

/// An objective in words.
fn text<'a>(scenario: &'a Scenario, objective: &'a str) -> &'a str {
    scenario.objective(objective).map_or(objective, |one| one.text.as_str())
}
