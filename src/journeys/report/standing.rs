//! How the steps stand, as the record keeps it: so that the first screen can tell without a network.

use crate::domain::check::finding::Finding;
use crate::domain::record::{Entry, Standing};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::steps::{ORDER, StepId, Subject};

/// How the steps stand now, where the record does not know it yet.
pub fn news(desk: &Desk) -> Option<Entry> {
    let steps: Vec<Standing> = ORDER.into_iter().map(|id| standing(desk, id)).collect();
    let is_known = desk.evidence().stood.as_ref().is_some_and(|(_, known)| *known == steps);
    (!is_known && !desk.is_dry_run()).then_some(Entry::Stood { steps })
}

/// What is open of a step, and what of it only time brings.
fn standing(desk: &Desk, id: StepId) -> Standing {
    let derived = desk.world.derived(&Subject::Step(id));
    let unsettled = derived.checks.iter().filter(|finding| !frame::settled(desk, finding));
    let (waits, open): (Vec<&Finding>, Vec<&Finding>) =
        unsettled.partition(|finding| frame::waits(desk, finding));
    let waits_until = waits.iter().filter_map(|finding| finding.waits_until).min();
    Standing { step: id.number(), open: open.len(), waits_until }
}
