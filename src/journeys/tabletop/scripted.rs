//! Playing by a script, where nobody is there: line by line, each once what came of the one before is known.

use crate::domain::exercise::script::Script;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::tabletop::{At, Msg, Tabletop};
use crate::journeys::tasks::board;
use crate::journeys::turn::Turn;
use crate::journeys::unattended::Answer;

impl Tabletop {
    /// What is answered when nobody is there.
    pub(super) fn scripted(&self, desk: &Desk) -> Answer<Msg> {
        let Some(script) = script(desk) else { return Answer::Stop };
        match () {
            () if self.stuck.is_some() => Answer::Stop,
            () if self.is_busy() => Answer::Wait,
            () => match self.row_answer(desk) {
                Some(msg) => Answer::Say(msg),
                None if self.line < script.act.len() => Answer::Say(Msg::Next),
                None => Answer::Leave,
            },
        }
    }

    /// Writes of the row that is on the screen, before the script goes on.
    fn row_answer(&self, desk: &Desk) -> Option<Msg> {
        let subject = self.subject()?;
        let derived = desk.world.derived(&subject);
        let is_new = derived.actions.iter().any(|action| !desk.offered.has_write(action));
        is_new.then_some(Msg::Board(board::Msg::DoForMe))
    }

    /// The next line.
    pub(super) fn next_line(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(act) = script(desk).and_then(|script| script.act.get(self.line).cloned()) else {
            return Turn::stay();
        };
        self.line += 1;
        if matches!(self.at, At::Row(_)) {
            self.at = At::Console;
        }
        self.act(desk, act)
    }

    /// Why the script could not be played to its end, with the number of the line.
    pub fn stuck(&self) -> Option<Trouble> {
        let trouble = self.stuck.clone()?;
        Some(Trouble {
            what: format!("Act {} of the script is not possible. {}", self.line, trouble.what),
            ..trouble
        })
    }
}

fn script(desk: &Desk) -> Option<&Script> {
    desk.exercise.as_ref()?.script.as_deref()
}
