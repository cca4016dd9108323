//! Readings: asking for areas of the tenant, and for one area again and again.
//!
//! What follows a reading is a message of whoever asked for it. Without a connection there is nothing to read from, and
//! that message is heard at once.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::facts::Area;
use crate::domain::facts::query::Query;
use crate::journeys::desk::{Desk, Reading};
use crate::journeys::effect::{Effect, Read, TenantEffect, Wait, Watch};
use crate::journeys::screen::Work;
use crate::journeys::turn::Turn;

/// The journey in which logs are read as far as they go back.
const REVIEW: &str = "review";
/// How often an area is looked at while something is awaited in it, in the cloud's time.
const WATCH_EVERY: Duration = Duration::from_secs(5);

impl<M: 'static> Turn<M> {
    /// This turn, after which `areas` are read, each once, and then `then` is said.
    #[must_use]
    pub fn read(self, desk: &mut Desk, areas: &[Area], then: Option<M>) -> Self {
        self.read_after(desk, areas, then, Duration::ZERO)
    }

    /// This turn, after which `areas` are read as by [`Turn::read`], but only after a `pause` in the cloud's time: for a
    /// second look.
    #[must_use]
    pub fn read_after(mut self, desk: &mut Desk, areas: &[Area], then: Option<M>, pause: Duration) -> Self {
        if desk.is_by_hand() {
            self.next = then;
            return self;
        }
        let areas: Vec<Area> = Area::REVIEW.into_iter().filter(|area| areas.contains(area)).collect();
        desk.reading =
            Some(Reading { left: areas.iter().copied().collect(), total: areas.len(), read: Vec::new() });
        self.with([read(desk, areas, then, pause)])
    }
}

fn read<M>(desk: &Desk, areas: Vec<Area>, then: Option<M>, pause: Duration) -> Effect<M> {
    let (query, known) = (query(desk), desk.world.shared_facts());
    Effect::Tenant(TenantEffect::Read(Read { areas, query, known, pause, then }))
}

/// Since when a review asks the logs, as far back as they go where the record tells of nothing; `None` elsewhere.
pub(super) fn logs_since(desk: &Desk) -> Option<Timestamp> {
    let is_review = desk.session.journey == REVIEW;
    is_review.then(|| desk.evidence().logs_since().unwrap_or(Timestamp::UNIX_EPOCH))
}

pub(super) fn query(desk: &Desk) -> Query {
    Query { since: logs_since(desk), ..Query::of(desk.plan(), desk.evidence()) }
}

/// The effect that reads one area again and again, and says `then` after each time.
pub(super) fn watch<M>(desk: &Desk, area: Area, then: M) -> Effect<M> {
    let known = desk.world.shared_facts();
    Effect::Wait(Wait::Watch(Watch { area, query: query(desk), known, every: WATCH_EVERY, then }))
}

/// Progress of what holds up every choice: a reading, or lines on their way into the record.
pub(super) fn progress(desk: &Desk) -> Option<Work> {
    let Some(reading) = &desk.reading else {
        return (desk.unrecorded > 0).then(|| Work::endless("writing the record"));
    };
    let doing = reading.left.front().map_or("the tenant", |area| area.words());
    let done = reading.total - reading.left.len();
    Some(Work { doing: format!("reading {doing}"), done, total: reading.total, seconds_left: None })
}
