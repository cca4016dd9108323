//! The stack: the journey at the bottom, and on it the tasks that were begun from it, each on top of what begins it.
//!
//! This is the one place that knows every journey and task by name. A layer hears its own messages and no others; where
//! one ends, what lies beneath hears how.

use crate::domain::check::ask::Ask;
use crate::domain::paper::page::Page;
use crate::journeys::desk::Desk;
use crate::journeys::guards::tenant_name::TenantName;
use crate::journeys::home::Home;
use crate::journeys::message::{Msg, NeededBy, Screen};
use crate::journeys::repair::{self, Repair};
use crate::journeys::review::Review;
use crate::journeys::setup::{self, Setup};
use crate::journeys::tabletop::Tabletop;
use crate::journeys::tasks::accept;
use crate::journeys::tasks::accept::Accepting;
use crate::journeys::tasks::again::{self, Others};
use crate::journeys::tasks::alert_test::AlertTesting;
use crate::journeys::tasks::attest::Attesting;
use crate::journeys::tasks::by_hand::{self, ByHand};
use crate::journeys::tasks::calibrate::{self, Calibrate};
use crate::journeys::tasks::classify::Classify;
use crate::journeys::tasks::consent::Consent;
use crate::journeys::tasks::destroy::Destroy;
use crate::journeys::tasks::hand_over::{self, HandOver};
use crate::journeys::tasks::pages::{self, Pages};
use crate::journeys::tasks::recipients::Recipients;
use crate::journeys::tasks::register_key::RegisterKey;
use crate::journeys::tasks::sign_in::{Occasion, SignIn};
use crate::journeys::tasks::sign_in_test::SignInTest;
use crate::journeys::tasks::slip::MakeSlip;
use crate::journeys::tasks::task_list::{self, TaskList};
use crate::journeys::tasks::writing::Writing;
use crate::journeys::turn::{Outcome, Start, Turn};
use crate::journeys::unattended::Answer;
use crate::steps::Subject;

/// One layer of the stack.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The first screen; always at the bottom.
    Home(Home),
    /// The setup.
    Setup(Setup),
    /// Repairs.
    Repair(Repair),
    /// The review.
    Review(Review),
    /// An exercise.
    Tabletop(Box<Tabletop>),
    /// Instructions for doing it by hand.
    ByHand(ByHand),
    /// All tasks of a subject.
    TaskList(TaskList),
    /// What would be written.
    Consent(Consent),
    /// Writing.
    Writing(Box<Writing>),
    /// Someone vouches for something.
    Attest(Attesting),
    /// What else can be done at a subject.
    Others(Others),
    /// Findings are accepted by name.
    Accept(Accepting),
    /// Somebody says what sign-ins and changes were.
    Classify(Classify),
    /// A key is being registered.
    RegisterKey(RegisterKey),
    /// A slip is being made.
    Slip(Box<MakeSlip>),
    /// Files of slips are destroyed.
    Destroy(Destroy),
    /// A sign-in is being tested.
    SignInTest(SignInTest),
    /// The alert is being tested.
    AlertTest(AlertTesting),
    /// Waiting for the recipients of alerts.
    Recipients(Recipients),
    /// A step goes to another team as a page.
    HandOver(HandOver),
    /// Pages are looked at.
    Pages(Pages),
    /// A printer is tried.
    Calibrate(Calibrate),
    /// The operator signs in; what waits for that.
    SignIn(SignIn, Option<Box<NeededBy>>),
    /// The tenant's name is awaited before the first write.
    TenantName(TenantName<Msg>),
}

impl Layer {
    /// What is begun by this name, and what it begins with.
    pub(super) fn begin(desk: &mut Desk, start: Start) -> (Self, Turn<Msg>) {
        match start {
            Start::Setup => {
                let (setup, turn) = Setup::begin(desk);
                (Self::Setup(setup), turn.lift(Msg::Setup))
            }
            Start::SetupAt(step) => {
                let (setup, turn) = Setup::begin(desk);
                (Self::Setup(setup.leading_to(step)), turn.lift(Msg::Setup))
            }
            Start::Repair { case, slot } => {
                let (repair, turn) = Repair::begin(desk, case, slot);
                (Self::Repair(repair), turn.lift(Msg::Repair))
            }
            Start::Review => {
                let (review, turn) = Review::begin(desk);
                (Self::Review(review), turn.lift(Msg::Review))
            }
            Start::Tabletop => {
                let (tabletop, turn) = Tabletop::begin(desk);
                (Self::Tabletop(Box::new(tabletop)), turn.lift(Msg::Tabletop))
            }
            Start::SignIn(operators) => {
                let occasion = Occasion::Beginning(operators);
                let demand = crate::domain::connection::sign_in::Demand::default();
                let (sign_in, turn) = SignIn::begin(desk, demand, occasion);
                (Self::SignIn(sign_in, None), turn.lift(Msg::SignIn))
            }
            Start::SignInAgain(operators) => {
                let demand = crate::domain::connection::sign_in::Demand::default();
                let sign_in = SignIn::waiting(demand, Occasion::Beginning(operators));
                (Self::SignIn(sign_in, None), Turn::stay())
            }
            Start::ByHand(subject) => (Self::ByHand(ByHand { subject }), Turn::stay()),
            Start::TaskList(subject) => (Self::TaskList(TaskList { subject }), Turn::stay()),
            Start::Consent(subject) => (Self::Consent(Consent::begin(desk, subject)), Turn::stay()),
            Start::Write { subject, consented, restores } => {
                let (writing, turn) = Writing::begin(desk, subject, consented, restores);
                (Self::Writing(Box::new(writing)), turn.lift(Msg::Writing))
            }
            Start::Ask(ask) => Self::task(desk, ask),
            Start::Classify(class) => (Self::Classify(Classify::scripted(class)), Turn::stay()),
            Start::Vouch(about) => (Self::Attest(Attesting::begin(desk, about)), Turn::stay()),
            Start::ConsentAgain(subject, actions) => {
                (Self::Consent(Consent::again(subject, actions)), Turn::stay())
            }
            Start::Others(subject) => (Self::Others(Others::begin(subject)), Turn::stay()),
            Start::Again(subject, index) => {
                let (others, turn) = Others::at(desk, subject, index);
                (Self::Others(others), turn.lift(Msg::Others))
            }
            Start::Accept(of) => (Self::Accept(Accepting::begin(of)), Turn::stay()),
            Start::HandOver(step) => (Self::HandOver(HandOver::begin(step)), Turn::stay()),
            Start::Pages(list) => Self::pages(desk, list),
            Start::Calibrate(to) => {
                let (calibrate, turn) = Calibrate::begin(desk, to);
                (Self::Calibrate(calibrate), turn.lift(Msg::Calibrate))
            }
        }
    }

    fn task(desk: &mut Desk, ask: Ask) -> (Self, Turn<Msg>) {
        let slip = |slip| (Self::Slip(Box::new(slip)), Turn::stay());
        match ask {
            Ask::Attest(attest) => (Self::Attest(Attesting::begin(desk, vec![attest])), Turn::stay()),
            Ask::MakePinSlip { slot, key } => slip(MakeSlip::of_pin(desk, slot, key)),
            Ask::MakePasswordSlip { slot } => slip(MakeSlip::of_password(desk, slot)),
            Ask::RegisterKey { slot, key } => {
                (Self::RegisterKey(RegisterKey::begin(desk, slot, key)), Turn::stay())
            }
            Ask::DestroyFiles { slot } => (Self::Destroy(Destroy { slot }), Turn::stay()),
            Ask::TestSignIn { slot } => (Self::SignInTest(SignInTest::begin(slot)), Turn::stay()),
            Ask::TestAlert { slot } => (Self::AlertTest(AlertTesting::begin(desk, slot)), Turn::stay()),
            Ask::AwaitRecipients => {
                let (recipients, turn) = Recipients::begin(desk);
                (Self::Recipients(recipients), turn.lift(Msg::Recipients))
            }
            Ask::Classify => (Self::Classify(Classify::begin()), Turn::stay()),
            Ask::WriteDocument => {
                let pages = crate::domain::paper::page::all(&desk.case());
                Self::pages(desk, pages)
            }
        }
    }

    fn pages(desk: &mut Desk, list: Vec<Page>) -> (Self, Turn<Msg>) {
        let (pages, turn) = Pages::begin(desk, list);
        (Self::Pages(pages), turn.lift(Msg::Pages))
    }

    /// What comes of a message, where it is this layer's own; otherwise the message again.
    pub(super) fn hear(&mut self, desk: &mut Desk, msg: Msg) -> Result<Turn<Msg>, Msg> {
        Ok(match (self, msg) {
            (Self::Home(home), Msg::Home(msg)) => home.on(desk, msg).lift(Msg::Home),
            (Self::Setup(setup), Msg::Setup(msg)) => setup.on(desk, msg).lift(Msg::Setup),
            (Self::Repair(repair), Msg::Repair(msg)) => repair.on(desk, msg).lift(Msg::Repair),
            (Self::Review(review), Msg::Review(msg)) => review.on(desk, msg).lift(Msg::Review),
            (Self::Tabletop(tabletop), Msg::Tabletop(msg)) => tabletop.on(desk, msg).lift(Msg::Tabletop),
            (Self::ByHand(by_hand), Msg::ByHand(msg)) => by_hand.on(desk, msg).lift(Msg::ByHand),
            (Self::TaskList(list), Msg::TaskList(msg)) => list.on(desk, msg).lift(Msg::TaskList),
            (Self::Consent(consent), Msg::Consent(msg)) => consent.on(desk, msg).lift(Msg::Consent),
            (Self::Writing(writing), Msg::Writing(msg)) => writing.on(desk, msg).lift(Msg::Writing),
            (Self::Attest(attesting), Msg::Attest(msg)) => attesting.on(desk, msg).lift(Msg::Attest),
            (Self::Others(others), Msg::Others(msg)) => others.on(desk, msg).lift(Msg::Others),
            (Self::Accept(accepting), Msg::Accept(msg)) => accepting.on(desk, msg).lift(Msg::Accept),
            (Self::Classify(classify), Msg::Classify(msg)) => classify.on(desk, msg).lift(Msg::Classify),
            (Self::RegisterKey(key), Msg::RegisterKey(msg)) => key.on(desk, msg).lift(Msg::RegisterKey),
            (Self::Slip(slip), Msg::Slip(msg)) => slip.on(desk, msg).lift(Msg::Slip),
            (Self::Destroy(files), Msg::Destroy(msg)) => files.on(desk, msg).lift(Msg::Destroy),
            (Self::SignInTest(test), Msg::SignInTest(msg)) => test.on(desk, msg).lift(Msg::SignInTest),
            (Self::AlertTest(test), Msg::AlertTest(msg)) => test.on(desk, msg).lift(Msg::AlertTest),
            (Self::Recipients(waiting), Msg::Recipients(msg)) => waiting.on(desk, msg).lift(Msg::Recipients),
            (Self::HandOver(hand_over), Msg::HandOver(msg)) => hand_over.on(desk, msg).lift(Msg::HandOver),
            (Self::Pages(pages), Msg::Pages(msg)) => pages.on(desk, msg).lift(Msg::Pages),
            (Self::Calibrate(page), Msg::Calibrate(msg)) => page.on(desk, msg).lift(Msg::Calibrate),
            (Self::SignIn(sign_in, _), Msg::SignIn(msg)) => sign_in.on(desk, msg).lift(Msg::SignIn),
            (_, other) => return Err(other),
        })
    }

    /// What lay on top has ended.
    pub(super) fn resumed(&mut self, desk: &mut Desk, outcome: Outcome) -> Turn<Msg> {
        match self {
            Self::Setup(setup) => setup.resumed(desk, &outcome).lift(Msg::Setup),
            Self::Repair(repair) => repair.resumed(desk, &outcome).lift(Msg::Repair),
            Self::Review(review) => review.resumed(desk, &outcome).lift(Msg::Review),
            Self::Tabletop(tabletop) => tabletop.resumed(desk, &outcome).lift(Msg::Tabletop),
            Self::Consent(consent) => consent.resumed(outcome).lift(Msg::Consent),
            Self::Slip(slip) => slip.resumed(&outcome).lift(Msg::Slip),
            // What it was about to write was given up.
            Self::Writing(_) | Self::RegisterKey(_) | Self::SignInTest(_) if outcome == Outcome::GivenUp => {
                Turn::end(Outcome::GivenUp)
            }
            _ => Turn::stay(),
        }
    }

    /// Its screen.
    pub(super) fn screen(&self, desk: &Desk) -> Screen {
        match self {
            Self::Home(home) => home.screen(desk).lift(Msg::Home),
            Self::Setup(setup) => setup.screen(desk).lift(Msg::Setup),
            Self::Repair(repair) => repair.screen(desk).lift(Msg::Repair),
            Self::Review(review) => review.screen(desk).lift(Msg::Review),
            Self::Tabletop(tabletop) => tabletop.screen(desk).lift(Msg::Tabletop),
            Self::ByHand(by_hand) => by_hand.screen(desk).lift(Msg::ByHand),
            Self::TaskList(list) => list.screen(desk).lift(Msg::TaskList),
            Self::Consent(consent) => consent.screen(desk).lift(Msg::Consent),
            Self::Writing(writing) => writing.screen(desk).lift(Msg::Writing),
            Self::Attest(attesting) => attesting.screen(desk).lift(Msg::Attest),
            Self::Others(others) => others.screen(desk).lift(Msg::Others),
            Self::Accept(accepting) => accepting.screen(desk).lift(Msg::Accept),
            Self::Classify(classify) => classify.screen(desk).lift(Msg::Classify),
            Self::RegisterKey(key) => key.screen(desk).lift(Msg::RegisterKey),
            Self::Slip(slip) => slip.screen(desk).lift(Msg::Slip),
            Self::Destroy(files) => files.screen(desk).lift(Msg::Destroy),
            Self::SignInTest(test) => test.screen(desk).lift(Msg::SignInTest),
            Self::AlertTest(test) => test.screen(desk).lift(Msg::AlertTest),
            Self::Recipients(waiting) => waiting.screen(desk).lift(Msg::Recipients),
            Self::HandOver(hand_over) => hand_over.screen(desk).lift(Msg::HandOver),
            Self::Pages(pages) => pages.screen(desk).lift(Msg::Pages),
            Self::Calibrate(page) => page.screen(desk).lift(Msg::Calibrate),
            Self::SignIn(sign_in, _) => sign_in.screen(desk).lift(Msg::SignIn),
            Self::TenantName(name) => name.screen(desk).lift(Msg::TenantName),
        }
    }

    /// Whose board is shown, where one is.
    pub(super) fn board(&self) -> Option<Subject> {
        match self {
            Self::Setup(setup) if setup.at == setup::At::Step || setup.at == setup::At::Looked => {
                Some(setup.subject())
            }
            Self::Repair(repair) if repair.at == repair::At::Board => repair.subject(),
            Self::Review(review) => review.subject(),
            Self::Tabletop(tabletop) => tabletop.subject(),
            _ => None,
        }
    }

    /// What is lost when the program is left now.
    pub(super) fn at_stake(&self, desk: &Desk) -> Vec<String> {
        match self {
            Self::Slip(slip) => slip.at_stake(desk),
            Self::RegisterKey(key) => key.at_stake().into_iter().collect(),
            Self::Writing(writing) => writing.at_stake().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The name under which its help stands in the guide.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Home(home) => home.help(),
            Self::Setup(setup) => setup.help(),
            Self::Repair(repair) if repair.at == repair::At::Board => "",
            Self::Repair(_) => "repair",
            Self::Review(review) => review.help(),
            Self::Tabletop(tabletop) => tabletop.help(),
            Self::ByHand(_) => "by-hand",
            Self::TaskList(_) => "tasks",
            Self::Consent(_) => "consent",
            Self::Writing(_) => "working",
            Self::Attest(_) => "attesting",
            Self::Others(_) => "others",
            Self::Accept(_) => "accepting",
            Self::Classify(_) => "classifying",
            Self::RegisterKey(_) => "registering",
            Self::Slip(_) => "slip",
            Self::Destroy(_) => "destroying",
            Self::SignInTest(_) => "testing",
            Self::AlertTest(_) => "alert-test",
            Self::Recipients(_) => "recipients",
            Self::HandOver(_) => "hand-over",
            Self::Pages(_) => "pages",
            Self::Calibrate(_) => "calibrating",
            Self::SignIn(..) => "signing-in",
            Self::TenantName(_) => "naming",
        }
    }

    /// Whether the rail of the setup stands beside it, where there is one beneath.
    pub(super) fn has_rail(&self) -> bool {
        match self {
            Self::Setup(setup) => matches!(setup.at, setup::At::Step | setup::At::End),
            Self::Review(review) => review.has_rail(),
            Self::Home(_) | Self::Repair(_) | Self::Tabletop(_) | Self::Pages(_) | Self::SignIn(..) => false,
            Self::ByHand(_)
            | Self::TaskList(_)
            | Self::Consent(_)
            | Self::Writing(_)
            | Self::Attest(_)
            | Self::Accept(_)
            | Self::Others(_)
            | Self::Classify(_)
            | Self::RegisterKey(_)
            | Self::Slip(_)
            | Self::Destroy(_)
            | Self::SignInTest(_)
            | Self::AlertTest(_)
            | Self::Recipients(_)
            | Self::HandOver(_)
            | Self::Calibrate(_)
            | Self::TenantName(_) => true,
        }
    }

    /// What is answered when nobody is there.
    pub(super) fn answer(&self, desk: &Desk) -> Answer<Msg> {
        match self {
            Self::Home(home) => home.answer().lift(Msg::Home),
            Self::Setup(setup) => setup.answer(desk).lift(Msg::Setup),
            Self::Review(review) => review.answer(desk).lift(Msg::Review),
            Self::Tabletop(tabletop) => tabletop.answer(desk).lift(Msg::Tabletop),
            Self::Repair(repair) => repair.answer(desk).lift(Msg::Repair),
            Self::ByHand(_) => Answer::Say(Msg::ByHand(by_hand::Msg::Back)),
            Self::TaskList(_) => Answer::Say(Msg::TaskList(task_list::Msg::Back)),
            Self::Consent(consent) => Answer::Say(Msg::Consent(consent.answer(desk))),
            Self::Attest(attesting) => Answer::Say(Msg::Attest(attesting.answer(desk))),
            Self::Others(_) => Answer::Say(Msg::Others(again::Msg::Back)),
            Self::Accept(_) => Answer::Say(Msg::Accept(accept::Msg::Back)),
            Self::Classify(classify) => Answer::Say(Msg::Classify(classify.answer(desk))),
            Self::RegisterKey(key) => key.answer().lift(Msg::RegisterKey),
            Self::Slip(slip) => slip.answer().lift(Msg::Slip),
            Self::Destroy(files) => Answer::Say(Msg::Destroy(files.answer(desk))),
            Self::SignInTest(test) => test.answer(desk).lift(Msg::SignInTest),
            Self::AlertTest(test) => Answer::Say(Msg::AlertTest(test.answer(desk))),
            Self::HandOver(_) => Answer::Say(Msg::HandOver(hand_over::Msg::Back)),
            Self::Pages(_) => Answer::Say(Msg::Pages(pages::Msg::Back)),
            Self::Calibrate(_) => Answer::Say(Msg::Calibrate(calibrate::Msg::Back)),
            Self::SignIn(sign_in, _) => sign_in.answer(desk).lift(Msg::SignIn),
            Self::Writing(_) | Self::Recipients(_) => Answer::Wait,
            // Nobody is there to decide, or to type the name; with --yes-write-to it is never asked.
            Self::TenantName(_) => Answer::Stop,
        }
    }
}
