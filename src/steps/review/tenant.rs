//! What lies among what was deleted: an account or the group that the record knows, and that can be restored for thirty
//! days. What was made in its place under the same name is another one.

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::around::Deleted;
use crate::steps::review::around;
use crate::steps::shared::look::{Look, Seen, fail, listed, pass, read, report};

/// What is true of what was deleted.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    vec![report(CheckId::TenantDeleted, deleted(case))]
}

fn deleted(case: &Case<'_>) -> Look<Seen> {
    let found = read(&around(case)?.deleted)?;
    let words = |one: &Deleted| match one.slot {
        Some(slot) => format!("the {slot} account ({})", one.id),
        None => format!("the exclusion group ({})", one.id),
    };
    let told: Vec<String> = found.iter().map(words).collect();
    Ok(match told.is_empty() {
        true => pass("nothing that the record knows lies among what was deleted"),
        false => fail(format!("deleted, and can be restored: {}", listed(&told))),
    })
}
