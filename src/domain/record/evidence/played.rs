//! What a record tells of the exercise it is about: its moments, and what was done on the tenant between them.

use crate::domain::exercise::journal::{Done, Journal};
use crate::domain::exercise::scenario::Deed;
use crate::domain::record::{Entry, SlipKind, SlipState, UseKind};

/// Learns what an entry tells.
pub(super) fn learn(journal: &mut Journal, entry: &Entry) {
    match entry {
        Entry::Moment(moment) => journal.add(moment),
        // What a record holds that is no exercise's is not kept twice.
        _ if journal.moments.is_empty() => {}
        other => journal.done.extend(deed(other).map(|deed| Done { deed, after: journal.moments.len() })),
    }
}

/// What an entry shows was done.
fn deed(entry: &Entry) -> Option<Deed> {
    match entry {
        // One that somebody tells of was seen by nobody: in an exercise the tenant judges.
        Entry::Tested(test) if test.passed && test.with.is_some() => Some(Deed::SignIn(test.slot)),
        Entry::Used(used) if used.kind == UseKind::Operator => Some(Deed::SignIn(used.slot)),
        Entry::Slip(slip) if slip.kind == SlipKind::Password && slip.state == SlipState::Confirmed => {
            Some(Deed::NewPassword(slip.slot))
        }
        Entry::Key { slot, .. } => Some(Deed::NewKey(*slot)),
        Entry::AlertTested(test) if test.told_somebody() => Some(Deed::Alert),
        Entry::Classified(_) => Some(Deed::Classified),
        _ => None,
    }
}
