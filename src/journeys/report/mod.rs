//! What a journey comes to: findings, what is open and for whom, the eleven-point checklist, and the same as JSON.

use jiff::civil::Date;

use crate::domain::check::accept::Acceptance;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::record::LeftFile;
use crate::domain::slot::Slot;
use crate::domain::text;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::projection;
use crate::journeys::screen::Row;
use crate::steps::{self, STEPS, Subject};

mod cleaned;
pub mod exercise;
pub mod json;
mod markdown;
pub mod open_items;
pub mod review;
pub mod schedule;
pub mod standing;
mod there;
pub mod waiting;

pub use there::there;

/// Every finding of a setup, those before step 1 first.
pub fn findings(desk: &Desk) -> Vec<Finding> {
    let subjects = [Subject::Before].into_iter().chain(STEPS.iter().map(|step| Subject::Step(step.id)));
    subjects.flat_map(|subject| desk.world.derived(&subject).checks.clone()).collect()
}

/// Findings of a setup about which something is left to do.
pub fn open(desk: &Desk) -> Vec<Finding> {
    unsettled(desk, findings(desk))
}

/// Those of `findings` about which something is left to do.
pub fn unsettled(desk: &Desk, findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(|f| !frame::settled(desk, f)).collect()
}

/// Whether a check of the setup failed and nothing is left to do about it here: no write that can be made, nothing that a
/// person is asked or has to do by hand in that step, no other team that has it. Where a person has to decide about an account
/// that is not there, everything that it is missing for waits for that person too.
pub fn is_stuck(desk: &Desk, finding: &Finding) -> bool {
    finding.verdict == Verdict::Fail
        && subject_of(desk, finding).is_some_and(|subject| {
            let derived = desk.world.derived(&subject);
            let is_elsewhere = waiting::waiting(desk).any(|(number, _)| subject.is_step(number));
            let is_for_a_person = derived.checks.iter().any(|other| other.verdict == Verdict::NeedsPerson);
            derived.actions.is_empty() && derived.asks.is_empty() && !is_for_a_person && !is_elsewhere
        })
        && !waits_for_an_account(desk)
}

/// The last subject whose checks saw this.
fn subject_of(desk: &Desk, finding: &Finding) -> Option<Subject> {
    let subjects = [Subject::Before].into_iter().chain(Subject::steps());
    subjects.filter(|subject| desk.world.derived(subject).checks.contains(finding)).last()
}

/// Of what is stuck as things stand, what no write and no person is planned for in that step either: what a dry run foresees
/// counts as under way.
pub fn stuck<'a>(desk: &Desk, open: &'a [Finding]) -> Vec<&'a Finding> {
    let stuck = open.iter().filter(|finding| is_stuck(desk, finding));
    if !desk.is_dry_run() {
        return stuck.collect();
    }
    let planned: Vec<u8> = projection::of_setup(&desk.case())
        .iter()
        .filter_map(|line| match line {
            projection::Line::Step(number) => Some(*number),
            projection::Line::Write(_) | projection::Line::Person(_) => None,
        })
        .collect();
    let is_planned = |subject: &Subject| planned.iter().any(|number| subject.is_step(*number));
    stuck.filter(|finding| !subject_of(desk, finding).as_ref().is_some_and(is_planned)).collect()
}

fn waits_for_an_account(desk: &Desk) -> bool {
    let is_planned = |f: &Finding| f.slot.is_some_and(|slot| desk.plan().account(slot).is_some());
    let is_missing =
        |f: &Finding| f.check == CheckId::AccountExists && f.verdict == Verdict::NeedsPerson && is_planned(f);
    findings(desk).iter().any(is_missing)
}

/// Findings that somebody accepts by name, each with who, why and until when.
pub fn accepted(desk: &Desk) -> Vec<(Finding, Acceptance<'_>)> {
    let named = |finding: Finding| frame::accepted(desk, &finding).map(|by| (finding, by));
    findings(desk).into_iter().filter_map(named).collect()
}

/// Files that hold a secret, as far as this program knows.
pub fn files(desk: &Desk) -> Vec<String> {
    desk.evidence().files_left().into_iter().map(|left| left.file).collect()
}

/// Those of them that nobody needs any more.
pub fn files_to_destroy(desk: &Desk) -> Vec<LeftFile> {
    let case = desk.case();
    Slot::all().flat_map(|slot| steps::files_to_destroy(&case, slot)).collect()
}

/// Those of them that may be the only place of a secret: nobody has said yet that it is on paper.
pub fn files_to_print(desk: &Desk) -> Vec<LeftFile> {
    let loose = files_to_destroy(desk);
    desk.evidence().files_left().into_iter().filter(|file| !loose.contains(file)).collect()
}

/// The first day on which to look again, where nothing but what only time brings is open.
pub fn waits_until(desk: &Desk) -> Option<Date> {
    let open = open(desk);
    let days: Option<Vec<Date>> = open.iter().map(|finding| finding.waits_until).collect();
    days?.into_iter().min()
}

/// Findings that only time brings.
pub fn waits(desk: &Desk) -> Vec<Finding> {
    open(desk).into_iter().filter(|finding| frame::waits(desk, finding)).collect()
}

/// Whether all is in order.
pub fn is_complete(desk: &Desk) -> bool {
    open(desk).is_empty()
}

/// The eleven points, each as good as its worst check.
pub fn checklist(desk: &Desk) -> Vec<Row> {
    let findings = findings(desk);
    guide::checklist()
        .iter()
        .map(|point| {
            let about: Vec<&Finding> = findings.iter().filter(|f| point.checks.contains(&f.check)).collect();
            let open: Vec<&&Finding> = about.iter().filter(|f| !frame::settled(desk, f)).collect();
            Row {
                label: format!("{}. {}", point.number, claim(desk, point)),
                verdict: if about.is_empty() { Verdict::Unknown } else { worst(&open) },
                detail: match (point.number, about.as_slice()) {
                    (10 | 11, []) => "once it was done for the first time".to_owned(),
                    (10 | 11, [date, ..]) => date.detail.clone(),
                    _ if open.is_empty() => accepted_words(desk, &about),
                    _ => seen(&open),
                },
            }
        })
        .collect()
}

/// What a point says when it is done: less, where the license is missing that it stands on.
fn claim<'a>(desk: &Desk, point: &'a guide::Point) -> &'a str {
    let less = point.unlicensed.as_deref().filter(|_| steps::is_unlicensed(&desk.case()));
    less.unwrap_or(&point.text)
}

/// What a point is done in spite of.
fn accepted_words(desk: &Desk, about: &[&Finding]) -> String {
    let labels: Vec<String> = about
        .iter()
        .filter_map(|f| Some(format!("{} ({})", frame::label(f), frame::accepted(desk, f)?.by())))
        .collect();
    match labels.is_empty() {
        true => String::new(),
        false => format!("accepted by name: {}", labels.join("; ")),
    }
}

/// What keeps a point open, each cause once.
fn seen(open: &[&&Finding]) -> String {
    let mut details: Vec<String> = Vec::new();
    for sentence in open.iter().map(|f| text::sentence(&f.detail)) {
        if !details.contains(&sentence) {
            details.push(sentence);
        }
    }
    match details.as_slice() {
        [_] => open[0].detail.clone(),
        _ => details.join(" "),
    }
}

fn worst(open: &[&&Finding]) -> Verdict {
    let has = |verdict| open.iter().any(|f| f.verdict == verdict);
    match () {
        () if has(Verdict::Fail) => Verdict::Fail,
        () if has(Verdict::NeedsPerson) => Verdict::NeedsPerson,
        () if has(Verdict::Unknown) => Verdict::Unknown,
        () => Verdict::Pass,
    }
}
