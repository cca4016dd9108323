//! From the command line to a running program: which tenant, which record, which plan, which face.
//!
//! The rehearsal tenant is started here and becomes a cloud profile; from then on nothing knows the difference.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use crate::cli::Options;
use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::portals::Portals;
use crate::domain::encoding;
use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::mark::Mark;
use crate::domain::plan::Plan;
use crate::domain::plan::plan_file;
use crate::domain::record::{Belongs, Entry, Evidence};
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::effects::record::Record;
use crate::effects::redact::WITHHELD;
use crate::effects::vault::Vault;
use crate::journeys::session::{PlanOrigin, Session, TenantChoice, Writing};
use crate::rehearsal;
use crate::tenant::{Clock, Profile, Sent, Trace};

mod assembly;
mod by_hand;
mod consent;
mod earlier;
pub mod exercise;
mod export;
mod folder;
mod live_check;
mod looks;
mod many;
mod program;
mod rehearsal_tenant;
mod review;
mod review_report;
mod right_clock;
mod schedule;
mod sheet;
mod sign_in;
pub mod tabletop;
mod tenants;
pub mod usage;
pub mod usage_review;

use assembly::{Parts, assemble};
pub use export::export;
pub use folder::record_folder;
pub use live_check::{Missing, missing};
pub use looks::{Asked, Looked, check_plan, show_record, verify_record};
pub use many::{Summary, TenantSummary, many};
pub use program::{MOMENT, Program, Watcher};
pub use rehearsal_tenant::{
    Held, REHEARSAL_STATE, Served, can_rehearse, hold_rehearsal, reset_rehearsal, start_rehearsal, time_scale,
};
use rehearsal_tenant::{kept_clock, rehearsal_profile, rehearse};
pub use review::{prepare, wait_for_record, wish};
pub use review_report::review_report;
use right_clock::today as hold_to_time;
pub use schedule::schedule;
pub use sheet::sheet;

/// A program ready to run, and the rehearsal tenant it may hold.
pub struct Launched {
    /// The program.
    pub program: Program,
    /// The rehearsal tenant in this process, to be stopped at the end.
    pub rehearsal: Option<rehearsal::Running>,
}

/// Whether the tenant is worked on without a connection.
fn is_by_hand(options: &Options) -> bool {
    options.tenant.as_deref() == Some("manual")
}

/// Puts everything together.
///
/// `journey` is what the record says this run begins with.
pub async fn launch(options: &Options, journey: &str) -> Result<Launched, Trouble> {
    let folder = record_folder(options)?;
    files::make_folder(&folder)?;
    let record = match options.accept_broken_record {
        true => Record::open_broken(&folder)?,
        false => Record::open(&folder)?,
    };
    let found = found(&record);
    if is_by_hand(options) {
        right_clock::today(Clock::default())?;
        let given = given_plan(options, &record, Clock::default())?;
        let run = Run { options, journey, folder: &folder, plan_origin: origin(given.as_ref()) };
        let mut launched = by_hand::launch(&run, record, given)?;
        launched.program.model.desk.trouble = found;
        return Ok(launched);
    }
    let (mut profile, tenant, rehearsal) = cloud(options, &folder).await?;
    profile.ca_bundle = options.ca_file.clone().or(profile.ca_bundle);
    same_tenant(record.evidence(), &tenant, &folder)?;
    let clock = profile.clock;
    right_clock::today(clock)?;
    let given = given_plan(options, &record, clock)?;
    let run = Run { options, journey, folder: &folder, plan_origin: origin(given.as_ref()) };
    let mut launched =
        assemble(&run, Parts { profile, tenant, rehearsal, record, plan: given, exercise: None })?;
    launched.program.model.desk.trouble = found;
    Ok(launched)
}

/// Puts an exercise of `scenario` together, for a team or for one person.
///
/// # Errors
///
/// As [`exercise::launch`].
pub async fn launch_exercise(
    options: &Options,
    scenario: &Scenario,
    players: Players,
) -> Result<Launched, Trouble> {
    let exercise = Box::pin(exercise::launch(options, scenario, |_| {})).await?;
    Ok(exercise.seated(players, None))
}

/// What there is to know about how the record was found, said first.
fn found(record: &Record) -> Option<Trouble> {
    let notes = record.notes();
    (!notes.is_empty()).then(|| {
        Trouble::new(
            format!("There is something to know about the record in {}.", record.folder().display()),
            notes.join(" "),
            "The run goes on with it as it is; what it should hold is looked up again in the tenant where it can be.",
        )
    })
}

/// The addresses for people that pages name. A rehearsal has no portal of its own that anybody could type, so its pages
/// name those of a real tenant, and say so.
fn portals(profile: &Profile) -> Portals {
    let real = Profile::live(profile.cloud);
    let of = match profile.mark {
        Mark::Rehearsal | Mark::Exercise => &real,
        Mark::Live | Mark::Manual => profile,
    };
    Portals { portal: of.portal.clone(), entra: of.entra.clone() }
}

/// The file of `-v`, below the record folder.
pub const REQUESTS: &str = "requests.jsonl";

/// Appends every request to a file that only its owner can read.
fn trace(folder: &Path, vault: &Vault) -> Result<Trace, Trouble> {
    let vault = vault.clone();
    let file = std::sync::Mutex::new(files::open_private(&folder.join(REQUESTS))?);
    Ok(Arc::new(move |sent: &Sent| {
        let line = serde_json::to_string(sent).unwrap_or_default();
        let line = match vault.is_told_by(&line) {
            true => serde_json::json!({"left_out": WITHHELD}).to_string(),
            false => line,
        } + "\n";
        let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // A full disk ends the telling, not the work.
        let _written = file.write_all(line.as_bytes());
    }))
}

fn began(session: &Session, tenant: &str) -> Entry {
    Entry::Began {
        journey: session.journey.clone(),
        tenant: tenant.to_owned(),
        name: session.tenant.clone(),
        mark: session.mark.as_str().to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// A record belongs to one tenant, from the first thing on that was more than a beginning. Whether a domain is another
/// name of it shows after the sign-in.
fn same_tenant(evidence: &Evidence, tenant: &str, folder: &Path) -> Result<(), Trouble> {
    match evidence.belongs_to(tenant) {
        Belongs::Yes | Belongs::NotKnownYet => Ok(()),
        Belongs::No => Err(Trouble::new(
            format!("The record in {} belongs to another tenant.", folder.display()),
            format!("It was begun for {}, not for {tenant}.", evidence.tenant.as_deref().unwrap_or_default()),
            "Name another folder with --record.",
        )),
    }
}

fn given_plan(options: &Options, record: &Record, clock: Clock) -> Result<Option<Plan>, Trouble> {
    match &options.plan {
        Some(file) => read_plan(file, clock).map(Some),
        None => record.load_plan(),
    }
}

/// What to do about a file in another encoding.
const AS_UTF_8: &str = "Save it as UTF-8 in the editor (Windows PowerShell 5.1: Get-Content FILE | Set-Content -Encoding UTF8 NEW).";

fn origin(given: Option<&Plan>) -> PlanOrigin {
    if given.is_some() { PlanOrigin::Given } else { PlanOrigin::Preset }
}

/// Reads a plan file; what it says about days is held against that clock.
pub fn read_plan(file: &Path, clock: Clock) -> Result<Plan, Trouble> {
    plan_file::read_on(&plan_text(file)?, clock.today())
}

/// The text of a plan file, whatever stands in it.
pub fn plan_text(file: &Path) -> Result<String, Trouble> {
    let refused = |why: String, next: &str| {
        Trouble::new(format!("The plan {} could not be read.", file.display()), why, next)
    };
    let missing = "Check the path, or make a plan with: breakglass plan example > plan.toml";
    let bytes = files::read_named(file).map_err(|error| refused(files::reason(&error), missing))?;
    let text = encoding::text_of(&bytes).map_err(|why| refused(why, AS_UTF_8))?;
    Ok(text.to_string())
}

/// What a run begins with.
struct Run<'a> {
    options: &'a Options,
    /// What the record says it begins with.
    journey: &'a str,
    /// Where the record is.
    folder: &'a Path,
    plan_origin: PlanOrigin,
}

impl Run<'_> {
    fn session(&self, profile: &Profile, tenant: &str) -> Session {
        let Self { options, journey, folder, plan_origin } = *self;
        Session {
            journey: journey.to_owned(),
            choice: choice(options),
            mark: profile.mark,
            tenant: match profile.mark {
                Mark::Rehearsal => format!("rehearsal tenant \"{}\"", options.seed),
                Mark::Exercise => {
                    format!("exercise {}", folder.file_name().unwrap_or_default().to_string_lossy())
                }
                Mark::Live | Mark::Manual => tenant.to_owned(),
            },
            writing: if options.dry_run { Writing::DryRun } else { Writing::Allowed },
            plan_origin,
            security_info: profile.security_info.clone(),
            mailboxes: None,
            portal: profile.portal.clone(),
            entra: profile.entra.clone(),
            record: folder.display().to_string(),
            under_way: exercise::under_way(folder),
            requests: (options.verbose && !is_by_hand(options))
                .then(|| folder.join(REQUESTS).display().to_string()),
            time_scale: profile.time_scale,
            now: profile.clock.now(),
        }
    }
}

/// A tenant, a cloud or a record that was named is a choice already; and nobody chooses where nobody is.
fn choice(options: &Options) -> TenantChoice {
    let named = options.tenant.is_some() || options.cloud.is_some() || options.record.is_some();
    if named || options.unattended { TenantChoice::Made } else { TenantChoice::Open }
}

/// The profile, the tenant id, and the rehearsal tenant when it runs in this process.
async fn cloud(
    options: &Options,
    folder: &Path,
) -> Result<(Profile, String, Option<rehearsal::Running>), Trouble> {
    match (options.tenant.as_deref(), &options.cloud) {
        (None | Some("rehearsal"), None) => rehearse(options, folder).await,
        (tenant, Some(name)) if Cloud::named(name).is_some() => {
            let live = tenant.filter(|tenant| *tenant != "rehearsal").ok_or_else(|| no_tenant(name))?;
            Ok((named_profile(name)?, live.to_owned(), None))
        }
        (tenant, Some(file)) => {
            let profile = named_profile(file)?;
            let tenant = match tenant {
                None | Some("rehearsal") => rehearsal::TENANT_ID,
                Some(other) => other,
            };
            Ok((profile, tenant.to_owned(), None))
        }
        (Some(tenant), None) => Ok((Profile::live(Cloud::Global), tenant.to_owned(), None)),
    }
}

/// What time it is for the tenant that `options` name, without asking it.
fn clock_of(options: &Options, folder: &Path) -> Result<Clock, Trouble> {
    match (options.tenant.as_deref(), &options.cloud) {
        (_, Some(name)) => Ok(named_profile(name)?.clock),
        (None | Some("rehearsal"), None) => Ok(kept_clock(folder)),
        (Some(_), None) => Ok(Clock::default()),
    }
}

fn no_tenant(cloud: &str) -> Trouble {
    Trouble::new(
        "The tenant is not named.",
        format!("The cloud {cloud} has many tenants; the rehearsal tenant is in none of them."),
        "Add --tenant with the tenant's id or one of its domains.",
    )
}

/// The profile behind `--cloud`: one of Microsoft's clouds by its name, or a file.
fn named_profile(name: &str) -> Result<Profile, Trouble> {
    match Cloud::named(name) {
        Some(cloud) => Ok(Profile::live(cloud)),
        None => read_profile(Path::new(name)),
    }
}

fn read_profile(file: &Path) -> Result<Profile, Trouble> {
    let refused = |why: String, next: &str| {
        Trouble::new(format!("The cloud profile {} could not be read.", file.display()), why, next)
    };
    let missing = "Behind --cloud stands global, usgov, dod, china, or the path of a profile.";
    let bytes = files::read_named(file).map_err(|error| refused(files::reason(&error), missing))?;
    let text = encoding::text_of(&bytes).map_err(|why| refused(why, AS_UTF_8))?;
    Profile::from_toml(&text)
}
