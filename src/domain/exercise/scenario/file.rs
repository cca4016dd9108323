//! A scenario as a TOML file: read whole, then asked whether it fits together. Every mistake is told with its key and line.
//!
//! Where the file lies on a disk is not known here, nor which changes a rehearsal tenant has: whoever reads says so.

use super::{Objects, Scenario, check};
use crate::domain::text::counted;
use crate::domain::toml_file::{Kind, answers, unreadable, with_place};
use crate::domain::trouble::Trouble;

/// The most bytes that a scenario may have.
pub const LARGEST: usize = 256 * 1024;

/// What helps with any mistake.
const NEXT: &str =
    "Correct the file and check it again; the README has every key under \"Write your own scenario\".";

/// What a scenario is called.
const SCENARIO: Kind = Kind { name: "scenario", label, next: NEXT };

/// Reads a scenario, or says everything that is wrong with it; `objects` says what is wrong with a change.
pub fn read(text: &str, objects: &Objects<'_>) -> Result<Scenario, Trouble> {
    if text.len() > LARGEST {
        return Err(too_large(text.len()));
    }
    let scenario = parse(text).map_err(|trouble| every_answer(text, trouble))?;
    let wrong = check::corrections(text, &scenario, objects);
    let told: Vec<String> = wrong.iter().map(|one| with_place(text, &one.key, &one.words)).collect();
    if told.is_empty() { Ok(scenario) } else { Err(unfit(&told)) }
}

/// Reads a scenario without asking whether it fits together.
pub(super) fn parse(text: &str) -> Result<Scenario, Trouble> {
    toml::from_str(text).map_err(|error| unreadable(text, &error, &SCENARIO))
}

/// What is wrong with several answers; where it is one, what is wrong with that.
fn every_answer(text: &str, first: Trouble) -> Trouble {
    let told = answers::wrong(text, &SCENARIO, |text| toml::from_str::<Scenario>(text).err());
    if told.len() < 2 { first } else { unfit(&told) }
}

fn unfit(told: &[String]) -> Trouble {
    let what = format!("The scenario needs {}.", counted(told.len(), "correction", "corrections"));
    Trouble::new(what, told.join(" "), NEXT).listing(told)
}

fn too_large(bytes: usize) -> Trouble {
    Trouble::new(
        "The scenario is too large.",
        format!("It has {} KiB, and a scenario has {} at the most.", bytes / 1024, LARGEST / 1024),
        "Make two scenarios of it, or leave pictures and logs out: an artefact has a few lines.",
    )
}

/// "injects 2 when minute" for `injects.1.when.minute`.
fn label(key: &str) -> String {
    let counted =
        |part: &str| part.parse::<usize>().map_or_else(|_| part.to_owned(), |n| (n + 1).to_string());
    key.split('.').map(counted).collect::<Vec<_>>().join(" ")
}
