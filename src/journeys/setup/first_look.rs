//! What the first look showed, and without a connection what a person looks at before step 1.

use crate::domain::plan::plan_file;
use crate::guide::{self, Place};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::session::PlanOrigin;
use crate::journeys::setup::{Msg, way};
use crate::journeys::tasks::board;
use crate::steps;
use crate::steps::Subject;

/// Whether the tenant could be read at all.
pub(super) fn is_readable(desk: &Desk) -> bool {
    desk.facts().organization.get().is_some()
}

/// What the first look showed.
pub(super) fn screen(desk: &Desk) -> Screen<Msg> {
    if desk.is_by_hand() {
        return before_step_1(desk);
    }
    let mut screen = frame::of(desk, "What the tenant looks like");
    screen.trouble = desk.facts().organization.trouble().cloned().or(screen.trouble);
    screen.prose.push(Block::Pairs(tenant_lines(desk)));
    let checks = &desk.world.derived(&Subject::Before).checks;
    screen.checklist = frame::rows(desk, checks);
    screen.remedies = checks.iter().map(|finding| frame::remedy(finding, Place::Setup)).collect();
    screen.prose.extend(missing(desk));
    if is_readable(desk) {
        screen.choices.extend(ways_on(desk));
    }
    screen.choices.push(Choice::safe('c', "Look again", Msg::LookAgain));
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen.leave = Some(Leave::asking("Leave"));
    screen
}

/// Where the plan stands already: on to what is open. The plan can be looked at all the same.
fn ways_on(desk: &Desk) -> Vec<Choice<Msg>> {
    let stands = desk.session.plan_origin == PlanOrigin::Given && plan_file::validate(desk.plan()).is_empty();
    if !stands || desk.is_dry_run() {
        return vec![Choice::safe('n', "Go on to the plan", Msg::Continue)];
    }
    let step = way::entry(desk);
    let label = format!("Go on at step {step}, {}", guide::step(step.number()).name);
    vec![
        Choice::safe('n', label, Msg::Accept).explained("the plan stands"),
        Choice::safe('p', "Go on to the plan", Msg::Continue).explained("to look at or to change"),
    ]
}

/// What the steps need and the operator lacks, by name, and who can grant it.
fn missing(desk: &Desk) -> Vec<Block> {
    let lacks = steps::lacks(&desk.case());
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
fn before_step_1(desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, Subject::Before.title());
    screen.prose.push(Block::Text(
        "There is no connection to this tenant: you look and do, and the record keeps who vouched for what, and when. \
         Nothing here is looked up by the program."
            .to_owned(),
    ));
    screen.prose.push(Block::Pairs(tenant_lines(desk)));
    let derived = desk.world.derived(&Subject::Before);
    screen.checklist = frame::rows(desk, &derived.checks);
    screen.choices = board::tasks(desk, &Subject::Before, &derived)
        .into_iter()
        .map(|choice| choice.lift(Msg::Board))
        .collect();
    screen.choices.push(Choice::safe('n', "Go on to the steps", Msg::Continue));
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen.leave = Some(Leave::asking("Leave; the next run goes on here"));
    screen
}

fn tenant_lines(desk: &Desk) -> Vec<(String, String)> {
    let facts = desk.facts();
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
