//! Writes of a run before that ended in their middle: what the tenant says of each goes into the record as soon as what it is
//! about was read, and is told.
//!
//! Nothing is made up for: what is still to be written is derived from what was read, as always.

use crate::domain::record::Entry;
use crate::domain::trouble::Trouble;
use crate::domain::write::reconciled::reconciled;
use crate::journeys::desk::Desk;
use crate::journeys::message::Effect;

/// What follows for writes without an answer, after a reading is over. Those of this run have theirs by then: a reading and a
/// write are never under way at once.
pub(super) fn reconcile(desk: &mut Desk) -> Vec<Effect> {
    let case = desk.case();
    if desk.is_dry_run() || case.is_by_hand() {
        return Vec::new();
    }
    let looked_up = desk.evidence().pending.iter().filter_map(|(key, sentence)| {
        let seen = reconciled(key, &case)?;
        let told = format!("{sentence}: {}", seen.found.words());
        Some((Entry::Reconciled { key: key.clone(), found: seen.found, slot: seen.slot, id: seen.id }, told))
    });
    let (entries, told): (Vec<Entry>, Vec<String>) = looked_up.unzip();
    if !told.is_empty() {
        desk.trouble = Some(ended_early(&told));
    }
    entries.into_iter().map(Effect::remember).collect()
}

fn ended_early(told: &[String]) -> Trouble {
    Trouble::new(
        "A run before this one ended in the middle of a write.",
        told.join(" "),
        "Nothing is lost: it stands in the record now, and what is left to write is offered as always.",
    )
}
