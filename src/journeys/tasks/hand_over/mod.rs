//! Handing a step over: a page for another team with what is open, the portal clicks and the requests, kept as a file
//! in the record folder. The step then waits for them. Nobody reports back: it ends when the checks pass.

use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::turn::Turn;
use crate::steps::StepId;

mod page;

/// A step on its way to another team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Which.
    pub step: StepId,
    /// For whom, once told.
    pub to: Option<String>,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// For whom it is.
    For(String),
    /// Save the page and mark the step as waiting.
    Save,
    /// Back.
    Back,
}

impl HandOver {
    /// Shows the page, and asks for whom it is.
    pub fn begin(step: StepId) -> Self {
        Self { step, to: None }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::For(text) => {
                let to = clean(text.trim());
                self.to = (!to.is_empty()).then_some(to);
                Turn::stay()
            }
            Msg::Save => self.save(desk),
            Msg::Back if self.to.take().is_some() => Turn::stay(),
            Msg::Back => Turn::over(),
        }
    }

    fn save(&self, desk: &Desk) -> Turn<Msg> {
        let Some(to) = self.to.clone() else { return Turn::stay() };
        let (step, name) = (self.step.number(), format!("hand-over-step-{}", self.step));
        let page = page::page(desk, self.step, Some(&to));
        Turn::over().with([Effect::Record(RecordEffect::HandOver { step, to, name, page })])
    }

    /// The page, and the question for whom it is.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, format!("{}  Hand this step over", self.step));
        screen.prose.push(Block::Verbatim(page::page(desk, self.step, self.to.as_deref())));
        match &self.to {
            None => {
                let waiting = desk.evidence().waiting.get(&self.step.number());
                let preset = waiting.map_or("", |waiting| waiting.to.as_str());
                screen.question = Some(Question::text("For whom (team or person)", Msg::For).preset(preset));
            }
            Some(to) => {
                screen.prose.push(Block::Text(format!(
                    "The page goes into a file in {}, and the step is marked as waiting for {to}. It ends by itself \
                     when the checks pass.",
                    desk.session.record
                )));
                let label = "Save the page and mark the step as waiting";
                screen.choices.push(Choice::safe('s', label, Msg::Save));
            }
        }
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }
}
