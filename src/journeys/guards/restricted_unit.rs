//! A change of an account in a restricted management administrative unit: it leaves the unit, is changed, and is put back
//! (contract 12).
//!
//! It stands at the one place through which every effect passes, so registering, slips and tests need to know nothing of
//! it. Every part has its intention and its receipt in the record; when the program ends in between, step 1 finds the
//! account outside and puts it back.

use std::collections::VecDeque;

use crate::domain::facts::Facts;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Done, Effect, TenantEffect, Write};
use crate::journeys::turn::Turn;

/// A change that waits for its account to leave its restricted units, or has been sent while it is outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Detour<M> {
    /// The change, and who hears how it ended.
    change: Write<M>,
    /// Ways out still to go.
    leaving: VecDeque<Membership>,
    /// What was left.
    left: Vec<Membership>,
}

/// How a part of a detour ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// An account left a unit, or not.
    Left(Box<Done>),
    /// The change was made, or not.
    Changed(Box<Done>),
    /// An account was put back, or not.
    PutBack(Box<Done>),
}

/// An account in a restricted unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Membership {
    slot: Slot,
    id: String,
    unit: String,
    name: String,
}

impl Membership {
    fn leave(&self) -> Action {
        let Self { slot, id, unit, name } = self.clone();
        Action::LeaveUnit { slot, id, unit, name }
    }

    fn enter(&self) -> Action {
        let Self { slot, id, unit, name } = self.clone();
        Action::EnterUnit { slot, id, unit, name }
    }
}

/// The parts of `action`, in order: itself, or for an account in restricted units also the way out and back.
pub fn parts(facts: &Facts, action: &Action) -> Vec<Action> {
    let memberships: Vec<Membership> = memberships(facts, action).collect();
    let out = memberships.iter().map(Membership::leave);
    let back = memberships.iter().map(Membership::enter);
    out.chain([action.clone()]).chain(back).collect()
}

/// What is left and entered again for `action`: nothing where nothing is restricted.
fn memberships(facts: &Facts, action: &Action) -> impl Iterator<Item = Membership> {
    let slot = action.slot().filter(|_| is_blocked(action));
    let account = slot.and_then(|slot| Some((slot, facts.account(slot).filter(|a| a.restricted)?)));
    account.into_iter().flat_map(|(slot, account)| {
        let id = account.id.clone();
        let membership =
            move |(unit, name): (String, String)| Membership { slot, id: id.clone(), unit, name };
        account.units.clone().into_iter().map(membership)
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

/// Sends the way out first where a change needs one; the change itself waits for it. `up` makes a message of the program.
pub fn around<M: Clone + 'static>(
    detour: &mut Option<Detour<M>>,
    facts: &Facts,
    effects: Vec<Effect<M>>,
    up: fn(Msg) -> M,
) -> Vec<Effect<M>> {
    effects
        .into_iter()
        .map(|effect| match effect {
            Effect::Tenant(TenantEffect::Write(write)) => begun(detour, facts, write, up),
            other => other,
        })
        .collect()
}

fn begun<M: Clone + 'static>(
    detour: &mut Option<Detour<M>>,
    facts: &Facts,
    write: Write<M>,
    up: fn(Msg) -> M,
) -> Effect<M> {
    let is_under_way = detour.as_ref().is_some_and(|detour| detour.change.action == write.action);
    let mut leaving: VecDeque<Membership> = memberships(facts, &write.action).collect();
    match leaving.front().map(Membership::leave) {
        Some(first) if !is_under_way => {
            leaving.make_contiguous();
            *detour = Some(Detour { change: write, leaving, left: Vec::new() });
            sent(first, Msg::Left).lift(up)
        }
        _ => Effect::Tenant(TenantEffect::Write(write)),
    }
}

fn sent(action: Action, tell: fn(Box<Done>) -> Msg) -> Effect<Msg> {
    Effect::Tenant(TenantEffect::Write(Write {
        action,
        tell: crate::journeys::reply::Reply::to(move |done| tell(Box::new(done))),
        renewed: None,
    }))
}

/// What comes after a part of a detour; whoever waits for the change hears how it ended.
pub fn on<M: 'static>(
    detour: &mut Option<Detour<M>>,
    desk: &mut Desk,
    msg: Msg,
    up: fn(Msg) -> M,
) -> Turn<M> {
    match msg {
        Msg::Left(done) => match done.result {
            Ok(_) => left(detour, up),
            // It could not leave, so the change is not tried.
            Err(trouble) => {
                let others = done.others;
                over(detour, |action| Done { action, result: Err(trouble), others }, up)
            }
        },
        Msg::Changed(done) => over(detour, |_| *done, up),
        Msg::PutBack(done) => {
            let trouble = done.result.err().map(|trouble| not_back(&done.action, &trouble));
            desk.trouble = trouble.or(desk.trouble.take());
            Turn::stay()
        }
    }
}

/// The account is out of one unit: out of the next one, or on to the change.
fn left<M: 'static>(detour: &mut Option<Detour<M>>, up: fn(Msg) -> M) -> Turn<M> {
    let Some(at) = detour else { return Turn::stay() };
    at.left.extend(at.leaving.pop_front());
    let next = match at.leaving.front() {
        Some(place) => sent(place.leave(), Msg::Left),
        None => sent(at.change.action.clone(), Msg::Changed),
    };
    Turn::from(next).lift(up)
}

/// Back into everything that was left, the last one first; the detour is over.
fn over<M: 'static>(
    detour: &mut Option<Detour<M>>,
    done: impl FnOnce(Action) -> Done,
    up: fn(Msg) -> M,
) -> Turn<M> {
    let Some(at) = detour.take() else { return Turn::stay() };
    let back = at.left.iter().rev().map(|place| sent(place.enter(), Msg::PutBack).lift(up));
    let mut turn = Turn::stay().with(back);
    turn.next = Some(at.change.tell.with(done(at.change.action.clone())));
    turn
}

fn not_back(action: &Action, trouble: &Trouble) -> Trouble {
    let told = Trouble::new(
        format!("This could not be done: {}.", action.sentence()),
        &trouble.why,
        "Check the account again: it is offered there to put it back.",
    );
    Trouble { missing: trouble.missing.clone(), request: trouble.request.clone(), ..told }
}
