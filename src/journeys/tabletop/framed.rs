//! What every screen of an exercise has: the clock beside its heading, and the way to leave.

use crate::domain::exercise::clock::told;
use crate::domain::exercise::event::Mode;
use crate::journeys::frame;
use crate::journeys::screen::{Leave, Screen};
use crate::journeys::tabletop::{Msg, View};

/// Every screen of an exercise, with the clock beside its heading.
pub(super) fn framed(view: &View<'_>, title: &str) -> Screen<Msg> {
    let mut screen = frame::of(view.desk, title);
    screen.clock = Some(clock(view));
    screen.leave = Some(Leave::asking("Leave").explained("the exercise stays as it is"));
    screen
}

/// "07:05 of 40 min, running"
pub(super) fn clock(view: &View<'_>) -> String {
    let twice = if view.table.play.is_solo() && view.mode == Mode::Real { " twice as fast" } else { "" };
    let (now, minutes) = (told(view.now), view.table.scenario.minutes);
    format!("{now} of {minutes} min, {}{twice}", view.mode.words())
}
