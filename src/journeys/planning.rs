//! The plan on the screen: a list with every decision preset, each of which can be changed, and what follows once it
//! stands: the accounts are looked for, and the monitoring staff is told.

use crate::domain::check::ask::Ask;
use crate::domain::facts::{Area, Facts};
use crate::domain::plan::Plan;
use crate::domain::plan::plan_file;
use crate::domain::record::Entry;
use crate::domain::trouble::Trouble;
use crate::guide;
use crate::journeys::decisions::{self, Decision};
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, PlanOrigin, Planning, Stage, Then, Writing};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::{frame, overview, projection, start, tasks, update};
use crate::steps;

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match (&mut model.stage, msg) {
        (Stage::Planning(planning), Msg::EditDecision(index)) => {
            *planning = Planning { editing: Some(index), problem: None };
            Vec::new()
        }
        (Stage::Planning(planning), Msg::Answer(text)) => {
            let editing = planning.editing;
            answer(model, editing, &text);
            Vec::new()
        }
        (Stage::Planning(planning), Msg::Back) => {
            match planning.editing.take() {
                Some(_) => planning.problem = None,
                None if model.facts.is_by_hand() => model.stage = Stage::Home,
                None => model.stage = Stage::Looked,
            }
            Vec::new()
        }
        (Stage::Planning(_), Msg::AcceptPlan) => accept(model),
        _ => Vec::new(),
    }
}

fn answer(model: &mut Model, editing: Option<usize>, text: &str) {
    let list = decisions::of(&model.plan);
    let Some((index, decision)) = editing.and_then(|i| list.get(i).map(|d| (i, d))) else { return };
    let kept = text.trim().is_empty() || text.trim() == decision.value;
    let before = model.plan.clone();
    let result = match kept {
        true => Ok(()),
        false => decisions::set(&mut model.plan, decision.field, text)
            .and_then(|()| misfit(&before, &model.plan).map_or(Ok(()), Err)),
    };
    model.stage = Stage::Planning(match result {
        Ok(()) => Planning { editing: next_empty(model, index), problem: None },
        Err(problem) => Planning { editing: Some(index), problem: Some(problem) },
    });
}

/// What no longer fits together since an answer, told where it was typed. The answer stands all the same, because the
/// one that makes it fit may be another; and where it opened a question, that question comes next anyway.
fn misfit(before: &Plan, now: &Plan) -> Option<String> {
    let missing = |plan: &Plan| decisions::of(plan).iter().filter(|decision| is_missing(decision)).count();
    if missing(now) > missing(before) {
        return None;
    }
    let known = plan_file::validate(before);
    let problem = plan_file::validate(now).into_iter().find(|problem| !known.contains(problem))?;
    Some(format!("{problem} Type it anew; Enter keeps it, where another answer is the one to change."))
}

/// The next decision that nobody has made yet, so that answering one leads to the next.
fn next_empty(model: &Model, after: usize) -> Option<usize> {
    let list = decisions::of(&model.plan);
    list.iter().enumerate().skip(after + 1).find(|(_, d)| is_missing(d)).map(|(i, _)| i)
}

/// Whether the plan cannot stand without an answer here.
fn is_missing(decision: &Decision) -> bool {
    decision.value.is_empty() && !matches!(decision.field, decisions::Field::Adopt(_))
}

fn accept(model: &mut Model) -> Vec<Effect> {
    let problems = plan_file::validate(&model.plan);
    if let Some(first) = problems.first() {
        model.trouble = Some(Trouble::new(
            "The plan cannot stand yet.",
            problems.join(" "),
            format!("Change it and try again, beginning with: {first}"),
        ));
        return Vec::new();
    }
    let told = match known_tenant(model) {
        Ok(told) => told,
        Err(trouble) => {
            model.trouble = Some(trouble);
            return Vec::new();
        }
    };
    model.session.plan_origin = PlanOrigin::Given;
    let mut effects = told;
    if model.session.writing == Writing::Allowed {
        effects.push(Effect::SavePlan(Box::new(model.plan.clone())));
    }
    let areas = [Area::Accounts, Area::Roles, Area::Methods, Area::Group, Area::Registration, Area::WhatIf];
    effects.extend(update::read(
        model,
        &[&areas[..], &[Area::Monitoring, Area::SignIns]].concat(),
        Then::Planned,
    ));
    effects
}

/// The plan names the tenant it is for, and that is this one. Without a connection it is the only one who knows: the
/// facts, and a record that was empty so far, learn it from the plan.
fn known_tenant(model: &mut Model) -> Result<Vec<Effect>, Trouble> {
    let Some(named) = model.plan.tenant.clone() else {
        return if model.facts.is_by_hand() { Err(no_tenant()) } else { Ok(Vec::new()) };
    };
    let connected =
        model.facts.organization.get().filter(|_| !model.facts.is_by_hand()).map(|o| o.id.clone());
    let known = connected.as_ref().or(model.evidence.tenant.as_ref());
    if let Some(other) = known.filter(|id| !id.eq_ignore_ascii_case(&named.id)) {
        return Err(another_tenant(&named.id, other));
    }
    if !model.facts.is_by_hand() {
        return Ok(Vec::new());
    }
    model.facts = Facts::by_hand(Some(&named));
    let is_new = model.evidence.begun.is_none() && model.session.writing == Writing::Allowed;
    Ok(is_new.then(|| Effect::Remember(began(model, &named))).into_iter().collect())
}

fn began(model: &Model, tenant: &crate::domain::plan::Tenant) -> Entry {
    Entry::Began {
        journey: "setup".to_owned(),
        tenant: tenant.id.clone(),
        name: tenant.name.clone(),
        mark: model.session.mark.as_str().to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn no_tenant() -> Trouble {
    Trouble::new(
        "The plan does not say which tenant it is for.",
        "Without a connection only the plan can tell its name, initial domain and id.",
        "Add [tenant] with name, initial_domain and id to the plan.",
    )
}

fn another_tenant(planned: &str, present: &str) -> Trouble {
    Trouble::new(
        "The plan is for another tenant.",
        format!("It names the tenant {planned}; this is {present}."),
        "Take the plan of this tenant, or correct its tenant id; a record belongs to one tenant too (--record).",
    )
}

/// The accounts of the plan were looked for: tell the monitoring staff, then begin, or show the dry run.
pub(super) fn planned(model: &mut Model) -> Vec<Effect> {
    if model.session.writing == Writing::DryRun {
        model.stage = Stage::Projected;
        return Vec::new();
    }
    if model.facts.is_by_hand() {
        model.stage = Stage::Looked;
        return Vec::new();
    }
    if start::turn_away(model) {
        return Vec::new();
    }
    first_step(model)
}

/// The first step that has something to do, after the question whether the monitoring staff knows.
pub(super) fn first_step(model: &mut Model) -> Vec<Effect> {
    overview::go_to(model, overview::suggestion(model).unwrap_or(1));
    match steps::tell_ask(&model.case()) {
        Some(Ask::Attest(attest)) => tasks::begin_ask(model, Ask::Attest(attest)),
        _ => Vec::new(),
    }
}

/// The list, or the question about one decision.
pub(super) fn screen(model: &Model, planning: &Planning) -> Screen {
    let list = decisions::of(&model.plan);
    match planning.editing.and_then(|i| list.get(i)) {
        Some(decision) => decision_screen(model, planning, decision),
        None => list_screen(model, &list),
    }
}

fn decision_screen(model: &Model, planning: &Planning, decision: &Decision) -> Screen {
    let mut screen = question(model, decision, planning.problem.clone());
    if let Some(words) = guide::planning().decision(decision.guide) {
        screen.prose.push(Block::Text(format!("Recommended: {}", words.recommendation)));
        screen.prose.push(Block::Text(words.why.clone()));
    }
    screen.choices = vec![Choice::safe('b', "Back to the list", Msg::Back)];
    screen
}

/// A screen that asks for one decision: its name, what may be typed, the present answer.
pub(super) fn question(model: &Model, decision: &Decision, problem: Option<String>) -> Screen {
    let mut screen = frame::of(model, format!("The plan: {}", decision.name));
    let options = decisions::options(decision.field).map(|o| format!(" ({o})")).unwrap_or_default();
    let prompt = format!("{}{options}", decision.name);
    screen.question = Some(Question::Text { prompt, preset: decision.value.clone(), problem });
    screen
}

fn list_screen(model: &Model, list: &[Decision]) -> Screen {
    let mut screen = frame::of(model, "The plan");
    screen.prose.push(Block::Text(
        "Every decision has its recommended answer. Change what does not fit; what only you can know is still empty. \
         The plan is saved without any secret."
            .to_owned(),
    ));
    for warning in plan_file::warnings(&model.plan) {
        screen.prose.push(Block::List(vec![warning]));
    }
    for (index, decision) in list.iter().enumerate() {
        let value = if decision.value.is_empty() { "(empty)" } else { decision.value.as_str() };
        screen.choices.push(Choice::listed(decision.name.clone(), value, Msg::EditDecision(index)));
    }
    // The way on stands last, where it is seen beside the prompt however long the list is.
    let missing = list.iter().position(is_missing);
    if let Some(index) = missing {
        let left = list.iter().filter(|d| is_missing(d)).count();
        screen.choices.push(Choice::safe(
            'f',
            format!("Fill in what is empty ({left})"),
            Msg::EditDecision(index),
        ));
    } else {
        let label = match model.session.writing {
            Writing::Allowed => "The plan stands; go on",
            Writing::DryRun => "The plan stands; show the dry run",
        };
        screen.choices.push(Choice::safe('p', label, Msg::AcceptPlan));
    }
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen.choices.push(Choice::safe('q', "Leave", Msg::Quit));
    screen
}

/// The dry run: every write of the whole setup, in order, and what people do between.
pub(super) fn projected_screen(model: &Model) -> Screen {
    let mut screen = frame::of(model, "Dry run: what a setup would do");
    for line in projection::of_setup(&model.case()) {
        match line {
            projection::Line::Step(number) => {
                let title = format!("{number}  {}", guide::step(number).title);
                screen.prose.push(Block::Heading(title));
            }
            projection::Line::Write(action) => {
                let mut lines = vec![action.sentence()];
                lines.extend(super::working::call_lines(&action).into_iter().map(|l| format!("    {l}")));
                screen.prose.push(Block::Verbatim(lines));
            }
            projection::Line::Person(label) => {
                screen.prose.push(Block::List(vec![format!("a person: {label}")]));
            }
        }
    }
    screen.prose.push(Block::Text("Nothing was written.".to_owned()));
    screen.choices = vec![Choice::safe('q', "Leave", Msg::Leave)];
    screen
}
