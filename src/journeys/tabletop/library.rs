//! What can be played, in the organization's own world: the scenarios, what was held before, and what is still open of it.

use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario::{self, Scenario};
use crate::domain::text::counted;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::tabletop::{At, Msg, beginning};

/// The library, or one scenario of it.
pub(super) fn screen(desk: &Desk, at: &At) -> Screen<Msg> {
    match at {
        At::Offer(id) => match scenario::named(id) {
            Some(scenario) => offer(desk, scenario),
            None => all(desk),
        },
        _ => all(desk),
    }
}

fn all(desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Tabletop exercises");
    screen.prose.push(Block::Text(
        "An exercise for a team in under an hour, or for one person in twenty minutes. It has a tenant of its own that \
         really breaks; yours is not touched, and need not be reached."
            .to_owned(),
    ));
    screen.prose.extend(held(desk));
    let line = |one: &Scenario| {
        let value = match desk.session.under_way.contains(&one.id) {
            true => "under way".to_owned(),
            false => format!("{} min", one.minutes),
        };
        Choice::listed(one.title.clone(), value, Msg::To(At::Offer(one.id.clone())))
            .about(vec![one.summary.clone()])
    };
    screen.choices = scenario::shipped().iter().map(line).collect();
    screen.suggested = Some(Choice::<Msg>::LISTED);
    // Whoever was interrupted comes back to that.
    let under_way = scenario::shipped().iter().position(|one| desk.session.under_way.contains(&one.id));
    screen.suggested_line = under_way.unwrap_or_default();
    screen.choices.push(Choice::back("To the first screen", Msg::Back));
    screen.leave = Some(Leave::at_once("Leave"));
    screen
}

/// The last exercise a team has held, and what came out of all of them and is still open.
fn held(desk: &Desk) -> Option<Block> {
    let exercises = &desk.evidence().exercises;
    let last = exercises.last()?;
    let open = match exercises.open().len() {
        0 => "Everything that was to be better is done.".to_owned(),
        open => format!("{} open; the review has them.", counted(open, "improvement is", "improvements are")),
    };
    Some(Block::Text(format!("The last one was on {}: {}. {open}", last.date, last.title)))
}

fn offer(desk: &Desk, scenario: &Scenario) -> Screen<Msg> {
    let filled = scenario::names::fill(scenario, &scenario::names::Names::sample());
    let mut screen = frame::of(desk, filled.title.clone());
    screen.prose = beginning::about(&filled);
    let play = |key, label: &str, players| Choice::safe(key, label, Msg::Play(scenario.id.clone(), players));
    screen.choices = match desk.session.under_way.contains(&scenario.id) {
        true => vec![play('p', "Go on with it", Players::Team).explained("where it was interrupted")],
        false => vec![
            play('p', "Make its tenant and go there", Players::Team).explained("some seconds"),
            play('a', "Play it alone", Players::Solo).explained("twice as fast, with hints on request"),
        ],
    };
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen.leave = Some(Leave::at_once("Leave"));
    screen
}
