//! What every screen of an exercise has: the clock in its title, and the way to leave.

use crate::domain::exercise::clock::told;
use crate::journeys::frame;
use crate::journeys::screen::{Leave, Screen};
use crate::journeys::tabletop::{Msg, View};

/// Every screen of an exercise, with the clock in its title.
pub(super) fn framed(view: &View<'_>, title: &str) -> Screen<Msg> {
    let clock = format!("{} {}", told(view.now), view.mode.words());
    let mut screen = frame::of(view.desk, format!("{title} · {clock}"));
    screen.leave = Some(Leave::asking("Leave").explained("the exercise stays as it is"));
    screen
}
