//! The setup: which of the nine steps comes next, and what the end is.
//!
//! Its screens of its own are what the first look showed, the plan, the board of a step, and the end; everything done on
//! a board is a task.

use std::collections::BTreeSet;

use crate::domain::check::ask::Ask;
use crate::domain::check::repair::RepairCase;
use crate::domain::facts::Area;
use crate::domain::trouble::Trouble;
use crate::journeys::decisions::presets;
use crate::journeys::desk::Desk;
use crate::journeys::identity;
use crate::journeys::screen::Screen;
use crate::journeys::session::PlanOrigin;
use crate::journeys::tasks::board;
use crate::journeys::turn::{Go, Operators, Outcome, Start, Turn};
use crate::journeys::unattended::Answer;
use crate::steps::Subject;
use crate::steps::{self, STEPS, StepId};

mod end;
mod first_look;
mod plan;
mod planning;
mod way;

pub use planning::{How, Planning};

/// A setup under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Where it is.
    pub at: At,
    /// The step on the screen, or the last one that was.
    pub step: StepId,
    /// Steps that were on the screen in this run: each is shown once, even when nothing is left to do in it.
    pub seen: BTreeSet<StepId>,
}

/// Where a setup is.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    /// The operator signs in.
    Connecting,
    /// What the first look showed; without a connection what is looked at before step 1.
    Looked,
    /// The plan and its decisions.
    Planning(Planning),
    /// A dry run's result.
    Projected,
    /// A step.
    Step,
    /// The end.
    End,
}

/// What happens in a setup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// What was read for the first time is known.
    Looked,
    /// On to the plan, or without a connection to the steps.
    Continue,
    /// Look at everything again.
    LookAgain,
    /// Change one decision of the plan.
    Edit(usize),
    /// What was typed for it.
    Decided(String),
    /// What was chosen for it.
    Chosen(String),
    /// Something else than what can be chosen is typed.
    TypeIt,
    /// The record's own answers count after all, not those of the plan file.
    TakeEarlier,
    /// The plan stands as shown.
    Accept,
    /// The accounts of the plan were looked for.
    Planned,
    /// At the board of the step.
    Board(board::Msg),
    /// Go to this step.
    GoTo(StepId),
    /// Go on from this step, leaving it as it is.
    Next,
    /// Hand the step over to another team.
    HandOver,
    /// Look at the pages, secrets masked.
    LookAtPages,
    /// What stays open is accepted by name.
    AcceptByName,
    /// Everything was looked at for the end.
    Conclude,
    /// Back.
    Back,
}

impl Msg {
    /// Whether the setup goes on by itself with it.
    pub(super) fn is_news(&self) -> bool {
        matches!(self, Self::Looked | Self::Planned | Self::Conclude)
    }
}

impl Setup {
    /// Begins: sign in first; without a connection with the plan, which tells which tenant it is.
    pub fn begin(desk: &mut Desk) -> (Self, Turn<Msg>) {
        if desk.is_by_hand() {
            plan::take_up(desk);
        }
        let (at, turn) = match desk.is_by_hand() {
            true => (At::Planning(Planning::default()), Turn::stay()),
            false => (At::Connecting, Turn::begin(Start::SignIn(Operators::Administrators))),
        };
        (Self { at, step: StepId::FIRST_ACCOUNT, seen: BTreeSet::new() }, turn)
    }

    /// At the board of a step, as if one had come there.
    pub fn at_step(step: StepId) -> Self {
        Self { at: At::Step, step, seen: BTreeSet::from([step]) }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Looked => self.looked(desk),
            Msg::Continue if desk.is_by_hand() => self.first_step(desk),
            Msg::Continue if first_look::is_readable(desk) => self.enter(At::Planning(Planning::default())),
            Msg::Continue => Turn::stay(),
            Msg::LookAgain if self.at == At::End => self.end(desk),
            Msg::LookAgain => self.look(desk),
            Msg::Edit(index) => self.enter(At::Planning(Planning::editing(index))),
            Msg::Decided(text) => self.decided(desk, &text),
            Msg::Chosen(text) => self.chosen(desk, &text),
            Msg::TypeIt => self.type_it(),
            Msg::TakeEarlier => plan::take_earlier(desk),
            Msg::Accept => Self::accept(desk),
            Msg::Planned => self.planned(desk),
            Msg::Board(msg) => board::on(desk, &self.subject(), &msg),
            Msg::GoTo(step) => self.go_to(step),
            Msg::Next => self.next(desk),
            Msg::HandOver => Turn::begin(Start::HandOver(self.step)),
            Msg::LookAtPages => Turn::begin(Start::Pages(crate::domain::paper::page::all(&desk.case()))),
            Msg::AcceptByName => Turn::begin(Start::Accept(None)),
            Msg::Conclude => end::conclude(desk),
            Msg::Back => self.back(desk),
        }
    }

    /// A task on top has ended.
    pub fn resumed(&mut self, desk: &mut Desk, outcome: &Outcome) -> Turn<Msg> {
        match outcome {
            Outcome::SignedIn => self.look(desk),
            Outcome::GivenUp if self.at == At::Connecting => Turn::over(),
            Outcome::LockedOut => {
                Turn::become_(Start::Repair { case: Some(RepairCase::Blocked), slot: None })
            }
            _ => Turn::stay(),
        }
    }

    /// What is on the table.
    pub fn subject(&self) -> Subject {
        match self.at {
            At::Step | At::End => Subject::Step(self.step),
            At::Connecting | At::Looked | At::Planning(_) | At::Projected => Subject::Before,
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    /// Reads everything.
    fn look(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.enter(At::Looked).read(desk, &Area::ALL, Some(Msg::Looked))
    }

    /// After the first look a plan made of presets takes the tenant's own values.
    fn looked(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.session.plan_origin == PlanOrigin::Preset {
            let facts = desk.world.shared_facts();
            presets::adapt(desk.world.plan_mut(), &facts);
            desk.session.plan_origin = PlanOrigin::Fitted;
        }
        plan::take_up(desk);
        match identity::seen(desk) {
            Ok(told) => self.turned_away(desk).unwrap_or_else(Turn::stay).after(told),
            Err(foreign) => Turn { go: Go::Stop(foreign), ..Turn::stay() },
        }
    }

    /// Back to the sign-in when an emergency access account signed in.
    fn turned_away(&mut self, desk: &mut Desk) -> Option<Turn<Msg>> {
        let refused: Trouble = steps::refused_operator(&desk.case())?;
        desk.trouble = Some(refused);
        self.at = At::Connecting;
        Some(Turn::begin(Start::SignInAgain(Operators::Administrators)))
    }

    /// The first step that is open, whether or not there is anything to write in it, after the question whether the
    /// monitoring staff knows.
    fn first_step(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let open = way::first_open(desk).or_else(|| way::suggestion(desk));
        self.go_to(open.unwrap_or(StepId::FIRST_ACCOUNT));
        match steps::tell_ask(&desk.case()) {
            Some(ask @ Ask::Attest(_)) => board::begin(desk, &ask),
            _ => Turn::stay(),
        }
    }

    fn back(&mut self, desk: &Desk) -> Turn<Msg> {
        match &mut self.at {
            At::Planning(planning) if planning.editing.is_some() => planning.back(),
            At::Planning(_) if desk.is_by_hand() => return Turn::over(),
            At::Planning(_) => self.at = At::Looked,
            At::Looked => self.at = At::Planning(Planning::default()),
            At::End => self.at = At::Step,
            At::Step => {
                let before = STEPS.iter().map(|step| step.id).rev().find(|id| *id < self.step);
                return self.go_to(before.unwrap_or(StepId::FIRST_ACCOUNT));
            }
            At::Connecting | At::Projected => {}
        }
        Turn::stay()
    }

    /// What the plan says when nobody is there.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        let here = || board::answer(desk, &self.subject()).map(Msg::Board);
        match &self.at {
            At::Connecting => Answer::Stop,
            At::Looked if desk.is_by_hand() => Answer::Say(here().unwrap_or(Msg::Continue)),
            At::Looked if first_look::is_readable(desk) => Answer::Say(Msg::Continue),
            At::Planning(_) if desk.trouble.is_none() => Answer::Say(Msg::Accept),
            At::Looked | At::Planning(_) => Answer::Stop,
            At::Step if !way::has_more(desk, self.step) => Answer::Say(Msg::Next),
            At::Step => Answer::Say(here().unwrap_or(Msg::Next)),
            // The last look may show what an earlier one did not show yet.
            At::End => way::suggestion(desk).map_or(Answer::Leave, |step| Answer::Say(Msg::GoTo(step))),
            At::Projected => Answer::Leave,
        }
    }

    /// The name under which its help stands in the guide.
    pub fn help(&self) -> &'static str {
        match self.at {
            At::Connecting => "signing-in",
            At::Looked => "looked",
            At::Planning(_) => "planning",
            At::Projected => "projected",
            At::Step => "",
            At::End => "summary",
        }
    }

    /// The screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match &self.at {
            At::Connecting | At::Looked => first_look::screen(desk),
            At::Planning(planning) => plan::screen(desk, planning),
            At::Projected => plan::projected_screen(desk),
            At::Step => self.board(desk),
            At::End => end::screen(desk),
        }
    }
}
