//! The end of a setup: the eleven-point checklist filled from findings, what is open and for whom, the next dates with
//! owners, the costs, and where the record lies.

use crate::domain::check::accept::Acceptance;
use crate::domain::check::finding::Finding;
use crate::domain::facts::Area;
use crate::domain::plan::{Destination, Method};
use crate::domain::record::Entry;
use crate::domain::text;
use crate::guide::{self, Task};
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::report::{self, open_items::open_items, standing, waiting};
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::setup::{At, Msg, Setup, way};
use crate::journeys::turn::Turn;
use crate::journeys::{frame, reading};
use crate::steps;

impl Setup {
    /// Reads everything once more, so that the end is what the tenant says.
    pub(super) fn end(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.enter(At::End).read(desk, &Area::ALL, Some(Msg::Conclude))
    }
}

/// Everything was looked at: the conclusion goes into the record.
pub(super) fn conclude(desk: &Desk) -> Turn<Msg> {
    let (findings, complete) = (report::findings(desk), report::is_complete(desk));
    let findings = findings.into_iter().map(Into::into).collect();
    let concluded = Entry::Concluded { findings, complete };
    let entries = waiting::ended(desk).chain(standing::news(desk)).chain([concluded]);
    Turn::stay().with(entries.map(Effect::remember))
}

/// The screen of the end.
pub(super) fn screen(desk: &Desk) -> Screen<Msg> {
    let work = reading::progress(desk);
    let title = match (&work, report::waits_until(desk)) {
        (Some(_), _) => "A last look at everything".to_owned(),
        (None, _) if report::is_complete(desk) => "The setup is complete".to_owned(),
        (None, Some(day)) => format!("The setup is complete, but for what waits until {day}"),
        (None, None) => "The setup, as it stands".to_owned(),
    };
    let mut screen = frame::of(desk, title);
    screen.work = work;
    screen.prose.push(Block::Checklist(report::checklist(desk)));
    screen.prose.extend(open_items(desk));
    screen.prose.extend(accepted_items(desk));
    screen.prose.extend(listed("There already", report::there(desk)));
    screen.prose.extend(written(desk));
    screen.prose.extend(files_left(desk));
    screen.prose.extend(next_dates(desk));
    screen.prose.extend(costs(desk));
    screen.prose.push(Block::Heading("Record".to_owned()));
    screen.prose.push(Block::Text(desk.session.record.clone()));
    screen.prose.extend(frame::head(desk));
    screen.prose.extend(frame::requests(desk));
    if screen.work.is_none() {
        if let Some(step) = way::suggestion(desk) {
            screen.choices.push(Choice::safe('g', format!("Go on with step {step}"), Msg::GoTo(step)));
        }
        let to_judge = !report::open(desk).is_empty() || !report::accepted(desk).is_empty();
        if to_judge && !desk.is_dry_run() {
            let accept = Choice::safe('x', "Accept by name, or take it back", Msg::AcceptByName);
            screen.choices.push(accept.explained("with reason and end"));
        }
        screen.choices.push(Choice::safe('c', "Look at everything again", Msg::LookAgain));
        screen.choices.push(Choice::back("Back to the steps", Msg::Back));
        screen.leave = Some(Leave::at_once("Leave"));
    }
    screen
}

fn accepted_items(desk: &Desk) -> Vec<Block> {
    let words = |(finding, by): &(Finding, Acceptance<'_>)| {
        let (seen, who) = (text::sentence(&finding.detail), text::capitalized(&by.by()));
        format!("{}: {seen} {who}, because: {}", frame::label(finding), text::clean(by.reason))
    };
    listed("Accepted by name", report::accepted(desk).iter().map(words).collect())
}

/// So many writes are told one by one; a whole setup makes more, and the record tells them.
const TOLD: usize = 15;

fn written(desk: &Desk) -> Vec<Block> {
    match desk.written.len() {
        0..=TOLD => listed("Written in this run", desk.written.clone()),
        count => vec![
            Block::Heading(format!("Written in this run ({count})")),
            Block::Text("breakglass record show tells each, with its request.".to_owned()),
        ],
    }
}

/// What may be the only place of a secret stands apart from what nobody needs.
fn files_left(desk: &Desk) -> Vec<Block> {
    let to_print = "Each holds a secret, readable by you only. Print them, compare the paper with the file, seal the \
                    envelopes, then destroy the files.";
    let to_destroy = "Each holds a secret, readable by you only. Their slips are on paper, or void.";
    [
        ("Files to print and destroy", report::files_to_print(desk), to_print),
        ("Files to destroy", report::files_to_destroy(desk), to_destroy),
    ]
    .into_iter()
    .flat_map(|(heading, files, advice)| {
        let advice = (!files.is_empty()).then(|| Block::Text(advice.to_owned()));
        let words = files.iter().map(|left| left.words(desk.world.today())).collect();
        listed(heading, words).into_iter().chain(advice)
    })
    .collect()
}

/// A heading with the count, and the list; nothing for an empty one.
fn listed(heading: &str, items: Vec<String>) -> Vec<Block> {
    match items.len() {
        0 => Vec::new(),
        count => vec![Block::Heading(format!("{heading} ({count})")), Block::List(items)],
    }
}

fn next_dates(desk: &Desk) -> Vec<Block> {
    let case = desk.case();
    let tasks = guide::upkeep().tasks.iter().filter(|task| steps::applies(&case, task));
    let rows = tasks.map(|task| (due(desk, task), steps::every(&case, task).words().to_owned()));
    let heading = format!("Next dates, owned by {}", desk.plan().upkeep.owner);
    vec![Block::Heading(heading), Block::Pairs(rows.collect())]
}

/// The date and the task; what was never done has no date yet.
fn due(desk: &Desk, task: &Task) -> String {
    match steps::next_due(&desk.case(), task) {
        Some(day) if day < desk.world.today() => format!("{day}  {}, overdue", task.name),
        Some(day) => format!("{day}  {}", task.name),
        None => format!("not yet     {}", task.name),
    }
}

/// Whether logs are kept in Azure, or can be: not without a license, not without a subscription, not elsewhere.
fn are_logs_stored(desk: &Desk) -> bool {
    let is_planned = desk.plan().alerts.destination == Destination::Workspace;
    let monitoring = desk.facts().monitoring.get();
    let has_place = monitoring.is_none_or(|found| found.subscription.is_some() || found.workspace.is_some());
    is_planned && has_place && !steps::is_unlicensed(&desk.case())
}

/// The costs with the plan's own numbers: keys, phones, logs.
fn costs(desk: &Desk) -> Vec<Block> {
    let keys: usize = desk.plan().accounts.iter().map(|a| a.keys.len()).sum();
    let phones = desk.plan().accounts.iter().filter(|a| a.method == Method::Phone).count();
    let count = |id: &str| match id {
        "keys" => keys,
        "phone" => phones,
        "log-storage" => usize::from(are_logs_stored(desk)),
        _ => 1,
    };
    let rows = guide::costs().items.iter().filter(|item| count(&item.id) > 0).map(|item| {
        let n = count(&item.id);
        let times = if n > 1 { format!("{n} x ") } else { String::new() };
        (item.name.clone(), format!("{times}{}", item.price()))
    });
    vec![Block::Heading("Costs (US dollars, orders of magnitude)".to_owned()), Block::Pairs(rows.collect())]
}
