//! Trying a printer: the calibration page goes the way the slips will go, before any secret exists, and a named person
//! says whether every sign on it can be told from every other.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::{Destination, Job, JobState, Printout};
use crate::domain::plan::Hold;
use crate::domain::record::Attested;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect, Wait};
use crate::journeys::frame;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::turn::{Outcome, Start, Turn};

/// The calibration page on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrate {
    /// Where it goes: the way the slips will go.
    pub to: Destination,
    /// How far it is.
    pub state: State,
}

/// How far the calibration page is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum State {
    /// It is being sent.
    Sending,
    /// It is a job at a printer, which stands like this.
    AtWork { job: Job, seen: JobState },
    /// It is printed, handed over, or in this file; a person looks at it.
    Looking { file: Option<String> },
}

/// What happens to the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// It went on its way, or not.
    Printed(Result<Printout, Trouble>),
    /// Its job was looked at.
    JobSeen(JobState),
    /// The printer refused to cancel it, or did not answer.
    NotCanceled(Trouble),
    /// It is in somebody's hand.
    InHand,
    /// It is good.
    Good,
    /// It is printed again.
    Again,
    /// It is not good: another route to paper.
    OtherRoute,
    /// Back.
    Back,
}

impl Calibrate {
    /// Sends the page.
    pub fn begin(desk: &Desk, to: Destination) -> (Self, Turn<Msg>) {
        let turn = send(desk, &to);
        (Self { to, state: State::Sending }, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            (_, Msg::NotCanceled(trouble)) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
            (State::Sending, Msg::Printed(result)) => self.sent(desk, result),
            (State::AtWork { job, .. }, Msg::JobSeen(seen)) => match &seen {
                JobState::Canceled | JobState::Aborted(_) => not_printed(desk, seen.words()),
                JobState::Done => self.enter(State::Looking { file: None }),
                _ => self.enter(State::AtWork { job, seen }),
            },
            (State::AtWork { .. }, Msg::InHand) => {
                self.enter(State::Looking { file: None }).with([Effect::StopWaiting])
            }
            (State::AtWork { job, .. }, Msg::Back) => {
                let cancel = PaperEffect::CancelJob { job, refused: Reply::to(Msg::NotCanceled) };
                Turn::over().with([Effect::StopWaiting, Effect::Paper(cancel)])
            }
            (State::Looking { .. }, Msg::Good) => Turn::become_(Start::Ask(Ask::Attest(attest(&self.to)))),
            (State::Looking { .. }, Msg::Again) => {
                self.state = State::Sending;
                send(desk, &self.to)
            }
            (State::Looking { .. }, Msg::OtherRoute) => Turn::end(Outcome::OtherRoute),
            (State::Looking { .. }, Msg::Back) => Turn::over(),
            _ => Turn::stay(),
        }
    }

    fn enter(&mut self, state: State) -> Turn<Msg> {
        self.state = state;
        Turn::stay()
    }

    fn sent(&mut self, desk: &mut Desk, result: Result<Printout, Trouble>) -> Turn<Msg> {
        match result {
            Ok(Printout::File(file)) => self.enter(State::Looking { file: Some(file) }),
            Ok(Printout::HandedOver | Printout::Job(_, JobState::Done)) => {
                self.enter(State::Looking { file: None })
            }
            // It holds no secret and waits for nobody, so that no printer is asked whether it could.
            Ok(Printout::CannotWait(why) | Printout::OnlyInClear(why)) => not_printed(desk, why),
            Ok(Printout::Job(_, seen @ (JobState::Canceled | JobState::Aborted(_)))) => {
                not_printed(desk, seen.words())
            }
            Ok(Printout::Job(job, seen)) => {
                let watch = Wait::Job { job: job.clone(), tell: Reply::to(Msg::JobSeen) };
                self.enter(State::AtWork { job, seen }).with([Effect::Wait(watch)])
            }
            Err(trouble) => {
                desk.trouble = Some(trouble);
                Turn::over()
            }
        }
    }

    /// The page on its way, and then in somebody's hand.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Try the printer");
        match &self.state {
            State::Sending => screen.work = Some(Work::endless("sending the calibration page")),
            State::AtWork { seen, .. } => at_work(seen, &mut screen),
            State::Looking { file } => looking(&self.to, file.as_deref(), &mut screen),
        }
        screen
    }
}

/// The page holds no secret, so that it waits for nobody.
pub fn at_once(to: Destination) -> Destination {
    match to {
        Destination::Printer { address, .. } => Destination::Printer { address, hold: Hold::No },
        Destination::Spooler { queue, .. } => Destination::Spooler { queue, hold: Hold::No },
        Destination::File(_) | Destination::Device { .. } | Destination::Stdout => to,
    }
}

/// Who found the page good by this way.
pub fn found_good<'a>(desk: &'a Desk, to: &Destination) -> Option<&'a Attested> {
    desk.evidence().attested.get(&about(to))
}

/// What is vouched for: the page by one way; another printer has its own.
fn about(to: &Destination) -> CheckSubject {
    CheckId::PaperCalibration.about(&to.words())
}

fn send(desk: &Desk, to: &Destination) -> Turn<Msg> {
    let (page, to, paper) = (Page::Calibration, to.clone(), desk.paper());
    let tell = Reply::to(Msg::Printed);
    Effect::Paper(PaperEffect::PrintPage { page, to, paper, tell }).into()
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

fn not_printed(desk: &mut Desk, why: String) -> Turn<Msg> {
    desk.trouble = Some(Trouble::new(
        "The calibration page was not printed to its end.",
        why,
        "Look at the printer and print the page again, or choose another route. No secret was made yet.",
    ));
    Turn::over()
}

fn at_work(seen: &JobState, screen: &mut Screen<Msg>) {
    let words = "The calibration page holds no secret; nobody has to stand there.";
    screen.prose.push(Block::Text(words.to_owned()));
    screen.work = Some(Work::endless(seen.words()));
    screen.choices.push(Choice::safe('h', "The page is in my hand", Msg::InHand));
    screen.choices.push(Choice::back("Cancel the job and go back to the slip", Msg::Back));
}

fn looking(to: &Destination, file: Option<&str>, screen: &mut Screen<Msg>) {
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
    screen.choices.push(Choice::safe('n', "It is good; vouch for it", Msg::Good));
    screen.choices.push(Choice::safe('a', "Print it again", Msg::Again));
    screen.choices.push(Choice::safe('r', "It is not; choose another route", Msg::OtherRoute));
    screen.choices.push(Choice::back("Back to the slip", Msg::Back));
}
