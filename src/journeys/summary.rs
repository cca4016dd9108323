//! The end of a setup: the eleven-point checklist filled from findings, what is open and for whom, the next dates with
//! owners, the costs, and where the record lies.

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::facts::Area;
use crate::domain::plan::Method;
use crate::domain::record::Entry;
use crate::domain::text;
use crate::guide;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Stage, Then};
use crate::journeys::screen::{Block, Choice, Row, Screen};
use crate::journeys::{frame, hand_over, open_items::open_items, overview, repair, update};
use crate::steps::{STEPS, connect_checks};

/// Reads everything once more, so that the end is what the tenant says.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::Summary;
    update::read(model, &Area::ALL, Then::Conclude)
}

/// Everything was looked at: the conclusion goes into the record.
pub(super) fn concluded(model: &mut Model) -> Vec<Effect> {
    let concluded = Entry::Concluded {
        findings: findings(model).into_iter().map(Into::into).collect(),
        complete: is_complete(model),
    };
    hand_over::ended(model).chain([concluded]).map(Effect::Remember).collect()
}

pub(super) fn on(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    match msg {
        Msg::GoTo(number) => overview::go_to(model, *number),
        Msg::CheckAgain => begin(model),
        Msg::Back => overview::show(model),
        _ => Vec::new(),
    }
}

/// Every finding, those before step 1 first.
pub fn findings(model: &Model) -> Vec<Finding> {
    let case = model.case();
    let steps = STEPS.iter().flat_map(|step| step.checks(&case));
    connect_checks(&case).into_iter().chain(steps).collect()
}

/// Findings about which something is left to do.
pub fn open(model: &Model) -> Vec<Finding> {
    unsettled(model, findings(model))
}

fn unsettled(model: &Model, findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(|f| !frame::settled(model, f)).collect()
}

/// Unknowns that the plan accepts by name, each with its reason.
pub fn accepted(model: &Model) -> Vec<(Finding, &str)> {
    let named = |finding: Finding| frame::accepted(model, &finding).map(|reason| (finding, reason));
    findings(model).into_iter().filter_map(named).collect()
}

fn accepted_items(model: &Model) -> Vec<Block> {
    let words = |(finding, reason): &(Finding, &str)| {
        let seen = text::sentence(&finding.detail);
        format!("{}: {seen} Accepted because: {}", frame::label(finding), text::clean(reason))
    };
    listed("Accepted by name", accepted(model).iter().map(words).collect())
}

/// Slips that only their files vouch for: nobody has printed them as far as this program knows.
pub fn files(model: &Model) -> Vec<String> {
    model.evidence.files_left().into_iter().map(str::to_owned).collect()
}

fn files_left(model: &Model) -> Vec<Block> {
    let files = files(model);
    let advice = Block::Text(
        "Each holds a secret, readable by you only. Print them, compare the paper with the file, seal the envelopes, \
         then destroy the files."
            .to_owned(),
    );
    let is_empty = files.is_empty();
    let mut blocks = listed("Files to print and destroy", files);
    blocks.extend((!is_empty).then_some(advice));
    blocks
}

/// A heading with the count, and the list; nothing for an empty one.
fn listed(heading: &str, items: Vec<String>) -> Vec<Block> {
    match items.len() {
        0 => Vec::new(),
        count => vec![Block::Heading(format!("{heading} ({count})")), Block::List(items)],
    }
}

/// Whether all is in order.
pub fn is_complete(model: &Model) -> bool {
    open(model).is_empty()
}

/// 0 all in order, 1 a failed check, 2 a person is needed, 3 nothing usable could be read.
pub fn exit_code(model: &Model) -> u8 {
    if matches!(model.stage, Stage::Stuck(_)) || model.facts.organization.get().is_none() && tried(model) {
        return 3;
    }
    let open = match repair::findings(model) {
        Some(findings) => unsettled(model, findings),
        None => open(model),
    };
    match () {
        () if !tried(model) || open.is_empty() => 0,
        () if open.iter().any(|f| f.verdict == Verdict::NeedsPerson) => 2,
        () if open.iter().any(|f| f.verdict == Verdict::Fail) => 1,
        () => 2,
    }
}

/// Whether the summary is on the screen.
pub fn at_the_end(model: &Model) -> bool {
    model.stage == Stage::Summary
}

/// Whether the tenant was looked at in this run.
fn tried(model: &Model) -> bool {
    model.facts.organization.get().is_some() || model.facts.organization.trouble().is_some()
}

/// The summary screen.
pub(super) fn screen(model: &Model) -> Screen {
    let work = overview::looking(model);
    let title = match (&work, is_complete(model)) {
        (Some(_), _) => "A last look at everything",
        (None, true) => "The setup is complete",
        (None, false) => "The setup, as it stands",
    };
    let mut screen = frame::with_rail(model, title);
    screen.work = work;
    screen.prose.push(Block::Checklist(checklist(model)));
    screen.prose.extend(open_items(model));
    screen.prose.extend(accepted_items(model));
    screen.prose.extend(files_left(model));
    screen.prose.extend(next_dates(model));
    screen.prose.extend(costs(model));
    screen.prose.push(Block::Heading("Record".to_owned()));
    screen.prose.push(Block::Text(model.session.record.clone()));
    screen.prose.extend(frame::requests(model));
    if screen.work.is_none() {
        if let Some(number) = overview::suggestion(model) {
            screen.choices.push(Choice::safe('g', format!("Go on with step {number}"), Msg::GoTo(number)));
        }
        screen.choices.push(Choice::safe('c', "Look at everything again", Msg::CheckAgain));
        screen.choices.push(Choice::safe('b', "Back to the steps", Msg::Back));
        screen.choices.push(Choice::safe('q', "Leave", Msg::Leave));
    }
    screen
}

/// The eleven points, each as good as its worst check.
pub fn checklist(model: &Model) -> Vec<Row> {
    let findings = findings(model);
    guide::checklist()
        .iter()
        .map(|point| {
            let about: Vec<&Finding> = findings.iter().filter(|f| point.checks.contains(&f.check)).collect();
            let open: Vec<&&Finding> = about.iter().filter(|f| !frame::settled(model, f)).collect();
            Row {
                label: format!("{}. {}", point.number, point.text),
                verdict: if about.is_empty() && !is_schedule(point.number) {
                    Verdict::Unknown
                } else {
                    worst(&open)
                },
                detail: match point.number {
                    10 | 11 => schedule(model, point.number),
                    _ if open.is_empty() => accepted_words(model, &about),
                    _ => seen(&open),
                },
            }
        })
        .collect()
}

/// What a point is done in spite of.
fn accepted_words(model: &Model, about: &[&Finding]) -> String {
    let named = about.iter().filter(|f| frame::accepted(model, f).is_some());
    let labels: Vec<String> = named.map(|f| frame::label(f)).collect();
    match labels.is_empty() {
        true => String::new(),
        false => format!("accepted by name: {}", labels.join("; ")),
    }
}

/// What keeps a point open, each cause once.
fn seen(open: &[&&Finding]) -> String {
    let mut details: Vec<String> = open.iter().map(|f| text::sentence(&f.detail)).collect();
    details.dedup();
    match details.as_slice() {
        [_] => open[0].detail.clone(),
        _ => details.join(" "),
    }
}

/// Points 10 and 11 ask for a date and an owner, which the plan always gives.
fn is_schedule(number: u8) -> bool {
    matches!(number, 10 | 11)
}

fn worst(open: &[&&Finding]) -> Verdict {
    let has = |verdict| open.iter().any(|f| f.verdict == verdict);
    match () {
        () if has(Verdict::Fail) => Verdict::Fail,
        () if has(Verdict::NeedsPerson) => Verdict::NeedsPerson,
        () if has(Verdict::Unknown) => Verdict::Unknown,
        () => Verdict::Pass,
    }
}

/// Points 10 and 11 are the schedule itself: a date and an owner.
fn schedule(model: &Model, number: u8) -> String {
    let id = if number == 10 { "sign-in-test" } else { "rotation" };
    let task = guide::upkeep().tasks.iter().find(|t| t.id == id);
    task.map(|t| format!("{}, {}", t.every.after(model.session.today), model.plan.upkeep.owner))
        .unwrap_or_default()
}

fn next_dates(model: &Model) -> Vec<Block> {
    let tasks = guide::upkeep().tasks.iter();
    let rows = tasks.map(|task| {
        let due = task.every.after(model.session.today);
        (format!("{due}  {}", task.name), task.every.words().to_owned())
    });
    let heading = format!("Next dates, owned by {}", model.plan.upkeep.owner);
    vec![Block::Heading(heading), Block::Pairs(rows.collect())]
}

/// The costs with the plan's own numbers: keys, phones, logs.
fn costs(model: &Model) -> Vec<Block> {
    let keys: usize = model.plan.accounts.iter().map(|a| a.keys.len()).sum();
    let phones = model.plan.accounts.iter().filter(|a| a.method == Method::Phone).count();
    let count = |id: &str| match id {
        "keys" => keys,
        "phone" => phones,
        _ => 1,
    };
    let rows = guide::costs().items.iter().filter(|item| count(&item.id) > 0).map(|item| {
        let n = count(&item.id);
        let times = if n > 1 { format!("{n} x ") } else { String::new() };
        (item.name.clone(), format!("{times}{}", item.price()))
    });
    vec![Block::Heading("Costs (US dollars, orders of magnitude)".to_owned()), Block::Pairs(rows.collect())]
}
