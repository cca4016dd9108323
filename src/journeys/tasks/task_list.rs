//! Everything that a subject asks of a person, as a list of its own where there are many.

use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Choice, Screen};
use crate::journeys::tasks::board;
use crate::journeys::turn::{Go, Start, Turn};
use crate::steps::Subject;

/// The list of a subject's tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskList {
    /// Whose tasks.
    pub subject: Subject,
}

/// What a person does with the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Begin one of the tasks; afterwards it goes on where the list was called from.
    Begin(usize),
    /// Back.
    Back,
}

impl TaskList {
    /// What comes of a message.
    pub fn on(&self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        let Msg::Begin(index) = msg else { return Turn::over() };
        let Some(ask) = desk.world.derived(&self.subject).asks.get(index).cloned() else {
            return Turn::stay();
        };
        let begun: Turn<Msg> = board::begin(desk, &ask);
        match begun.go {
            Go::Begin(Start::Ask(ask)) => Turn::become_(Start::Ask(ask)),
            _ => Turn::over().with(begun.effects),
        }
    }

    /// The list.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "What a person does here");
        let derived = desk.world.derived(&self.subject);
        let listed = |(index, ask): (usize, &crate::domain::check::ask::Ask)| {
            Choice::listed(ask.label(desk.plan()), "", Msg::Begin(index))
        };
        screen.choices.extend(derived.asks.iter().enumerate().map(listed));
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }
}
