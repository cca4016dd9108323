//! The rows of a review, as findings that stand against the review before.

use crate::domain::check;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::record::Concluded;
use crate::domain::review::{Effective, ReviewRow, Since, since};
use crate::journeys::desk::Desk;
use crate::steps::Subject;

/// Every finding of the review, row by row.
pub fn findings(desk: &Desk) -> Vec<(ReviewRow, Finding)> {
    let of_row = |row: ReviewRow| {
        let derived = desk.world.derived(&Subject::Review(row));
        derived.checks.iter().map(|finding| (row, finding.clone())).collect::<Vec<_>>()
    };
    ReviewRow::ALL.into_iter().flat_map(of_row).collect()
}

/// What needs somebody: what failed before what a person has to say, what is new before what was so already.
pub fn open(desk: &Desk) -> Vec<(ReviewRow, Finding, State)> {
    let all = findings(desk).into_iter();
    let mut open: Vec<(ReviewRow, Finding, State)> = all
        .map(|(row, finding)| {
            let state = state(desk, &finding);
            (row, finding, state)
        })
        .filter(|(_, _, state)| state.effective.is_open())
        .collect();
    open.sort_by_key(|(row, finding, state)| (weight(finding, *state), *row));
    open
}

/// What the board shows: what needs somebody, and behind it what is accepted by name, which is never hidden.
pub(super) fn on_board(desk: &Desk) -> Vec<(Finding, State)> {
    let open = open(desk).into_iter().map(|(_, finding, state)| (finding, state));
    let all = findings(desk).into_iter().map(|(_, finding)| {
        let state = state(desk, &finding);
        (finding, state)
    });
    open.chain(all.filter(|(_, state)| state.effective == Effective::Waived)).collect()
}

fn weight(finding: &Finding, state: State) -> (u8, u8) {
    let is_changed = matches!(state.since, Some(Since::New | Since::Regressed));
    let by_verdict = match (state.effective, finding.waits_until) {
        (Effective::Fail | Effective::Expired, _) => 0,
        (Effective::NeedsPerson, None) => 1,
        (Effective::Unknown, None) => 2,
        _ => 3,
    };
    (by_verdict, u8::from(!is_changed))
}

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// What it counts as.
    pub effective: Effective,
    /// Against the review before; `None` where there was none.
    pub since: Option<Since>,
}

/// How `finding` stands now.
pub fn state(desk: &Desk, finding: &Finding) -> State {
    let compared = desk.wish.compared.as_ref().or(desk.evidence().reviews.last.as_ref());
    let before = compared.map(|last| last.findings.as_slice());
    State { effective: effective(desk, finding), since: since(finding, before) }
}

fn effective(desk: &Desk, finding: &Finding) -> Effective {
    check::effective::effective(&desk.case(), finding)
}

/// What the checks see, in the words of the record.
pub(super) fn concluded(desk: &Desk) -> Vec<Concluded> {
    findings(desk).into_iter().map(|(_, finding)| finding.into()).collect()
}

/// Ids of the Conditional Access policies there are.
pub fn policies(desk: &Desk) -> Vec<String> {
    let policies = desk.facts().policies.get();
    policies.into_iter().flatten().map(|policy| policy.id.clone()).collect()
}

/// What those are called, in the same order.
pub(super) fn policy_names(desk: &Desk) -> Vec<String> {
    let policies = desk.facts().policies.get();
    policies.into_iter().flatten().map(|policy| policy.name.clone()).collect()
}

/// How many findings of a row are open.
pub(super) fn open_in(desk: &Desk, row: ReviewRow) -> usize {
    let derived = desk.world.derived(&Subject::Review(row));
    derived.checks.iter().filter(|finding| effective(desk, finding).is_open()).count()
}

/// Whether nothing of a row is known yet.
pub(super) fn is_untouched(desk: &Desk, row: ReviewRow) -> bool {
    let derived = desk.world.derived(&Subject::Review(row));
    !derived.checks.is_empty() && derived.checks.iter().all(|finding| finding.verdict == Verdict::Unknown)
}
