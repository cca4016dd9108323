//! The first write to a live tenant waits until a person has typed the tenant's name.
//!
//! It stands at the one place through which every effect passes, so no stage can forget it. What was about to be sent
//! waits whole; going back drops it, and forgets the secrets in it.

use crate::domain::write::action::Action;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Gate, Model, Naming, Stage};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::{frame, overview};

/// Lets effects through, or holds them back when the first write to a live tenant is among them.
pub(super) fn guarded(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    if model.gate == Gate::Open || !effects.iter().any(|effect| matches!(effect, Effect::Do(_))) {
        return effects;
    }
    let back = Box::new(std::mem::replace(&mut model.stage, Stage::Over));
    model.stage = Stage::Naming(Naming { held: effects, back, problem: None });
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Answer(text) if is_name(model, &text) => go_on(model),
        Msg::Answer(text) => {
            if let Stage::Naming(naming) = &mut model.stage {
                naming.problem = (!text.trim().is_empty())
                    .then(|| "That is not the name of this tenant. Nothing was written.".to_owned());
            }
            Vec::new()
        }
        Msg::Back => give_up(model),
        _ => Vec::new(),
    }
}

/// The display name or the initial domain, in any case.
fn is_name(model: &Model, text: &str) -> bool {
    let Some(organization) = model.facts.organization.get() else { return false };
    let typed = text.trim().to_lowercase();
    let names = [&organization.name, &organization.initial_domain];
    !typed.is_empty() && names.iter().any(|name| name.trim().to_lowercase() == typed)
}

fn go_on(model: &mut Model) -> Vec<Effect> {
    let Stage::Naming(naming) = std::mem::replace(&mut model.stage, Stage::Over) else { return Vec::new() };
    model.gate = Gate::Open;
    model.stage = *naming.back;
    naming.held
}

fn give_up(model: &mut Model) -> Vec<Effect> {
    let Stage::Naming(naming) = &model.stage else { return Vec::new() };
    let secret = |effect: &Effect| match effect {
        Effect::Do(Action::SetPassword { secret, .. }) => Some(Effect::Forget(*secret)),
        _ => None,
    };
    let forget = naming.held.iter().filter_map(secret).collect();
    overview::show(model);
    forget
}

/// The question.
pub(super) fn screen(model: &Model, naming: &Naming) -> Screen {
    let mut screen = frame::with_rail(model, "Before the first write");
    screen.prose.push(Block::Text(
        "This is a live tenant. From here on, what you consent to is written to it. Type the tenant's name, so that it \
         is the one you mean."
            .to_owned(),
    ));
    if let Some(organization) = model.facts.organization.get() {
        screen.prose.push(Block::Pairs(vec![
            ("Name".to_owned(), organization.name.clone()),
            ("Initial domain".to_owned(), organization.initial_domain.clone()),
            ("Tenant id".to_owned(), organization.id.clone()),
        ]));
    }
    screen.question = Some(Question::Text {
        prompt: "Name of the tenant".to_owned(),
        preset: String::new(),
        problem: naming.problem.clone(),
    });
    screen.choices = vec![Choice::safe('b', "Back, write nothing", Msg::Back)];
    screen
}
