//! A step's overview: why it matters, what was found, what can be done; and its portal instructions.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::write::action::Action;
use crate::guide;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Stage, Then};
use crate::journeys::paper::pages;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::{frame, hand_over, instructions, repair, summary, tasks, update, working};
use crate::steps::{STEPS, Step, StepId};

/// The step that is about paper.
const PAPER: u8 = 8;

/// The step on the screen.
pub(super) fn step(model: &Model) -> &'static Step {
    &STEPS[usize::from(model.step.clamp(1, 9)) - 1]
}

pub(super) fn on(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    match msg {
        Msg::DoForMe => working::announce(model),
        Msg::ShowHow => {
            model.stage = Stage::ByHand;
            Vec::new()
        }
        Msg::CheckAgain => check_again(model),
        Msg::Begin(index) => tasks::begin(model, *index),
        Msg::VouchForAll => tasks::vouch_for_all(model),
        Msg::ShowTasks => tasks::show(model),
        Msg::HandOver => hand_over::begin(model),
        Msg::GoTo(number) => go_to(model, *number),
        Msg::NextStep => next(model),
        Msg::Back => back(model),
        _ => Vec::new(),
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    match model.stage {
        Stage::ByHand => show(model),
        _ => go_to(model, model.step.saturating_sub(1).max(1)),
    }
}

/// Shows the overview of the present step.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::Overview;
    Vec::new()
}

/// Shows the overview of step `number`.
pub(super) fn go_to(model: &mut Model, number: u8) -> Vec<Effect> {
    model.step = number.clamp(1, 9);
    model.seen.insert(model.step);
    show(model)
}

/// What can be written now on this screen: by the step, or by the repair under way.
pub(super) fn actions(model: &Model, case: &Case<'_>) -> Vec<Action> {
    repair::actions(model.repair.as_ref(), case).unwrap_or_else(|| step(model).actions(case))
}

/// The words with the number of the step in front, where there is one.
pub(super) fn numbered(model: &Model, words: &str) -> String {
    match &model.repair {
        Some(_) => words.to_owned(),
        None => format!("{}  {words}", model.step),
    }
}

/// Reads what the step looks at, then shows it.
pub(super) fn check_again(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::Overview;
    let areas = if model.repair.is_some() { repair::areas(model) } else { step(model).areas.to_vec() };
    update::read(model, &areas, Then::Overview)
}

/// Goes on: to the next step that has something to do or was not seen yet, or to the end.
fn next(model: &mut Model) -> Vec<Effect> {
    leave_open(model);
    match way_on(model) {
        Some(number) => go_to(model, number),
        None => summary::begin(model),
    }
}

/// What the present step still offers counts as put: the person has seen it and went on.
fn leave_open(model: &mut Model) {
    let here = step(model);
    let case = model.case();
    let keys: Vec<String> = here
        .actions(&case)
        .iter()
        .map(|a| a.key().to_string())
        .chain(here.asks(&case).iter().map(Ask::key))
        .collect();
    model.put.extend(keys);
}

/// The first step with a write or a question that was not put yet.
pub(super) fn suggestion(model: &Model) -> Option<u8> {
    STEPS.iter().find(|step| has_more(model, step)).map(|step| step.id.number())
}

/// The step that comes next: one before this that has something to do now, else the first behind it that has, or that
/// was not seen in this run. Nothing is passed over in silence.
fn way_on(model: &Model) -> Option<u8> {
    let unseen = (model.step + 1..=9).find(|number| !model.seen.contains(number));
    suggestion(model).into_iter().chain(unseen).min()
}

/// Whether a step has a write or a question that was not put yet. One that another team has is theirs until it is looked up as done.
pub(super) fn has_more(model: &Model, step: &Step) -> bool {
    if model.evidence.waiting.contains_key(&step.id.number()) {
        return false;
    }
    let case = model.case();
    step.actions(&case).iter().any(|a| !model.put.contains(a.key().as_str()))
        || step.asks(&case).iter().any(|a| !model.put.contains(&a.key()))
}

/// The overview screen.
pub(super) fn screen(model: &Model) -> Screen {
    if let Some(at) = &model.repair {
        return repair::screens::overview(model, at);
    }
    let here = step(model);
    let words = guide::step(model.step);
    let mut screen = frame::with_rail(model, format!("{}  {}", model.step, words.title));
    screen.trouble = screen.trouble.or_else(|| here.trouble(&model.case()));
    screen.prose = words.why.iter().cloned().map(Block::Text).collect();
    screen.prose.extend(hand_over::waiting_words(model, model.step).map(Block::Text));
    let findings = here.checks(&model.case());
    screen.checklist = frame::folded(&findings);
    screen.work = looking(model);
    screen.help = vec![words.help.clone()];
    screen.help.extend(guide::screen_help("overview").iter().cloned());
    if screen.work.is_none() {
        screen.choices = choices(model, here);
        screen.suggested = suggested(model, here);
    }
    screen
}

/// Progress of a reading.
pub(super) fn looking(model: &Model) -> Option<Work> {
    if model.unrecorded > 0 && model.reading.is_none() {
        return Some(Work::endless("writing the record"));
    }
    let looking = model.reading.as_ref()?;
    let doing = looking.left.front().map_or("the tenant", |area| area.words());
    let done = looking.total - looking.left.len();
    Some(Work { doing: format!("reading {doing}"), done, total: looking.total, seconds_left: None })
}

/// Writes first, then questions, then the way on.
fn suggested(model: &Model, here: &Step) -> Option<char> {
    let case = model.case();
    let first = here.comes_first(&case).is_some();
    match (here.actions(&case).is_empty(), here.asks(&case).is_empty()) {
        (false, _) => Some('a'),
        (true, _) if first => Some('g'),
        (true, false) => Some('1'),
        (true, true) => Some('n'),
    }
}

fn choices(model: &Model, here: &Step) -> Vec<Choice> {
    let case = model.case();
    let mut choices = Vec::new();
    let writes = here.actions(&case).len();
    if writes > 0 {
        let choice = Choice::safe('a', "Do it for me", Msg::DoForMe);
        choices.push(choice.explained("shows every write first"));
    }
    if let Some(first) = here.comes_first(&case).map(StepId::number) {
        let label = format!("Do step {first} first, {}", guide::step(first).name);
        choices.push(Choice::safe('g', label, Msg::GoTo(first)));
    }
    choices.extend(tasks::choices(model));
    choices.push(Choice::safe('m', "Show me how, in the portal", Msg::ShowHow));
    if model.step == PAPER {
        choices.push(pages::choice("Look at the pages, secrets masked"));
    }
    let hand_over = Choice::safe('h', "Hand over to another team", Msg::HandOver);
    choices.push(hand_over.explained("as a page; the step waits"));
    if !model.facts.is_by_hand() {
        choices.push(Choice::safe('c', "Check again", Msg::CheckAgain));
    }
    choices.push(Choice::safe('n', next_label(model), Msg::NextStep));
    if model.step > 1 {
        choices.push(Choice::safe('b', "The step before", Msg::Back));
    }
    choices.push(Choice::safe('q', "Leave", Msg::Quit).explained("the next run goes on here"));
    choices
}

fn next_label(model: &Model) -> String {
    let mut after = model.clone();
    leave_open(&mut after);
    match way_on(&after) {
        Some(number) => format!("Go on to step {number}, {}", guide::step(number).name),
        None => "Go on to the result".to_owned(),
    }
}

/// The portal instructions, with the tenant's values.
pub(super) fn by_hand(model: &Model) -> Screen {
    if let Some(at) = &model.repair {
        return repair::screens::by_hand(model, at);
    }
    let words = guide::step(model.step);
    let mut screen = frame::with_rail(model, format!("{}  {}, by hand", model.step, words.title));
    screen.prose.push(Block::Steps(instructions::filled(model, &words.by_hand)));
    if !words.limits.is_empty() {
        screen.prose.push(Block::Heading("What the portal cannot do".to_owned()));
        screen.prose.push(Block::List(instructions::filled(model, &words.limits)));
    }
    screen.work = looking(model);
    screen.choices = frame::after_hand(model);
    screen
}
