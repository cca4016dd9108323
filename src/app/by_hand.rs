//! The manual tenant: the same program without a connection. No client is made, so none can send anything.

use super::{Launched, Run, began, earlier, named_profile, portals, same_tenant};
use crate::app::Program;
use crate::cli::Options;
use crate::domain::connection::cloud::Cloud;
use crate::domain::facts::Facts;
use crate::domain::mark::Mark;
use crate::domain::plan::Plan;
use crate::domain::trouble::Trouble;
use crate::effects::clock;
use crate::effects::perform::{Performer, Surroundings};
use crate::effects::print::Wire;
use crate::effects::record::Record;
use crate::effects::selftest;
use crate::effects::vault::Vault;
use crate::journeys::model::Model;
use crate::journeys::session::Writing;
use crate::tenant::{Opener, Profile};

/// Puts the program together around the plan, which alone tells which tenant it is about.
pub(super) fn launch(run: &Run<'_>, mut record: Record, given: Option<Plan>) -> Result<Launched, Trouble> {
    let earlier = earlier::of(run.options, &record, given.as_ref())?;
    let profile = profile(run.options)?;
    let session = run.session(&profile, "manual tenant");
    let mut plan = given.unwrap_or_else(crate::journeys::preset_plan);
    let told = Facts::by_hand(plan.tenant.as_ref());
    let facts = Facts { cloud: profile.cloud, portals: portals(&profile), ..told };
    let tenant = plan.tenant.get_or_insert_default().id.clone();
    if !tenant.is_empty() {
        same_tenant(record.evidence(), &tenant, run.folder)?;
    }
    if session.writing == Writing::Allowed {
        record.append(clock::now(), &began(&session, &tenant))?;
    }
    // The record is asked once more: it knows the tenant now, where the plan told it.
    let evidence = record.evidence().clone();
    let (vault, writing) = (Vault::new(), session.writing);
    let mut model = Model::new(session, plan, evidence, clock::today());
    (model.desk.machine, model.desk.weak) = (Some(selftest::summary()), selftest::weak());
    (model.desk.earlier, *model.desk.world.facts_mut()) = (earlier, facts);
    let wire = Wire::here(run.options.ca_file.as_deref())?;
    let world = Surroundings {
        tenant: None,
        mark: Mark::Manual,
        vault: vault.clone(),
        wire,
        record,
        folder: run.folder.to_path_buf(),
        writing,
        exercise: None,
    };
    let (performer, inbox) = Performer::start(world);
    Ok(Launched { program: Program::new(model, vault, performer, inbox), rehearsal: None })
}

/// Only the addresses for people are used: those of the cloud that was named, or of the global one.
fn profile(options: &Options) -> Result<Profile, Trouble> {
    let profile = match &options.cloud {
        Some(name) => named_profile(name)?,
        None => Profile::live(Cloud::Global),
    };
    Ok(Profile { mark: Mark::Manual, open: Opener::Nobody, ..profile })
}
