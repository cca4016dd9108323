//! What a screen asks of a person: questions and tasks, one by one, all statements at once, or as a list of their own
//! where there are many.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::id::CheckId;
use crate::domain::facts::Area;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Stage};
use crate::journeys::paper::slips;
use crate::journeys::screen::{Choice, Screen};
use crate::journeys::{attesting, frame, overview, registering, repair, testing, update};
use crate::steps;

/// So many stand on the screen of a step; where there are more, the first of them and a choice that lists all.
const SHOWN: usize = 4;

/// What the screen asks of a person: the list before step 1, or the step's.
pub(super) fn asks(model: &Model) -> Vec<Ask> {
    if let Some(asks) = repair::asks(model) {
        return asks;
    }
    let stage = match &model.stage {
        Stage::Tasks(back) => back,
        stage => stage,
    };
    match stage {
        Stage::Looked => steps::connect_asks(&model.case()),
        _ => overview::step(model).asks(&model.case()),
    }
}

/// Begins the question or task at `index` of the screen's list.
pub(super) fn begin(model: &mut Model, index: usize) -> Vec<Effect> {
    let asks = asks(model);
    let Some(ask) = asks.into_iter().nth(index) else { return Vec::new() };
    begin_ask(model, ask)
}

/// Begins to vouch for everything on the list that can be vouched for in one go.
pub(super) fn vouch_for_all(model: &mut Model) -> Vec<Effect> {
    let about = together(model);
    model.put.extend(about.iter().map(|attest| attest.about.to_string()));
    attesting::begin(model, about)
}

/// What may be vouched for in one go: without a connection the whole list, otherwise what the safes withstand.
fn together(model: &Model) -> Vec<Attest> {
    let attest = |ask| match ask {
        Ask::Attest(attest) => Some(attest),
        _ => None,
    };
    let is_alike = |attest: &Attest| {
        model.facts.is_by_hand()
            || (attest.about.check() == Some(CheckId::PaperProof) && attest.about.thing().is_some())
    };
    asks(model).into_iter().filter_map(attest).filter(is_alike).collect()
}

/// Begins one question or task.
pub(super) fn begin_ask(model: &mut Model, ask: Ask) -> Vec<Effect> {
    model.put.insert(ask.key());
    match ask {
        Ask::Attest(attest) => attesting::begin(model, vec![attest]),
        Ask::MakePinSlip { slot, key } => slips::begin_pin(model, slot, key),
        Ask::MakePasswordSlip { slot } => slips::begin_password(model, slot),
        Ask::RegisterKey { slot, key } => registering::begin(model, slot, key),
        Ask::TestSignIn { slot } => testing::begin(model, slot),
        Ask::AwaitRecipients => {
            model.stage = Stage::AwaitingRecipients(model.session.now);
            vec![update::watch(model, Area::Monitoring)]
        }
        Ask::WriteDocument => {
            vec![Effect::WriteDocuments {
                plan: Box::new(model.plan.clone()),
                facts: Box::new(model.facts.clone()),
            }]
        }
    }
}

/// Lists everything that is asked of a person here.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::Tasks(Box::new(model.stage.clone()));
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    let Stage::Tasks(back) = &model.stage else { return Vec::new() };
    let back = (**back).clone();
    match msg {
        Msg::Begin(index) => {
            let ask = asks(model).into_iter().nth(*index);
            model.stage = back;
            ask.map_or_else(Vec::new, |ask| begin_ask(model, ask))
        }
        Msg::Back => {
            model.stage = back;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A choice for each question and task; where there are many, for the first ones and for the list.
pub(super) fn choices(model: &Model) -> Vec<Choice> {
    let asks = asks(model);
    let shown = if asks.len() > SHOWN { SHOWN - 1 } else { asks.len() };
    let mut choices = frame::numbered(asks.iter().take(shown).map(Ask::label));
    if asks.len() > shown {
        choices.push(Choice::safe('t', format!("Show all {} tasks here", asks.len()), Msg::ShowTasks));
    }
    let count = together(model).len();
    if count > 1 {
        let label = match model.facts.is_by_hand() {
            true => format!("Attest all {count} on this list at once"),
            false => format!("Attest what all {count} safes withstand, at once"),
        };
        choices.push(Choice::safe('v', label, Msg::VouchForAll));
    }
    choices
}

/// The list of all tasks.
pub(super) fn screen(model: &Model) -> Screen {
    let mut screen = frame::with_rail(model, "What a person does here");
    let asks = asks(model);
    let listed =
        asks.iter().enumerate().map(|(index, ask)| Choice::listed(ask.label(), "", Msg::Begin(index)));
    screen.choices.extend(listed);
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}
