//! What a review repairs where nobody is there: the writes that the command line allows, and nothing else.

use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::projection;
use crate::steps::Subject;

/// Writes that the command line allows where nobody is there, and that were not made or refused yet.
pub(super) fn may_mend(desk: &Desk) -> bool {
    !desk.is_dry_run() && mends(desk).iter().any(|action| !desk.offered.has_write(action))
}

/// Writes that the command line allows where nobody is there.
pub fn mends(desk: &Desk) -> Vec<Action> {
    match desk.wish.repairs.as_slice() {
        [] => Vec::new(),
        repairs => desk.world.derived(&Subject::Mend(repairs.to_vec())).actions.clone(),
    }
}

/// The same with what follows from them, to be told by a run that writes nothing.
pub fn planned(desk: &Desk) -> Vec<Action> {
    let subject = Subject::Mend(desk.wish.repairs.clone());
    projection::to_the_end(&desk.case(), |case| subject.actions(case))
}
