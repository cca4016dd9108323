//! A script that plays an exercise where nobody is there: for tests, and for authors who try their scenario.
//!
//! All that is wrong with it is told at once, each with the line of its own act, before anything is played. What is not
//! possible only at its time (a decision that was not put yet) is told when it is played.

mod fits;
mod keys;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Table, Value};

use super::act::Act;
use super::scenario::Scenario;
use crate::domain::text::{clean, counted, known_near, sentence};
use crate::domain::toml_file::locate;
use crate::domain::trouble::Trouble;

/// More than any script has, bytes.
pub const LARGEST: usize = 1 << 20;

/// What helps with any mistake.
const NEXT: &str = "Nothing was played. Correct the script and start it again; the README's section on exercises has every act \
                    with its keys.";

/// A script.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What the dice are thrown with; drawn when left out.
    #[serde(default)]
    pub dice: Option<u64>,
    /// What is done, in order. The clock stands still but for its turns.
    pub act: Vec<Act>,
}

/// Reads a script without asking whether it fits a scenario.
///
/// # Errors
///
/// It is no script; all that is wrong, with its lines.
pub fn read(text: &str) -> Result<Script, Trouble> {
    whole(text, None)
}

/// What a script is to fit: the exercise that it plays.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// How many emergency access accounts the exercise's tenant has.
    pub accounts: usize,
    /// The day on which it is played.
    pub day: Date,
}

/// Reads a script that plays there.
///
/// # Errors
///
/// It is no script, or speaks of what is not there, or of days that are over; all that is wrong, with its lines.
pub fn read_for(text: &str, ground: Ground<'_>) -> Result<Script, Trouble> {
    whole(text, Some(ground))
}

fn whole(text: &str, ground: Option<Ground<'_>>) -> Result<Script, Trouble> {
    if text.len() > LARGEST {
        return Err(Trouble::new("The script is too large.", "No script has more than a megabyte.", NEXT));
    }
    let table = text.parse::<Table>().map_err(|error| no_toml(text, &error))?;
    let mut wrong = of_the_file(text, &table);
    let values: &[Value] = table.get("act").and_then(Value::as_array).map_or(&[], Vec::as_slice);
    let mut acts = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let told = |key: &str, words: &str| placed(text, at, key, words);
        match keys::read(value) {
            Ok(act) => acts.push(Line { at, act }),
            Err(all) => wrong.extend(all.iter().map(|one| told(&one.key, &one.words))),
        }
    }
    let unfit = ground.map(|ground| fits::wrong(ground, &acts)).unwrap_or_default();
    wrong.extend(unfit.iter().map(|(at, one)| placed(text, *at, &one.key, &one.words)));
    match wrong.as_slice() {
        [] => Ok(Script { dice: dice(&table), act: acts.into_iter().map(|line| line.act).collect() }),
        wrong => Err(unreadable(wrong)),
    }
}

/// An act that is read, with its place in the script, counted from 0.
struct Line {
    at: usize,
    act: Act,
}

/// What is wrong about one answer.
struct Wrong {
    /// Its key in the act; empty for the act itself.
    key: String,
    words: String,
}

fn wrong(key: impl Into<String>, words: impl Into<String>) -> Wrong {
    Wrong { key: key.into(), words: words.into() }
}

/// "Act 2, line 7: `due`: a date is asked for."
fn placed(text: &str, at: usize, key: &str, words: &str) -> String {
    let path = if key.is_empty() { format!("act.{at}") } else { format!("act.{at}.{key}") };
    let line = locate::line(text, &path).map(|line| format!(", line {line}")).unwrap_or_default();
    clean(&sentence(&format!("Act {}{line}: {words}", at + 1)))
}

fn no_toml(text: &str, error: &toml::de::Error) -> Trouble {
    let line = error.span().map(|span| format!(" at line {}", locate::line_of(text, span.start)));
    let what = format!("The script cannot be read{}.", line.unwrap_or_default());
    Trouble::new(what, format!("It is no TOML there: {}", sentence(&clean(error.message()))), NEXT)
}

/// What is wrong beside the acts.
fn of_the_file(text: &str, table: &Table) -> Vec<String> {
    let at = |key: &str| locate::line(text, key).map(|line| format!("Line {line}: ")).unwrap_or_default();
    let unknown = table.keys().filter(|key| !["dice", "act"].contains(&key.as_str())).map(|key| {
        let near = known_near(key, ["dice", "act"].into_iter());
        clean(&format!("{}there is no key `{key}` here{near}; the keys here are `dice`, `act`.", at(key)))
    });
    let is_no_number = table.contains_key("dice") && dice(table).is_none();
    let dice = is_no_number.then(|| format!("{}`dice`: a whole number is asked for.", at("dice")));
    let acts = match table.get("act") {
        Some(Value::Array(_)) => None,
        Some(_) => Some(format!("{}`act`: a list is asked for, each act as [[act]].", at("act"))),
        None => Some("There is no act: what is done stands in it, each as [[act]].".to_owned()),
    };
    unknown.chain(dice).chain(acts).collect()
}

fn dice(table: &Table) -> Option<u64> {
    u64::try_from(table.get("dice")?.as_integer()?).ok()
}

fn unreadable(wrong: &[String]) -> Trouble {
    let what = format!("The script needs {}.", counted(wrong.len(), "correction", "corrections"));
    Trouble::new(what, wrong.join(" "), NEXT).listing(wrong)
}
