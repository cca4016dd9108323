//! Commands that look at a file and say what it is worth: `plan check`, `record verify`, `record show`; in words or as JSON.

use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::app::{missing, plan_text, right_clock};
use crate::domain::plan::{Plan, plan_file};
use crate::domain::trouble::Trouble;
use crate::effects::record::{self, Verified};
use crate::effects::record_compared::{Compared, Noted};
use crate::effects::record_show;
use crate::journeys::report::json::FORMAT;
use crate::tenant::Clock;

/// In order.
const RIGHT: u8 = 0;
/// What was looked at is not in order.
const WRONG: u8 = 1;
/// Words of persons are missing, or somebody has to look.
const NEEDS_PERSON: u8 = 2;
/// It cannot be used: the code of a run that is given it.
const REFUSED: u8 = 3;

/// What was seen, and how the command ends.
pub struct Looked {
    /// For people, line by line.
    pub lines: Vec<String>,
    /// The same for programs.
    pub json: Value,
    /// What it is refused for.
    pub trouble: Option<Trouble>,
    /// The exit code.
    pub code: u8,
}

/// How much a plan is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether a run can begin with it.
    Complete,
    /// What a live run with nobody at the console would still miss, too.
    Live,
}

/// Checks a plan.
///
/// # Errors
///
/// The file cannot be read at all.
pub fn check_plan(file: &Path, asked: Asked) -> Result<Looked, Trouble> {
    let text = plan_text(file)?;
    let today = right_clock::today(Clock::default())?;
    Ok(match plan_file::read_on(&text, today) {
        Ok(plan) => complete(&plan, today, asked),
        Err(trouble) => refused(trouble),
    })
}

fn complete(plan: &Plan, today: Date, asked: Asked) -> Looked {
    let notes = plan_file::warnings_on(plan, today);
    let mut lines: Vec<String> = notes.iter().map(|note| format!("note: {note}")).collect();
    lines.push("The plan is complete.".to_owned());
    let live = (asked == Asked::Live).then(|| missing(plan));
    let code = if live.as_ref().is_some_and(|live| live.words > 0) { NEEDS_PERSON } else { RIGHT };
    lines.extend(live.iter().flat_map(|live| live.lines.clone()));
    let live = live.map(|live| json!({"words_missing": live.words, "lines": live.lines}));
    let json = json!({"format": FORMAT, "complete": true, "corrections": [], "notes": notes, "live": live});
    Looked { lines, json, trouble: None, code }
}

fn refused(trouble: Trouble) -> Looked {
    let points = trouble.points.as_ref();
    let corrections = points.map_or_else(|| vec![trouble.why.clone()], |points| points.0.clone());
    let json = json!({"format": FORMAT, "complete": false, "what": trouble.what, "corrections": corrections,
        "next": trouble.next, "notes": [], "live": null});
    Looked { lines: Vec::new(), json, trouble: Some(trouble), code: REFUSED }
}

/// Looks whether the chain of a record holds, and holds the head that was `noted` elsewhere.
///
/// # Errors
///
/// There is no record to read.
pub fn verify_record(folder: &Path, noted: Option<&Noted>) -> Result<Looked, Trouble> {
    let seen = record::verify(folder)?;
    let mut lines = vec![match seen.broken_at {
        None => format!("The chain is whole: {} lines.", seen.lines),
        Some(line) => format!("The chain is broken at line {line} of {}.", seen.lines),
    }];
    lines.extend(seen.torn.then(|| record_show::TORN.to_owned()));
    lines.extend(seen.notes.iter().cloned());
    lines.push(format!("The last line has the hash {}.", seen.last));
    let compared = noted.map(|noted| compared(noted, &seen));
    lines.push(compared.map_or_else(|| CUT_OFF.to_owned(), |compared| compared.words(seen.lines)));
    let json = json!({"format": FORMAT, "whole": seen.broken_at.is_none(), "lines": seen.lines,
        "broken_at": seen.broken_at, "torn": seen.torn, "last_hash": seen.last, "notes": seen.notes,
        "head": compared.map(Compared::name)});
    Ok(Looked { lines, json, trouble: None, code: of_verified(&seen, compared) })
}

/// Lines of a broken chain carry hashes that nothing vouches for: beside them a head says nothing.
fn compared(noted: &Noted, seen: &Verified) -> Compared {
    match seen.broken_at {
        None => noted.compared(&seen.hashes),
        Some(_) => Compared::Broken,
    }
}

/// What is broken, cut off or made anew is told by the code; so is what somebody has to look at.
fn of_verified(seen: &Verified, compared: Option<Compared>) -> u8 {
    let is_other = compared.is_some_and(|compared| !compared.holds());
    let is_unsure = matches!(compared, Some(Compared::OtherNumber { .. }));
    match of_chain(seen.broken_at) {
        RIGHT if is_other => WRONG,
        RIGHT if is_unsure || seen.torn || !seen.notes.is_empty() => NEEDS_PERSON,
        code => code,
    }
}

/// A broken chain is told by the code too.
fn of_chain(broken_at: Option<usize>) -> u8 {
    if broken_at.is_some() { WRONG } else { RIGHT }
}

/// What no chain can show.
const CUT_OFF: &str = "Whole lines that were cut off at the end, or a file that was made anew, leave a whole chain. To see that nothing \
                       of that happened, name the head that you noted elsewhere: --head HASH --lines N.";

/// Shows a record line by line.
///
/// # Errors
///
/// There is no record to read.
pub fn show_record(folder: &Path) -> Result<Looked, Trouble> {
    let shown = record_show::show(folder)?;
    let entries: Vec<Value> =
        shown.entries.iter().map(|(at, words)| json!({"at": at.to_string(), "words": words})).collect();
    let json = json!({"format": FORMAT, "entries": entries, "notes": shown.notes});
    Ok(Looked { lines: shown.lines(), json, trouble: None, code: of_chain(shown.broken_at) })
}
