//! What a review looks at beside what the nine steps look at: what drifts although nobody means these accounts.
//!
//! Each file has one topic, and the same pure functions of a case as a step. Nothing is written here: what can be mended
//! by a write is on the list of the step that it belongs to.

mod accounts;
mod group;
mod methods;
mod policies;
mod roles;
mod tenant;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::Area;
use crate::domain::facts::around::Around;
use crate::steps::shared::by_hand;
use crate::steps::shared::look::{Look, read};

/// What is true beside what the steps say: looked up, or without a connection vouched for.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    by_hand::worded(case, looked(case))
}

fn looked(case: &Case<'_>) -> Vec<Finding> {
    let topics =
        [accounts::checks, roles::checks, methods::checks, group::checks, policies::checks, tenant::checks];
    topics.into_iter().flat_map(|checks| checks(case)).collect()
}

/// What only a person can say; without a connection also everything there is to look at.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    if case.is_by_hand() {
        return by_hand::asks(case, &looked(case));
    }
    [accounts::asks, methods::asks].into_iter().flat_map(|asks| asks(case)).collect()
}

/// What is read for it, in order: everything a setup reads, and what surrounds the accounts.
pub fn areas() -> Vec<Area> {
    Area::ALL.into_iter().chain([Area::Around]).collect()
}

/// What surrounds the accounts.
fn around<'a>(case: &Case<'a>) -> Look<&'a Around> {
    read(&case.facts.around).map(|around| &**around)
}

/// The question for somebody's word, until it was given.
fn attest(case: &Case<'_>, about: CheckSubject, statement: String, note: &str) -> Option<Ask> {
    (!case.attested(&about)).then(|| Ask::Attest(Attest { about, statement, note: note.to_owned() }))
}
