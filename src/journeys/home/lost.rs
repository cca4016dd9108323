//! Slips that count as lost, named before anything else: whoever comes back has to make new ones, and is led to where that is
//! done. The secret of the old one is not looked for.

use crate::domain::plan::Plan;
use crate::domain::record::{Slip, SlipKind};
use crate::journeys::desk::Desk;
use crate::journeys::home::Msg;
use crate::journeys::screen::{Block, Choice};
use crate::steps::{self, StepId};

/// The step that makes slips.
pub(super) fn step() -> StepId {
    StepId::CREDENTIALS
}

/// Which slips count as lost; nothing where none does.
pub(super) fn words(desk: &Desk) -> Option<Block> {
    let lost = steps::lost_slips(&desk.case());
    (!lost.is_empty())
        .then(|| Block::List(lost.into_iter().map(|slip| sentence(slip, desk.plan())).collect()))
}

/// "Slip 5 of the First account counts as lost: make a new one."
fn sentence(slip: &Slip, plan: &Plan) -> String {
    let Slip { number, slot, kind, .. } = slip;
    let of = match kind {
        SlipKind::Password => format!("of the {slot} account"),
        SlipKind::Pin { key } => {
            format!("with the PIN of {} of the {slot} account", plan.key_name(*slot, *key))
        }
    };
    format!("Slip {number} {of} counts as lost: make a new one.")
}

/// The way there.
pub(super) fn choice(desk: &Desk) -> Option<Choice<Msg>> {
    let label = match steps::lost_slips(&desk.case()).as_slice() {
        [] => return None,
        [_] => "Make the new slip",
        _ => "Make the new slips",
    };
    let choice = Choice::safe('m', format!("{label}, step {}", step()), Msg::MakeSlip);
    Some(choice.explained("signs in and looks at the tenant first"))
}
