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
use crate::ui::tui::render::View;
use crate::ui::tui::render::more::{Scroll, more};

/// The lines of the list, each with what the highlight stands on when it is there.
pub(super) struct List {
    rows: Vec<(Focus, Line<'static>)>,
}

impl List {
    /// The list of a screen; it is empty where there is none.
    pub(super) fn of(view: View, width: usize) -> Self {
        let rows = match &view.screen.question {
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

    /// Draws as much as fits, with the highlight in sight, and tells where each line stands.
    pub(super) fn render(self, frame: &mut Frame, view: View, area: Rect, drawn: &mut Drawn) {
        let height = usize::from(area.height);
        let offset = offset(&self.rows, view.face.focus, view.face.drawn.list_offset, height);
        drawn.list = height;
        drawn.list_offset = offset;
        let count = self.rows();
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

fn listed(view: View, width: usize) -> Vec<(Focus, Line<'static>)> {
    let listed = |(_, choice): &(usize, &Choice)| choice.key == Choice::LISTED;
    let choices: Vec<(usize, &Choice)> = view.screen.choices.iter().enumerate().filter(listed).collect();
    let longest = choices.iter().map(|(_, choice)| lines::columns(&choice.label)).max().unwrap_or(0);
    let has_values = choices.iter().any(|(_, choice)| !choice.detail.is_empty());
    let label = longest.min(if has_values { width / 2 } else { width.saturating_sub(4) });
    let room = ListedRoom { label, whole: width };
    choices.into_iter().map(|(index, choice)| (Focus::Line(index), one(view, index, choice, room))).collect()
}

/// The columns of listed choices.
#[derive(Clone, Copy)]
struct ListedRoom {
    /// For labels.
    label: usize,
    /// For all of a line.
    whole: usize,
}

/// Label and value on one line, cut where they are too long; the whole value stands in the field when it is edited.
fn one(view: View, index: usize, choice: &Choice, room: ListedRoom) -> Line<'static> {
    let look = view.face.look;
    let cut = |text: &str, room| lines::cut(text, room, look.signs.ellipsis);
    let label = lines::padded(&cut(&choice.label, room.label), room.label);
    let value = cut(&choice.detail, room.whole.saturating_sub(room.label + 4));
    if view.face.focus == Focus::Line(index) {
        return Line::styled(lines::padded(&format!(" {label}  {value}"), room.whole), look.highlighted());
    }
    Line::from(vec![Span::styled(format!(" {label}  "), look.quiet()), Span::raw(value)])
}

/// The first row shown: as before, unless the highlight would be out of sight.
fn offset(rows: &[(Focus, Line)], focus: Focus, before: usize, height: usize) -> usize {
    let last = rows.len().saturating_sub(height);
    let start = rows.iter().position(|(row, _)| *row == focus);
    let Some(start) = start else { return before.min(last) };
    let end = start + rows[start..].iter().take_while(|(row, _)| *row == focus).count();
    let lowest = end.saturating_sub(height).min(start);
    before.clamp(lowest, start).min(last.max(lowest))
}
