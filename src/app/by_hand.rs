//! The manual tenant: the same program without a connection. No client is made, so none can send anything.

use std::path::PathBuf;

use super::{Launched, began, named_profile, same_tenant, session};
use crate::app::Program;
use crate::cli::Options;
use crate::domain::connection::cloud::Cloud;
use crate::domain::facts::Facts;
use crate::domain::mark::Mark;
use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::effects::clock;
use crate::effects::perform::{Performer, Surroundings};
use crate::effects::print::Wire;
use crate::effects::record::Record;
use crate::effects::vault::Vault;
use crate::journeys::model::Model;
use crate::journeys::session::Writing;
use crate::tenant::{Opener, Profile};

/// Puts the program together around the plan, which alone tells which tenant it is about.
pub(super) fn launch(
    (options, journey): (&Options, &str),
    (mut record, folder): (Record, PathBuf),
    given: Option<Plan>,
) -> Result<Launched, Trouble> {
    let session =
        session((options, journey), (&profile(options)?, "manual tenant"), (&folder, given.is_some()));
    let mut plan = given.unwrap_or_else(crate::journeys::preset_plan);
    let facts = Facts::by_hand(plan.tenant.as_ref());
    let tenant = plan.tenant.get_or_insert_default().id.clone();
    let evidence = Evidence::of(record.entries().iter().map(|(at, entry)| (*at, entry)));
    if !tenant.is_empty() {
        same_tenant(&evidence, (&tenant, &folder))?;
    }
    if session.writing == Writing::Allowed {
        record.append(clock::now(), &began(&session, &tenant))?;
    }
    // The record is asked once more: it knows the tenant now, where the plan told it.
    let evidence = Evidence::of(record.entries().iter().map(|(at, entry)| (*at, entry)));
    let (vault, writing) = (Vault::new(), session.writing);
    let mut model = Model::new(session, (plan, evidence), clock::today());
    *model.desk.world.facts_mut() = facts;
    let wire = Wire::here(options.ca_file.as_deref())?;
    let world = Surroundings {
        tenant: None,
        mark: Mark::Manual,
        vault: vault.clone(),
        wire,
        record,
        folder,
        writing,
    };
    Ok(Launched { program: Program::new(model, vault, Performer::start(world)), rehearsal: None })
}

/// Only the addresses for people are used: those of the cloud that was named, or of the global one.
fn profile(options: &Options) -> Result<Profile, Trouble> {
    let profile = match &options.cloud {
        Some(name) => named_profile(name)?,
        None => Profile::live(Cloud::Global),
    };
    Ok(Profile { mark: Mark::Manual, open: Opener::Nobody, ..profile })
}
