//! A program is put together around a tenant that is reached: session, model, record, vault and workers.
//!
//! Which tenant, which record and which plan is decided before.

use super::{Launched, Run, began, earlier, portals, sign_in, trace};
use crate::app::Program;
use crate::domain::mark::Mark;
use crate::domain::plan::Plan;
use crate::domain::trouble::Trouble;
use crate::effects::perform::{Exercise, Performer, Surroundings};
use crate::effects::print::Wire;
use crate::effects::record::Record;
use crate::effects::selftest;
use crate::effects::vault::Vault;
use crate::journeys::guards::tenant_name::Gate;
use crate::journeys::model::Model;
use crate::journeys::session::{Session, Writing};
use crate::rehearsal;
use crate::tenant::{Profile, Tenant};

/// What a program is put together from.
pub(super) struct Parts {
    /// The tenant's surroundings.
    pub profile: Profile,
    /// Its id or domain.
    pub tenant: String,
    /// The rehearsal tenant in this process.
    pub rehearsal: Option<rehearsal::Running>,
    /// The record.
    pub record: Record,
    /// The plan that was given or that the record has.
    pub plan: Option<Plan>,
    /// What an exercise has beside.
    pub exercise: Option<Exercise>,
}

/// Puts it together.
pub(super) fn assemble(run: &Run<'_>, parts: Parts) -> Result<Launched, Trouble> {
    let Parts { profile, tenant, rehearsal, mut record, plan: given, exercise } = parts;
    let Run { options, folder, .. } = *run;
    let clock = profile.clock;
    let earlier = earlier::of(options, &record, given.as_ref())?;
    let mailboxes =
        rehearsal.as_ref().filter(|_| !options.unattended).map(rehearsal::Running::mailboxes_wait);
    let session = Session { mailboxes, ..run.session(&profile, &tenant) };
    let mut plan = given.unwrap_or_else(crate::journeys::preset_plan);
    let how = sign_in::how(options, &mut plan)?;
    if session.writing == Writing::Allowed {
        record.append(clock.now(), &began(&session, &tenant))?;
    }
    let evidence = record.evidence().clone();
    let writing = session.writing;
    let mut model = Model::new(session, plan, evidence, clock.today());
    if options.unattended && options.yes_write_to.is_some() {
        // The command line has named the tenant a second time; see `consent`.
        model.guards.gate = Gate::Open;
    }
    model.desk.earlier = earlier;
    model.desk.machine = Some(selftest::summary());
    // The secrets of a rehearsal open nothing, so nobody is asked.
    if model.desk.session.mark == Mark::Live {
        model.desk.weak = selftest::weak();
    }
    let facts = model.desk.world.facts_mut();
    (facts.cloud, facts.portals) = (profile.cloud, portals(&profile));
    let vault = Vault::new();
    let mark = profile.mark;
    let wire = Wire::here(profile.ca_bundle.as_deref())?;
    let trace = options.verbose.then(|| trace(folder, &vault)).transpose()?;
    let tenant = Some(Tenant::traced(profile, &tenant, &how, trace)?);
    let folder = folder.to_path_buf();
    let around = Surroundings { tenant, mark, vault: vault.clone(), wire, record, folder, writing, exercise };
    let (performer, inbox) = Performer::start(around);
    Ok(Launched { program: Program::new(model, vault, performer, inbox), rehearsal })
}
