//! The tenant of an exercise is made by the product itself: the unattended setup of the exercise's plan, in this process,
//! as fast as it goes. What was only half made is made again from nothing.

use crate::app::assembly::{Parts, assemble};
use crate::app::exercise::{JOURNEY, Place, policies};
use crate::app::{Launched, PlanOrigin, Program, Run, Served, rehearsal_profile, start_rehearsal};
use crate::cli::Options;
use crate::domain::exercise::scenario::Damage;
use crate::domain::plan::Plan;
use crate::domain::record::SlipKind;
use crate::domain::trouble::Trouble;
use crate::effects::control::Control;
use crate::effects::record::Record;
use crate::journeys::turn::Start;
use crate::journeys::unattended::Answer;
use crate::journeys::{self, Msg};
use crate::rehearsal;

/// How many times faster than life the tenant is made.
const SPEED: f64 = 5000.0;

/// Makes the tenant by `plan`, its policies called as those of the organization where they are `known`.
pub(super) async fn make(own: &Options, plan: &Plan, known: &[String], place: &Place) -> Result<(), Trouble> {
    let folder = place.to_make_in()?;
    let options = Options {
        speed: SPEED,
        unattended: true,
        json: false,
        verbose: false,
        record: Some(folder.clone()),
        ..own.clone()
    };
    let running = start_rehearsal(&options, &folder, Served::breakable()).await?;
    let made = set_up(&options, plan, known, running).await?;
    made.stop().await;
    place.made_in(&folder)
}

async fn set_up(
    options: &Options,
    plan: &Plan,
    known: &[String],
    running: rehearsal::Running,
) -> Result<rehearsal::Running, Trouble> {
    let profile = rehearsal_profile(options, &running)?.for_exercise()?;
    let control = Control::of(profile.mark, &running.addresses().control.clone().unwrap_or_default())?;
    control.make("named", &policies::renamed(&running.known().in_force, known)).await?;
    let folder = options.record.clone().unwrap_or_default();
    let mut record = Record::open(&folder)?;
    record.save_plan(plan)?;
    let run = Run { options, journey: JOURNEY, folder: &folder, plan_origin: PlanOrigin::Given };
    let parts = Parts {
        profile,
        tenant: rehearsal::TENANT_ID.to_owned(),
        rehearsal: Some(running),
        record,
        plan: Some(plan.clone()),
        exercise: None,
    };
    let Launched { mut program, rehearsal } = assemble(&run, parts)?;
    through(&mut program).await;
    program.settle().await;
    let running = rehearsal.ok_or_else(|| not_whole("The tenant was gone."))?;
    looked_at(&program)?;
    control.make("operator", &operator(&running.known().operator)).await?;
    Ok(running)
}

/// Goes through the setup as a run does at which nobody sits.
async fn through(program: &mut Program) {
    program.begin(Start::Setup);
    while program.exit.is_none() {
        match journeys::answer(&program.model) {
            Answer::Say(msg) => program.say(msg),
            Answer::Leave => program.say(Msg::Leave),
            Answer::Wait => match program.hear().await {
                Some(msg) => program.say(msg),
                None => return,
            },
            Answer::Stop => return,
        }
    }
}

/// An exercise needs both accounts with their paper; what else is open is open in the organization's own plan too.
fn looked_at(program: &Program) -> Result<(), Trouble> {
    let evidence = program.model.desk.evidence();
    let is_at_the_end = program.exit.is_some() || journeys::is_at_the_end(&program.model);
    let has_slips =
        program.model.desk.plan().slots().all(|(slot, _)| evidence.slip(slot, SlipKind::Password).is_some());
    match (&program.model.desk.trouble, is_at_the_end && has_slips) {
        (_, true) => Ok(()),
        (Some(trouble), false) => Err(not_whole(&format!("{} {}", trouble.what, trouble.why))),
        (None, false) => Err(not_whole("The setup of its accounts did not come to its end.")),
    }
}

/// The person at the console signs in with an app on a phone, as most do, so that this can fail.
fn operator(upn: &str) -> Vec<Damage> {
    let change = |change: &str, method: &str| Damage {
        change: change.to_owned(),
        parameters: [("account", upn), ("method", method)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect(),
    };
    vec![change("method-appears", "app"), change("method-gone", "fido2")]
}

fn not_whole(why: &str) -> Trouble {
    Trouble::new(
        "The exercise's tenant could not be made.",
        why,
        "Begin again; if it stays so, name another plan with --plan, such as that of: breakglass plan example",
    )
}
