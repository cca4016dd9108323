//! Steps that another team has: for whom each waits, and when that ends.

use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::record::{Entry, Waiting};
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::Block;
use crate::steps::StepId;
use crate::steps::Subject;

/// The one check of a step that others can finish which only this record answers: its test notification is sent from
/// here, when everything else stands.
const OURS: CheckId = CheckId::AlertsNotification;

/// Steps that another team has and that are not done.
pub fn waiting(desk: &Desk) -> impl Iterator<Item = (u8, &Waiting)> {
    desk.evidence()
        .waiting
        .iter()
        .map(|(step, waiting)| (*step, waiting))
        .filter(|(step, _)| !is_done(desk, *step))
}

/// What ends a waiting: the step was looked up, and is done.
pub fn ended(desk: &Desk) -> impl Iterator<Item = Entry> {
    let done = desk.evidence().waiting.keys().copied().filter(|step| is_done(desk, *step));
    done.map(|step| Entry::HandedBack { step }).collect::<Vec<_>>().into_iter()
}

fn is_done(desk: &Desk, number: u8) -> bool {
    let theirs = |finding: &&Finding| finding.check != OURS;
    StepId::new(number).is_none_or(|id| {
        let derived = desk.world.derived(&Subject::Step(id));
        derived.checks.iter().filter(theirs).all(|finding| frame::settled(desk, finding))
    })
}

/// For whom step `number` waits, in a sentence.
pub fn words(desk: &Desk, number: u8) -> Option<String> {
    let (_, waiting) = waiting(desk).find(|(step, _)| *step == number)?;
    Some(format!(
        "Handed over to {} on {}, as the page {}. It waits for them until the checks pass; you may still do it here.",
        waiting.to, waiting.since, waiting.page
    ))
}

/// The waiting steps for the list of what is open.
pub fn open(desk: &Desk) -> Vec<Block> {
    let lines: Vec<String> = waiting(desk).map(|(step, waiting)| line(step, waiting)).collect();
    match lines.len() {
        0 => Vec::new(),
        count => vec![Block::Heading(format!("Handed over, not done yet ({count})")), Block::List(lines)],
    }
}

fn line(step: u8, waiting: &Waiting) -> String {
    let name = &guide::step(step).name;
    format!("Step {step}, {name}: waits for {} since {} (page {})", waiting.to, waiting.since, waiting.page)
}
