//! A slip on its way to paper: by which route, who stands at the printer, how the job goes, and who takes the page.
//!
//! Whatever a printer does, the secret stays in the vault until the slip was typed back: every trouble leads to the
//! choice of a route, and nothing is lost.

use std::path::Path;

use crate::domain::paper::printing::{Content, Destination, Job, JobState, Printout};
use crate::domain::plan::{Paper, Plan, Qr, Route};
use crate::domain::trouble::Trouble;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{ByFile, Maker, Model, Moment, People, SlipWork, SlipWorkState, Stage};
use crate::journeys::paper::slips::{abandon, file_name, start_over, type_back};

/// The slip goes to paper by the route that was chosen, or the route is chosen first.
pub(super) fn to_paper(model: &mut Model) -> Vec<Effect> {
    let to = destination(model);
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    (work.wrong, work.judged) = (0, None);
    match (work.route, to) {
        (Route::ByHand, _) => {
            work.slip.route = Route::ByHand.words().to_owned();
            work.state = match work.maker {
                Maker::Program => SlipWorkState::Copying,
                Maker::Person => SlipWorkState::Writing,
            };
            Vec::new()
        }
        (route, None) => {
            work.state = SlipWorkState::Naming { route, moment: Moment::Made };
            Vec::new()
        }
        (Route::File, Some(_)) => print(model),
        // A blank page is no secret; nobody has to stand at the printer.
        (_, Some(_)) if work.maker == Maker::Person => print(model),
        (_, Some(_)) => {
            work.state = SlipWorkState::AtPrinter;
            Vec::new()
        }
    }
}

/// Where the slip goes by the route that was chosen.
pub(super) fn destination(model: &Model) -> Option<Destination> {
    let Stage::Slip(work) = &model.stage else { return None };
    Destination::of(&model.plan.paper, work.route, &file_name(model, &work.slip, work.half()))
}

/// Where a file of that name lies: below the record folder, unless the plan names a folder from the root.
pub(super) fn path(model: &Model, file: &str) -> String {
    Path::new(&model.session.record).join(file).display().to_string()
}

/// Sends the slip; what becomes of it arrives as `Msg::Printed`.
fn print(model: &mut Model) -> Vec<Effect> {
    let Some(to) = destination(model) else { return Vec::new() };
    let (plan, facts) = (Box::new(model.plan.clone()), Box::new(model.facts.clone()));
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let Some(content) = content(work) else { return Vec::new() };
    work.slip.route = to.words();
    work.state = SlipWorkState::Printing;
    let plan = Box::new(Plan { paper: Paper { qr: work.qr, ..plan.paper.clone() }, ..*plan });
    vec![Effect::PrintSlip { slip: work.slip.clone(), content, to, plan, facts }]
}

/// Puts the QR code of the secret onto the slip, where the plan wants one, or leaves it off.
pub(super) fn toggle_code(model: &mut Model) -> Vec<Effect> {
    let wanted = model.plan.paper.qr;
    if let Stage::Slip(work) = &mut model.stage {
        work.qr = if work.qr == Qr::SecretToo { Qr::Documents } else { wanted };
    }
    Vec::new()
}

/// What stands on the page: with two people the half that is on its way, and never the whole.
fn content(work: &SlipWork) -> Option<Content> {
    match (work.maker, work.people, work.secret) {
        (Maker::Person, _, _) => Some(Content::Blank),
        (Maker::Program, People::One, Some(secret)) => Some(Content::Whole(secret)),
        (Maker::Program, People::Two { half, .. }, Some(secret)) => {
            Some(Content::Half { half, secret, of: work.length })
        }
        (Maker::Program, _, None) => None,
    }
}

/// What a person or a printer says while the slip goes to paper.
pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    match (work.state.clone(), msg) {
        (SlipWorkState::Choosing(moment), Msg::ChooseRoute(route)) => chosen(model, (route, moment)),
        (SlipWorkState::Choosing(_), Msg::FindPrinters) => vec![Effect::FindPrinters],
        (SlipWorkState::Choosing(_), Msg::PrintersFound(result)) => found(model, result),
        (SlipWorkState::Choosing(moment), Msg::UsePrinter(index)) => {
            let Some((_, address)) = work.found.get(index).cloned() else { return Vec::new() };
            model.plan.paper.printer = Some(address);
            chosen(model, (Route::Printer, moment))
        }
        (SlipWorkState::Choosing(Moment::Announced), Msg::Back) => enter(model, SlipWorkState::Announced),
        (SlipWorkState::Naming { route, moment }, Msg::Answer(text)) => named(model, (route, moment), &text),
        (SlipWorkState::Naming { moment, .. }, Msg::Skip) => enter(model, SlipWorkState::Choosing(moment)),
        (SlipWorkState::AtPrinter, Msg::Continue) => print(model),
        (SlipWorkState::Printing, Msg::Printed(result)) => printed(model, result),
        (SlipWorkState::AtWork { job, .. }, Msg::JobSeen(state)) => seen(model, (job, state)),
        (SlipWorkState::AtWork { job, .. }, Msg::ReleaseJob) => {
            work.state = SlipWorkState::AtWork { job: job.clone(), seen: JobState::Waiting };
            vec![Effect::ReleaseJob(job)]
        }
        (SlipWorkState::AtWork { job, .. }, Msg::OtherRoute) => {
            work.state = SlipWorkState::Choosing(Moment::Made);
            vec![Effect::StopWatching, Effect::CancelJob(job)]
        }
        (SlipWorkState::AtWork { .. }, Msg::Continue) => {
            type_back(work, (None, ByFile::No));
            vec![Effect::StopWatching]
        }
        (SlipWorkState::AtWork { job, .. }, Msg::PrinterSaid(trouble)) => {
            model.trouble = Some(trouble);
            enter(model, SlipWorkState::AtWork { job, seen: JobState::Held })
        }
        (SlipWorkState::Taking, Msg::Continue) => type_back(work, (None, ByFile::No)),
        (SlipWorkState::AtPrinter | SlipWorkState::Taking | SlipWorkState::Printed(_), Msg::OtherRoute) => {
            enter(model, SlipWorkState::Choosing(Moment::Made))
        }
        (SlipWorkState::Taking, Msg::StartOver) => start_over(model),
        (SlipWorkState::AtWork { job, .. }, Msg::Back) => {
            let mut effects = vec![Effect::StopWatching, Effect::CancelJob(job)];
            effects.extend(abandon(model));
            effects
        }
        (
            SlipWorkState::Choosing(Moment::Made)
            | SlipWorkState::Naming { moment: Moment::Made, .. }
            | SlipWorkState::AtPrinter
            | SlipWorkState::Taking,
            Msg::Back,
        ) => abandon(model),
        _ => Vec::new(),
    }
}

fn enter(model: &mut Model, state: SlipWorkState) -> Vec<Effect> {
    if let Stage::Slip(work) = &mut model.stage {
        work.state = state;
    }
    Vec::new()
}

fn chosen(model: &mut Model, (route, moment): (Route, Moment)) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    work.route = route;
    let is_named = route == Route::ByHand || destination(model).is_some();
    match (moment, is_named) {
        (_, false) => enter(model, SlipWorkState::Naming { route, moment }),
        (Moment::Announced, true) => enter(model, SlipWorkState::Announced),
        (Moment::Made, true) => to_paper(model),
    }
}

fn named(model: &mut Model, (route, moment): (Route, Moment), text: &str) -> Vec<Effect> {
    let text = crate::domain::text::clean(text.trim());
    if text.is_empty() {
        return Vec::new();
    }
    match route {
        Route::Printer => model.plan.paper.printer = Some(text),
        Route::Device => model.plan.paper.device = Some(text),
        Route::ByHand | Route::Spooler | Route::Stdout | Route::File => {}
    }
    chosen(model, (route, moment))
}

fn found(model: &mut Model, result: Result<Vec<(String, String)>, Trouble>) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    match result {
        Ok(printers) if printers.is_empty() => {
            model.trouble = Some(Trouble::new(
                "No printer was found.",
                "The print system of this computer (CUPS) knows none.",
                "Name one by its address, or choose another route.",
            ));
        }
        Ok(printers) => work.found = printers,
        Err(trouble) => model.trouble = Some(trouble),
    }
    Vec::new()
}

fn printed(model: &mut Model, result: Result<Printout, Trouble>) -> Vec<Effect> {
    match result {
        Ok(Printout::File(file)) => {
            if let Stage::Slip(work) = &mut model.stage {
                work.slip.file = Some(file.clone());
            }
            enter(model, SlipWorkState::Printed(file))
        }
        Ok(Printout::HandedOver) => enter(model, SlipWorkState::Taking),
        Ok(Printout::Job(job, state)) => {
            let over = state.is_over();
            enter(model, SlipWorkState::AtWork { job: job.clone(), seen: state.clone() });
            if over { seen(model, (job, state)) } else { vec![Effect::WatchJob(job)] }
        }
        Err(trouble) => {
            // The secret is not lost: every route is still open.
            model.trouble = Some(trouble);
            enter(model, SlipWorkState::Choosing(Moment::Made))
        }
    }
}

/// The job moved on: it is done, it ended otherwise, or it is still at work.
fn seen(model: &mut Model, (job, state): (Job, JobState)) -> Vec<Effect> {
    match &state {
        JobState::Done => enter(model, SlipWorkState::Taking),
        JobState::Canceled | JobState::Aborted(_) => {
            model.trouble = Some(Trouble::new(
                "The slip was not printed to its end.",
                state.words(),
                "Look whether a part of the page lies in the printer and destroy it; then choose how to go on. Nothing \
                 is lost.",
            ));
            enter(model, SlipWorkState::Choosing(Moment::Made))
        }
        JobState::Held | JobState::Waiting | JobState::Printing | JobState::Stopped(_) | JobState::Silent => {
            enter(model, SlipWorkState::AtWork { job, seen: state })
        }
    }
}

/// Whether the slip is between vault and paper, where this file decides.
pub(super) fn is_here(work: &SlipWork) -> bool {
    matches!(
        work.state,
        SlipWorkState::Choosing(_)
            | SlipWorkState::Naming { .. }
            | SlipWorkState::AtPrinter
            | SlipWorkState::Printing
            | SlipWorkState::AtWork { .. }
            | SlipWorkState::Taking
    )
}
