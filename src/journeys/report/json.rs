//! The result of a journey as JSON with stable names.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::domain::check::accept::Acceptance;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::record::{Head, Waiting};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::projection;
use crate::journeys::report::{self, waiting as waiting_steps};
use crate::journeys::tasks::consent::shown;
use crate::steps::STEPS;
use crate::steps::Subject;

/// The version of what this program prints as JSON: it grows when a name changes its meaning or goes, not when one is added.
pub const FORMAT: u32 = 1;

/// The result of a journey.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of these names: [`FORMAT`].
    pub format: u32,
    /// The version of the program.
    pub program: &'static str,
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
    pub open: Vec<FindingReport>,
    /// With `--dry-run`: what a setup would write, and what people would do between, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Vec<PlannedReport>>,
    /// The writes that were made in this run, as sentences, in order.
    pub written: Vec<String>,
    /// Findings that somebody accepts by name; they do not count.
    pub accepted: Vec<AcceptedReport>,
    /// Files with a secret each, to be printed and destroyed.
    pub files: Vec<String>,
    /// Steps that were handed over and are not done.
    pub waiting: Vec<WaitingReport>,
    /// What was there already and was not made here, as sentences.
    pub there: Vec<String>,
    /// The folder of the record.
    pub record: String,
    /// How far the record goes: the hash of its last line, and how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
}

/// One step.
#[derive(Debug, Serialize)]
pub struct StepReport {
    /// 1 to 9.
    pub id: u8,
    /// Its name.
    pub name: String,
    /// What its checks saw.
    pub findings: Vec<FindingReport>,
}

/// What a check saw.
#[derive(Debug, Serialize)]
pub struct FindingReport {
    /// The check.
    pub check: CheckId,
    /// The account, when the check concerns one, as the plan names it: `first`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<&'static str>,
    /// What was concluded.
    pub verdict: Verdict,
    /// What was seen.
    pub detail: String,
    /// The day on which only time has brought it, where nothing else is left to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<Date>,
}

impl From<&Finding> for FindingReport {
    fn from(finding: &Finding) -> Self {
        // What concerns a thing is seen in reviews only.
        let Finding { check, slot, thing: _, verdict, detail, waits_until, next: _ } = finding;
        let (slot, detail) = (slot.map(Slot::key), detail.clone());
        Self { check: *check, slot, verdict: *verdict, detail, waits_until: *waits_until }
    }
}

/// What a setup would come to.
#[derive(Debug, Serialize)]
pub struct PlannedReport {
    /// 1 to 9.
    pub step: u8,
    /// `write`, or `person` for what somebody does or says.
    pub kind: &'static str,
    /// In one sentence.
    pub sentence: String,
    /// The request of a write; ids that are not known yet are placeholders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestReport>,
}

/// A request, as it would be sent.
#[derive(Debug, Serialize)]
pub struct RequestReport {
    /// POST, PATCH, PUT or DELETE.
    pub method: &'static str,
    /// The path, from the service's address on.
    pub path: String,
    /// The body; null where there is none.
    pub body: Value,
}

/// Every write and every task of the whole setup, in order.
fn planned(desk: &Desk) -> Vec<PlannedReport> {
    let mut step = 0;
    let lines = projection::of_setup(&desk.case()).into_iter();
    let planned = lines.filter_map(|line| {
        let (kind, sentence, request) = match line {
            projection::Line::Step(number) => {
                step = number;
                return None;
            }
            projection::Line::Write(action) => ("write", action.sentence(), Some(request(&action))),
            projection::Line::Person(label) => ("person", label, None),
        };
        Some(PlannedReport { step, kind, sentence, request })
    });
    planned.collect()
}

fn request(action: &Action) -> RequestReport {
    let call = action.call();
    RequestReport { method: call.verb.as_str(), path: call.path.clone(), body: shown(&call) }
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
    pub finding: FindingReport,
    /// Why it is accepted.
    pub reason: String,
    /// Who stands for it; a plan of the old form does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Who approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// The last day on which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

fn accepted(desk: &Desk) -> Vec<AcceptedReport> {
    let named = report::accepted(desk).into_iter();
    let told = |(finding, by): (Finding, Acceptance<'_>)| AcceptedReport {
        finding: (&finding).into(),
        reason: by.reason.to_owned(),
        person: by.person.map(str::to_owned),
        approver: by.approver.map(str::to_owned),
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
        findings: desk.world.derived(&Subject::Step(step.id)).checks.iter().map(Into::into).collect(),
    });
    let points = report::checklist(desk).into_iter().enumerate();
    Report {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION"),
        complete: report::is_complete(desk),
        mark: desk.session.mark.as_str().to_owned(),
        tenant: desk.case().tenant().to_owned(),
        steps: steps.collect(),
        checklist: points
            .map(|(i, row)| PointReport { number: i + 1, verdict: row.verdict, detail: row.detail })
            .collect(),
        open: report::open(desk).iter().map(Into::into).collect(),
        planned: desk.is_dry_run().then(|| planned(desk)),
        written: desk.written.clone(),
        accepted: accepted(desk),
        files: report::files(desk),
        waiting: waiting(desk),
        there: report::there(desk),
        record: desk.session.record.clone(),
        head: desk.evidence().head.clone(),
    }
}
