//! The clock of an exercise beyond its own screens: what it shows while the team is at work on the tenant, how fast it runs, and
//! what the record keeps of it when the exercise is left.

use crate::domain::exercise::clock;
use crate::domain::exercise::event::{Event, Mode, Moment, Players};
use crate::domain::record::Entry;
use crate::journeys::desk::Desk;
use crate::journeys::tabletop::{Table, Tabletop, View, framed, table};

impl Tabletop {
    /// What the record keeps of a clock that runs when the exercise is left: it stands from then on.
    pub fn kept(&self, desk: &Desk) -> Option<Entry> {
        let runs = self.clock.mode == Mode::Real && table(desk)?.play.is_on();
        let what = Event::Clock { mode: Mode::Paused };
        runs.then(|| Entry::Moment(Moment { at: self.clock.at(desk.session.now), what }))
    }

    /// What the clock shows and how it goes, for whatever screen is on; `None` where nothing is played.
    pub fn clock(&self, desk: &Desk) -> Option<String> {
        let table = table(desk).filter(|table| table.play.is_on())?;
        let now = self.clock.at(desk.session.now);
        Some(framed::clock(&View { desk, table: &table, now, mode: self.clock.mode }))
    }
}

/// How many times as fast its clock runs.
pub(super) fn pace(desk: &Desk, table: &Table<'_>) -> u32 {
    let seat = desk.exercise.as_ref().map(|seat| seat.players);
    match table.play.opened.as_ref().map(|opened| opened.players).or(seat) {
        Some(Players::Solo) => clock::ALONE,
        Some(Players::Team) | None => 1,
    }
}
