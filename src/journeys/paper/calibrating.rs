//! Trying a printer: the calibration page goes the way the slips will go, before any secret exists, and a named person
//! says whether every sign on it can be told from every other.

use crate::domain::check::ask::Attest;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::{Destination, JobState, Printout};
use crate::domain::plan::Hold;
use crate::domain::record::Attested;
use crate::domain::trouble::Trouble;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{
    Calibrating, CalibratingState, Maker, Model, Moment, SlipWork, SlipWorkState, Stage,
};
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::{attesting, frame};

/// Where the calibration page goes for the slip that is announced; `None` by hand, for a blank slip, and where nothing is
/// named yet.
fn way(model: &Model, work: &SlipWork) -> Option<Destination> {
    if work.maker == Maker::Person {
        return None;
    }
    let paper = &model.plan.paper;
    let file = format!("{}/calibration.{}", paper.folder(), paper.format.ending());
    Destination::of(paper, work.route, &file).map(at_once)
}

/// The page holds no secret, so that it waits for nobody.
fn at_once(to: Destination) -> Destination {
    match to {
        Destination::Printer { address, .. } => Destination::Printer { address, hold: Hold::No },
        Destination::Spooler { queue, .. } => Destination::Spooler { queue, hold: Hold::No },
        Destination::File(_) | Destination::Device { .. } | Destination::Stdout => to,
    }
}

/// What is vouched for: the page by one way; another printer has its own.
fn about(to: &Destination) -> CheckSubject {
    CheckId::PaperCalibration.about(&to.words())
}

/// Who found the page good by this way.
fn word<'a>(model: &'a Model, to: &Destination) -> Option<&'a Attested> {
    model.evidence.attested.get(&about(to))
}

/// On the screen that announces a slip: whether its printer was tried.
pub(super) fn words(model: &Model, work: &SlipWork) -> Option<Block> {
    let to = way(model, work)?;
    Some(Block::Text(match word(model, &to) {
        Some(word) => format!("Tried: {} found the calibration page good on {}.", word.person, word.date),
        None => "Not tried yet. The calibration page holds no secret and shows whether every sign is clear."
            .to_owned(),
    }))
}

/// The choice to try it.
pub(super) fn choice(model: &Model, work: &SlipWork) -> Option<Choice> {
    let label = match word(model, &way(model, work)?) {
        Some(_) => "Print the calibration page again",
        None => "Print the calibration page first",
    };
    Some(Choice::safe('k', label, Msg::Calibrate))
}

/// Sends the page by the route of the slip that is announced.
pub(in crate::journeys) fn begin(model: &mut Model) -> Vec<Effect> {
    let to = match &model.stage {
        Stage::Slip(work) if work.state == SlipWorkState::Announced => way(model, work),
        _ => None,
    };
    let Some(to) = to else { return Vec::new() };
    let back = Box::new(model.stage.clone());
    send(model, Calibrating { to, state: CalibratingState::Sending, back })
}

fn send(model: &mut Model, calibrating: Calibrating) -> Vec<Effect> {
    let (plan, facts) = (Box::new(model.plan.clone()), Box::new(model.facts.clone()));
    let to = calibrating.to.clone();
    model.stage = Stage::Calibrating(Calibrating { state: CalibratingState::Sending, ..calibrating });
    vec![Effect::PrintPage { page: Page::Calibration, to, plan, facts }]
}

pub(in crate::journeys) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Calibrating(calibrating) = model.stage.clone() else { return Vec::new() };
    match (calibrating.state.clone(), msg) {
        (CalibratingState::Sending, Msg::Printed(result)) => sent(model, result),
        (CalibratingState::AtWork { job, .. }, Msg::JobSeen(seen)) => match &seen {
            JobState::Canceled | JobState::Aborted(_) => not_printed(model, seen.words()),
            JobState::Done => enter(model, CalibratingState::Looking { file: None }),
            _ => enter(model, CalibratingState::AtWork { job, seen }),
        },
        (CalibratingState::AtWork { .. }, Msg::Continue) => {
            enter(model, CalibratingState::Looking { file: None });
            vec![Effect::StopWatching]
        }
        (CalibratingState::AtWork { job, .. }, Msg::Back) => {
            leave(model);
            vec![Effect::StopWatching, Effect::CancelJob(job)]
        }
        (CalibratingState::Looking { .. }, Msg::Continue) => {
            leave(model);
            attesting::begin(model, vec![attest(&calibrating.to)])
        }
        (CalibratingState::Looking { .. }, Msg::StartOver) => send(model, calibrating),
        (CalibratingState::Looking { .. }, Msg::OtherRoute) => {
            leave(model);
            if let Stage::Slip(work) = &mut model.stage {
                work.state = SlipWorkState::Choosing(Moment::Announced);
            }
            Vec::new()
        }
        (CalibratingState::Looking { .. }, Msg::Back) => leave(model),
        _ => Vec::new(),
    }
}

fn attest(to: &Destination) -> Attest {
    Attest {
        about: about(to),
        statement: format!(
            "On the calibration page that went by {}, every sign can be told from every other",
            to.words()
        ),
        note: "Printer and paper".to_owned(),
    }
}

fn enter(model: &mut Model, state: CalibratingState) -> Vec<Effect> {
    if let Stage::Calibrating(calibrating) = &mut model.stage {
        calibrating.state = state;
    }
    Vec::new()
}

/// Back to the slip that waits.
fn leave(model: &mut Model) -> Vec<Effect> {
    if let Stage::Calibrating(calibrating) = &model.stage {
        model.stage = (*calibrating.back).clone();
    }
    Vec::new()
}

fn sent(model: &mut Model, result: Result<Printout, Trouble>) -> Vec<Effect> {
    match result {
        Ok(Printout::File(file)) => enter(model, CalibratingState::Looking { file: Some(file) }),
        Ok(Printout::HandedOver) => enter(model, CalibratingState::Looking { file: None }),
        Ok(Printout::Job(_, seen @ (JobState::Canceled | JobState::Aborted(_)))) => {
            not_printed(model, seen.words())
        }
        Ok(Printout::Job(_, JobState::Done)) => enter(model, CalibratingState::Looking { file: None }),
        Ok(Printout::Job(job, seen)) => {
            enter(model, CalibratingState::AtWork { job: job.clone(), seen });
            vec![Effect::WatchJob(job)]
        }
        Err(trouble) => {
            model.trouble = Some(trouble);
            leave(model)
        }
    }
}

fn not_printed(model: &mut Model, why: String) -> Vec<Effect> {
    model.trouble = Some(Trouble::new(
        "The calibration page was not printed to its end.",
        why,
        "Look at the printer and print the page again, or choose another route. No secret was made yet.",
    ));
    leave(model)
}

/// The page on its way, and then in somebody's hand.
pub(in crate::journeys) fn screen(model: &Model, calibrating: &Calibrating) -> Screen {
    let mut screen = frame::with_rail(model, "Try the printer");
    match &calibrating.state {
        CalibratingState::Sending => screen.work = Some(Work::endless("sending the calibration page")),
        CalibratingState::AtWork { seen, .. } => at_work(seen, &mut screen),
        CalibratingState::Looking { file } => looking((&calibrating.to, file.as_deref()), &mut screen),
    }
    screen
}

fn at_work(seen: &JobState, screen: &mut Screen) {
    screen
        .prose
        .push(Block::Text("The calibration page holds no secret; nobody has to stand there.".to_owned()));
    screen.work = Some(Work::endless(seen.words()));
    screen.choices.push(Choice::safe('h', "The page is in my hand", Msg::Continue));
    screen.choices.push(Choice::safe('b', "Cancel the job and go back to the slip", Msg::Back));
}

fn looking((to, file): (&Destination, Option<&str>), screen: &mut Screen) {
    screen
        .prose
        .extend(file.map(|file| Block::Text(format!("The calibration page is in {file}. Print it now."))));
    let mut looks = vec![
        "Hold it at arm's length. Can every pair in the list be told apart, 0 and O, 1, l and I?".to_owned(),
        "Is nothing cut off, blurred or printed twice?".to_owned(),
    ];
    if to.is_drawn() {
        looks.push("Is the line of 100 mm as long as it says?".to_owned());
    }
    screen.prose.push(Block::List(looks));
    screen.choices.push(Choice::safe('n', "It is good; vouch for it", Msg::Continue));
    screen.choices.push(Choice::safe('a', "Print it again", Msg::StartOver));
    screen.choices.push(Choice::safe('r', "It is not; choose another route", Msg::OtherRoute));
    screen.choices.push(Choice::safe('b', "Back to the slip", Msg::Back));
}
