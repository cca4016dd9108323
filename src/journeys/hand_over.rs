//! Handing a step over: a page for another team with what is open, the portal clicks and the requests, kept as a file
//! in the record folder. The step then waits for them. Nobody reports back: it ends when the checks pass.

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::record::{Entry, Waiting};
use crate::domain::text::clean;
use crate::domain::write::action::Action;
use crate::guide::{self, wrap};
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{HandOver, Model, Stage};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::{frame, instructions, overview, projection, working};
use crate::steps::{self, STEPS};

/// The one check of a step that others can finish which only this record answers: its test notification is sent from
/// here, when everything else stands.
const OURS: CheckId = CheckId::AlertsNotification;

/// Shows the page, and asks for whom it is.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::HandOver(HandOver::default());
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::HandOver(hand_over) = &mut model.stage else { return Vec::new() };
    match msg {
        Msg::Answer(text) => {
            let to = clean(text.trim());
            hand_over.to = (!to.is_empty()).then_some(to);
            Vec::new()
        }
        Msg::Consent => save(model),
        Msg::Back if hand_over.to.take().is_some() => Vec::new(),
        Msg::Back => overview::show(model),
        _ => Vec::new(),
    }
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Stage::HandOver(HandOver { to: Some(to) }) = &model.stage else { return Vec::new() };
    let (step, to) = (model.step, to.clone());
    let page = page(model, Some(&to));
    overview::show(model);
    vec![Effect::HandOver { step, to, name: format!("hand-over-step-{step}"), page }]
}

/// Steps that another team has and that are not done.
pub(super) fn waiting(model: &Model) -> impl Iterator<Item = (u8, &Waiting)> {
    model
        .evidence
        .waiting
        .iter()
        .map(|(step, waiting)| (*step, waiting))
        .filter(|(step, _)| !is_done(model, *step))
}

/// What ends a waiting: the step was looked up, and is done.
pub(super) fn ended(model: &Model) -> impl Iterator<Item = Entry> {
    let done = model.evidence.waiting.keys().copied().filter(|step| is_done(model, *step));
    done.map(|step| Entry::HandedBack { step }).collect::<Vec<_>>().into_iter()
}

fn is_done(model: &Model, number: u8) -> bool {
    let step = STEPS.iter().find(|step| step.id.number() == number);
    let theirs = |finding: &&Finding| finding.check != OURS;
    step.is_none_or(|step| step.checks(&model.case()).iter().filter(theirs).all(|f| frame::settled(model, f)))
}

/// For whom step `number` waits, in a sentence.
pub(super) fn waiting_words(model: &Model, number: u8) -> Option<String> {
    let (_, waiting) = waiting(model).find(|(step, _)| *step == number)?;
    Some(format!(
        "Handed over to {} on {}, as the page {}. It waits for them until the checks pass; you may still do it here.",
        waiting.to, waiting.since, waiting.page
    ))
}

/// The waiting steps for the list of what is open.
pub(super) fn open(model: &Model) -> Vec<Block> {
    let lines: Vec<String> = waiting(model).map(|(step, waiting)| line(step, waiting)).collect();
    match lines.len() {
        0 => Vec::new(),
        count => vec![Block::Heading(format!("Handed over, not done yet ({count})")), Block::List(lines)],
    }
}

fn line(step: u8, waiting: &Waiting) -> String {
    let name = &guide::step(step).name;
    format!("Step {step}, {name}: waits for {} since {} (page {})", waiting.to, waiting.since, waiting.page)
}

/// The page, and the question for whom it is.
pub(super) fn screen(model: &Model, hand_over: &HandOver) -> Screen {
    let mut screen = frame::with_rail(model, format!("{}  Hand this step over", model.step));
    screen.prose.push(Block::Verbatim(page(model, hand_over.to.as_deref())));
    match &hand_over.to {
        None => {
            let preset = model.evidence.waiting.get(&model.step).map_or("", |waiting| waiting.to.as_str());
            screen.question = Some(Question::Text {
                prompt: "For whom (team or person)".to_owned(),
                preset: preset.to_owned(),
                problem: None,
            });
        }
        Some(to) => {
            screen.prose.push(Block::Text(format!(
                "The page goes into a file in {}, and the step is marked as waiting for {to}. It ends by itself when \
                 the checks pass.",
                model.session.record
            )));
            screen.choices.push(Choice::safe(
                's',
                "Save the page and mark the step as waiting",
                Msg::Consent,
            ));
        }
    }
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}

/// The whole page; no secret is on it.
fn page(model: &Model, to: Option<&str>) -> Vec<String> {
    let words = guide::step(model.step);
    let mut lines = heading(model, to);
    lines.extend(section("What it is for", words.why.iter().flat_map(|why| wrap("", why)).collect()));
    lines.extend(section("What is open", open_lines(model)));
    lines.extend(section("In the portal", numbered(&instructions::filled(model, &words.by_hand))));
    lines.extend(section("What the portal cannot do", bullets(&instructions::filled(model, &words.limits))));
    lines.extend(section("As requests", requests(model)));
    let back = "Nobody has to report back: the next look at the tenant shows that it is done. What no program can see \
                (a code that was entered, a mail that arrived) is told to whoever handed this page over.";
    lines.extend(section("When it is done", wrap("", back)));
    lines
}

fn heading(model: &Model, to: Option<&str>) -> Vec<String> {
    let words = guide::step(model.step);
    let organization = model.facts.organization.get();
    let tenant =
        organization.map_or(String::new(), |o| format!("{} ({}, {})", o.name, o.initial_domain, o.id));
    let from = model.facts.operator.get().map_or(model.plan.upkeep.owner.as_str(), |o| o.upn.as_str());
    let mut lines = vec![format!("{}   step {} of 9: {}", model.session.mark, model.step, words.title)];
    let pairs = [("Tenant: ", tenant.as_str()), ("For: ", to.unwrap_or("...")), ("From: ", from)];
    lines.extend(pairs.iter().flat_map(|(name, value)| wrap(name, value)));
    lines.push(format!("Date: {}", model.session.today));
    lines
}

fn section(title: &str, body: Vec<String>) -> Vec<String> {
    if body.is_empty() {
        return Vec::new();
    }
    let rule = "-".repeat(title.chars().count());
    [String::new(), title.to_owned(), rule].into_iter().chain(body).collect()
}

fn numbered(lines: &[String]) -> Vec<String> {
    lines.iter().enumerate().flat_map(|(index, line)| wrap(&format!("{:>2}. ", index + 1), line)).collect()
}

fn bullets(lines: &[String]) -> Vec<String> {
    lines.iter().flat_map(|line| wrap("  - ", line)).collect()
}

fn open_lines(model: &Model) -> Vec<String> {
    let findings = overview::step(model).checks(&model.case());
    let open = findings.iter().filter(|finding| !frame::settled(model, finding));
    bullets(&open.map(|finding| format!("{}: {}", frame::label(finding), finding.detail)).collect::<Vec<_>>())
}

/// Every write of the step as the request behind it, projected to the end.
fn requests(model: &Model) -> Vec<String> {
    let case = model.case();
    let facts = steps::facts_for_others(&case, model.step);
    let actions = projection::of_step(&Case { facts: &facts, ..case }, overview::step(model));
    actions.iter().enumerate().flat_map(|(index, action)| request(index, action)).collect()
}

fn request(index: usize, action: &Action) -> Vec<String> {
    let mut lines = wrap(&format!("{:>2}. ", index + 1), &action.sentence());
    lines.extend(working::call_lines(action).into_iter().map(|line| format!("    {line}")));
    lines.push(String::new());
    lines
}
