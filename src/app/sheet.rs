//! `sheet`: pages without secrets, from what record and plan know. Where there is neither, what is shown is a sample, and
//! says so on every page.

use std::path::Path;

use crate::app::{clock_of, named_profile, portals, read_plan, record_folder, right_clock};
use crate::cli::{Options, SheetOptions};
use crate::domain::connection::cloud::Cloud;
use crate::domain::mark::Mark;
use crate::domain::plan::{PaperSize, Plan};
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::effects::print::Wire;
use crate::effects::record;
use crate::effects::sheets::{self, Known, Source};
use crate::tenant::Profile;

/// Makes pages and shows, saves or prints them; what they are made from, for whoever reads them, where that is not a record.
pub async fn sheet(options: &Options, wanted: &SheetOptions) -> Result<Option<String>, Trouble> {
    let folder = record_folder(options)?;
    let known = known(options, &folder)?;
    let size = match wanted.paper.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("letter") => PaperSize::Letter,
        Some(_) => PaperSize::A4,
        None => known.plan.paper.size,
    };
    let pages = sheets::make(&known, wanted.page.as_deref());
    match (&wanted.output, &wanted.printer) {
        (Some(file), _) => sheets::write(&pages, size, file)?,
        (None, Some(printer)) => {
            let wire = Wire::here(options.ca_file.as_deref())?;
            sheets::print_at(&wire, printer, &pages, size).await?;
        }
        (None, None) => sheets::show(&pages)?,
    }
    Ok(told(&known, &folder))
}

/// What the record and the plan know, without a tenant.
fn known(options: &Options, folder: &Path) -> Result<Known, Trouble> {
    let is_recorded = folder.join(record::JOURNAL).symlink_metadata().is_ok();
    let evidence = if is_recorded { record::read(folder)?.0.evidence() } else { Evidence::default() };
    let clock = clock_of(options, folder)?;
    let today = right_clock::today(clock)?;
    let given = match &options.plan {
        Some(file) => Some(read_plan(file, clock)?),
        None => record::read_plan(folder)?,
    };
    let source = match (evidence.begun.is_some(), &given) {
        (true, _) => Source::Record,
        (false, Some(_)) => Source::Plan,
        (false, None) => Source::Sample,
    };
    let plan = given.unwrap_or_else(|| {
        if source == Source::Sample { nobody_s() } else { crate::journeys::preset_plan() }
    });
    let mark = evidence.mark.unwrap_or(match options.tenant.as_deref() {
        None | Some("rehearsal") => Mark::Rehearsal,
        Some("manual") => Mark::Manual,
        Some(_) => Mark::Live,
    });
    let surroundings = match &options.cloud {
        Some(name) => Some(named_profile(name)?),
        // The record knows, or a line is left to write on: a tenant of another cloud has other addresses.
        None if evidence.begun.is_some() => None,
        None => Some(Profile::live(Cloud::Global)),
    };
    let named = surroundings.map(|profile| (profile.cloud, portals(&profile)));
    Ok(Known { plan, evidence, today, mark, named, source })
}

/// A line to write on, as pages have it.
const BLANK: &str = "________";

/// The preset plan without the names that it proposes: nobody has such accounts, keys or safes.
fn nobody_s() -> Plan {
    let mut plan = crate::journeys::preset_plan();
    for account in &mut plan.accounts {
        (account.user_name, account.display_name) = (BLANK.to_owned(), BLANK.to_owned());
        account.keys.iter_mut().for_each(|key| BLANK.clone_into(&mut key.name));
    }
    plan
}

fn told(known: &Known, folder: &Path) -> Option<String> {
    let folder = folder.display();
    match known.source {
        Source::Record => None,
        Source::Plan => Some(format!(
            "There is no record in {folder}: these pages are made from the plan alone, and nothing of it was looked up."
        )),
        Source::Sample => Some(format!(
            "This is a SAMPLE: there is no record in {folder} and no plan, so nothing on it is about accounts that exist. \
             Name the record with --record, or a plan with --plan."
        )),
    }
}
