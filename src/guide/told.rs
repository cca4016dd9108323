//! Moments of an exercise in words, a line each: for the timeline, the record and the report. With the scenario at hand its
//! titles are said, without it the names in it.

use crate::domain::exercise::act::Response;
use crate::domain::exercise::clock;
use crate::domain::exercise::event::{Event, Moment, Players, Readers, SentBy};
use crate::domain::exercise::play::HAND;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::review::ReviewRow;
use crate::domain::text::capitalized;
use crate::guide::{repair, review_row};

impl Moment {
    /// "07:05 Sent: block".
    pub fn told(&self) -> String {
        format!("{} {}", clock::told(self.at), told(&self.what, None))
    }
}

/// What happened, in one line.
pub fn told(event: &Event, scenario: Option<&Scenario>) -> String {
    let inject = |id: &str| title(scenario.and_then(|it| it.inject(id)).map(|it| it.title.as_str()), id);
    let milestone =
        |id: &str| title(scenario.and_then(|it| it.milestone(id)).map(|it| it.title.as_str()), id);
    match event {
        Event::Opened(opened) => {
            let scenario = title(scenario.map(|it| it.title.as_str()), &opened.scenario);
            let by = if opened.players == Players::Solo { "played alone by" } else { "led by" };
            format!("Began: {scenario}, {by} {}", opened.facilitator)
        }
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
            format!("{}{note}: {text}", capitalized(mark.word()))
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
        Event::Hinted { about, number } => {
            format!("Hint {} on: {}", number.saturating_add(1), hinted_at(about, scenario))
        }
        Event::Ended { why } if why.is_empty() => "The play ended".to_owned(),
        Event::Ended { why } => format!("The play ended: {why}"),
        Event::Answered { question, text } => format!("Question {} of the hot wash: {text}", question + 1),
        Event::Overridden { objective, rating, reason, person } => {
            let known = scenario.and_then(|it| it.objective(objective)).map(|it| it.text.as_str());
            format!("{person} rated {}: {}; {reason}", rating.letter(), title(known, objective))
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
        None => Response::try_from(what.to_owned()).map_or_else(|_| what.to_owned(), |it| on_tenant(&it)),
    }
}

/// What the team does on the tenant.
fn on_tenant(response: &Response) -> String {
    match response {
        Response::SignIn(slot) => format!("On the tenant: sign-in as the {slot} account"),
        Response::Repair(case, slot) => {
            format!("On the tenant: repair of the {slot} account ({})", repair(*case).name)
        }
        Response::Row(number) => {
            let row = ReviewRow::ALL.get(usize::from(number.saturating_sub(1)));
            format!("On the tenant: {}", row.map_or("", |row| review_row(*row).name.as_str()))
        }
        Response::ByHand(id) => format!("By hand: {id}"),
        Response::Console(Some(slot)) => format!("At the console: whoever opened the {slot} account"),
        Response::Console(None) => "At the console: the everyday administrator".to_owned(),
    }
}

/// What somebody had a hint on, as the scenario calls it.
fn hinted_at(about: &str, scenario: Option<&Scenario>) -> String {
    let (kind, id) = about.split_once(':').unwrap_or(("", about));
    let known = scenario.and_then(|it| match kind {
        "milestone" => it.milestone(id).map(|one| one.title.as_str()),
        "decision" => it.decision(id).map(|one| one.question.as_str()),
        "action" => it.inject(id.split('/').next().unwrap_or(id)).map(|one| one.title.as_str()),
        _ => None,
    });
    title(known, about)
}

fn title(known: Option<&str>, id: &str) -> String {
    known.unwrap_or(id).trim_end_matches('.').to_owned()
}
