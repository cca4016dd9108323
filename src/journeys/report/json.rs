//! The result of a journey as JSON with stable names.

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::check::accept::Acceptance;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::record::Waiting;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::report::{self, waiting as waiting_steps};
use crate::steps::STEPS;
use crate::steps::Subject;

/// The result of a journey.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether all is in order.
    pub complete: bool,
    /// REHEARSAL, LIVE.
    pub mark: String,
    /// Tenant id.
    pub tenant: String,
    /// The nine steps.
    pub steps: Vec<StepReport>,
    /// The eleven-point checklist.
    pub checklist: Vec<PointReport>,
    /// What is left to do.
    pub open: Vec<Finding>,
    /// The writes that were made in this run, as sentences, in order.
    pub written: Vec<String>,
    /// Findings that somebody accepts by name; they do not count.
    pub accepted: Vec<AcceptedReport>,
    /// Files with a secret each, to be printed and destroyed.
    pub files: Vec<String>,
    /// Steps that were handed over and are not done.
    pub waiting: Vec<WaitingReport>,
    /// The folder of the record.
    pub record: String,
}

/// One step.
#[derive(Debug, Serialize)]
pub struct StepReport {
    /// 1 to 9.
    pub id: u8,
    /// Its name.
    pub name: String,
    /// What its checks saw.
    pub findings: Vec<Finding>,
}

/// One point of the checklist.
#[derive(Debug, Serialize)]
pub struct PointReport {
    /// 1 to 11.
    pub number: usize,
    /// How it stands.
    pub verdict: Verdict,
    /// What is open.
    pub detail: String,
}

/// A finding that is accepted by name.
#[derive(Debug, Serialize)]
pub struct AcceptedReport {
    /// What was seen.
    #[serde(flatten)]
    pub finding: Finding,
    /// Why it is accepted.
    pub reason: String,
    /// Who stands for it; a plan of the old form does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The last day on which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

fn accepted(desk: &Desk) -> Vec<AcceptedReport> {
    let named = report::accepted(desk).into_iter();
    let told = |(finding, by): (Finding, Acceptance<'_>)| AcceptedReport {
        finding,
        reason: by.reason.to_owned(),
        person: by.person.map(str::to_owned),
        until: by.until,
    };
    named.map(told).collect()
}

/// A step that another team has.
#[derive(Debug, Serialize)]
pub struct WaitingReport {
    /// 1 to 9.
    pub step: u8,
    /// For whom, since when, and the page they were given.
    #[serde(flatten)]
    pub waiting: Waiting,
}

fn waiting(desk: &Desk) -> Vec<WaitingReport> {
    let open = waiting_steps::waiting(desk);
    open.map(|(step, waiting)| WaitingReport { step, waiting: waiting.clone() }).collect()
}

/// The result as it stands.
pub fn report(desk: &Desk) -> Report {
    let steps = STEPS.iter().map(|step| StepReport {
        id: step.id.number(),
        name: guide::step(step.id.number()).name.clone(),
        findings: desk.world.derived(&Subject::Step(step.id)).checks.clone(),
    });
    let points = report::checklist(desk).into_iter().enumerate();
    Report {
        complete: report::is_complete(desk),
        mark: desk.session.mark.as_str().to_owned(),
        tenant: desk.case().tenant().to_owned(),
        steps: steps.collect(),
        checklist: points
            .map(|(i, row)| PointReport { number: i + 1, verdict: row.verdict, detail: row.detail })
            .collect(),
        open: report::open(desk),
        written: desk.written.clone(),
        accepted: accepted(desk),
        files: report::files(desk),
        waiting: waiting(desk),
        record: desk.session.record.clone(),
    }
}
