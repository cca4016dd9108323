//! A script that plays an exercise where nobody is there: for tests, and for authors who try their scenario.

use serde::Deserialize;

use super::act::Act;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;

/// More than any script has, bytes.
pub const LARGEST: usize = 1 << 20;

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

/// Reads a script.
///
/// # Errors
///
/// It is no TOML of this form; with the line.
pub fn read(text: &str) -> Result<Script, Trouble> {
    let refused = |line: Option<usize>, why: String| {
        let place = line.map(|line| format!(" at line {line}")).unwrap_or_default();
        let next = "Each [[act]] has a `do` and its keys; the README's section on exercises shows a script.";
        Trouble::new(format!("The script cannot be read{place}."), why, next)
    };
    if text.len() > LARGEST {
        return Err(refused(None, "It is too large for a script.".to_owned()));
    }
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        refused(line, clean(&crate::domain::text::sentence(error.message())))
    })
}
