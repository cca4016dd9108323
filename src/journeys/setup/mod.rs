//! The setup: which of the nine steps comes next, and what the end is.
//!
//! Its screens of its own are what the first look showed, the plan, the dry run, the board of a step, the list of all
//! steps, and the end; everything done on a board is a task.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::check::ask::Ask;
use crate::domain::check::repair::RepairCase;
use crate::domain::facts::Area;
use crate::domain::plan::Plan;
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
use crate::steps::{self, ORDER, StepId};

mod all_steps;
mod end;
mod first_look;
mod plan;
mod planning;
mod way;

pub use planning::{How, Planning};
pub use way::order;

/// A setup under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Where it is.
    pub at: At,
    /// The step on the screen, or the last one that was.
    pub step: StepId,
    /// Steps that were on the screen in this run: each is shown once, even when nothing is left to do in it.
    pub seen: BTreeSet<StepId>,
    /// The plan that the tenant was last looked at with: what a changed one names is looked for anew.
    pub looked_with: Option<Arc<Plan>>,
    /// The step that was asked for before anything was read.
    pub wanted: Option<StepId>,
    /// The step that one jumped away from, to go back to it.
    pub came_from: Option<StepId>,
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
    /// All steps, to go to any of them.
    Steps,
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
    /// To the plan, from wherever one is.
    ShowPlan,
    /// To the list of all steps.
    ListSteps,
    /// To the result, as it stands.
    ShowResult,
    /// To what was looked at before step 1.
    ShowBefore,
    /// To the first screen.
    Home,
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
        let (seen, step) = (BTreeSet::new(), ORDER[0]);
        (Self { at, step, seen, looked_with: None, wanted: None, came_from: None }, turn)
    }

    /// This setup, which goes to `step` first, whatever else is open.
    #[must_use]
    pub fn leading_to(self, step: StepId) -> Self {
        Self { wanted: Some(step), ..self }
    }

    /// At the board of a step, as if one had come there.
    pub fn at_step(step: StepId) -> Self {
        let seen = BTreeSet::from([step]);
        Self { at: At::Step, step, seen, looked_with: None, wanted: None, came_from: None }
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
            Msg::ShowPlan => self.enter(At::Planning(Planning::default())),
            Msg::ListSteps => self.enter(At::Steps),
            Msg::ShowResult => self.end(desk),
            Msg::ShowBefore => self.enter(At::Looked),
            Msg::Home => Turn::over(),
            Msg::Accept => self.accept(desk),
            Msg::Planned => self.planned(desk),
            Msg::Board(msg) => board::on(desk, &self.subject(), &msg),
            Msg::GoTo(step) => self.jump_to(desk, step),
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
            At::Step | At::Steps | At::End => Subject::Step(self.step),
            At::Connecting | At::Looked | At::Planning(_) | At::Projected => Subject::Before,
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    /// Reads everything.
    fn look(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.looked_with = Some(desk.world.shared_plan());
        self.enter(At::Looked).read(desk, &Area::ALL, Some(Msg::Looked))
    }

    /// After the first look a plan made of presets takes the tenant's own values.
    fn looked(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.session.plan_origin == PlanOrigin::Preset {
            let facts = desk.world.shared_facts();
            presets::fit(desk.world.plan_mut(), &facts);
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

    /// The step that was asked for, or the first that is open, whether or not there is anything to write in it, after the
    /// question whether the monitoring staff knows.
    fn first_step(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let step = self.wanted.take().unwrap_or_else(|| way::entry(desk));
        let there = self.go_to(desk, step);
        match steps::tell_ask(&desk.case()) {
            Some(ask @ Ask::Attest(_)) => {
                let told: Turn<Msg> = board::begin(desk, &ask);
                told.after(there.effects)
            }
            _ => there,
        }
    }

    /// Whether the steps have begun in this run: then the plan is looked at from one of them.
    fn is_under_way(&self) -> bool {
        !self.seen.is_empty()
    }

    fn back(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if let At::Planning(planning) = &mut self.at
            && planning.editing.is_some()
        {
            planning.back();
            return Turn::stay();
        }
        match &self.at {
            At::Planning(_) if self.is_under_way() => return self.back_from_plan(desk),
            At::Planning(_) if desk.is_by_hand() => return Turn::over(),
            At::Planning(_) => self.at = At::Looked,
            At::Looked if self.is_under_way() => self.at = At::Steps,
            At::Looked if desk.is_by_hand() => self.at = At::Planning(Planning::default()),
            At::Looked => return Turn::over(),
            At::End | At::Steps => self.at = At::Step,
            At::Projected => self.at = At::Planning(Planning::default()),
            At::Step => return self.step_before(desk),
            At::Connecting => {}
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
            At::Steps => Answer::Say(Msg::Back),
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
            At::Steps => "steps",
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
            At::Steps => all_steps::screen(self, desk),
            At::End => end::screen(desk),
        }
    }
}
