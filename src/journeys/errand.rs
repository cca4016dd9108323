//! A change of an account in a restricted management unit: it leaves the unit, is changed, and is put back (contract 12).
//!
//! It stands at the one place through which every effect passes, so registering, slips and tests need to know nothing of
//! it. Every part has its intention and its receipt in the record; when the program ends in between, step 1 finds the
//! account outside and puts it back.

use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::message::{Done, Effect, Msg};
use crate::journeys::model::{Errand, Model, Stage};

/// The parts of `action`, in order: itself, or for an account in restricted units also the way out and back.
pub(super) fn parts(model: &Model, action: &Action) -> Vec<Action> {
    let mut parts: Vec<Action> = way(model, action).map(Errand::leaving).collect();
    parts.push(action.clone());
    parts.extend(way(model, action).map(Errand::entering));
    parts
}

/// What is left and entered again for `action`: nothing where nothing is restricted.
fn way(model: &Model, action: &Action) -> impl Iterator<Item = crate::journeys::model::Place> {
    let slot = action.slot().filter(|_| is_blocked(action));
    let account = slot.and_then(|slot| Some((slot, model.facts.account(slot).filter(|a| a.restricted)?)));
    account.into_iter().flat_map(|(slot, account)| {
        let place = move |(unit, name): (String, String)| (slot, account.id.clone(), unit, name);
        account.units.clone().into_iter().map(place)
    })
}

/// What is refused for an account in a restricted unit. Whether that is so for sessions is not documented: the careful
/// way costs two requests.
fn is_blocked(action: &Action) -> bool {
    matches!(
        action,
        Action::RepairUser { .. }
            | Action::RemoveLicense { .. }
            | Action::IssuePass { .. }
            | Action::DeletePass { .. }
            | Action::AddPhone { .. }
            | Action::ReplacePhone { .. }
            | Action::DeletePhone { .. }
            | Action::DeleteKey { .. }
            | Action::SetPassword { .. }
            | Action::RevokeSessions { .. }
    )
}

/// Sends the way out first where a change needs one; the change itself waits for it.
pub(super) fn around(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    effects.into_iter().map(|effect| begun(model, effect)).collect()
}

fn begun(model: &mut Model, effect: Effect) -> Effect {
    let Effect::Do(action) = effect else { return effect };
    if model.errand.as_ref().is_some_and(|errand| errand.action == action) {
        return Effect::Do(action);
    }
    let mut leaving = way(model, &action).map(Errand::leaving).collect::<std::collections::VecDeque<_>>();
    let Some(first) = leaving.pop_front() else { return Effect::Do(action) };
    model.errand = Some(Errand { action, leaving, left: Vec::new() });
    Effect::Do(first)
}

/// Whether a write belongs to an errand and not to the stage.
pub(super) fn is_about(model: &Model, action: &Action) -> bool {
    match action {
        Action::LeaveUnit { .. } => model.errand.is_some(),
        // On a step's own list it is a write like any other.
        Action::EnterUnit { .. } => {
            !matches!(&model.stage, Stage::Working(w) if w.doing.as_ref() == Some(action))
        }
        action => model.errand.as_ref().is_some_and(|errand| errand.action == *action),
    }
}

/// What comes after a part of an errand, and the answer that the stage hears, if it is one for it.
pub(super) fn did(model: &mut Model, done: Done) -> (Vec<Effect>, Option<Msg>) {
    match (&done.action, done.result) {
        (Action::LeaveUnit { .. }, Ok(_)) => (left(model, done.action), None),
        (Action::LeaveUnit { .. }, Err(trouble)) => not_left(model, trouble),
        (Action::EnterUnit { .. }, result) => {
            model.trouble =
                result.err().map(|trouble| not_back(&done.action, &trouble)).or(model.trouble.take());
            (Vec::new(), None)
        }
        (_, result) => {
            let back = ways_back(model);
            (back, Some(Msg::Did(Box::new(Done { action: done.action, result }))))
        }
    }
}

fn left(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(errand) = &mut model.errand else { return Vec::new() };
    errand.left.push(action);
    let next = errand.leaving.pop_front().unwrap_or_else(|| errand.action.clone());
    vec![Effect::Do(next)]
}

/// It could not leave, so the change is not tried; the stage hears why.
fn not_left(model: &mut Model, trouble: Trouble) -> (Vec<Effect>, Option<Msg>) {
    let Some(action) = model.errand.as_ref().map(|errand| errand.action.clone()) else {
        return (Vec::new(), None);
    };
    let back = ways_back(model);
    (back, Some(Msg::Did(Box::new(Done { action, result: Err(trouble) }))))
}

/// Back into everything that was left, the last one first; the errand is over.
fn ways_back(model: &mut Model) -> Vec<Effect> {
    let left = model.errand.take().map(|errand| errand.left).unwrap_or_default();
    left.into_iter().rev().filter_map(Errand::reverse).map(Effect::Do).collect()
}

fn not_back(action: &Action, trouble: &Trouble) -> Trouble {
    let told = Trouble::new(
        format!("This could not be done: {}.", action.sentence()),
        &trouble.why,
        "Check step 1 or 4 again: it offers to put the account back.",
    );
    Trouble { missing: trouble.missing.clone(), request: trouble.request.clone(), ..told }
}
