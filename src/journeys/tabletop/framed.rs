//! What every screen of an exercise has: the clock beside its heading, and the way to leave.

use crate::domain::exercise::clock::told;
use crate::journeys::frame;
use crate::journeys::screen::{Leave, Screen};
use crate::journeys::tabletop::{Msg, View};

/// Every screen of an exercise, with the clock beside its heading.
pub(super) fn framed(view: &View<'_>, title: &str) -> Screen<Msg> {
    let clock = format!("{} of {} min, {}", told(view.now), view.table.scenario.minutes, view.mode.words());
    let mut screen = frame::of(view.desk, title);
    screen.clock = Some(clock);
    screen.leave = Some(Leave::asking("Leave").explained("the exercise stays as it is"));
    screen
}
