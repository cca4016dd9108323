//! Which tenant was reached: the record belongs to one, by whatever name it was begun and is continued.

use crate::domain::mark::Mark;
use crate::domain::record::{Entry, Identity};
use crate::domain::trouble::Trouble;
use crate::journeys::message::Effect;
use crate::journeys::model::{Model, Stage, Writing};

/// After the first look: a record of another tenant ends the run; a tenant whose id the record does not know tells it.
pub(super) fn seen(model: &mut Model) -> Vec<Effect> {
    let Some(read) = read(model) else { return Vec::new() };
    if !model.evidence.belongs_to_tenant(&read) {
        model.stage = Stage::Stuck(foreign(model, &read));
        return Vec::new();
    }
    let known = model.evidence.identity.as_ref().or(model.evidence.told.as_ref());
    if known == Some(&read) || model.session.writing == Writing::DryRun || has_one_name(model, &read) {
        return Vec::new();
    }
    vec![Effect::Remember(Entry::Identified { id: read.id, domains: read.domains })]
}

/// What the tenant says it is; nothing where nothing could be read, or nobody is connected.
fn read(model: &Model) -> Option<Identity> {
    let organization = model.facts.organization.get().filter(|_| !model.facts.is_by_hand())?;
    Some(Identity { id: organization.id.clone(), domains: organization.domains.clone() })
}

/// A rehearsal is named by its id alone.
fn has_one_name(model: &Model, read: &Identity) -> bool {
    model.session.mark == Mark::Rehearsal && model.evidence.begun.as_ref() == Some(&read.id)
}

fn foreign(model: &Model, read: &Identity) -> Trouble {
    let known = model.evidence.tenant.as_deref().unwrap_or_default();
    Trouble::new(
        format!("The record in {} belongs to another tenant.", model.session.record),
        format!("It was begun for {known}; this is {}. Nothing was written to either.", read.id),
        "Name another folder with --record, or the tenant of this record with --tenant.",
    )
}
