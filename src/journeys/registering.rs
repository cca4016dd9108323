//! Registering one security key: a one-time pass is issued, the person registers the key in a browser, the key is
//! seen through Graph, the pass is deleted. Both writes are announced first.

use std::collections::BTreeSet;

use crate::domain::facts::{Area, MethodKind, Registered};
use crate::domain::mark::Mark;
use crate::domain::record::Entry;
use crate::domain::secret::{Part, SecretRef};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, PassUse};
use crate::domain::write::call::PASS_MINUTES;
use crate::journeys::message::{Answer, Effect, Msg};
use crate::journeys::model::{Model, Registering, RegisteringState, Stage, Then};
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::{errand, frame, overview, update};

/// Announces the writes.
pub(super) fn begin(model: &mut Model, slot: Slot, key: usize) -> Vec<Effect> {
    let before = keys_of(model, slot).map(|m| m.id.clone()).collect();
    model.stage = Stage::Registering(Registering { slot, key, before, state: RegisteringState::Announced });
    Vec::new()
}

fn keys_of(model: &Model, slot: Slot) -> impl Iterator<Item = &Registered> {
    model.facts.methods_of(slot).filter(|m| m.kind == MethodKind::Fido2)
}

fn issue(model: &Model, slot: Slot) -> Action {
    Action::IssuePass { slot, id: model.account_id(slot), use_once: PassUse::Once }
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Registering(registering) = &mut model.stage else { return Vec::new() };
    let slot = registering.slot;
    match (&registering.state, msg) {
        (RegisteringState::Announced, Msg::Consent) => {
            registering.state = RegisteringState::Issuing;
            vec![Effect::Do(issue(model, slot))]
        }
        (RegisteringState::Issuing, Msg::Did(done)) => issued(model, done.result),
        (RegisteringState::Awaiting { .. }, Msg::OpenAddress) => {
            vec![Effect::Open(model.session.security_info.clone())]
        }
        (RegisteringState::Awaiting { pass, .. }, Msg::Back) => {
            let forget = Effect::Forget(*pass);
            let mut effects = close(model);
            effects.extend([Effect::StopWatching, forget]);
            effects
        }
        (RegisteringState::Closing, Msg::Did(done)) => {
            model.trouble = done.result.err();
            model.stage = Stage::Overview;
            update::read(model, &[Area::Methods], Then::Overview)
        }
        (RegisteringState::Announced, Msg::Back | Msg::Skip) => overview::show(model),
        _ => Vec::new(),
    }
}

fn issued(model: &mut Model, result: Result<Answer, Trouble>) -> Vec<Effect> {
    let since = model.session.now;
    let Stage::Registering(registering) = &mut model.stage else { return Vec::new() };
    let missing =
        || Trouble::new("No pass came back.", "The answer had no Temporary Access Pass in it.", "Try again.");
    match result.and_then(|answer| answer.secret.ok_or_else(missing)) {
        Ok(pass) => {
            registering.state = RegisteringState::Awaiting { pass, since };
            vec![Effect::Open(model.session.security_info.clone()), update::watch(model, Area::Methods)]
        }
        Err(trouble) => {
            model.trouble = Some(trouble);
            overview::show(model)
        }
    }
}

/// After each look: a key that was not there before is the one.
pub(super) fn looked(model: &mut Model) -> Vec<Effect> {
    let Stage::Registering(Registering {
        slot,
        key,
        before,
        state: RegisteringState::Awaiting { pass, since },
    }) = &model.stage
    else {
        return Vec::new();
    };
    let (slot, key, pass, since) = (*slot, *key, *pass, *since);
    let Some(seen) = new_key(model, slot, before) else { return too_late(model, since) };
    let entry = Entry::Key {
        slot,
        key,
        method: seen.id.clone(),
        aaguid: seen.aaguid.clone().unwrap_or_default(),
        model: seen.model.clone().unwrap_or_default(),
    };
    let mut effects = vec![Effect::StopWatching, Effect::Remember(entry), Effect::Forget(pass)];
    effects.extend(close(model));
    effects
}

fn new_key<'a>(model: &'a Model, slot: Slot, before: &BTreeSet<String>) -> Option<&'a Registered> {
    keys_of(model, slot).find(|m| !before.contains(&m.id))
}

/// A pass that has ended opens nothing any more, so the wait ends with it.
fn too_late(model: &mut Model, since: jiff::Timestamp) -> Vec<Effect> {
    if !model.session.is_over(since, PASS_MINUTES) {
        return Vec::new();
    }
    model.trouble = Some(Trouble::new(
        "No key was registered in time.",
        "The Temporary Access Pass has ended.",
        "Begin the registration again; a new pass is issued.",
    ));
    model.stage = Stage::Overview;
    vec![Effect::StopWatching]
}

/// Deletes the pass; there may be none left when it was used up.
fn close(model: &mut Model) -> Vec<Effect> {
    let Stage::Registering(registering) = &mut model.stage else { return Vec::new() };
    registering.state = RegisteringState::Closing;
    let slot = registering.slot;
    let pass =
        model.facts.methods_of(slot).find(|m| m.kind == MethodKind::TemporaryPass).map(|m| m.id.clone());
    let Some(pass) = pass else { return overview::check_again(model) };
    vec![Effect::Do(Action::DeletePass { slot, id: model.account_id(slot), pass })]
}

/// The registration screen.
pub(super) fn screen(model: &Model, registering: &Registering) -> Screen {
    let slot = registering.slot;
    let name =
        model.plan.account(slot).and_then(|a| a.keys.get(registering.key)).map_or("", |k| k.name.as_str());
    let mut screen = frame::with_rail(model, format!("Register key \"{name}\" for the {slot} account"));
    match &registering.state {
        RegisteringState::Announced => announced(model, (slot, &mut screen)),
        RegisteringState::Issuing => screen.work = Some(Work::endless("issuing the pass")),
        RegisteringState::Awaiting { pass, .. } => {
            let secret = SecretRef { id: *pass, part: Part::Whole, length: 8 };
            screen.prose.push(Block::Steps(vec![
                format!("Open a private browser window at {}", model.session.security_info),
                format!("Sign in as {} with this Temporary Access Pass:", model.upn(slot)),
            ]));
            screen.prose.push(Block::Secret(secret));
            screen.prose.push(Block::List(vec![
                "Choose Add sign-in method > Security key, and give it the PIN from its slip.".to_owned(),
                format!("Name it \"{name}\", sign out, and come back. The key is looked for meanwhile."),
            ]));
            if model.session.mark == Mark::Rehearsal {
                screen.prose.push(Block::Text(
                    "This is a rehearsal: a simulated person does all this and registers a simulated key."
                        .to_owned(),
                ));
            }
            screen.work = Some(Work::endless("waiting for the key to appear"));
            screen.choices.push(Choice::safe('o', "Open the page", Msg::OpenAddress));
            screen.choices.push(Choice::writes('b', "Stop waiting; the pass is deleted", Msg::Back));
        }
        RegisteringState::Closing => screen.work = Some(Work::endless("deleting the pass")),
    }
    screen
}

fn announced(model: &Model, (slot, screen): (Slot, &mut Screen)) {
    screen.prose.push(Block::Text(
        "The key is registered by you, in a browser, as the account itself. A Temporary Access Pass lets you in once; \
         it is shown here only, and deleted afterwards."
            .to_owned(),
    ));
    screen.prose.push(Block::Heading("What will be written".to_owned()));
    let parts = errand::parts(model, &issue(model, slot));
    let mut writes: Vec<String> = parts.iter().map(Action::sentence).collect();
    let way = if parts.len() > 1 { ", in the same way" } else { "" };
    writes
        .push(format!("Delete the Temporary Access Pass of the {slot} account, when the key is there{way}"));
    screen.prose.push(Block::List(writes));
    screen.choices.push(Choice::writes('w', "Issue the pass and begin", Msg::Consent));
    screen.choices.push(Choice::safe('b', "Back, write nothing", Msg::Back));
}
