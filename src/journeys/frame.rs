//! What every screen has: banner, rail, trouble, and findings turned into rows.

use crate::domain::check::finding::{Finding, Verdict};
use crate::guide;
use crate::journeys::message::Msg;
use crate::journeys::model::{Model, Stage, Writing};
use crate::journeys::screen::{Banner, Block, Choice, Here, RailItem, Row, Screen, StepState};
use crate::steps::STEPS;

/// A screen with banner, rail and trouble already in place.
pub(super) fn of(model: &Model, title: impl Into<String>) -> Screen {
    let tenant =
        model.facts.organization.get().map_or(model.session.tenant.clone(), |o| o.initial_domain.clone());
    let dry_run = match model.session.writing {
        Writing::DryRun => Some("dry run: nothing is written"),
        Writing::Allowed => None,
    };
    Screen {
        banner: Banner { mark: model.session.mark.clone(), tenant, dry_run },
        title: title.into(),
        trouble: model.trouble.clone(),
        said: model.said.clone(),
        ..Screen::default()
    }
}

/// Where `-v` tells what is sent, and what is not told there.
pub(super) fn requests(model: &Model) -> Option<Block> {
    let file = model.session.requests.as_ref()?;
    Some(Block::Text(format!(
        "Every request of this run is told in {file}: method, address, body, status and time, for whoever helps you. No \
         token, password, pass or phone number is in it; names and ids of your tenant are."
    )))
}

/// The same with the rail of the nine steps and the minutes behind us.
pub(super) fn with_rail(model: &Model, title: impl Into<String>) -> Screen {
    let mut screen = of(model, title);
    // A repair is about one account; the nine steps say nothing about it.
    if model.repair.is_some() {
        return screen;
    }
    screen.rail = rail(model);
    let minutes = |items: &[RailItem]| -> u32 {
        items.iter().map(|item| u32::from(guide::step(item.number).minutes)).sum()
    };
    let behind: Vec<RailItem> = screen.rail.iter().filter(|i| i.state == StepState::Done).cloned().collect();
    screen.minutes = Some((minutes(&behind), minutes(&screen.rail)));
    screen
}

fn rail(model: &Model) -> Vec<RailItem> {
    STEPS
        .iter()
        .map(|step| RailItem {
            number: step.id.number(),
            name: guide::step(step.id.number()).name.clone(),
            state: state(model, &step.checks(&model.case())),
            here: match step.id.number() == model.step && model.stage != Stage::Summary {
                true => Here::Yes,
                false => Here::No,
            },
        })
        .collect()
}

fn state(model: &Model, findings: &[Finding]) -> StepState {
    let open = findings.iter().filter(|f| !settled(model, f)).count();
    match open {
        0 => StepState::Done,
        open if open == findings.len() => StepState::Untouched,
        open => StepState::Open(open),
    }
}

/// Whether nothing is left to do about a finding: it passed, or the plan accepts the unknown by name.
pub(super) fn settled(model: &Model, finding: &Finding) -> bool {
    finding.passed() || accepted(model, finding).is_some()
}

/// Why an unknown does not count: the reason that the plan gives for it by name.
pub(super) fn accepted<'a>(model: &'a Model, finding: &Finding) -> Option<&'a str> {
    let unknown = finding.verdict == Verdict::Unknown;
    let line = model.plan.acceptance(&finding.subject()).filter(|_| unknown)?;
    Some(&line.reason)
}

/// The same, with those that all wait for one thing as one row: they say nothing yet, and push away what does.
pub(super) fn folded(findings: &[Finding]) -> Vec<Row> {
    let is_like = |one: &Finding, other: &Finding| {
        one.verdict == Verdict::Unknown && other.verdict == Verdict::Unknown && one.detail == other.detail
    };
    findings.chunk_by(is_like).flat_map(fold).collect()
}

fn fold(alike: &[Finding]) -> Vec<Row> {
    match alike {
        [first, _, _, ..] => vec![Row {
            label: format!("{} checks wait", alike.len()),
            verdict: first.verdict,
            detail: first.detail.clone(),
        }],
        few => rows(few),
    }
}

/// Questions, tasks or cases with a digit each, as far as there are digits.
pub(super) fn numbered(labels: impl Iterator<Item = String>) -> Vec<Choice> {
    let digits = ('1'..='9').zip(labels.enumerate());
    digits.map(|(key, (index, label))| Choice::safe(key, label, Msg::Begin(index))).collect()
}

/// The choices below instructions for doing something by hand.
pub(super) fn after_hand(model: &Model) -> Vec<Choice> {
    match model.facts.is_by_hand() {
        true => vec![Choice::safe('b', "Back to the list, to attest what was done", Msg::Back)],
        false => vec![
            Choice::safe('c', "I did it; check again", Msg::CheckAgain),
            Choice::safe('b', "Back", Msg::Back),
        ],
    }
}

/// Findings as rows with their labels.
pub(super) fn rows(findings: &[Finding]) -> Vec<Row> {
    findings.iter().map(row).collect()
}

fn row(finding: &Finding) -> Row {
    Row { label: label(finding), verdict: finding.verdict, detail: finding.detail.clone() }
}

/// What a finding is about, in the words of the guide.
pub(super) fn label(finding: &Finding) -> String {
    guide::label(finding.check, finding.slot)
}
