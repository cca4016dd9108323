//! How the steps stand, as the record keeps it: so that the first screen can tell without a network.

use crate::domain::record::{Entry, Standing};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::steps::{ORDER, Subject};

/// How the steps stand now, where the record does not know it yet.
pub fn news(desk: &Desk) -> Option<Entry> {
    let steps: Vec<Standing> = ORDER
        .into_iter()
        .map(|id| Standing { step: id.number(), open: open(desk, &Subject::Step(id)) })
        .collect();
    let is_known = desk.evidence().stood.as_ref().is_some_and(|(_, known)| *known == steps);
    (!is_known && !desk.is_dry_run()).then_some(Entry::Stood { steps })
}

fn open(desk: &Desk, subject: &Subject) -> usize {
    desk.world
        .derived(subject)
        .checks
        .iter()
        .filter(|finding| !frame::settled(desk, finding) && !frame::waits(desk, finding))
        .count()
}
