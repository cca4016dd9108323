//! How well each objective was met: P, S, M or U, derived from what the checks, the cards and the evaluator saw and from the
//! clock, with the reasons; a person may change it, and says why.
//!
//! P where everything was reached within its time and every decision can be defended; S where everything was reached, but
//! something late, partly, or by a decision nobody gave a reason for; M where something was missed or a decision made things
//! worse; U where nothing was reached. What never came up, because the play took another branch, counts neither way.

use crate::domain::exercise::event::{Mark, Moment, Rating};
use crate::domain::exercise::play::Play;
use crate::domain::exercise::scenario::{Decision, Judged, Milestone, Objective, Scenario};
use crate::domain::exercise::standing::{Decided, Overridden};
use crate::domain::exercise::tally::Tally;
use crate::domain::text::{capitalized, sentence};

/// How an objective was rated, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveRating {
    /// The objective, by its name.
    pub objective: String,
    /// What follows from the play.
    pub derived: Rating,
    /// What counts.
    pub rating: Rating,
    /// What it was derived from, a sentence each.
    pub reasons: Vec<String>,
    /// Those of them that went well.
    pub strengths: Vec<String>,
    /// Those that did not.
    pub areas: Vec<String>,
    /// Who has changed it, and why.
    pub changed: Option<Overridden>,
}

/// How one of the things went that an objective is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    Well,
    Partly,
    Missed,
}

/// One of them, with its sentence.
struct Seen {
    went: Went,
    reason: String,
}

impl Rating {
    /// Every rating, the best first.
    pub const ALL: [Self; 4] = [Self::P, Self::S, Self::M, Self::U];

    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::S => "S",
            Self::M => "M",
            Self::U => "U",
        }
    }

    /// HSEEP's words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::P => "performed without challenges",
            Self::S => "performed with some challenges",
            Self::M => "performed with major challenges",
            Self::U => "unable to be performed",
        }
    }

    /// The rating with this letter.
    pub fn named(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.letter().eq_ignore_ascii_case(letter.trim()))
    }

    /// Whether all of it was reached, however hard it was.
    pub const fn is_passed(self) -> bool {
        matches!(self, Self::P | Self::S)
    }
}

/// The rating of each objective, in the order of the scenario.
pub fn rated(scenario: &Scenario, moments: &[Moment]) -> Vec<ObjectiveRating> {
    let play = Play::of(scenario, moments);
    let tally = Tally { scenario, moments, play: &play };
    scenario.objectives.iter().map(|objective| rate(tally, objective)).collect()
}

fn rate(tally: Tally<'_>, objective: &Objective) -> ObjectiveRating {
    let seen = seen(tally, objective);
    let derived = derived(&seen);
    let changed = tally.changed(&objective.id).cloned();
    let nothing = seen.is_empty().then(|| "Nothing of it came up.".to_owned());
    let said = |good: bool| {
        let said = seen.iter().filter(move |one| (one.went == Went::Well) == good);
        said.map(|one| one.reason.clone()).collect::<Vec<_>>()
    };
    ObjectiveRating {
        objective: objective.id.clone(),
        derived,
        rating: changed.as_ref().map_or(derived, |by| by.rating),
        reasons: seen.iter().map(|one| one.reason.clone()).chain(nothing.clone()).collect(),
        strengths: said(true),
        areas: said(false).into_iter().chain(nothing).collect(),
        changed,
    }
}

fn derived(seen: &[Seen]) -> Rating {
    let all = |went: Went| seen.iter().all(|one| one.went == went);
    let any = |went: Went| seen.iter().any(|one| one.went == went);
    match () {
        () if seen.is_empty() || all(Went::Missed) => Rating::U,
        () if any(Went::Missed) => Rating::M,
        () if any(Went::Partly) => Rating::S,
        () => Rating::P,
    }
}

/// What an objective is measured by, as far as it came up.
fn seen(tally: Tally<'_>, objective: &Objective) -> Vec<Seen> {
    let scenario = tally.scenario;
    let milestones = objective.milestones.iter().filter_map(|id| milestone(tally, scenario.milestone(id)?));
    let actions = objective.actions.iter().filter_map(|id| action(tally, id));
    let decisions = objective.decisions.iter().filter_map(|id| decision(tally, scenario.decision(id)?));
    let cards = objective.cards.iter().filter_map(|id| card(tally, id));
    milestones.chain(actions).chain(decisions).chain(cards).collect()
}

fn milestone(tally: Tally<'_>, milestone: &Milestone) -> Option<Seen> {
    let since = tally.since(milestone.since.as_deref())?;
    let title = milestone.title.trim_end_matches('.');
    let Some(at) = tally.reached(&milestone.id) else {
        return Some(Seen { went: Went::Missed, reason: format!("Not reached: {title}.") });
    };
    let within = milestone.within.saturating_mul(60);
    let took = at.saturating_sub(since);
    let reason = format!("{title} after {}, {}.", minutes(took), margin(took, within));
    Some(Seen { went: in_time(took, within), reason })
}

fn in_time(took: u32, within: u32) -> Went {
    if took <= within { Went::Well } else { Went::Partly }
}

fn action(tally: Tally<'_>, id: &str) -> Option<Seen> {
    let (inject, action) = id.split_once('/')?;
    let inject = tally.scenario.inject(inject)?;
    let expected = inject.expected.iter().find(|one| one.id == action)?;
    tally.sent(&inject.id)?;
    let text = sentence(&expected.text);
    let (went, reason, note) = match tally.mark(inject, expected) {
        Some((Mark::Done, note)) => (Went::Well, format!("Done: {text}"), note),
        Some((Mark::Partly, note)) => (Went::Partly, format!("Partly done: {text}"), note),
        Some((Mark::Not, note)) => (Went::Missed, format!("Not done: {text}"), note),
        None => (Went::Missed, format!("Nobody saw it done: {text}"), ""),
    };
    Some(Seen { went, reason: with_note(&reason, note) })
}

fn decision(tally: Tally<'_>, decision: &Decision) -> Option<Seen> {
    let since = tally.since(decision.since.as_deref())?;
    let Some(taken) = tally.taken(&decision.id) else {
        return Some(Seen { went: Went::Missed, reason: format!("Nobody decided: {}", decision.question) });
    };
    let option = decision.option(&taken.option)?;
    let (took, within) = (taken.at.saturating_sub(since), decision.within.saturating_mul(60));
    let went = match (judged(option.judged, taken), in_time(took, within)) {
        (Went::Well, time) => time,
        (judged, _) => judged,
    };
    let late = if took > within { format!(", {}", margin(took, within)) } else { String::new() };
    let by = if taken.owner.trim().is_empty() { "Somebody" } else { taken.owner.trim() };
    let said = sentence(option.text.trim());
    let reason = format!("{by} decided after {}{late}: {said} {}", minutes(took), why(option.judged, taken));
    Some(Seen { went, reason: with_note(reason.trim(), if went == Went::Well { "" } else { &option.why }) })
}

fn judged(judged: Judged, taken: &Decided) -> Went {
    match judged {
        Judged::Good => Went::Well,
        Judged::Arguable if taken.rationale.trim().is_empty() => Went::Partly,
        Judged::Arguable => Went::Well,
        Judged::Poor => Went::Missed,
    }
}

/// What is to be said of how it is judged.
fn why(judged: Judged, taken: &Decided) -> &'static str {
    match judged {
        Judged::Good => "",
        Judged::Arguable if taken.rationale.trim().is_empty() => "Nobody said why.",
        Judged::Arguable => "It can be argued about, and the reason was given.",
        Judged::Poor => "It makes things worse.",
    }
}

fn card(tally: Tally<'_>, id: &str) -> Option<Seen> {
    let card = tally.scenario.card(id).filter(|_| tally.asks_for(id))?;
    let title = card.title.trim_end_matches('.');
    Some(match tally.card(id) {
        Some(at) => Seen { went: Went::Well, reason: format!("Opened after {}: {title}.", minutes(at)) },
        None => Seen { went: Went::Missed, reason: format!("Not opened: {title}.") },
    })
}

fn with_note(reason: &str, note: &str) -> String {
    let note = note.trim();
    if note.is_empty() { reason.to_owned() } else { format!("{reason} {}", sentence(&capitalized(note))) }
}

/// How early or late something was, both in seconds.
fn margin(took: u32, within: u32) -> String {
    match (took.abs_diff(within), took <= within) {
        (0, _) => "just in time".to_owned(),
        (early, true) => format!("{} early", minutes(early)),
        (late, false) => format!("{} late", minutes(late)),
    }
}

/// A time of the clock in words: "40 s", "6 min", "6 min 40 s".
pub fn minutes(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, rest) => format!("{rest} s"),
        (whole, 0) => format!("{whole} min"),
        (whole, rest) => format!("{whole} min {rest} s"),
    }
}
