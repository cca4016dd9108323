//! How a run ends: its exit code, and whether the end is on the screen.

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::review::{ReviewRow, Scope};
use crate::journeys::desk::Desk;
use crate::journeys::model::{Model, Presence};
use crate::journeys::report;
use crate::journeys::review;
use crate::journeys::setup::At;
use crate::journeys::stack::Layer;
use crate::journeys::tabletop;

/// 0 all in order, 1 a failed check for which neither a person nor a write is under way, 2 a person is needed, 3 nothing
/// usable could be read.
pub fn exit_code(model: &Model) -> u8 {
    let desk = &model.desk;
    let is_stopped = matches!(model.presence, Presence::Stopped(_));
    if let Some(code) = tabletop::exit_code(desk) {
        return if is_stopped { 3 } else { code };
    }
    if is_stopped || desk.facts().organization.get().is_none() && was_tried(desk) {
        return 3;
    }
    if model.review().is_some() {
        return of_review(desk);
    }
    let open = match repaired(model) {
        Some(findings) => report::unsettled(desk, findings),
        None => report::open(desk),
    };
    match () {
        () if !was_tried(desk) || open.is_empty() => 0,
        () if !report::stuck(desk, &open).is_empty() => 1,
        // What a dry run lists is for a run that writes.
        () if desk.is_dry_run() => 2,
        () if open.iter().any(|finding| finding.verdict == Verdict::NeedsPerson) => 2,
        () if open.iter().any(|finding| finding.verdict == Verdict::Fail) => 1,
        () => 2,
    }
}

/// 0 all in order or accepted by name, 1 drift, 2 somebody has to do or say something.
fn of_review(desk: &Desk) -> u8 {
    let of_interest = |row: &ReviewRow| desk.wish.scope == Scope::All || *row == ReviewRow::Upkeep;
    let open: Vec<_> = review::open(desk).into_iter().filter(|(row, ..)| of_interest(row)).collect();
    let is_drift = |state: review::State| desk.wish.fail_on.counts(state.effective, state.since);
    match () {
        () if review::is_unnamed(desk) => 2,
        () if open.is_empty() || !was_tried(desk) && !desk.is_by_hand() => 0,
        () if open.iter().any(|(_, _, state)| is_drift(*state)) => 1,
        () => 2,
    }
}

/// Findings of every repair of this run, the present one last; `None` when there was none.
fn repaired(model: &Model) -> Option<Vec<Finding>> {
    let present = model.stack.iter().find_map(|layer| match layer {
        Layer::Repair(repair) if repair.repairing.is_some() => Some(repair.findings(&model.desk)),
        _ => None,
    });
    let before = &model.desk.repaired;
    let any = present.is_some() || !before.is_empty();
    any.then(|| before.iter().cloned().chain(present.into_iter().flatten()).collect())
}

/// Whether the tenant was looked at in this run.
fn was_tried(desk: &Desk) -> bool {
    desk.facts().organization.get().is_some() || desk.facts().organization.trouble().is_some()
}

/// Whether the end of a setup is on the screen.
pub fn is_at_the_end(model: &Model) -> bool {
    matches!(model.top(), Layer::Setup(setup) if setup.at == At::End)
}
