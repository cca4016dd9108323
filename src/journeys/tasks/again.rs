//! What else can be done at a step: something again that was done, a word said anew, a finding accepted by name.
//!
//! It only leads there. A new slip makes the present one void, so what follows from it is told before anything is begun.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::slot::Slot;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::board;
use crate::journeys::turn::{Go, Start, Turn};
use crate::steps::{self, Again, Subject};

/// What else can be done at a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Others {
    /// Whose.
    pub subject: Subject,
    /// The slip in whose place a new one is to be made, once it was chosen: whose it is, and its number.
    pub void: Option<(Slot, u32)>,
    /// Whether the list lies beneath what was chosen.
    pub from: From,
}

/// Where what is done again was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// On the list.
    List,
    /// On the board.
    Board,
}

/// What a person chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// This one again.
    Again(usize),
    /// A new slip, although the present one becomes void.
    NewSlip,
    /// What was vouched for is said anew.
    Correct,
    /// A finding is accepted by name, or no longer.
    Accept,
    /// Back.
    Back,
}

impl Others {
    /// The list of all that can be done.
    pub fn begin(subject: Subject) -> Self {
        Self { subject, void: None, from: From::List }
    }

    /// One of them, chosen on the board.
    pub fn at(desk: &mut Desk, subject: Subject, index: usize) -> (Self, Turn<Msg>) {
        let mut others = Self { subject, void: None, from: From::Board };
        let turn = others.again(desk, index);
        (others, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Again(index) => self.again(desk, index),
            Msg::NewSlip => match self.void {
                Some((slot, _)) => begin(desk, &Ask::MakePasswordSlip { slot }),
                None => Turn::stay(),
            },
            Msg::Correct => {
                let about: Vec<Attest> = steps::vouched(&desk.case(), &self.subject);
                Turn::become_(Start::Vouch(about))
            }
            Msg::Accept => Turn::become_(Start::Accept(Some(self.subject.clone()))),
            Msg::Back if self.void.is_some() && self.from == From::List => {
                self.void = None;
                Turn::stay()
            }
            Msg::Back => Turn::over(),
        }
    }

    fn again(&mut self, desk: &mut Desk, index: usize) -> Turn<Msg> {
        match frame::again(desk, &self.subject).into_iter().nth(index) {
            None => Turn::over(),
            Some(Again::Slip(slot, number)) => {
                self.void = Some((slot, number));
                Turn::stay()
            }
            Some(Again::Notification(action)) => {
                Turn::become_(Start::ConsentAgain(self.subject.clone(), vec![action]))
            }
            Some(Again::Test(slot)) => begin(desk, &Ask::TestSignIn { slot }),
            Some(Again::Pages) => begin(desk, &Ask::WriteDocument),
        }
    }

    /// The list, or what follows from a new slip.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match self.void {
            Some((slot, number)) => self.new_slip(desk, slot, number),
            None => self.list(desk),
        }
    }

    fn list(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, self.subject.heading("What else can be done here"));
        let again = frame::again(desk, &self.subject);
        screen.choices = frame::numbered(again.iter().map(Again::label), Msg::Again);
        if frame::is_vouched(desk, &self.subject) {
            let correct = Choice::safe('k', "Say anew what was vouched for", Msg::Correct);
            screen.choices.push(correct.explained("the newer word counts"));
        }
        if frame::can_accept(desk, &self.subject) {
            let accept = Choice::safe('x', "Accept by name what stays open", Msg::Accept);
            screen.choices.push(accept.explained("with reason and end"));
        }
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }

    fn new_slip(&self, desk: &Desk, slot: Slot, number: u32) -> Screen<Msg> {
        let title = format!("A new slip in place of slip {number}");
        let mut screen = frame::of(desk, self.subject.heading(&title));
        let place = desk.plan().account(slot).map(|account| desk.plan().safe_and_place(&account.safe));
        screen.prose.push(Block::Text(format!("What follows, for the {slot} account:")));
        screen.prose.push(Block::List(vec![
            format!(
                "As soon as the new password is set, slip {number} opens nothing any more; until the new slip lies in its \
                 place, the envelope in safe {} is worth nothing.",
                place.unwrap_or_default()
            ),
            "If you stop between setting and typing back, the new slip is void too, and another has to be made."
                .to_owned(),
            "Its sessions are revoked, the sign-in is tested again, the envelope is sealed again, and the pages are written \
             again."
                .to_owned(),
            format!("Slip {number} is destroyed at the end, not before."),
        ]));
        screen.choices = vec![
            Choice::back(format!("Back; slip {number} stays"), Msg::Back),
            Choice::irreversible(
                'y',
                format!("Go on to the new slip; slip {number} becomes void"),
                Msg::NewSlip,
            ),
        ];
        screen
    }
}

/// Begins a task in this place.
fn begin(desk: &mut Desk, ask: &Ask) -> Turn<Msg> {
    let begun: Turn<Msg> = board::begin(desk, ask);
    match begun.go {
        Go::Begin(Start::Ask(ask)) => Turn::become_(Start::Ask(ask)),
        _ => Turn::over().with(begun.effects),
    }
}
