//! How things stand, for the first screen: steps, dates, slips and what waits, from plan and record alone. Nothing is
//! looked up for it; what was looked up carries the day on which that was.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::record::{By, SlipKind, SlipState, Standing};
use crate::domain::text::counted;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::report;
use crate::journeys::screen::Block;
use crate::steps;

/// So many dates are told; the guide has them all.
const DATES: usize = 3;

/// The board; nothing where the record tells of no step.
pub(super) fn blocks(desk: &Desk) -> Vec<Block> {
    let Some((at, steps)) = &desk.evidence().stood else { return Vec::new() };
    let day = at.to_zoned(TimeZone::UTC).date();
    let mut rows = vec![
        ("Done".to_owned(), of(steps, |step| step.open == 0 && step.waits_until.is_none())),
        ("Open".to_owned(), of(steps, |step| step.open > 0)),
    ];
    rows.push(("Due".to_owned(), dates(desk)));
    rows.push(("Slips".to_owned(), slips(desk)));
    rows.push(("Waits".to_owned(), waits(desk, steps)));
    rows.retain(|(_, words)| !words.is_empty());
    vec![
        Block::Heading(format!("How things stand, as of {day} (from the record, not looked up now)")),
        Block::Pairs(rows),
    ]
}

/// The first step on the way that was open when that was last told, and that no other team has.
pub(super) fn first_open(desk: &Desk) -> Option<u8> {
    let evidence = desk.evidence();
    let (_, steps) = evidence.stood.as_ref()?;
    let is_ours = |standing: &&Standing| standing.open > 0 && !evidence.waiting.contains_key(&standing.step);
    steps.iter().find(is_ours).map(|standing| standing.step)
}

fn of(steps: &[Standing], is_meant: fn(&Standing) -> bool) -> String {
    let meant = steps.iter().filter(|standing| is_meant(standing));
    let words = |standing: &Standing| match standing.open {
        0 => name(standing),
        open => format!("{} ({open})", name(standing)),
    };
    meant.map(words).collect::<Vec<_>>().join(", ")
}

/// Number and name of a step.
fn name(standing: &Standing) -> String {
    let name = steps::StepId::new(standing.step).map_or("", |id| guide::step(id.number()).name.as_str());
    format!("{} {name}", standing.step)
}

/// What is due next, what is overdue first.
fn dates(desk: &Desk) -> String {
    let case = desk.case();
    let due =
        guide::upkeep().tasks.iter().filter_map(|task| Some((steps::next_due(&case, task)?, &task.name)));
    let mut due: Vec<(Date, &String)> = due.collect();
    due.sort();
    let words = |(day, name): &(Date, &String)| match *day < desk.world.today() {
        true => format!("{day} {name}, overdue"),
        false => format!("{day} {name}"),
    };
    due.iter().take(DATES).map(words).collect::<Vec<_>>().join("; ")
}

/// Slips that count, and files that hold a secret still.
fn slips(desk: &Desk) -> String {
    let evidence = desk.evidence();
    let counts = |is_meant: fn(SlipKind) -> bool| {
        let slips = evidence.slips.values().filter(|slip| slip.state == SlipState::Confirmed);
        slips.filter(|slip| is_meant(slip.kind) && evidence.slip(slip.slot, slip.kind) == Some(*slip)).count()
    };
    let passwords = counts(|kind| kind == SlipKind::Password);
    let pins = counts(|kind| matches!(kind, SlipKind::Pin { .. }));
    let (to_print, to_destroy) = (report::files_to_print(desk).len(), report::files_to_destroy(desk).len());
    let parts = [
        (passwords, counted(passwords, "password", "passwords")),
        (pins, counted(pins, "PIN", "PINs")),
        (to_print, format!("{} to print", counted(to_print, "file", "files"))),
        (to_destroy, format!("{} to destroy", counted(to_destroy, "file", "files"))),
    ];
    parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

/// What only time brings, what others have, and accounts that were used.
fn waits(desk: &Desk, steps: &[Standing]) -> String {
    let until = steps.iter().filter_map(|standing| until(desk, standing));
    let evidence = desk.evidence();
    let others = evidence
        .waiting
        .iter()
        .map(|(step, waiting)| format!("step {step} for {} since {}", waiting.to, waiting.since));
    let used = evidence.uses.iter().filter(|(_, followed)| followed.by == By::Nothing);
    let used = used.map(|(slot, _)| format!("the {slot} account was used: rotate its password"));
    until.chain(others).chain(used).collect::<Vec<_>>().join("; ")
}

/// Until when a step waits for time, where it does.
fn until(desk: &Desk, standing: &Standing) -> Option<String> {
    let name = name(standing);
    standing.waits_until.map(|day| match day <= desk.world.today() {
        true => format!("{name}: look again, its day ({day}) has come"),
        false => format!("{name} until {day}"),
    })
}
