//! Before a secret is made it is tried whether its destination would take the slip: a name that is taken, a full disk or
//! a printer that is off is found while nothing has changed yet.
//!
//! What is tried, and how, is the ring's ([`PaperEffect::Probe`]); what can still go wrong later leads to the choice of
//! another route, as before.

use crate::domain::paper::printing::Destination;
use crate::domain::record::Half;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect};
use crate::journeys::reply::Reply;
use crate::journeys::tasks::slip::printing::destination;
use crate::journeys::tasks::slip::state::{Fit, MakeSlip, Msg, People, State};
use crate::journeys::turn::Turn;

impl MakeSlip {
    /// Tries every destination, or makes the secret where there is none to try.
    pub(super) fn probe_and_make(&mut self, desk: &Desk) -> Turn<Msg> {
        if let Some(commands) = self.system.clone() {
            return self.find_commands(commands);
        }
        let to = self.destinations(desk);
        if to.is_empty() {
            return self.make();
        }
        let (slip, paper, tell) = (self.slip.clone(), desk.paper(), Reply::to(Msg::Probed));
        self.enter(State::Probing).with([Effect::Paper(PaperEffect::Probe { slip, to, paper, tell })])
    }

    /// With two people each half has a file of its own; printers and pipes are the same for both.
    fn destinations(&self, desk: &Desk) -> Vec<Destination> {
        let first = destination(desk, self);
        let second = match (self.people, &first) {
            (People::Two { .. }, Some(Destination::File(_))) => {
                Some(Destination::File(self.file_name(desk, Some(Half::B))))
            }
            _ => None,
        };
        first.into_iter().chain(second).collect()
    }

    /// The destination takes it, or another one is to be chosen; nothing was made yet.
    pub(super) fn probed(&mut self, desk: &mut Desk, result: Result<(), Trouble>) -> Turn<Msg> {
        match result {
            Ok(()) => self.make(),
            Err(trouble) => {
                self.fit = Fit::Refused;
                let why = format!("{} No secret was made, and no password was changed.", trouble.why);
                desk.trouble = Some(Trouble { why, ..trouble });
                self.enter(State::Announced)
            }
        }
    }
}
