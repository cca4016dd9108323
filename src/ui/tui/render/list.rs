//! A long list gone through with the arrows: the writes of a consent list with their ticks and calls, or the decisions
//! of the plan with their present answers.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::journeys::Msg;
use crate::journeys::screen::ConsentLine;
use crate::journeys::{Choice, Question};
use crate::ui::tui::face::{Drawn, Focus};
use crate::ui::tui::lines;
use crate::ui::tui::render::more::{Scroll, more};
use crate::ui::tui::render::pane::Pane;
use crate::ui::tui::render::{View, blocks};

/// The lines of the list, each with what the highlight stands on when it is there.
pub(super) struct List {
    rows: Vec<(Focus, Line<'static>)>,
}

impl List {
    /// The list of a screen; it is empty where there is none.
    pub(super) fn of(view: View, pane: Option<Pane>, width: usize) -> Self {
        let rows = match &view.screen.question {
            _ if pane == Some(Pane::Findings) => findings(view, width),
            Some(Question::Consent(writes)) => {
                let lines = |(index, write)| consent(view, index, write, width);
                writes.iter().enumerate().flat_map(lines).collect()
            }
            _ => listed(view, width),
        };
        Self { rows }
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The highlight; while it is elsewhere, the finding that the pane is about.
    fn kept_in_sight(&self, view: View) -> Focus {
        match (view.face.focus, self.rows.first()) {
            (focus @ (Focus::Line(_) | Focus::Row(_)), _) => focus,
            (_, Some((Focus::Row(_), _))) => Focus::Row(view.face.last_line(view.screen)),
            (focus, _) => focus,
        }
    }

    fn here(&self, focus: Focus) -> Here {
        let start = self.rows.iter().position(|row| row.0 == focus).unwrap_or(0);
        Here { start, rows: self.rows.iter().filter(|row| row.0 == focus).count() }
    }

    /// Draws as much as fits, with the highlight in sight, and tells where each line stands.
    pub(super) fn render(self, frame: &mut Frame, view: View, area: Rect, drawn: &mut Drawn) {
        let height = usize::from(area.height);
        let count = self.rows();
        let here = self.here(self.kept_in_sight(view));
        let offset = offset(here, view.face.drawn.list_offset, Room { count, height });
        (drawn.list, drawn.list_offset, drawn.line) = (height, offset, (here.start, here.rows));
        drawn.rows = self.rows.iter().map(|row| row.0).collect();
        for ((focus, line), row) in self.rows.into_iter().skip(offset).zip(area.rows()) {
            frame.render_widget(line, Rect { width: row.width.saturating_sub(2), ..row });
            drawn.places.push((row, focus));
        }
        more(frame, view, area, Scroll { offset, count });
    }
}

fn consent(view: View, index: usize, write: &ConsentLine<Msg>, width: usize) -> Vec<(Focus, Line<'static>)> {
    let (look, focus) = (view.face.look, Focus::Line(index));
    let style = if view.face.focus == focus { look.highlighted() } else { Style::new() };
    let tick = if write.ticked { 'x' } else { ' ' };
    let front = format!("[{tick}] {:>3}  ", index + 1);
    let mut text = lines::styled(lines::wrap(&front, &write.sentence, width), style);
    for line in &write.call {
        let pieces = lines::broken(line, width.saturating_sub(9));
        text.extend(pieces.into_iter().map(|piece| Line::styled(format!("         {piece}"), look.quiet())));
    }
    text.into_iter().map(|line| (focus, line)).collect()
}

/// The findings as lines that can be selected.
fn findings(view: View, width: usize) -> Vec<(Focus, Line<'static>)> {
    let look = view.face.look;
    let lines = blocks::finding_lines(&view.screen.checklist, look, width).into_iter().enumerate();
    let row = |(index, lines): (usize, Vec<Line<'static>>)| {
        let focus = Focus::Row(index);
        let style = if view.face.focus == focus { look.highlighted() } else { Style::new() };
        lines.into_iter().map(move |line| (focus, line.patch_style(style)))
    };
    lines.flat_map(row).collect()
}

fn listed(view: View, width: usize) -> Vec<(Focus, Line<'static>)> {
    let listed = |(_, choice): &(usize, &Choice)| choice.key == Choice::LISTED;
    let choices: Vec<(usize, &Choice)> = view.screen.choices.iter().enumerate().filter(listed).collect();
    let longest = choices.iter().map(|(_, choice)| lines::columns(&choice.label)).max().unwrap_or(0);
    let has_values = choices.iter().any(|(_, choice)| !choice.detail.is_empty());
    let label = longest.min(if has_values { width / 2 } else { width.saturating_sub(4) });
    let room = ListedRoom { label, whole: width };
    let rows = |(index, choice)| {
        one(view, index, choice, room).into_iter().map(move |line| (Focus::Line(index), line))
    };
    choices.into_iter().flat_map(rows).collect()
}

/// The columns of listed choices.
#[derive(Clone, Copy)]
struct ListedRoom {
    /// For labels.
    label: usize,
    /// For all of a line.
    whole: usize,
}

/// Label and value beside each other, each going on below itself where it is long.
fn one(view: View, index: usize, choice: &Choice, room: ListedRoom) -> Vec<Line<'static>> {
    let look = view.face.look;
    let is_here = view.face.focus == Focus::Line(index);
    let labels = lines::wrap("", &choice.label, room.label);
    let values = lines::wrap("", &choice.detail, room.whole.saturating_sub(room.label + 4));
    let beside = lines::beside(&labels, &values, room.label);
    let line = |(label, value): (String, String)| match is_here {
        true => Line::styled(lines::padded(&format!(" {label}  {value}"), room.whole), look.highlighted()),
        false => Line::from(vec![Span::styled(format!(" {label}  "), look.quiet()), Span::raw(value)]),
    };
    beside.into_iter().map(line).collect()
}

/// The rows of the list, and how many of them are shown.
#[derive(Clone, Copy)]
struct Room {
    count: usize,
    height: usize,
}

/// Where the highlight stands among the rows, and how many it takes.
#[derive(Clone, Copy)]
struct Here {
    start: usize,
    rows: usize,
}

/// The first row shown: as before, unless the highlight would be out of sight. One that is taller than the list may show
/// any part of itself, so that it can be read to its end.
fn offset(here: Here, before: usize, list: Room) -> usize {
    let Here { start, rows } = here;
    let last = list.count.saturating_sub(list.height);
    let height = list.height;
    let (lowest, highest) = match rows <= height {
        true => ((start + rows).saturating_sub(height), start),
        false => (start, start + rows - height),
    };
    match rows {
        0 => before.min(last),
        _ => before.clamp(lowest, highest).min(last),
    }
}
