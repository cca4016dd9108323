//! The pane beside a list, in a window with room: what there is to say about the line that is selected. The request behind
//! a write, the words about a decision, why a check stands as it does and what to do about it.
//!
//! It keeps its place and its size whatever is selected. In a narrow window a list has no pane: there the same is shown by
//! Enter, or is said once the line was chosen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use crate::domain::check::finding::Verdict;
use crate::journeys::screen::ConsentLine;
use crate::journeys::{Choice, Msg, Question, Screen};
use crate::ui::tui::face::{Face, Focus};
use crate::ui::tui::lines;
use crate::ui::tui::look::Look;
use crate::ui::tui::render::View;

/// Rows of a pane at least, with the rule above it.
pub(super) const LEAST: usize = 8;
/// Columns between list and pane: the rule, and a space on either side.
const RULE: u16 = 3;

/// What the pane of a screen is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    /// The writes of a consent list.
    Writes,
    /// Listed choices.
    Decisions,
    /// The findings of a board.
    Findings,
}

impl Pane {
    /// The pane of a screen, where something is said about the lines of its list.
    pub(super) fn of(screen: &Screen) -> Option<Self> {
        let has_request = |line: &ConsentLine<Msg>| !line.request.is_empty();
        let is_told = |choice: &Choice| choice.key == Choice::LISTED && !choice.about.is_empty();
        match &screen.question {
            Some(Question::Consent(lines)) if lines.iter().any(has_request) => Some(Self::Writes),
            None if screen.choices.iter().any(is_told) => Some(Self::Decisions),
            None if screen.work.is_none() && Face::has_findings_told(screen) => {
                // Where all is in order there is nothing to say about any of it.
                screen.remedies.iter().any(|remedy| !remedy.is_empty()).then_some(Self::Findings)
            }
            _ => None,
        }
    }
}

/// Where the pane lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// On the right of the list.
    Right,
    /// Below it: findings keep the steps beside them as long as the window is not very wide.
    Below,
}

/// From so many columns on findings have their pane on the right.
const WIDE_FINDINGS: u16 = 100;

impl Pane {
    fn side(self, width: u16) -> Side {
        match self {
            Self::Findings if width < WIDE_FINDINGS => Side::Below,
            Self::Findings | Self::Writes | Self::Decisions => Side::Right,
        }
    }

    /// Whether the steps give way to it, names and all, in a window that is not very wide.
    pub(super) fn needs_the_width(self) -> bool {
        self != Self::Findings
    }

    /// How many columns of `width` the list gets.
    pub(super) fn list_columns(self, width: u16) -> u16 {
        match self.side(width) {
            Side::Right => width.saturating_sub(RULE) / 2,
            Side::Below => width,
        }
    }

    /// Rows that list and pane together would like, `rows` being those of the list.
    pub(super) fn wants(self, view: View, rows: usize, width: u16) -> usize {
        match self.side(width) {
            Side::Right => rows.max(LEAST),
            Side::Below => rows + tallest(view, width),
        }
    }

    /// An area in two: the list's part, and the pane's behind a rule. `rows` are those of the list, which goes before.
    pub(super) fn halves(self, area: Rect, rows: usize) -> Halves {
        let (about, side) = (self, self.side(area.width));
        match side {
            Side::Right => {
                let left = self.list_columns(area.width);
                let list = Rect { width: left, ..area };
                let rest = area.width.saturating_sub(left);
                Halves { about, side, list, pane: Rect { x: area.x + left, width: rest, ..area } }
            }
            Side::Below => {
                let most = area.height.saturating_sub(u16::try_from(LEAST).unwrap_or(0)).max(area.height / 2);
                let height = u16::try_from(rows).unwrap_or(u16::MAX).min(most);
                let list = Rect { height, ..area };
                Halves {
                    about,
                    side,
                    list,
                    pane: Rect { y: area.y + height, height: area.height - height, ..area },
                }
            }
        }
    }
}

/// The list's part of an area, and the pane's.
pub(super) struct Halves {
    about: Pane,
    side: Side,
    pub(super) list: Rect,
    pane: Rect,
}

/// Draws the rule before a pane, and returns what is left of its area.
fn ruled(frame: &mut Frame, look: Look, halves: &Halves) -> Rect {
    let area = halves.pane;
    match halves.side {
        Side::Right => {
            let line = Line::styled(look.signs.border.vertical_left, look.quiet());
            let rule = Rect { x: area.x + 1, width: 1.min(area.width), ..area };
            frame.render_widget(Paragraph::new(vec![line; usize::from(area.height)]), rule);
            Rect { x: area.x + RULE, width: area.width.saturating_sub(RULE), ..area }
        }
        Side::Below => {
            let width = usize::from(area.width.saturating_sub(2));
            let line = Line::styled(look.signs.rule.repeat(width), look.quiet());
            frame.render_widget(line, Rect { y: area.y + 1, height: 1, ..area });
            Rect {
                y: area.y + 2,
                height: area.height.saturating_sub(2),
                width: area.width.saturating_sub(2),
                ..area
            }
        }
    }
}

/// Draws the pane of the selected line, and the rule before it.
pub(super) fn render(frame: &mut Frame, view: View, halves: &Halves) {
    let (look, pane) = (view.face.look, halves.about);
    let area = ruled(frame, look, halves);
    let mut text = match pane {
        Pane::Writes => write(view, usize::from(area.width)),
        Pane::Decisions => decision(view, usize::from(area.width)),
        Pane::Findings => finding(view, selected(view), usize::from(area.width).min(lines::READABLE)),
    };
    let height = usize::from(area.height);
    if text.len() > height {
        text.truncate(height.saturating_sub(1));
        text.push(Line::styled(format!("{} Enter shows all of it", look.signs.more[1]), look.quiet()));
    }
    frame.render_widget(Paragraph::new(text), area);
}

/// The line the highlight stands on; the one it stood on last, or the first, while it is elsewhere.
fn selected(view: View) -> usize {
    match view.face.focus {
        Focus::Line(line) | Focus::Row(line) => line,
        _ => view.face.last_line(view.screen),
    }
}

fn heading(words: &str, width: usize) -> Vec<Line<'static>> {
    lines::styled(lines::wrap("", words, width), Style::new().add_modifier(Modifier::BOLD))
}

fn write(view: View, width: usize) -> Vec<Line<'static>> {
    let Some(Question::Consent(writes)) = &view.screen.question else { return Vec::new() };
    let Some(write) = writes.get(selected(view)) else { return Vec::new() };
    let mut text = heading("The request", width);
    text.extend(write.request.iter().flat_map(|line| lines::folded(line, width)).map(Line::from));
    text
}

fn decision(view: View, width: usize) -> Vec<Line<'static>> {
    let Some(choice) = view.screen.choices.get(selected(view)) else { return Vec::new() };
    let mut text = heading(&choice.label, width);
    for paragraph in &choice.about {
        text.extend(lines::wrap("", paragraph, width).into_iter().map(Line::from));
        text.push(Line::default());
    }
    text
}

/// Rows of the pane below findings, for the one about which the most is said.
fn tallest(view: View, width: u16) -> usize {
    let width = usize::from(width.saturating_sub(2)).min(lines::READABLE);
    let rows = (0..view.screen.checklist.len()).map(|index| finding(view, index, width).len() + 2);
    rows.max().unwrap_or(0).max(LEAST)
}

fn finding(view: View, index: usize, width: usize) -> Vec<Line<'static>> {
    let Some(row) = view.screen.checklist.get(index) else { return Vec::new() };
    let mut text = heading(&row.label, width);
    text.extend(lines::styled(lines::wrap("", &row.detail, width), view.face.look.quiet()));
    text.push(Line::default());
    let todo = view.screen.remedies.get(index).map_or("", String::as_str);
    let words = match (row.verdict, todo) {
        (Verdict::Pass, _) | (_, "") => "Nothing is to be done about it.",
        (_, todo) => todo,
    };
    text.extend(lines::wrap("", words, width).into_iter().map(Line::from));
    text
}
