//! What a person typed from paper, judged against a line of a secret with the help of its check character.
//!
//! The comparison itself takes a time that tells nothing; only its outcome is looked at here.

use crate::domain::record::SlipKind;
use crate::domain::secret::check_character::Scheme;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE};

/// How a typed line stands to the line that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It is that line.
    Right,
    /// Its check character does not fit it: misread or mistyped.
    CheckFails,
    /// Its check character fits, so it was read well: it is line `0` (counted from zero) of this slip.
    OtherLine(usize),
    /// Its check character fits, but it is no line of this slip.
    OtherSlip,
    /// It has too few or too many characters: this many were expected, without the check character.
    Length(usize),
    /// It is wrong, and it was typed without its check character.
    Wrong,
}

impl Judged {
    /// What to tell the person about a line of a slip of this kind; `None` when nothing is wrong.
    pub fn problem(self, kind: SlipKind) -> Option<String> {
        match kind {
            SlipKind::Password => self.of_line(),
            SlipKind::Pin { .. } => self.of_pin(),
        }
    }

    fn of_pin(self) -> Option<String> {
        Some(match self {
            Self::Right => return None,
            Self::CheckFails => {
                "The check character does not fit what you typed. Read the PIN again.".to_owned()
            }
            Self::OtherLine(_) | Self::OtherSlip => {
                "You read it well, but it is not the PIN of this slip. Is it the new one?".to_owned()
            }
            Self::Length(expected) => {
                format!("The PIN has {expected} digits, and its check character if you like.")
            }
            Self::Wrong => {
                "This is not the PIN that was made. Type its check character too: it shows whether it was misread."
                    .to_owned()
            }
        })
    }

    fn of_line(self) -> Option<String> {
        Some(match self {
            Self::Right => return None,
            Self::CheckFails => {
                "The check character does not fit what you typed. Read this line again.".to_owned()
            }
            Self::OtherLine(line) => format!("That is line {} of this slip.", line + 1),
            Self::OtherSlip => {
                "You read it well, but it is no line of this slip. Is it the new one?".to_owned()
            }
            Self::Length(expected) => {
                format!("This line has {expected} characters, and its check character if you like.")
            }
            Self::Wrong => {
                "This line is not what was made. Type its check character too: it shows whether the line was misread."
                    .to_owned()
            }
        })
    }
}

/// A typed line without spaces, taken apart: the line, and its check character if it was typed.
pub fn apart(typed: &str, expected: usize) -> Option<(&str, Option<char>)> {
    let count = typed.chars().count();
    if count == expected {
        return Some((typed, None));
    }
    let last = typed.chars().next_back()?;
    (count == expected + 1).then(|| (&typed[..typed.len() - last.len_utf8()], Some(last)))
}

/// Whether `check` is the check character of `line`.
pub fn fits(scheme: Scheme, line: &str, check: char) -> bool {
    scheme.check(line.chars()) == Some(check)
}

/// How many characters line `line` of a secret of `length` has; zero when there is no such line.
pub fn line_length(length: usize, line: usize) -> usize {
    let size = GROUP * GROUPS_IN_LINE;
    length.saturating_sub(line * size).min(size)
}
