//! A slip on its way to paper: by which route, who stands at the printer, how the job goes, and who takes the page.
//!
//! Whatever a printer does, the secret stays in the vault until the slip was typed back: every trouble leads to the
//! choice of a route, and nothing is lost.

use std::path::Path;
use std::sync::Arc;

use crate::domain::paper::printing::{Content, Destination, Job, JobState, Line, Printout};
use crate::domain::plan::{self, Plan, Route};
use crate::domain::record::Entry;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, Paper, PaperEffect, RecordEffect, Wait};
use crate::journeys::reply::Reply;
use crate::journeys::tasks::calibrate;
use crate::journeys::tasks::slip::state::{
    Fit, MakeSlip, Maker, Moment, Msg, PageWait, People, State, Travel,
};
use crate::journeys::turn::Turn;

impl MakeSlip {
    /// The slip goes to paper by the route that was chosen, or the route is chosen first.
    pub(super) fn go_to_paper(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if self.maker == Maker::Program && self.secret.is_none() {
            return self.out_of_time(desk, &State::Copying);
        }
        (self.wrong, self.judged) = (0, None);
        if let Some(commands) = self.system.clone() {
            return self.store_in(commands);
        }
        if self.wait == PageWait::Released {
            self.wait = PageWait::AsPlanned;
        }
        match (self.route, destination(desk, self)) {
            (Route::ByHand, _) => {
                self.slip.route = Route::ByHand.words().to_owned();
                self.enter(match self.maker {
                    Maker::Program => State::Copying,
                    Maker::Person => State::Writing,
                })
            }
            (route, None) => self.enter(State::Naming { route, moment: Moment::Made }),
            (Route::File, Some(_)) => self.print(desk, Line::Encrypted),
            // A blank page is no secret; nobody has to stand at the printer.
            (_, Some(_)) if self.maker == Maker::Person => self.print(desk, Line::Encrypted),
            (_, Some(_)) => self.enter(State::AtPrinter),
        }
    }

    /// Sends the slip; what becomes of it arrives as [`Msg::Printed`].
    fn print(&mut self, desk: &Desk, line: Line) -> Turn<Msg> {
        let (Some(to), Some(content)) = (destination(desk, self), self.content()) else {
            return Turn::stay();
        };
        self.slip.route = to.words();
        self.state = State::Printing;
        let Paper { plan, facts } = desk.paper();
        let paper = plan::Paper { qr: self.qr, ..plan.paper.clone() };
        let paper = Paper { plan: Arc::new(Plan { paper, ..(*plan).clone() }), facts };
        let (slip, tell) = (self.slip.clone(), Reply::to(Msg::Printed));
        Effect::Paper(PaperEffect::PrintSlip { slip, content, to, line, paper, tell }).into()
    }

    /// What stands on the page: with two people the half that is on its way, and never the whole.
    fn content(&self) -> Option<Content> {
        match (self.maker, self.people, self.secret) {
            (Maker::Person, _, _) => Some(Content::Blank),
            (Maker::Program, People::One, Some(secret)) => Some(Content::Whole(secret)),
            (Maker::Program, People::Two { half, .. }, Some(secret)) => {
                Some(Content::Half { half, secret, of: self.length })
            }
            (Maker::Program, _, None) => None,
        }
    }

    /// What a person or a printer says while the slip goes to paper.
    pub(super) fn on_the_way(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            (State::Choosing(moment), msg) => self.choosing(desk, moment, msg),
            (State::Naming { route, moment }, Msg::Answer(text)) => self.named(desk, route, moment, &text),
            (State::Naming { moment, .. }, Msg::OtherRoute) => self.enter(State::Choosing(moment)),
            (State::AtPrinter, Msg::Continue) if self.travel == Travel::Encrypted => {
                self.print(desk, Line::Encrypted)
            }
            (State::AtPrinter, Msg::SendInClear) if self.travel == Travel::OnlyInClear => {
                self.print(desk, Line::InClear)
            }
            (State::Printing, Msg::Printed(result)) => self.printed(desk, result),
            (State::AtWork { job, .. }, msg) => self.at_work(desk, job, msg),
            (State::Taking, Msg::Continue) => self.type_back(None),
            (State::AtPrinter | State::Taking, Msg::OtherRoute) => self.enter(State::Choosing(Moment::Made)),
            (State::Taking, Msg::StartOver) => self.ask_anew(),
            (State::Naming { moment: Moment::Made, .. } | State::AtPrinter | State::Taking, Msg::Back) => {
                self.ask_to_stop()
            }
            _ => Turn::stay(),
        }
    }

    /// The route is being chosen.
    fn choosing(&mut self, desk: &mut Desk, moment: Moment, msg: Msg) -> Turn<Msg> {
        match (moment, msg) {
            (_, Msg::ChooseRoute(route)) => self.chosen(desk, route, moment),
            (_, Msg::FindPrinters) => {
                Effect::Paper(PaperEffect::FindPrinters(Reply::to(Msg::PrintersFound))).into()
            }
            (_, Msg::PrintersFound(result)) => self.found(desk, result),
            (_, Msg::UsePrinter(index)) => {
                let Some((_, address)) = self.found.get(index).cloned() else { return Turn::stay() };
                desk.world.plan_mut().paper.printer = Some(address);
                self.chosen(desk, Route::Printer, moment)
            }
            (Moment::Announced, Msg::Back) => self.enter(State::Announced),
            (Moment::Made, Msg::Back) => self.ask_to_stop(),
            _ => Turn::stay(),
        }
    }

    fn chosen(&mut self, desk: &mut Desk, route: Route, moment: Moment) -> Turn<Msg> {
        (self.route, self.wait, self.fit) = (route, PageWait::AsPlanned, Fit::NotRefused);
        self.travel = Travel::Encrypted;
        self.leave_system();
        let is_named = route == Route::ByHand || destination(desk, self).is_some();
        if !is_named {
            return self.enter(State::Naming { route, moment });
        }
        let keep = self.keep_route(desk);
        let turn = match moment {
            Moment::Announced => self.enter(State::Announced),
            Moment::Made => self.go_to_paper(desk),
        };
        turn.after(keep)
    }

    /// The route of a secret is that of the next slip too. A blank slip is no secret; how it comes says nothing.
    fn keep_route(&self, desk: &mut Desk) -> Option<Effect<Msg>> {
        let is_other = self.maker == Maker::Program && desk.plan().paper.route != self.route;
        (is_other && !desk.is_dry_run()).then(|| {
            desk.world.plan_mut().paper.route = self.route;
            Effect::Record(RecordEffect::SavePlan(desk.world.shared_plan()))
        })
    }

    fn named(&mut self, desk: &mut Desk, route: Route, moment: Moment, text: &str) -> Turn<Msg> {
        let text = clean(text.trim());
        if text.is_empty() {
            return Turn::stay();
        }
        let paper = &mut desk.world.plan_mut().paper;
        match route {
            Route::Printer => paper.printer = Some(text),
            Route::Device => paper.device = Some(text),
            Route::ByHand | Route::Spooler | Route::Stdout | Route::File => {}
        }
        self.chosen(desk, route, moment)
    }

    fn found(&mut self, desk: &mut Desk, result: Result<Vec<(String, String)>, Trouble>) -> Turn<Msg> {
        match result {
            Ok(printers) if printers.is_empty() => {
                desk.trouble = Some(Trouble::new(
                    "No printer was found.",
                    "The print system of this computer (CUPS) knows none.",
                    "Name one by its address, or choose another route.",
                ));
            }
            Ok(printers) => self.found = printers,
            Err(trouble) => desk.trouble = Some(trouble),
        }
        Turn::stay()
    }

    fn printed(&mut self, desk: &mut Desk, result: Result<Printout, Trouble>) -> Turn<Msg> {
        match result {
            Ok(Printout::File(file)) => {
                self.slip.file = Some(file.clone());
                // Whatever becomes of the slip, the record knows where its secret lies on a disk.
                let remember = Effect::remember(Entry::Slip(self.slip.clone()));
                let remember = (self.maker == Maker::Program).then_some(remember);
                self.enter(State::Printed(file)).with(remember)
            }
            Ok(Printout::HandedOver) => self.enter(State::Taking),
            Ok(Printout::CannotWait(why)) => {
                self.wait = PageWait::NotPossible;
                desk.trouble = Some(cannot_wait(why));
                self.enter(State::AtPrinter)
            }
            Ok(Printout::OnlyInClear(why)) => {
                self.travel = Travel::OnlyInClear;
                desk.trouble = Some(only_in_clear(why));
                self.enter(State::AtPrinter)
            }
            Ok(Printout::Job(job, state)) if state.is_over() => self.seen(desk, job, state),
            Ok(Printout::Job(job, seen)) => {
                self.look_out(desk, &seen);
                let watch = Wait::Job { job: job.clone(), tell: Reply::to(Msg::JobSeen) };
                self.enter(State::AtWork { job, seen }).with([Effect::Wait(watch)])
            }
            Err(trouble) => {
                // The secret is not lost: every route is still open.
                desk.trouble = Some(trouble);
                self.enter(State::Choosing(Moment::Made))
            }
        }
    }

    /// The slip is a job at a printer.
    fn at_work(&mut self, desk: &mut Desk, job: Job, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::JobSeen(state) => self.seen(desk, job, state),
            Msg::ReleaseJob => {
                let refused = Reply::to(Msg::NotReleased);
                let release = PaperEffect::ReleaseJob { job: job.clone(), refused };
                self.wait = PageWait::Released;
                self.enter(State::AtWork { job, seen: JobState::Waiting }).with([Effect::Paper(release)])
            }
            Msg::NotReleased(trouble) => {
                self.wait = PageWait::AsPlanned;
                desk.trouble = Some(trouble);
                self.enter(State::AtWork { job, seen: JobState::Held })
            }
            Msg::OtherRoute => self.enter(State::Choosing(Moment::Made)).with(cancel(&job)),
            Msg::Continue => self.type_back(None).with([Effect::StopWaiting]),
            Msg::Back => self.ask_to_stop(),
            _ => Turn::stay(),
        }
    }

    /// A page that was to wait and never did is told loudly. One that was held may have been released at the printer.
    fn look_out(&self, desk: &mut Desk, state: &JobState) {
        let comes = matches!(state, JobState::Printing | JobState::Done | JobState::Stopped(_));
        let was_to_wait =
            self.wait == PageWait::AsPlanned && destination(desk, self).is_some_and(|to| to.waits());
        if comes && was_to_wait {
            desk.trouble = Some(did_not_wait());
        }
    }

    /// The job moved on: it is done, it ended otherwise, or it is still at work.
    fn seen(&mut self, desk: &mut Desk, job: Job, state: JobState) -> Turn<Msg> {
        let held = matches!(&self.state, State::AtWork { seen: JobState::Held, .. });
        if !held {
            self.look_out(desk, &state);
        }
        match &state {
            JobState::Done => self.enter(State::Taking),
            JobState::Canceled | JobState::Aborted(_) => {
                desk.trouble = Some(Trouble::new(
                    "The slip was not printed to its end.",
                    state.words(),
                    "Look whether a part of the page lies in the printer and destroy it; then choose how to go on. \
                     Nothing is lost.",
                ));
                self.enter(State::Choosing(Moment::Made))
            }
            JobState::Held
            | JobState::Waiting
            | JobState::Printing
            | JobState::Stopped(_)
            | JobState::Silent => self.enter(State::AtWork { job, seen: state }),
        }
    }
}

/// Gives a job up.
pub(super) fn cancel(job: &Job) -> [Effect<Msg>; 2] {
    let refused = Reply::to(Msg::NotCanceled);
    [Effect::StopWaiting, Effect::Paper(PaperEffect::CancelJob { job: job.clone(), refused })]
}

/// Where the slip goes by the route that was chosen.
pub(super) fn destination(desk: &Desk, work: &MakeSlip) -> Option<Destination> {
    let to = Destination::of(&desk.plan().paper, work.route, &work.file_name(desk, work.half()))?;
    Some(if work.wait == PageWait::NotPossible { calibrate::at_once(to) } else { to })
}

fn cannot_wait(why: String) -> Trouble {
    Trouble::new(
        "The printer would not keep the page until it is released.",
        why,
        "Nothing was sent. Let somebody stand at the printer and send it then, or choose another route.",
    )
}

fn only_in_clear(why: String) -> Trouble {
    Trouble::new(
        "The printer could not be reached over an encrypted line (ipps).",
        why,
        "Nothing was sent. Name the printer's certificate with --ca-file, switch TLS on at the printer, or choose another \
         route.",
    )
}

fn did_not_wait() -> Trouble {
    Trouble::new(
        "The page did not wait: it comes out of the printer now.",
        "The printer took the page, and not the wish to keep it until somebody stands there.",
        "Go to the printer at once. If anybody else may have seen the page, choose a new secret.",
    )
}

/// Where the calibration page goes for the slip that is announced; `None` by hand, for a blank slip, and where nothing is
/// named yet.
pub(super) fn calibration(desk: &Desk, work: &MakeSlip) -> Option<Destination> {
    if work.maker == Maker::Person {
        return None;
    }
    let paper = &desk.plan().paper;
    let file = format!("{}/calibration.{}", paper.folder(), paper.format.ending());
    Destination::of(paper, work.route, &file).map(calibrate::at_once)
}

/// Where a file of that name lies: below the record folder, unless the plan names a folder from the root.
pub(super) fn path(desk: &Desk, file: &str) -> String {
    Path::new(&desk.session.record).join(file).display().to_string()
}

/// Whether the slip is between vault and paper, where this file decides.
pub(super) fn is_here(work: &MakeSlip) -> bool {
    matches!(
        work.state,
        State::Choosing(_)
            | State::Naming { .. }
            | State::AtPrinter
            | State::Printing
            | State::AtWork { .. }
            | State::Taking
    )
}
