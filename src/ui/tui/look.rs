//! How the full-screen face looks: signs for three kinds of terminal, one accent, and one warning color that is kept
//! for live writes and dangers. Nothing depends on color alone.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::domain::check::finding::Verdict;
use crate::journeys::screen::{Extent, StepState};

/// Signs and colors of one terminal.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The signs it can show.
    pub signs: &'static Signs,
    /// Whether it shows color.
    pub paint: Paint,
    /// How often it may be written to.
    pub pace: Pace,
}

/// Whether color is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// The terminal's own sixteen colors, so that light and dark backgrounds both work.
    Color,
    /// Bold, dim and reverse only (`NO_COLOR`).
    Mono,
}

/// How often the terminal may be written to while the program waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Once a second.
    Lively,
    /// Only when something happens: slow serial lines.
    Slow,
}

/// The signs of one kind of terminal.
#[derive(Debug)]
pub struct Signs {
    /// Before findings: pass, fail, unknown, needs a person; all equally wide.
    verdicts: [&'static str; 4],
    /// Before what was done in part; as wide as those.
    partly: &'static str,
    /// On the rail: done, open, untouched, here; one column each.
    steps: [&'static str; 4],
    /// The filled and the empty part of a bar.
    pub bar: [&'static str; 2],
    /// Before the row of what is being done now; one column.
    pub working: &'static str,
    /// One hidden character of a secret.
    pub mask: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// Between short facts on one line.
    pub between: &'static str,
    /// Before a line of a list.
    pub item: &'static str,
    /// A line across the screen.
    pub rule: &'static str,
    /// More above, more below; one column.
    pub more: [&'static str; 2],
    /// The arrows of the key bar.
    pub arrows: &'static str,
    /// The upper half of a cell, where the fonts have it.
    pub half_block: Option<&'static str>,
    /// Boxes.
    pub border: border::Set<'static>,
}

/// Terminals with Unicode.
pub static UNICODE: Signs = Signs {
    verdicts: ["✓", "✗", "?", "!"],
    partly: "◐",
    steps: ["✓", "!", "○", "▶"],
    bar: ["━", "╌"],
    working: "●",
    mask: "•",
    ellipsis: "…",
    between: " · ",
    item: "–",
    rule: "─",
    more: ["▲", "▼"],
    arrows: "↑↓",
    half_block: Some("▀"),
    border: border::PLAIN,
};

/// Letters and lines that every terminal has.
const PLAINEST: Signs = Signs {
    verdicts: ["[ ok ]", "[fail]", "[ ?? ]", "[you ]"],
    partly: "[part]",
    steps: ["+", "!", ".", ">"],
    bar: ["#", "-"],
    working: "*",
    mask: "*",
    ellipsis: "~",
    between: ", ",
    item: "-",
    rule: "-",
    more: ["^", "v"],
    arrows: "Up/Down",
    half_block: None,
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

/// The Linux console: its fonts have lines and blocks, but neither check marks nor dashes of other kinds
/// (the Lat15 and Uni2 tables of Debian's console-setup).
pub static CONSOLE: Signs =
    Signs { bar: ["█", "░"], rule: "─", more: ["▲", "▼"], border: border::PLAIN, ..PLAINEST };

/// Terminals without Unicode.
pub static ASCII: Signs = PLAINEST;

impl Signs {
    /// The sign before a finding.
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Pass => self.verdicts[0],
            Verdict::Fail => self.verdicts[1],
            Verdict::Unknown => self.verdicts[2],
            Verdict::NeedsPerson => self.verdicts[3],
        }
    }

    /// The sign before what was just done.
    pub fn extent(&self, extent: Extent) -> &'static str {
        match extent {
            Extent::Whole => self.verdict(Verdict::Pass),
            Extent::Partly => self.partly,
        }
    }

    /// The sign of a step that is not on the screen.
    pub fn step(&self, state: StepState) -> &'static str {
        match state {
            StepState::Done => self.steps[0],
            StepState::Waits => self.ellipsis,
            StepState::Open(_) => self.steps[1],
            StepState::Untouched => self.steps[2],
        }
    }

    /// The sign of the step on the screen.
    pub fn here(&self) -> &'static str {
        self.steps[3]
    }
}

impl Look {
    /// Headings, what is chosen, progress: the one accent.
    pub fn accent(&self) -> Style {
        // A title stands on a quiet border and must not be quiet itself.
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM)
    }

    /// Live writes and dangers.
    pub fn warning(&self) -> Style {
        self.colored(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// What is less important than the rest.
    pub fn quiet(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What is highlighted.
    pub fn highlighted(&self) -> Style {
        self.accent().add_modifier(Modifier::REVERSED)
    }

    fn colored(&self, color: Color) -> Style {
        match self.paint {
            Paint::Color => Style::new().fg(color),
            Paint::Mono => Style::new(),
        }
    }
}
