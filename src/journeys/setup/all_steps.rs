//! All nine steps in the order of the way, each with how it stands: from here one goes to any of them.

use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Leave, Screen, StepState};
use crate::journeys::setup::{Msg, Setup, way};
use crate::steps::{ORDER, StepId, Subject};

/// Why the numbers are not in sequence.
const WHY: &str = "In the order in which they are gone through; the numbers are the guide's. The role comes last of the first \
                   five: an account is an open door until it is excluded and has its keys.";

/// The list, each step by its number.
pub(super) fn screen(setup: &Setup, desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "All steps");
    screen.prose.push(Block::Text(WHY.to_owned()));
    screen.choices = ORDER.into_iter().map(|id| choice(desk, id)).collect();
    screen.choices.extend([
        Choice::safe('0', "Before step 1", Msg::ShowBefore),
        Choice::safe('e', "The plan", Msg::ShowPlan),
        Choice::safe('r', "The result as it stands", Msg::ShowResult),
        Choice::safe('f', "The first screen", Msg::Home),
        Choice::back(format!("Back to step {}", setup.step), Msg::Back),
    ]);
    screen.suggested = digit(way::entry(desk));
    screen.leave = Some(Leave::asking("Leave"));
    screen
}

fn digit(id: StepId) -> Option<char> {
    char::from_digit(u32::from(id.number()), 10)
}

fn choice(desk: &Desk, id: StepId) -> Choice<Msg> {
    let state = match way::state(desk, &desk.world.derived(&Subject::Step(id)).checks) {
        StepState::Done => "done".to_owned(),
        StepState::Open(count) => format!("{count} open"),
        StepState::Waits => "waits".to_owned(),
        StepState::Untouched => "not begun".to_owned(),
    };
    let label = format!("{}: {state}", guide::step(id.number()).name);
    Choice::safe(digit(id).unwrap_or('0'), label, Msg::GoTo(id))
}
