//! What a review keeps in the record folder beside its entries: the plan, once somebody has decided something of it here, and
//! the report of a review that was signed.

use crate::domain::check::ask::Ask;
use crate::domain::facts::Area;
use crate::domain::paper::printing::{Destination, JobState, Printout};
use crate::domain::plan::Route;
use crate::domain::plan::plan_file;
use crate::domain::record::Entry;
use crate::domain::review::{Begun, By, ReviewRow, digest};
use crate::domain::trouble::Trouble;
use crate::journeys::decisions::Earlier;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect, RecordEffect};
use crate::journeys::reply::Reply;
use crate::journeys::report::review::Report;
use crate::journeys::review::{JOURNEY, Msg, open, report, rows};
use crate::journeys::session::PlanOrigin;
use crate::journeys::tasks::{attest, calibrate};
use crate::journeys::turn::{Start, Turn};
use crate::steps::{self, Subject};

/// Saves the plan as it lies on the desk; a run that writes nothing saves none. One that is not finished, as in a tenant that a
/// review has never seen, is kept as answers on the way to a plan: as the record's plan every next run would refuse it.
pub(super) fn plan(desk: &Desk) -> Option<Effect<Msg>> {
    let plan = desk.world.shared_plan();
    let saved = match plan_file::validate(&plan).is_empty() {
        true => RecordEffect::SavePlan(plan),
        false => RecordEffect::KeepAnswers(plan),
    };
    (!desk.is_dry_run()).then(|| Effect::Record(saved))
}

/// Accounts that somebody chose in an earlier review, where no plan says which they are.
pub(super) fn take_up(desk: &mut Desk) {
    let is_told = desk.session.plan_origin == PlanOrigin::Given || !desk.evidence().accounts.is_empty();
    let Earlier::Unfinished(kept) = &desk.earlier else { return };
    let is_chosen = kept.accounts.iter().any(|account| account.adopt.is_some());
    let is_named = desk.plan().accounts.iter().any(|account| account.adopt.is_some());
    if is_chosen && !is_told && !is_named {
        *desk.world.plan_mut() = (**kept).clone();
    }
}

/// The exclusion group that somebody else made becomes the plan's. Nothing is written to the tenant by that: what may be
/// written then is shown before.
pub(super) fn adopt_group(desk: &mut Desk) -> Turn<Msg> {
    let Some(group) = steps::review::foreign_group(&desk.case()) else { return Turn::stay() };
    let (id, name) = (group.id.clone(), group.name.clone());
    desk.did(format!(
        "The plan of the record adopts \"{name}\". A plan file behind --plan counts before it: write there group.adopt = \"{id}\""
    ));
    desk.world.plan_mut().group.adopt = Some(id);
    let saved = plan(desk);
    Turn::stay().read(desk, &[Area::Group, Area::Policies], None).with(saved)
}

/// The next statement about which the plan has somebody's word that counts, and that was not put in this run: where nobody is
/// there, the record takes it. Nobody looks again for a machine, not even on a rehearsal tenant.
pub(super) fn told_by_plan(desk: &Desk) -> Option<Ask> {
    let asks = |row: ReviewRow| desk.world.derived(&Subject::Review(row)).asks.clone();
    let is_told = |ask: &Ask| match ask {
        Ask::Attest(attest) => attest::is_told(desk, &attest.about) && !desk.offered.has_ask(ask),
        _ => false,
    };
    ReviewRow::ALL.into_iter().flat_map(asks).find(is_told)
}

/// Puts it to the plan.
pub(super) fn take_word(desk: &mut Desk) -> Turn<Msg> {
    let Some(ask) = told_by_plan(desk) else { return Turn::stay() };
    desk.offered.ask(&ask);
    Turn::begin(Start::Ask(ask))
}

/// The report as it stands; over which line of the record it is made, is filled in where it is made.
pub(super) fn as_it_stands(desk: &Desk) -> Box<Report> {
    Box::new(report(desk, u8::from(!open(desk).is_empty())))
}

/// The report of what was signed, with everybody who signed it.
fn with_signatures(desk: &Desk, signed: Option<&Report>) -> Box<Report> {
    let signatures = report::signatures(desk);
    signed.map_or_else(|| as_it_stands(desk), |signed| Box::new(Report { signatures, ..signed.clone() }))
}

/// Writes the report of what was signed to a PDF in the record folder.
pub(super) fn report_as_pdf(desk: &Desk, signed: Option<&Report>) -> Turn<Msg> {
    let (report, size) = (with_signatures(desk, signed), desk.plan().paper.size);
    Effect::Paper(PaperEffect::SaveReport(report, size, Reply::to(Msg::Saved))).into()
}

/// The plan's printer, whichever way slips go: the report holds no secret, so that it waits for nobody.
pub(super) fn printer(desk: &Desk) -> Option<Destination> {
    let paper = &desk.plan().paper;
    let is_printer = |route: &Route| matches!(route, Route::Printer | Route::Spooler | Route::Device);
    let routes = [paper.route, Route::Printer, Route::Device];
    let found = routes.into_iter().filter(is_printer).find_map(|route| Destination::of(paper, route, ""));
    found.map(calibrate::at_once)
}

/// Sends the report of what was signed to the printer.
pub(super) fn print_report(desk: &Desk, signed: Option<&Report>) -> Turn<Msg> {
    let Some(to) = printer(desk) else { return Turn::stay() };
    let (report, size) = (with_signatures(desk, signed), desk.plan().paper.size);
    Effect::Paper(PaperEffect::PrintReport { report, to, size, tell: Reply::to(Msg::Printed) }).into()
}

/// How it left, or why it did not. Nobody waits for the printer: saved as a file, it can be printed again.
pub(super) fn printed(printed: Result<Printout, Trouble>) -> Result<String, Trouble> {
    let not_printed = |why: String| {
        Trouble::new(
            "The report was not printed.",
            why,
            "Look at the printer and print it again, or save it as a PDF (p) and print that.",
        )
    };
    match printed? {
        Printout::CannotWait(why) | Printout::OnlyInClear(why) => Err(not_printed(why)),
        Printout::Job(_, seen @ (JobState::Canceled | JobState::Aborted(_))) => {
            Err(not_printed(seen.words()))
        }
        Printout::Job(job, _) => Ok(format!(
            "The report is job {} at {}. It holds no secret: let it be signed.",
            job.id, job.printer
        )),
        Printout::HandedOver | Printout::File(_) => {
            Ok("The report went to the printer. It holds no secret: let it be signed.".to_owned())
        }
    }
}

/// Where it lies, or why it does not.
pub(super) fn saved(saved: Result<String, Trouble>) -> Result<String, Trouble> {
    saved.map(|file| format!("The report is in {file}. It holds no secret: print it, and let it be signed."))
}

/// What the review begins with, where none is open: what the checks saw stays as it was seen. A machine's look is kept as
/// a look.
pub(super) fn frozen(desk: &Desk) -> Option<Effect<Msg>> {
    if desk.is_dry_run() || desk.wish.by == By::Person && desk.evidence().reviews.open.is_some() {
        return None;
    }
    let (findings, policies) = (rows::concluded(desk), rows::policies(desk));
    if desk.wish.by == By::Machine {
        let complete = open(desk).is_empty();
        return Some(Effect::remember(Entry::Concluded { findings, complete }));
    }
    let date = desk.world.today();
    let review = desk.evidence().reviews.name(date);
    let facts = digest(&findings, &policies);
    let names = rows::policy_names(desk);
    Some(Effect::remember(Entry::ReviewBegan(Begun { review, date, facts, policies, names, findings })))
}

/// The record of a run that began with something else learns that it is a review now.
pub(super) fn began(desk: &mut Desk) -> Option<Effect<Msg>> {
    if desk.session.journey == JOURNEY {
        return None;
    }
    JOURNEY.clone_into(&mut desk.session.journey);
    (!desk.is_dry_run()).then(|| Effect::remember(desk.began(JOURNEY)))
}
