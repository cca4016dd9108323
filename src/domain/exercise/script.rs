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

#[cfg(test)]
mod tests {
    use super::*;

    fn improving(due: &str) -> String {
        format!("dice = 1\n\n[[act]]\ndo = \"look\"\n\n[[act]]\ndo = \"improve\"\nnumber = 1\ndue = {due}\n")
    }

    #[test]
    fn a_day_is_written_with_quotes_or_without() {
        let quoted = read(&improving("\"2027-02-01\"")).expect("a script");
        assert!(
            matches!(&quoted.act[1], Act::Improve { due: Some(day), .. } if day.to_string() == "2027-02-01")
        );
        assert_eq!(read(&improving("2027-02-01")), Ok(quoted));
    }

    #[test]
    fn what_is_no_day_is_told_with_what_to_write() {
        for wrong in ["20270201", "\"soon\"", "\"1.2.2027\"", "07:30:00", "[]"] {
            let trouble = read(&improving(wrong)).expect_err(wrong);
            assert!(trouble.what.contains("at line "), "{wrong}: {trouble}");
            assert!(trouble.why.contains("2027-02-01, with quotes or without"), "{wrong}: {trouble}");
        }
    }
}
