//! `review schedule`: from the command line, the plan and the record to what a calendar or a scheduler is told.

use std::path::Path;

use jiff::Timestamp;

use crate::app::{clock_of, plan_text, read_plan, record_folder, right_clock, tenants};
use crate::cli::{Options, ScheduleOptions};
use crate::domain::check::case::Case;
use crate::domain::connection::cloud::Cloud;
use crate::domain::record::Evidence;
use crate::domain::tenants::{TenantEntry, Tenants};
use crate::domain::text::counted;
use crate::domain::trouble::Trouble;
use crate::effects::{record, sheets};
use crate::journeys::report::schedule::{self, Cluster, Hosted, Job, ics};
use crate::tenant::Clock;

/// The text for what was asked for.
///
/// # Errors
///
/// A file could not be read, or something has to be named first.
pub fn schedule(options: &Options, wanted: &ScheduleOptions) -> Result<String, Trouble> {
    let all = wanted.tenants.as_deref().map(tenants::read).transpose()?;
    match wanted.kind.as_str() {
        "ics" => calendar(options, wanted),
        "systemd" => Ok(schedule::systemd(&job(options, wanted, all.as_ref())?)),
        "cron" => Ok(schedule::cron(&job(options, wanted, all.as_ref())?)),
        "kubernetes" => {
            let image = wanted.image.clone();
            Ok(schedule::kubernetes(&Cluster { image, tenants: hosted(options, all)? }))
        }
        _ => Ok(schedule::github(&hosted(options, all)?)),
    }
}

/// The upkeep of one tenant, from its plan and its record alone.
fn calendar(options: &Options, wanted: &ScheduleOptions) -> Result<String, Trouble> {
    let folder = record_folder(options)?;
    let is_recorded = folder.join(record::JOURNAL).symlink_metadata().is_ok();
    let evidence = if is_recorded { record::read(&folder)?.0.evidence() } else { Evidence::default() };
    let clock = clock_of(options, &folder)?;
    let today = right_clock::today(clock)?;
    let given = match &options.plan {
        Some(file) => Some(read_plan(file, clock)?),
        None => record::read_plan(&folder)?,
    };
    let plan = given.unwrap_or_else(crate::journeys::preset_plan);
    let facts = sheets::remembered(&evidence);
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
    let job = Job { words: words(options, &["review", "--due"])?, ..job(options, wanted, None)? };
    let about = ics::Calendar { command: job.command(), tenant: job.tenant, now: seconds(clock.now()) };
    Ok(ics::calendar(&case, &about))
}

/// Calendars know no parts of a second.
fn seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// What a machine begins each night.
fn job(options: &Options, wanted: &ScheduleOptions, all: Option<&Tenants>) -> Result<Job, Trouble> {
    let program = std::env::current_exe().map_err(|error| {
        Trouble::new(
            "This program does not know where it is.",
            error.to_string(),
            "Start it by its whole path.",
        )
    })?;
    let (words, tenant, records) = if let (Some(all), Some(file)) = (all, &wanted.tenants) {
        let words = ["review", "--tenants"].map(str::to_owned).into_iter().chain([absolute(file)]);
        let records = all.tenants.iter().map(|entry| entry.record.display().to_string()).collect();
        (words.collect(), counted(all.tenants.len(), "tenant", "tenants"), records)
    } else {
        let words = words(options, &["review", "--unattended"])?;
        (words, named(options), vec![record_folder(options)?.display().to_string()])
    };
    let user = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let user = user.filter(|user| !user.is_empty());
    Ok(Job { program: program.display().to_string(), words, tenant, records, user })
}

/// The tenant as it was named.
fn named(options: &Options) -> String {
    options.tenant.clone().unwrap_or_else(|| "rehearsal".to_owned())
}

/// The command for one tenant, with everything spelled out that was typed or preset.
fn words(options: &Options, begin: &[&str]) -> Result<Vec<String>, Trouble> {
    let mut words: Vec<String> = begin.iter().map(|word| (*word).to_owned()).collect();
    let mut add = |name: &str, value: Option<String>| {
        words.extend(value.into_iter().flat_map(|value| [name.to_owned(), value]));
    };
    let is_rehearsal =
        matches!(options.tenant.as_deref(), None | Some("rehearsal")) && options.cloud.is_none();
    add("--tenant", Some(named(options)));
    add("--seed", is_rehearsal.then(|| options.seed.clone()));
    add("--cloud", options.cloud.as_ref().map(|cloud| cloud_word(cloud)));
    add("--record", Some(record_folder(options)?.display().to_string()));
    add("--plan", options.plan.as_deref().map(absolute));
    add("--sign-in", options.sign_in.map(|way| way.name().to_owned()));
    add("--azure-sign-in", options.azure_sign_in.map(|way| way.name().to_owned()));
    add("--client-id", options.client_id.clone());
    add("--secret-file", options.secret_file.as_deref().map(absolute));
    add("--certificate", options.certificate.as_deref().map(absolute));
    add("--ca-file", options.ca_file.as_deref().map(absolute));
    Ok(words)
}

fn cloud_word(cloud: &str) -> String {
    if Cloud::named(cloud).is_some() { cloud.to_owned() } else { absolute(Path::new(cloud)) }
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// The tenants as they are reviewed elsewhere: those of the file, or the one that was named.
fn hosted(options: &Options, all: Option<Tenants>) -> Result<Vec<Hosted>, Trouble> {
    let entries = match all {
        Some(all) => all.tenants,
        None => vec![entry(options)?],
    };
    let mut hosted: Vec<Hosted> = Vec::new();
    for entry in &entries {
        let one = host(entry)?;
        let is_taken = hosted.iter().any(|other| other.name == one.name);
        let name = if is_taken { format!("{}-{}", one.name, hosted.len()) } else { one.name.clone() };
        hosted.push(Hosted { name, ..one });
    }
    Ok(hosted)
}

fn entry(options: &Options) -> Result<TenantEntry, Trouble> {
    Ok(TenantEntry {
        id: named(options),
        record: record_folder(options)?,
        plan: options.plan.clone(),
        cloud: options.cloud.clone(),
        sign_in: options.sign_in,
        client_id: options.client_id.clone(),
        ..TenantEntry::default()
    })
}

/// One tenant as it is reviewed elsewhere. How it signs in here does not matter there: it does so as the workload.
fn host(entry: &TenantEntry) -> Result<Hosted, Trouble> {
    if !crate::domain::text::is_guid(&entry.id) && !crate::domain::text::is_domain(&entry.id) {
        return Err(elsewhere(
            &entry.id,
            "It is on this machine only.",
            "Name a tenant with --tenant, or several with --tenants.",
        ));
    }
    let cloud = entry.cloud.clone().unwrap_or_else(|| Cloud::Global.name().to_owned());
    if Cloud::named(&cloud).is_none() {
        return Err(elsewhere(
            entry.called(),
            "Its cloud is a profile in a file of this machine.",
            "Name one of Microsoft's clouds: global, usgov, dod, china.",
        ));
    }
    let Some(client_id) = entry.client_id.clone() else {
        return Err(elsewhere(
            entry.called(),
            "Which application signs in there is not named.",
            "Add --client-id, or client_id to the tenant; how it is registered: breakglass guide registration",
        ));
    };
    let plan = entry.plan.as_deref().map(checked).transpose()?;
    let name = schedule::file_name(entry.called());
    Ok(Hosted { name, tenant: entry.id.clone(), cloud, client_id, plan, accounts: entry.accounts.clone() })
}

/// The text of a plan that can be read.
fn checked(file: &Path) -> Result<String, Trouble> {
    read_plan(file, Clock::default())?;
    plan_text(file)
}

fn elsewhere(tenant: &str, why: &str, next: &str) -> Trouble {
    Trouble::new(format!("{tenant} cannot be reviewed on another machine."), why, next)
}
