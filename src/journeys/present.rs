//! What is shown: the screen of the layer on top, with what stands around every screen.

use crate::guide;
use crate::journeys::course;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::message::{Choice, Msg, Screen};
use crate::journeys::model::{Model, Presence};
use crate::journeys::reading;
use crate::journeys::screen::{Block, Leave, Leaving, RailOf, Way};
use crate::journeys::setup;
use crate::journeys::unattended::Answer;

/// The key that leaves.
pub const LEAVE: char = 'q';

/// The screen for the model as it is.
pub fn screen(model: &Model) -> Screen {
    let mut screen = match &model.presence {
        Presence::Here => shown(model),
        Presence::Asked => asked(model),
        Presence::Stopped(trouble) => {
            let mut screen = helped(frame::of(&model.desk, "Stopped"), "stuck");
            screen.trouble = Some(trouble.clone());
            screen.leave = Some(Leave::at_once("Leave"));
            screen
        }
        Presence::Gone => frame::of(&model.desk, "Good-bye"),
    };
    screen.choices.extend(screen.leave.map(way_out));
    screen.costs = at_stake(model);
    screen
}

/// What the players of an exercise see, for a terminal of their own; `None` where none is under way.
pub fn players(model: &Model) -> Option<Screen> {
    model.tabletop()?.players(&model.desk).map(|screen| screen.lift(Msg::Tabletop))
}

/// Whether this is the question whether to leave.
pub fn asks_to_leave(screen: &Screen) -> bool {
    let stays = |choice: &Choice| choice.msg == Msg::Stay && choice.way == Way::Back;
    screen.choices.iter().any(stays) && screen.choices.iter().any(|choice| choice.msg == Msg::Leave)
}

/// The screen of the layer on top alone: what a face needs that tells what is being done and shows nothing.
pub fn glance(model: &Model) -> Screen {
    match model.presence {
        Presence::Here => with_progress(&model.desk, model.top().screen(&model.desk)),
        Presence::Asked | Presence::Stopped(_) | Presence::Gone => screen(model),
    }
}

fn shown(model: &Model) -> Screen {
    let (desk, layer) = (&model.desk, model.top());
    let mut screen = helped(layer.screen(desk), layer.help());
    if let Some(review) = model.review().filter(|_| layer.has_rail()) {
        (screen.rail, screen.rail_of) = (review.rail(desk), RailOf::Rows);
    } else if let Some(setup) = model.setup().filter(|_| layer.has_rail()) {
        let (rail, minutes) = setup.rail(desk);
        screen.order = setup::order(&rail);
        (screen.rail, screen.minutes) = (rail, Some(minutes));
    }
    let mut screen = with_progress(desk, screen);
    // The clock goes on whatever the team does on the tenant.
    screen.clock = screen.clock.take().or_else(|| model.tabletop()?.clock(desk));
    screen.course = screen.work.is_some().then(|| course::of(model, &screen.rail));
    screen
}

/// What is being read or written would make the choices others, so they wait.
fn with_progress(desk: &Desk, mut screen: Screen) -> Screen {
    let progress = reading::progress(desk);
    if screen.work.is_none() && progress.is_some() {
        screen.work = progress;
        (screen.choices, screen.question, screen.leave) = (Vec::new(), None, None);
    }
    if let (Some(work), Some(why)) = (&mut screen.work, &desk.waiting) {
        work.doing = format!("{}: {why}", work.doing);
    }
    screen
}

/// Whether to leave: asked over whatever there is.
fn asked(model: &Model) -> Screen {
    let mut screen = helped(frame::of(&model.desk, "Leave?"), "leaving");
    let at_stake = at_stake(model);
    let rest = if at_stake.is_empty() { "Nothing is lost" } else { "Nothing else is lost" };
    screen.prose.extend(at_stake.into_iter().map(Block::Text));
    screen.prose.push(Block::Text(format!(
        "{rest}: the next run reads the tenant and the record again and goes on from there. A slip that was not typed \
         back gets a new secret."
    )));
    screen.choices = vec![Choice::back("Stay", Msg::Stay)];
    screen.leave = Some(Leave::at_once("Leave"));
    screen
}

/// What is lost by leaving now.
fn at_stake(model: &Model) -> Vec<String> {
    model.stack.iter().flat_map(|layer| layer.at_stake(&model.desk)).collect()
}

fn helped(mut screen: Screen, name: &str) -> Screen {
    if screen.help.is_empty() {
        screen.help = guide::screen_help(name).to_vec();
    }
    screen
}

fn way_out(leave: Leave) -> Choice {
    let msg = match leave.how {
        Leaving::Asking => Msg::Quit,
        Leaving::AtOnce => Msg::Leave,
    };
    Choice::safe(LEAVE, leave.label, msg).explained(leave.detail)
}

/// What the plan answers to the present screen.
pub fn answer(model: &Model) -> Answer<Msg> {
    let desk = &model.desk;
    match &model.presence {
        _ if desk.reading.is_some() => Answer::Wait,
        Presence::Stopped(_) => Answer::Stop,
        _ if desk.unrecorded > 0 => Answer::Wait,
        Presence::Here => model.top().answer(desk),
        Presence::Asked | Presence::Gone => Answer::Stop,
    }
}
