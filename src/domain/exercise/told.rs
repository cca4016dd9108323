//! Moments in words, a line each: for the timeline, the record and the report. With the scenario at hand its titles are
//! said, without it the names in it.

use super::clock;
use super::event::{Event, Mark, Mode, Moment, Readers, SentBy};
use super::play::HAND;
use super::scenario::Scenario;

impl Moment {
    /// "07:05 Sent: block".
    pub fn told(&self) -> String {
        format!("{} {}", clock::told(self.at), told(&self.what, None))
    }
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

/// What happened, in one line.
pub fn told(event: &Event, scenario: Option<&Scenario>) -> String {
    let inject = |id: &str| title(scenario.and_then(|it| it.inject(id)).map(|it| it.title.as_str()), id);
    let milestone =
        |id: &str| title(scenario.and_then(|it| it.milestone(id)).map(|it| it.title.as_str()), id);
    match event {
        Event::Opened(opened) => format!("Began: {}, led by {}", opened.scenario, opened.facilitator),
        Event::Clock { mode } => format!("The clock is {}", mode.words()),
        Event::Beat => "The clock runs".to_owned(),
        Event::Turned { minutes } => format!("A turn of {minutes} min"),
        Event::Sent { inject: id, by: SentBy::Itself } => format!("Sent: {}", inject(id)),
        Event::Sent { inject: id, by: SentBy::Hand } => format!("Sent by hand: {}", inject(id)),
        Event::Spared { inject: id, shows } => format!("The die shows {shows}, not sent: {}", inject(id)),
        Event::Withheld { inject: id } => format!("Kept back: {}", inject(id)),
        Event::Broke { did, trouble: None, .. } => format!("The tenant: {}", did.join(" ")),
        Event::Broke { trouble: Some(trouble), .. } => format!("The tenant stayed as it was: {trouble}"),
        Event::Away { role, .. } => {
            format!(
                "Away: {}",
                title(scenario.and_then(|it| it.role(role)).map(|it| it.title.as_str()), role)
            )
        }
        Event::Decided { decision, option, owner, rationale } => {
            let known = scenario.and_then(|it| it.decision(decision));
            let option = known.and_then(|it| it.option(option)).map_or(option.as_str(), |it| &it.text);
            let because =
                if rationale.is_empty() { String::new() } else { format!(", because: {rationale}") };
            format!("{owner} decided: {}{because}", option.trim_end_matches('.'))
        }
        Event::Lost { milestone: id } => format!("Not so any more: {}", milestone(id)),
        Event::Reached { milestone: id } => format!("Reached: {}", milestone(id)),
        Event::Marked { inject: id, action, mark, note } => {
            let known = scenario.and_then(|it| it.inject(id));
            let expected = known.and_then(|it| it.expected.iter().find(|one| one.id == *action));
            let text = expected.map_or(action.as_str(), |one| &one.text);
            let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
            format!("{}{note}: {text}", crate::domain::text::capitalized(mark.word()))
        }
        Event::Card { card, fits } => {
            let card = title(scenario.and_then(|it| it.card(card)).map(|it| it.title.as_str()), card);
            match fits {
                true => format!("Opened: {card}"),
                false => format!("Something else was typed than stands on: {card}"),
            }
        }
        Event::Responded { what } => responded(what, scenario),
        Event::Noted { text, to: Readers::Facilitator } => format!("Private note: {text}"),
        Event::Noted { text, to: Readers::Everybody } => format!("Note: {text}"),
        Event::Hinted { about, number } => format!("Hint {} on {about}", number.saturating_add(1)),
        Event::Ended { why } if why.is_empty() => "The play ended".to_owned(),
        Event::Ended { why } => format!("The play ended: {why}"),
        Event::Answered { question, text } => format!("Question {} of the hot wash: {text}", question + 1),
        Event::Overridden { objective, rating, reason, person } => {
            format!("{person} rated {objective} {}: {reason}", rating.letter())
        }
        Event::Improve(one) => format!("Improvement {}: {}", one.number, one.action),
        Event::Completed { person, .. } => format!("{person} completed the exercise"),
    }
}

fn responded(what: &str, scenario: Option<&Scenario>) -> String {
    match what.strip_prefix(HAND) {
        Some(id) => {
            let known = scenario.and_then(|it| it.by_hand(id)).map(|it| it.title.as_str());
            format!("By hand: {}", title(known, id))
        }
        None => format!("The team: {}", what.replace(':', " ")),
    }
}

fn title(known: Option<&str>, id: &str) -> String {
    known.unwrap_or(id).trim_end_matches('.').to_owned()
}
