//! A slip copied by hand: one group for each Enter, spelled as on paper, painted over at once on a terminal.
//!
//! Nothing that is typed here is shown, and nothing but Enter brings the next group.

use zeroize::Zeroizing;

use crate::app::Program;
use crate::domain::secret::password::spoken;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE, SecretId, SecretRef};
use crate::ui::plain::standing::{self, PAINTED_OVER, clear_secret};
use crate::ui::{reveal, say};

/// What can be typed between two groups.
pub const HELP: &str =
    "again repeats a group, a number goes back to it, b ends it, q leaves. Enter shows the next one.\n";

/// Where groups are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// On a terminal, where one is painted over by the next.
    Terminal,
    /// In a pipe.
    Pipe,
}

/// Whether a slip was copied in this run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slips {
    /// None was.
    First,
    /// One was.
    More,
}

/// One thing to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A group, counted from zero.
    Group(usize),
    /// The check character of a line, counted from zero.
    Check(usize),
}

/// How far a secret was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// Which one.
    pub secret: SecretId,
    /// How many of its parts were seen.
    pub shown: usize,
}

/// A secret that is copied by hand.
#[derive(Debug, Clone, Copy)]
pub struct Copying {
    /// Which one.
    pub secret: SecretRef,
    /// Where it is shown.
    pub paper: Paper,
}

impl Copying {
    fn groups(self) -> usize {
        self.secret.length.div_ceil(GROUP)
    }

    /// Everything there is to copy, in order.
    pub fn parts(self, program: &Program) -> Vec<Part> {
        let ends_line = |n: usize| (n + 1).is_multiple_of(GROUPS_IN_LINE) || n + 1 == self.groups();
        let of_group = |n: usize| {
            let check = ends_line(n).then_some(Part::Check(n / GROUPS_IN_LINE));
            std::iter::once(Part::Group(n)).chain(check)
        };
        (0..self.groups()).flat_map(of_group).filter(|part| self.text(program, *part).is_some()).collect()
    }

    /// What is said before the first group, at length before the first slip.
    pub fn before(self, slips: Slips) -> String {
        let over = match self.paper {
            Paper::Terminal => " and paints the last one over",
            Paper::Pipe => "",
        };
        let how = match slips {
            Slips::First => {
                "A screen reader will speak every group aloud: put headphones on, and see that nobody listens.\n\
                 After each line comes its check character. again repeats a group, a number goes back to it.\n"
            }
            Slips::More => "",
        };
        format!("\n{how}{} groups of {GROUP}. Enter shows the next one{over}.\n", self.groups())
    }

    /// Shows one part where the last one was.
    pub fn paint(self, program: &Program, part: Part) {
        let Some(text) = self.text(program, part) else { return };
        let (before, after) = match self.paper {
            Paper::Terminal => (PAINTED_OVER, ""),
            Paper::Pipe => ("", "\n"),
        };
        say(before);
        if self.paper == Paper::Terminal {
            standing::group();
        }
        say(&match part {
            Part::Group(n) => format!("Group {}:  ", n + 1),
            Part::Check(line) => format!("Check of line {}:  ", line + 1),
        });
        reveal(&text);
        say("  ");
        reveal(&spelled(&text));
        say(after);
    }

    /// Paints the last part over.
    pub fn clear(self) {
        match self.paper {
            Paper::Terminal => clear_secret(),
            Paper::Pipe => say("\n"),
        }
    }

    fn text(self, program: &Program, part: Part) -> Option<Zeroizing<String>> {
        match part {
            Part::Group(n) => program.vault.group(self.secret.id, n),
            Part::Check(line) => check(program, self.secret, line),
        }
    }
}

/// What is said where copying goes on after `shown` of the `parts`.
pub fn goes_on(parts: &[Part], shown: usize) -> String {
    let on = match parts.get(shown) {
        Some(Part::Group(n)) => format!("goes on with group {}", n + 1),
        Some(Part::Check(line)) => format!("shows the check character of line {}", line + 1),
        None => "ends it".to_owned(),
    };
    match shown {
        0 => format!("\nEnter {on}.\n"),
        _ => format!("\nEnter {on}; again repeats what came last.\n"),
    }
}

/// What is asked for between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The part at this place.
    Part(usize),
    /// All of it was seen, or enough.
    End,
    /// To leave.
    Leave,
    /// Help, or something that is not understood.
    Help,
}

/// What `line` asks for when `shown` parts were seen.
pub fn asked(line: &str, parts: &[Part], shown: usize) -> Asked {
    let words = line.trim();
    match words.strip_prefix('/').unwrap_or(words).to_lowercase().as_str() {
        "" if shown < parts.len() => Asked::Part(shown),
        "" | "b" | "back" => Asked::End,
        "q" | "quit" | "leave" => Asked::Leave,
        "say" | "again" if shown > 0 => Asked::Part(shown - 1),
        number => place(parts, number).map_or(Asked::Help, Asked::Part),
    }
}

/// Where the group with this number stands, counted from one.
fn place(parts: &[Part], number: &str) -> Option<usize> {
    let group = number.parse::<usize>().ok()?.checked_sub(1)?;
    parts.iter().position(|part| *part == Part::Group(group))
}

/// The check character of a line, as a text of its own.
fn check(program: &Program, secret: SecretRef, line: usize) -> Option<Zeroizing<String>> {
    program.vault.line_check(secret.id, line).map(|check| Zeroizing::new(check.to_string()))
}

/// Each character as a word: `november, UPPER KILO, seven`.
fn spelled(text: &str) -> Zeroizing<String> {
    let mut words = Zeroizing::new(String::with_capacity(text.len() * 20));
    for c in text.chars() {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&Zeroizing::new(spoken(c)));
    }
    words
}
