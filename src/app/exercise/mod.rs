//! An exercise: a tenant and a record of its own, below the record of the organization that holds it.
//!
//! The tenant is made by the product itself before the exercise begins ([`making`]), by a plan that speaks of the
//! organization ([`plan`]). The organization's record is read and held; its tenant is never connected to. An exercise
//! that was not completed is gone on with where it stands.

use std::sync::Arc;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::app::assembly::{Parts, assemble};
use crate::app::{
    Launched, PlanOrigin, Run, Served, clock_of, given_plan, hold_to_time, is_by_hand, read_plan,
    record_folder, rehearsal_profile, start_rehearsal,
};
use crate::cli::Options;
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario::names::fill;
use crate::domain::exercise::scenario::{Damage, Scenario};
use crate::domain::exercise::script::Script;
use crate::domain::exercise::seat::Seat;
use crate::domain::facts::Reading;
use crate::domain::plan::Plan;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::effects::control::Control;
use crate::effects::files;
use crate::effects::perform;
use crate::effects::record::Record;
use crate::rehearsal;
use crate::tenant::{Asked, Clock, SignIn, Tenant};

mod making;
mod names;
mod people;
mod place;
mod plan;
mod policies;

pub use place::{Place, under_way};

/// What the record says such a run begins with.
pub const JOURNEY: &str = "tabletop";

/// An exercise that is ready to be played.
pub struct Exercise {
    /// The program, on the exercise's own tenant and record.
    pub launched: Launched,
    /// The scenario, speaking of the organization.
    pub scenario: Scenario,
    /// The sign-in name of whoever sits at the console.
    pub operator: String,
    /// Where it lies, and whether it is gone on with.
    pub place: Place,
}

impl Exercise {
    /// Ready to be played by a team or alone, from the console or by a script.
    pub fn seated(self, players: Players, script: Option<Script>) -> Launched {
        let Self { mut launched, scenario, operator, place } = self;
        let script = script.map(Arc::new);
        let seat = Seat { scenario: Arc::new(scenario), name: place.name, players, operator, script };
        launched.program.model.desk.exercise = Some(seat);
        launched
    }
}

/// The organization that holds it: its record, its clock, and its plan where it has one.
struct Organization {
    record: Record,
    clock: Clock,
    plan: Option<Plan>,
}

/// Makes what is missing for an exercise of `scenario` and puts the program together on it. `tell` hears what is being
/// done, as making the tenant takes a while.
///
/// # Errors
///
/// The record of the organization cannot be read or is in use, or the tenant cannot be made.
pub async fn launch(
    options: &Options,
    scenario: &Scenario,
    tell: impl Fn(&str),
) -> Result<Exercise, Trouble> {
    let home = organization(options)?;
    let today = hold_to_time(home.clock)?;
    let place = Place::of(home.record.folder(), &scenario.id, today)?;
    let own = own_options(options, &place);
    if !place.is_there() {
        tell("Making the exercise's own tenant: accounts, exclusions, alerts and paper.");
        let plan = plan::of(home.plan.as_ref(), today)?;
        making::make(&own, &plan, &policies::known(home.record.evidence()), &place).await?;
    }
    let record = Record::open(&place.folder)?;
    let plan = record.load_plan()?;
    let running = start_rehearsal(&own, &place.folder, Served::breakable()).await?;
    let control = control(&own, &running)?;
    control.make("seeing", &[seeing()]).await?;
    let known = running.known();
    let names = names::kept(&place.folder, || names::of(plan.as_ref(), &home, &known))?;
    let (scenario, operator) = (fill(scenario, &names), names.operator);
    let mut launched = together(&own, &place, OnIt { record, plan, running, control, home })?;
    launched.program.model.desk.world.facts_mut().organization = Reading::Read(names::tenant(known));
    Ok(Exercise { launched, scenario, operator, place })
}

/// How many emergency access accounts the tenant of an exercise has, and the day on which it is played: what a script is held
/// to before anything is made.
///
/// # Errors
///
/// The record or the plan of the organization cannot be read.
pub fn accounts_and_day(options: &Options) -> Result<(usize, Date), Trouble> {
    let home = organization(options)?;
    let today = hold_to_time(home.clock)?;
    Ok((plan::of(home.plan.as_ref(), today)?.accounts.len(), today))
}

/// What an exercise is put together from.
struct OnIt {
    record: Record,
    plan: Option<Plan>,
    running: rehearsal::Running,
    control: Control,
    home: Organization,
}

/// Where the tenant is broken.
fn control(own: &Options, running: &rehearsal::Running) -> Result<Control, Trouble> {
    let profile = rehearsal_profile(own, running)?.for_exercise()?;
    Control::of(profile.mark, &running.addresses().control.clone().unwrap_or_default())
}

/// The eye of the checks sees Azure as well: without a right there, an app sees no subscription.
fn seeing() -> Damage {
    let parameters = [("client".to_owned(), OBSERVER.into())].into_iter().collect();
    Damage { change: "azure-app-reads".to_owned(), parameters }
}

fn together(own: &Options, place: &Place, on: OnIt) -> Result<Launched, Trouble> {
    let OnIt { record, plan, running, control, home } = on;
    let profile = rehearsal_profile(own, &running)?.for_exercise()?;
    let observer = Tenant::new(profile.clone(), rehearsal::TENANT_ID, &observing())?;
    let exercise = perform::Exercise { control, organization: home.record, clock: home.clock, observer };
    let run = Run { options: own, journey: JOURNEY, folder: &place.folder, plan_origin: PlanOrigin::Given };
    let parts = Parts {
        profile,
        tenant: rehearsal::TENANT_ID.to_owned(),
        rehearsal: Some(running),
        record,
        plan,
        exercise: Some(exercise),
    };
    assemble(&run, parts)
}

/// The eye of the checks: an app of the exercise's own tenant, which no policy about people catches. Its secret opens
/// nothing else: the simulated tenant believes any.
fn observing() -> SignIn {
    SignIn {
        way: SignInWay::ClientSecret,
        azure: None,
        client_id: Some(OBSERVER.to_owned()),
        secret: Some(Secret::new(Zeroizing::new("the observer of an exercise".to_owned()))),
        certificate: None,
        asked: Asked::RealPeople,
    }
}

/// The application id of that eye.
pub const OBSERVER: &str = "0b5e7e70-0000-4000-8000-0000000000e1";

/// The record of the organization, held; its tenant is not asked anything.
fn organization(options: &Options) -> Result<Organization, Trouble> {
    let folder = record_folder(options)?;
    files::make_folder(&folder)?;
    let record = match options.accept_broken_record {
        true => Record::open_broken(&folder)?,
        false => Record::open(&folder)?,
    };
    let clock = if is_by_hand(options) { Clock::default() } else { clock_of(options, &folder)? };
    let plan = match &options.plan {
        Some(file) => Some(read_plan(file, clock)?),
        None => given_plan(options, &record, clock)?,
    };
    Ok(Organization { record, clock, plan })
}

/// The options of the exercise's own run: no other tenant, no credential and no plan than its own, whatever was typed.
fn own_options(options: &Options, place: &Place) -> Options {
    Options {
        tenant: Some("rehearsal".to_owned()),
        seed: SEED.to_owned(),
        cloud: None,
        ca_file: None,
        sign_in: None,
        azure_sign_in: None,
        confirm_sign_in: false,
        client_id: None,
        secret_file: None,
        certificate: None,
        plan: None,
        record: Some(place.folder.clone()),
        accept_broken_record: false,
        dry_run: false,
        yes_write_to: None,
        ..options.clone()
    }
}

/// The rehearsal tenant that exercises begin with: a company of middle size.
const SEED: &str = "fresh";
