//! `review` from the command line: what it is compared with, which accounts it is about, what may be repaired; and how long it
//! waits for a record that another run uses.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::app::{Program, record_folder};
use crate::cli::{Options, ReviewOptions};
use crate::domain::check::subject::CheckSubject;
use crate::domain::encoding;
use crate::domain::record::{Concluded, Entry};
use crate::domain::review::{By, Closed, Scope, Wish};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::effects::draft;
use crate::effects::lock;
use crate::effects::{files, record};
use crate::journeys::decisions::{Earlier, presets};
use crate::journeys::report::review::{self as report, Report};
use crate::journeys::session::PlanOrigin;
use crate::rehearsal;

/// What the command line asks of a review; asked before the record is taken.
///
/// # Errors
///
/// There is nothing to compare with under that name, or it cannot be read.
pub fn wish(options: &Options, review: &ReviewOptions) -> Result<Wish, Trouble> {
    let compared = review.since.as_deref().map(|since| compared(options, since)).transpose()?;
    Ok(Wish {
        by: if options.unattended { By::Machine } else { By::Person },
        scope: if review.due { Scope::Due } else { Scope::All },
        repairs: review.repairs.clone(),
        fail_on: review.fail_on,
        compared,
    })
}

/// Gives a program that is about to review what the command line asks for.
pub fn prepare(program: &mut Program, options: &Options, review: &ReviewOptions, wish: Wish) {
    let desk = &mut program.model.desk;
    desk.wish = wish;
    let is_told = desk.session.plan_origin == PlanOrigin::Given || !desk.evidence().accounts.is_empty();
    let is_here = matches!(options.tenant.as_deref(), None | Some("rehearsal")) && options.cloud.is_none();
    let accounts = match review.accounts.as_slice() {
        [] if is_here && !is_told => rehearsal::emergency_accounts(&options.seed),
        accounts => accounts.to_vec(),
    };
    if !accounts.is_empty() {
        presets::adopt(desk.world.plan_mut(), &accounts);
    }
    // Where nobody sits, no answer on the way to a plan counts but this: which accounts a person has chosen.
    if desk.earlier == Earlier::Nothing && !is_told {
        let kept = draft::read(Path::new(&desk.session.record)).ok().flatten();
        desk.earlier = kept.map_or(Earlier::Nothing, |kept| Earlier::Unfinished(Box::new(kept)));
    }
}

/// The review of a day, or the last one before it; or a report that was kept.
fn compared(options: &Options, since: &str) -> Result<Closed, Trouble> {
    match since.parse::<Date>() {
        Ok(day) => of_day(options, day),
        Err(_) => of_report(Path::new(since)),
    }
}

fn of_day(options: &Options, day: Date) -> Result<Closed, Trouble> {
    let folder = record_folder(options)?;
    let entries = match folder.join(record::JOURNAL).symlink_metadata() {
        Ok(_) => record::read(&folder)?.0.entries,
        Err(_) => Vec::new(),
    };
    let closed = entries.into_iter().filter_map(|(_, entry)| match entry {
        Entry::Reviewed(closed) if closed.date <= day => Some(closed),
        _ => None,
    });
    closed.last().ok_or_else(|| {
        Trouble::new(
            format!("There is no review of {day} or before."),
            format!("The record in {} holds none that was signed off by then.", folder.display()),
            "Name a later day, a report with --since FILE, or leave --since out.",
        )
    })
}

/// More than any report has: findings of four accounts and a few hundred policies are a megabyte.
const LARGEST: usize = 64 << 20;

fn of_report(file: &Path) -> Result<Closed, Trouble> {
    let refused = |why: String| {
        Trouble::new(
            format!("The report {} could not be read.", clean(&file.display().to_string())),
            why,
            "Behind --since stands a day, like 2026-09-30, or a file made by: breakglass review --format json",
        )
    };
    let bytes = files::read_named(file).map_err(|error| refused(files::reason(&error)))?;
    if bytes.len() > LARGEST {
        return Err(refused("It is too large for a report of a review.".to_owned()));
    }
    let text = encoding::text_of(&bytes).map_err(refused)?;
    let report = report::read(&text).map_err(|trouble| refused(clean(&trouble.why)))?;
    Ok(seen_by(&report))
}

/// What a report says that its checks saw.
fn seen_by(report: &Report) -> Closed {
    let findings = report.findings().map(|finding| Concluded {
        check: clean(&finding.check),
        slot: finding.slot.as_deref().and_then(Slot::named),
        thing: finding.slot.is_none().then(|| thing(&clean(&finding.subject).into())).flatten(),
        verdict: finding.original,
        detail: clean(&finding.detail),
    });
    Closed {
        review: clean(&report.review),
        date: report.began,
        facts: clean(&report.facts),
        policies: Vec::new(),
        names: Vec::new(),
        findings: findings.collect(),
    }
}

/// What a subject is about beside its check.
fn thing(subject: &CheckSubject) -> Option<String> {
    subject.thing().map(str::to_owned)
}

/// How often it is looked whether the record is free.
const PACE: Duration = Duration::from_millis(250);

/// Waits until no other run uses the record, as long as `patience`: two schedulers may begin at the same minute. Whether it is
/// free then shows when it is taken.
///
/// # Errors
///
/// There is no place for the record.
pub async fn wait_for_record(options: &Options, patience: Duration) -> Result<(), Trouble> {
    let folder = record_folder(options)?;
    let end = Instant::now() + patience;
    let mut told = false;
    while lock::is_taken(&folder) && Instant::now() < end {
        if !told {
            eprintln!(
                "The record {} is in use; waiting for {} s at the most.",
                folder.display(),
                patience.as_secs()
            );
            told = true;
        }
        tokio::time::sleep(PACE).await;
    }
    Ok(())
}
