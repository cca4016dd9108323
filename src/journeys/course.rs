//! What was done in this run and what comes next, for a face that has room for it beside long work.
//!
//! Nothing is kept for it but what the record was told: what comes next is derived from the list that was consented to,
//! from the reading under way, or from the step.

use jiff::Timestamp;

use crate::domain::record::{Checked, Entry, Slip, SlipState};
use crate::domain::write::action::Action;
use crate::journeys::desk::{Desk, Reading};
use crate::journeys::model::Model;
use crate::journeys::screen::{Course, RailItem, Stage, StepState};
use crate::journeys::stack::Layer;
use crate::journeys::tasks::consent::Consent;
use crate::journeys::tasks::writing::Writing;
use crate::steps::{StepId, Subject};

/// The course of the work on the screen; `rail` are the steps around it.
pub(super) fn of(model: &Model, rail: &[RailItem]) -> Course {
    let desk = &model.desk;
    match (model.top(), &desk.reading) {
        (Layer::Writing(writing), _) => Course { done: desk.stages.clone(), next: to_write(model, writing) },
        (_, Some(reading)) => of_reading(reading),
        (_, None) => Course { done: desk.stages.clone(), next: to_do(model, rail) },
    }
}

/// Areas that were read, and those to come.
fn of_reading(reading: &Reading) -> Course {
    let words = |area: &crate::domain::facts::Area| format!("reading {}", area.words());
    Course {
        done: reading.read.iter().map(words).map(Stage::untimed).collect(),
        next: reading.left.iter().skip(1).map(words).collect(),
    }
}

/// The writes that were consented to and not tried yet, in the order of the list.
fn to_write(model: &Model, writing: &Writing) -> Vec<String> {
    let list = model.stack.iter().rev().find_map(|layer| match layer {
        Layer::Consent(consent) => Some(consent),
        _ => None,
    });
    let waits = |consent: &Consent| {
        let is_left = |action: &&crate::domain::write::action::Action| {
            writing.consented.contains(&action.key()) || writing.queue.contains(action)
        };
        consent.actions.iter().filter(is_left).map(Action::sentence).collect()
    };
    list.map(waits).unwrap_or_default()
}

/// What the step still asks for, and the steps behind it on the way that are open.
fn to_do(model: &Model, rail: &[RailItem]) -> Vec<String> {
    let Some(setup) = model.setup() else { return Vec::new() };
    let desk = &model.desk;
    let derived = desk.world.derived(&Subject::Step(setup.step));
    let asks = derived.asks.iter().filter(|ask| !desk.offered.has_ask(ask)).map(|ask| ask.label(desk.plan()));
    let is_ahead = |item: &&RailItem| {
        StepId::new(item.number).is_some_and(|id| id.place() > setup.step.place())
            && item.state != StepState::Done
    };
    let open = rail.iter().filter(is_ahead);
    asks.chain(open.map(|item| format!("step {}, {}", item.number, item.name))).collect()
}

/// Notes what the record was just told, where it is something that was done.
pub(super) fn note(desk: &mut Desk, at: Timestamp, entry: &Entry, written: Option<&str>) {
    let words = written.map(str::to_owned).or_else(|| told(entry));
    desk.stages.extend(words.map(|words| Stage { at: at.strftime("%H:%M:%S").to_string(), words }));
}

fn told(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Slip(slip) if slip.state == SlipState::Confirmed => Some(checked(slip)),
        Entry::Key { slot, .. } => Some(format!("a key of the {slot} account was registered")),
        Entry::Tested(test) => Some(format!("the sign-in of the {} account was tested", test.slot)),
        Entry::Documented { .. } => Some("the pages were written".to_owned()),
        _ => None,
    }
}

/// Who or what has read the slip.
fn checked(slip: &Slip) -> String {
    let number = slip.number;
    match slip.checked {
        Some(Checked::FileReadBack) => format!("slip {number} was read back from its file"),
        Some(Checked::ReadFromSystem) => format!("slip {number} was read back from its system"),
        Some(Checked::ChosenAndTypedTwice) => {
            format!("the PIN on slip {number} was chosen and typed twice")
        }
        Some(Checked::TypedBack) | None => format!("slip {number} was typed back"),
    }
}
