//! Which tenant was reached: the record belongs to one, by whatever name it was begun and is continued.

use crate::domain::mark::Mark;
use crate::domain::record::{Entry, Identity};
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;

/// After the first look: a tenant whose id the record does not know tells it.
///
/// # Errors
///
/// The record belongs to another tenant: nothing further may be done in this run.
pub(super) fn seen<M: 'static>(desk: &Desk) -> Result<Option<Effect<M>>, Trouble> {
    let Some(read) = read(desk) else { return Ok(None) };
    if !desk.evidence().belongs_to_tenant(&read) {
        return Err(foreign(desk, &read));
    }
    let known = desk.evidence().identity.as_ref().or(desk.evidence().told.as_ref());
    if known == Some(&read) || desk.is_dry_run() || has_one_name(desk, &read) {
        return Ok(None);
    }
    Ok(Some(Effect::remember(Entry::Identified { id: read.id, domains: read.domains })))
}

/// What the tenant says it is; nothing where nothing could be read, or nobody is connected.
fn read(desk: &Desk) -> Option<Identity> {
    let organization = desk.facts().organization.get().filter(|_| !desk.is_by_hand())?;
    Some(Identity { id: organization.id.clone(), domains: organization.domains.clone() })
}

/// A rehearsal is named by its id alone.
fn has_one_name(desk: &Desk, read: &Identity) -> bool {
    matches!(desk.session.mark, Mark::Rehearsal | Mark::Exercise)
        && desk.evidence().begun.as_ref() == Some(&read.id)
}

fn foreign(desk: &Desk, read: &Identity) -> Trouble {
    let known = desk.evidence().tenant.as_deref().unwrap_or_default();
    Trouble::new(
        format!("The record in {} belongs to another tenant.", desk.session.record),
        format!("It was begun for {known}; this is {}. Nothing was written to either.", read.id),
        "Name another folder with --record, or the tenant of this record with --tenant.",
    )
}
