//! Slips that count as lost: made, and never typed back from paper. Worked out from the record alone, so that the first screen
//! can name them before anything is looked up.

use crate::domain::check::case::Case;
use crate::domain::record::{Slip, SlipKind, SlipState};

/// The slips of planned accounts that count as lost and that no newer one has taken the place of, oldest first.
pub fn lost_slips<'a>(case: &Case<'a>) -> Vec<&'a Slip> {
    let evidence = case.evidence;
    let is_lost = |slip: &&Slip| {
        let is_latest =
            evidence.slip(slip.slot, slip.kind).is_some_and(|latest| latest.number == slip.number);
        slip.state == SlipState::Made && is_latest && is_planned(case, slip)
    };
    evidence.slips.values().filter(is_lost).collect()
}

fn is_planned(case: &Case<'_>, slip: &Slip) -> bool {
    case.plan.account(slip.slot).is_some_and(|account| match slip.kind {
        SlipKind::Password => true,
        SlipKind::Pin { key } => key < account.keys.len(),
    })
}
