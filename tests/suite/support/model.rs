//! The state machine as a test begins it: the example plan, and a tenant of which enough was read for any step; where it
//! is then, and how the world and a person answer what it asks. It knows nothing about any single test.

use breakglass::domain::check::repair::Repairing;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{Accounts, AreaFacts, Facts, Group, Groups, Licenses, Organization, Reading};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::Action;
use breakglass::domain::write::order::Others;
use breakglass::journeys::effect::{Brought, Done, Read, RecordEffect, TenantEffect, Write};
use breakglass::journeys::home::Home;
use breakglass::journeys::model::{Model, Presence};
use breakglass::journeys::repair::Repair;
use breakglass::journeys::screen::Block;
use breakglass::journeys::setup::{At, Planning, Setup};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::MakeSlip;
use breakglass::journeys::tasks::{board, consent};
use breakglass::journeys::{Effect, Msg, Question, screen, setup, update};
use breakglass::steps::StepId;
use serde_json::{Value, json};

use super::session::session;

pub const GROUP: &str = "group";

pub fn policy(change: &Value) -> Policy {
    let mut raw = json!({"id": "CA1", "displayName": "CA1", "state": "disabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": []}}});
    raw.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    Policy::from_raw(&raw).expect("a policy")
}

/// At the board of step 1.
pub fn model() -> Model {
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    let today = jiff::civil::date(2026, 11, 23);
    let mut model = Model::new(session(Mark::Rehearsal), plan, Evidence::default(), today);
    *model.desk.world.facts_mut() = Facts {
        organization: Reading::Read(Organization {
            id: breakglass::rehearsal::TENANT_ID.to_owned(),
            name: "Contoso".to_owned(),
            initial_domain: "contoso.onmicrosoft.com".to_owned(),
            initial_is_managed: true,
            domains: Vec::new(),
            federated: Vec::new(),
        }),
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        accounts: Reading::Read(Accounts::default()),
        policies: Reading::Read(vec![policy(&json!({}))]),
        group: Reading::Read(Groups {
            found: Some(Group {
                id: GROUP.to_owned(),
                name: "Exclusions".to_owned(),
                description: String::new(),
                role_assignable: true,
                dynamic: false,
                members: Vec::new(),
                owners: Vec::new(),
            }),
            others: Vec::new(),
        }),
        ..Facts::default()
    };
    at_step(&mut model, 1);
    model
}

// ---- where it is

/// Goes to the board of a step.
pub fn at_step(model: &mut Model, number: u8) {
    let step = StepId::new(number).expect("a step");
    model.stack = vec![Layer::Home(Home::First), Layer::Setup(Setup::at_step(step))];
}

/// A model at the board of a step.
pub fn model_at(number: u8) -> Model {
    let mut model = model();
    at_step(&mut model, number);
    model
}

/// Goes to the list of decisions.
pub fn at_plan(model: &mut Model) {
    let at = At::Planning(Planning::default());
    model.stack =
        vec![Layer::Home(Home::First), Layer::Setup(Setup { at, ..Setup::at_step(StepId::FIRST_ACCOUNT) })];
}

/// Goes to the board of a repair.
pub fn at_repair(model: &mut Model, repairing: Repairing) {
    model.stack = vec![Layer::Home(Home::First), Layer::Repair(Repair::at_board(repairing))];
}

/// The step of the setup under way.
pub fn step_of(model: &Model) -> u8 {
    model.setup().expect("a setup").step.number()
}

/// Whether nothing lies on the board of a step.
pub fn is_at_board(model: &Model) -> bool {
    matches!(model.top(), Layer::Setup(setup) if setup.at == At::Step)
}

/// The slip under way, if one is.
pub fn any_slip(model: &Model) -> Option<&MakeSlip> {
    model.stack.iter().rev().find_map(|layer| match layer {
        Layer::Slip(slip) => Some(&**slip),
        _ => None,
    })
}

/// The slip under way.
pub fn slip(model: &Model) -> &MakeSlip {
    any_slip(model).unwrap_or_else(|| panic!("no slip: {:?}", model.stack))
}

/// The slip under way, to be put elsewhere.
pub fn slip_mut(model: &mut Model) -> &mut MakeSlip {
    let slip = model.stack.iter_mut().rev().find_map(|layer| match layer {
        Layer::Slip(slip) => Some(&mut **slip),
        _ => None,
    });
    slip.expect("a slip")
}

// ---- what is said

/// What a person says at the board of a step.
pub fn board(msg: board::Msg) -> Msg {
    Msg::Setup(setup::Msg::Board(msg))
}

/// Writes everything that the board of the step offers.
pub fn consented(model: &mut Model) -> Vec<Effect> {
    update(model, board(board::Msg::DoForMe));
    update(model, Msg::Consent(consent::Msg::Write))
}

/// What `text` comes to, typed into the question on the screen.
pub fn answered(model: &Model, text: &str) -> Msg {
    match screen(model).question {
        Some(Question::Text { answer, .. }) => answer.with(text.to_owned()),
        other => panic!("no text is asked for: {other:?}"),
    }
}

/// Types `text` into the question on the screen; the disk takes the answer at once.
pub fn types(model: &mut Model, text: &str) {
    let said = answered(model, text);
    let effects = update(model, said);
    kept(model, &effects);
}

/// Answers the decision on the screen: chooses `text` where it can be chosen, types it elsewhere.
pub fn decides(model: &mut Model, text: &str) {
    let msg = Msg::Setup(setup::Msg::Chosen(text.to_owned()));
    let behind = Msg::Setup(setup::Msg::TypeIt);
    let is_there = |model: &Model, msg: &Msg| screen(model).choices.iter().any(|choice| choice.msg == *msg);
    if is_there(model, &msg) {
        let effects = update(model, msg);
        return kept(model, &effects);
    }
    if is_there(model, &behind) {
        update(model, behind);
    }
    types(model, text);
}

/// The disk takes the answers that are to be kept, and the tenant is as it was.
pub fn kept(model: &mut Model, effects: &[Effect]) {
    let is_kept = |effect: &Effect| matches!(effect, Effect::Record(RecordEffect::KeepAnswers(_)));
    if effects.iter().any(is_kept) {
        update(model, Msg::Filed(Ok(Vec::new())));
    }
    if let Some(read) = reading(effects) {
        found(model, &read.clone(), Vec::new());
    }
}

/// What is wrong with the last answer, where the same question is asked again.
pub fn refused(model: &Model) -> Option<String> {
    let screen = screen(model);
    match screen.question {
        Some(Question::Text { problem, .. }) => problem,
        // Where an answer is chosen, what is wrong with it is the first thing to be read.
        _ => match screen.prose.into_iter().next() {
            Some(Block::Text(text)) if text.contains("Enter keeps it") => Some(text),
            _ => None,
        },
    }
}

/// What the choice whose label contains `words` says.
pub fn chosen(model: &Model, words: &str) -> Msg {
    let choices = screen(model).choices;
    let choice = choices.iter().find(|choice| choice.label.contains(words));
    choice.unwrap_or_else(|| panic!("no \"{words}\" among {choices:?}")).msg.clone()
}

// ---- what the world is asked, and answers

/// The write that is asked for first.
pub fn write(effects: &[Effect]) -> &Write<Msg> {
    effects.first().and_then(Effect::as_write).unwrap_or_else(|| panic!("no write: {effects:?}"))
}

/// The action that is asked for first, where it is one.
pub fn action(effects: &[Effect]) -> Option<&Action> {
    effects.first().and_then(Effect::as_write).map(|write| &write.action)
}

/// The reading that is asked for, where one is.
pub fn reading(effects: &[Effect]) -> Option<&Read<Msg>> {
    effects.iter().find_map(|effect| match effect {
        Effect::Tenant(TenantEffect::Read(read)) => Some(read),
        _ => None,
    })
}

/// Tells how a write ended.
pub fn tell(model: &mut Model, write: &Write<Msg>, result: Result<Brought, Trouble>) -> Vec<Effect> {
    let done = Done { action: write.action.clone(), result, others: Others::Stop };
    update(model, write.tell.with(done))
}

/// Tells what a reading found: each area, its end, and what was to be said then.
pub fn found(model: &mut Model, read: &Read<Msg>, areas: Vec<AreaFacts>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for area in areas {
        effects.extend(update(model, Msg::Read(Box::new(area))));
    }
    effects.extend(update(model, Msg::ReadDone(read.then.clone().map(Box::new))));
    effects
}

/// Where a model is, whichever steps were on the screen before.
pub fn place(model: &Model) -> (Vec<Layer>, Presence) {
    let mut stack = model.stack.clone();
    for layer in &mut stack {
        if let Layer::Setup(setup) = layer {
            setup.seen.clear();
        }
    }
    (stack, model.presence.clone())
}
