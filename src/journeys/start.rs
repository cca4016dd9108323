//! Home and the first look.

use crate::domain::facts::Area;
use crate::guide::Topic;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Planning, Stage, Then};
use crate::journeys::paper::pages;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::{frame, identity, other_tenant, planning, repair, signing_in, tasks, update};
use crate::steps;

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match (&model.stage, msg) {
        (Stage::Home, Msg::BeginSetup) => begin(model),
        (Stage::Home, Msg::BeginRepair) => repair::begin(model, (None, None)),
        (Stage::Home, Msg::OtherTenant) => other_tenant::begin(model),
        (Stage::Home, Msg::WithoutConnection) => other_tenant::by_hand(model),
        (Stage::Home, Msg::OpenGuide(topic)) => go(model, Stage::Guide(topic)),
        (Stage::Guide(_), Msg::Back | Msg::Continue) => go(model, Stage::Home),
        (Stage::Looked, Msg::Continue) if model.facts.is_by_hand() => planning::first_step(model),
        (Stage::Looked, Msg::Continue) if readable(model) => go(model, Stage::Planning(Planning::default())),
        (Stage::Looked, Msg::Begin(index)) => tasks::begin(model, index),
        (Stage::Looked, Msg::VouchForAll) => tasks::vouch_for_all(model),
        (Stage::Looked, Msg::ShowTasks) => tasks::show(model),
        (Stage::Looked, Msg::Back) => go(model, Stage::Planning(Planning::default())),
        (Stage::Looked, Msg::CheckAgain) => first_look(model),
        _ => Vec::new(),
    }
}

/// The first screen.
pub(super) fn home_again(model: &mut Model) -> Vec<Effect> {
    go(model, Stage::Home)
}

fn go(model: &mut Model, stage: Stage) -> Vec<Effect> {
    model.stage = stage;
    Vec::new()
}

/// Begins the setup: sign in first; without a connection with the plan, which tells which tenant it is.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    if model.facts.is_by_hand() {
        return go(model, Stage::Planning(Planning::default()));
    }
    signing_in::begin(model)
}

/// Reads everything for the first time.
pub(super) fn first_look(model: &mut Model) -> Vec<Effect> {
    if model.repair.is_some() {
        return repair::look(model);
    }
    model.stage = Stage::Looked;
    update::read(model, &Area::ALL, Then::Looked)
}

/// After the first look a plan made of presets takes the tenant's own values.
pub(super) fn looked(model: &mut Model) -> Vec<Effect> {
    if model.session.plan_origin == crate::journeys::model::PlanOrigin::Preset {
        crate::journeys::presets::adapt(&mut model.plan, &model.facts);
    }
    let told = identity::seen(model);
    if !matches!(model.stage, Stage::Stuck(_)) {
        turn_away(model);
    }
    told
}

/// Back to the sign-in when an emergency access account signed in; whether that was so.
pub(super) fn turn_away(model: &mut Model) -> bool {
    let refused = steps::refused_operator(&model.case());
    let turned = refused.is_some();
    if turned {
        model.trouble = refused;
        model.stage = Stage::SigningIn(Box::default());
    }
    turned
}

/// Whether the tenant could be read at all.
pub(super) fn readable(model: &Model) -> bool {
    model.facts.organization.get().is_some()
}

/// The home screen.
pub(super) fn home(model: &Model) -> Screen {
    let mut screen = frame::of(model, "Emergency access for your tenant");
    screen.prose.push(Block::Text(
        "Two accounts that still open the tenant when every other administrator is locked out: set up, put on paper, \
         watched and tested."
            .to_owned(),
    ));
    screen.prose.extend(other_tenant::words(model));
    let has_begun = !model.evidence.accounts.is_empty() || !model.evidence.attested.is_empty();
    if has_begun {
        screen.prose.push(Block::Text(format!(
            "There is a record of an earlier run in {}. The setup reads the tenant again and goes on from there.",
            model.session.record
        )));
    }
    screen.prose.push(Block::Text(
        "This version has the setup, repairs and the guide. Reviews and tabletop exercises are not built yet."
            .to_owned(),
    ));
    screen.prose.extend(frame::requests(model));
    screen.choices = vec![match has_begun {
        true => Choice::safe('s', "Go on with the setup", Msg::BeginSetup),
        false => {
            Choice::safe('s', "Set up the accounts", Msg::BeginSetup).explained("nine steps, about an hour")
        }
    }];
    screen.choices.push(
        Choice::safe('r', "Repair or rotate", Msg::BeginRepair).explained("something about one account"),
    );
    screen.choices.extend(other_tenant::choices(model));
    screen.choices.push(pages::choice("Look at the pages, secrets masked"));
    let topics = Topic::ALL.into_iter().zip(['g', 'u', 't', 'c']);
    screen.choices.extend(topics.map(|(topic, key)| {
        Choice::safe(key, format!("Read about {}", topic.name()), Msg::OpenGuide(topic))
    }));
    screen.choices.push(Choice::safe('q', "Leave", Msg::Quit));
    screen
}

/// A page of the guide.
pub(super) fn guide(model: &Model, topic: Topic) -> Screen {
    let mut screen = frame::of(model, topic.name());
    screen.prose.push(Block::Verbatim(crate::guide::page(topic)));
    screen.choices = vec![Choice::safe('b', "Back", Msg::Back)];
    screen
}

/// What the first look showed.
pub(super) fn looked_screen(model: &Model) -> Screen {
    if model.facts.is_by_hand() {
        return before_step_1(model);
    }
    let mut screen = frame::of(model, "What the tenant looks like");
    screen.trouble = model.facts.organization.trouble().cloned().or(screen.trouble);
    screen.prose.push(Block::Pairs(tenant_lines(model)));
    screen.checklist = frame::rows(&steps::connect_checks(&model.case()));
    screen.prose.extend(missing(model));
    if readable(model) {
        screen.choices.push(Choice::safe('n', "Go on to the plan", Msg::Continue));
    }
    screen.choices.push(Choice::safe('c', "Look again", Msg::CheckAgain));
    screen.choices.push(Choice::safe('q', "Leave", Msg::Quit));
    screen
}

/// What the steps need and the operator lacks, by name, and who can grant it.
fn missing(model: &Model) -> Vec<Block> {
    let lacks = steps::lacks(&model.case());
    if lacks.is_empty() {
        return Vec::new();
    }
    let lines = lacks.into_iter().map(|lack| {
        let steps: Vec<String> = lack.steps.iter().map(u8::to_string).collect();
        let word = if steps.len() == 1 { "step" } else { "steps" };
        format!("{} ({word} {}): {}", lack.what, steps.join(", "), lack.who)
    });
    vec![
        Block::Heading("Missing, for which steps, and who can grant it".to_owned()),
        Block::List(lines.collect()),
        Block::Text("You can go on all the same: what is refused is named, and stays open.".to_owned()),
    ]
}

/// Without a connection: what a person looks at before step 1.
fn before_step_1(model: &Model) -> Screen {
    let mut screen = frame::of(model, "Before step 1");
    screen.prose.push(Block::Text(
        "There is no connection to this tenant: you look and do, and the record keeps who vouched for what, and when. \
         Nothing here is looked up by the program."
            .to_owned(),
    ));
    screen.prose.push(Block::Pairs(tenant_lines(model)));
    screen.checklist = frame::rows(&steps::connect_checks(&model.case()));
    screen.choices = tasks::choices(model);
    screen.choices.push(Choice::safe('n', "Go on to the steps", Msg::Continue));
    screen.choices.push(Choice::safe('b', "Back to the plan", Msg::Back));
    screen.choices.push(Choice::safe('q', "Leave; the next run goes on here", Msg::Quit));
    screen
}

fn tenant_lines(model: &Model) -> Vec<(String, String)> {
    let facts = &model.facts;
    let mut lines = Vec::new();
    let mut pair = |name: &str, text: String| lines.push((name.to_owned(), text));
    if let Some(organization) = facts.organization.get() {
        pair("Tenant", format!("{} ({})", organization.name, organization.id));
        pair("Initial domain", organization.initial_domain.clone());
        if !organization.federated.is_empty() {
            pair("Federated, to be avoided", organization.federated.join(", "));
        }
    }
    if let Some(operator) = facts.operator.get() {
        pair("Signed in as", operator.upn.clone());
    }
    if let Some(policies) = facts.policies.get() {
        pair("Conditional Access policies", policies.len().to_string());
    }
    if let Some(on) = facts.defaults.get() {
        pair("Security defaults", if *on { "on" } else { "off" }.to_owned());
    }
    if let Some(accounts) = facts.accounts.get() {
        for found in &accounts.candidates {
            pair("Looks like an emergency account", found.upn.clone());
        }
    }
    lines
}
