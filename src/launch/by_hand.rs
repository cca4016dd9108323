//! The manual tenant: the same program without a connection. No client is made, so none can send anything.

use std::path::PathBuf;

use super::{Launched, began, read_profile, same_tenant, session};
use crate::cli::Options;
use crate::domain::evidence::Evidence;
use crate::domain::facts::Facts;
use crate::domain::plan::Plan;
use crate::effects::clock;
use crate::effects::perform::{Performer, World};
use crate::effects::record::Record;
use crate::effects::vault::Vault;
use crate::journeys::model::{Model, Writing};
use crate::tenant::{Mark, Opener, Profile};
use crate::trouble::Trouble;
use crate::ui::Program;

/// Puts the program together around the plan, which alone tells which tenant it is about.
pub(super) fn launch(
    options: &Options,
    (mut record, folder): (Record, PathBuf),
    given: Option<Plan>,
) -> Result<Launched, Trouble> {
    let session = session(options, (&profile(options)?, "manual tenant"), (&folder, given.is_some()));
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
    let mut model = Model::new(session, plan, evidence);
    model.facts = facts;
    let world = World { tenant: None, mark: Mark::Manual, vault: vault.clone(), record, folder, writing };
    Ok(Launched { program: Program::new(model, vault, Performer::start(world)), rehearsal: None })
}

/// Only the addresses for people are used. Those of the global cloud (contract 11), or of the profile that was named.
fn profile(options: &Options) -> Result<Profile, Trouble> {
    if let Some(file) = &options.cloud {
        return Ok(Profile { mark: Mark::Manual, ..read_profile(file)? });
    }
    Ok(Profile {
        login: "https://login.microsoftonline.com".to_owned(),
        graph: "https://graph.microsoft.com".to_owned(),
        arm: "https://management.azure.com".to_owned(),
        logs: "https://api.loganalytics.azure.com".to_owned(),
        portal: "https://portal.azure.com".to_owned(),
        security_info: "https://mysignins.microsoft.com/security-info".to_owned(),
        ca_bundle: None,
        open: Opener::Nobody,
        time_scale: 1.0,
        mark: Mark::Manual,
    })
}
