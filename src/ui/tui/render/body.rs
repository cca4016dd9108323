//! The regions of a screen one below the other, and how they share the rows: text and list give way first, the
//! question and its choices last.

use ratatui::Frame;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use crate::ui::tui::face::{Drawn, Findings};
use crate::ui::tui::render::choices::Grid;
use crate::ui::tui::render::document::First;
use crate::ui::tui::render::list::List;
use crate::ui::tui::render::more::{Scroll, more};
use crate::ui::tui::render::pane::{self, Pane};
use crate::ui::tui::render::{View, course, document, question, work};

/// Columns on the right that are kept for the signs of more text.
const MORE: u16 = 2;

pub(super) fn render(frame: &mut Frame, view: View, area: Rect) -> Drawn {
    let size = Size { width: area.width.saturating_sub(MORE), height: area.height };
    let inside = usize::from(size.width);
    let pane = pane_of(frame, view, area);
    let mut text = document::lines(
        view,
        size,
        if pane == Some(Pane::Findings) { First::ProseAlone } else { First::Prose },
    );
    let columns = pane.map_or(area.width, |pane| pane.list_columns(area.width)).saturating_sub(MORE);
    let list = List::of(view, pane, usize::from(columns));
    let working = work::lines(view, inside);
    let asked = question::asked(view, inside);
    let grid = Grid::of(view, inside);
    let wanted = Wanted {
        text: text.len(),
        list: pane.map_or(list.rows(), |pane| pane.wants(view, list.rows(), area.width)),
        fixed: working.len() + asked.lines.len(),
        choices: grid.rows(),
    };
    let mut shared = share(&wanted, usize::from(area.height));
    if pane.is_some() {
        // All the room that nothing else needs, so that the pane is as tall for every line.
        shared.list += usize::from(area.height).saturating_sub(shared.rows(&wanted));
    }
    if text.len() > shared.text && !view.screen.checklist.is_empty() && pane != Some(Pane::Findings) {
        text = document::lines(view, size, First::Findings);
    }
    let mut drawn = Drawn { text: (text.len(), shared.text), work: working.len(), ..Drawn::default() };
    let mut left = area;
    scrolled(frame, view, text, take(&mut left, shared.text, shared.gap));
    let place = take(&mut left, shared.list, shared.gap);
    match pane {
        None => list.render(frame, view, place, &mut drawn),
        Some(pane) => {
            let halves = pane.halves(place, list.rows());
            list.render(frame, view, halves.list, &mut drawn);
            pane::render(frame, view, &halves);
            drawn.findings = if pane == Pane::Findings { Findings::Lines } else { Findings::Text };
        }
    }
    frame.render_widget(Paragraph::new(working.clone()), take(&mut left, working.len(), shared.gap));
    let place = take(&mut left, asked.lines.len(), shared.gap);
    if let Some((row, column)) = asked.cursor {
        let (row, column) = (u16::try_from(row).unwrap_or(0), u16::try_from(column).unwrap_or(0));
        frame.set_cursor_position(Position::new(place.x + column.min(place.width), place.y + row));
    }
    frame.render_widget(Paragraph::new(asked.lines), place);
    let choices = foot(area, shared.choices);
    if has_room(frame) {
        let height = left.height.saturating_sub(choices.height + u16::try_from(shared.gap).unwrap_or(0));
        course::render(frame, view, Rect { height, width: left.width.saturating_sub(MORE), ..left });
    }
    grid.render(frame, view, choices, &mut drawn);
    drawn
}

/// Whether the window is so wide that something can stand beside something else.
fn has_room(frame: &Frame) -> bool {
    frame.area().width >= super::WIDE
}

/// The pane of the screen, where the window has room for it.
fn pane_of(frame: &Frame, view: View, area: Rect) -> Option<Pane> {
    let fits = has_room(frame) && usize::from(area.height) >= 2 * pane::LEAST;
    Pane::of(view.screen).filter(|_| fits)
}

/// How many rows each region would like.
struct Wanted {
    text: usize,
    list: usize,
    /// Work and question, which are shown whole.
    fixed: usize,
    choices: usize,
}

/// How many rows each region gets.
#[derive(Debug, PartialEq, Eq)]
struct Shared {
    text: usize,
    list: usize,
    choices: usize,
    /// Rows between regions.
    gap: usize,
}

impl Shared {
    /// The rows of all regions, and those between them.
    fn rows(&self, wanted: &Wanted) -> usize {
        let regions = [self.text, self.list, wanted.fixed, self.choices];
        let gaps = regions.iter().filter(|rows| **rows > 0).count().saturating_sub(1);
        regions.iter().sum::<usize>() + gaps * self.gap
    }
}

/// What text, list and choices keep of their rows when there is little room.
const FEW: usize = 3;

fn share(wanted: &Wanted, height: usize) -> Shared {
    let regions = [wanted.text, wanted.list, wanted.fixed, wanted.choices].iter().filter(|n| **n > 0).count();
    let least = wanted.fixed + wanted.text.min(FEW) + wanted.list.min(FEW) + wanted.choices.min(FEW);
    let gap = usize::from(height >= least + regions);
    let room = height.saturating_sub(wanted.fixed + gap * regions.saturating_sub(1));
    let kept = wanted.text.min(FEW) + wanted.list.min(FEW);
    let choices = wanted.choices.min(room.saturating_sub(kept).max(FEW)).min(room);
    let rest = room - choices;
    let text = match wanted.list {
        0 => wanted.text.min(rest),
        list => wanted.text.min(rest.saturating_sub(list).max(rest / 3)),
    };
    Shared { text, list: wanted.list.min(rest - text), choices, gap }
}

/// Cuts `rows` off the top of `area`, and the gap below them.
fn take(area: &mut Rect, rows: usize, gap: usize) -> Rect {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    let part = Rect { height, ..*area };
    let used =
        if rows == 0 { 0 } else { height.saturating_add(u16::try_from(gap).unwrap_or(0)).min(area.height) };
    area.y += used;
    area.height -= used;
    part
}

/// The last `rows` rows of `area`, where choices stand whatever is above them.
fn foot(area: Rect, rows: usize) -> Rect {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + area.height - height, height, ..area }
}

fn scrolled(frame: &mut Frame, view: View, text: Vec<Line<'static>>, area: Rect) {
    let count = text.len();
    let scroll = view.face.scroll.min(count.saturating_sub(usize::from(area.height)));
    let shown: Vec<Line> = text.into_iter().skip(scroll).take(usize::from(area.height)).collect();
    frame.render_widget(Paragraph::new(shown), Rect { width: area.width.saturating_sub(MORE), ..area });
    more(frame, view, area, Scroll { offset: scroll, count });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_and_its_choices_give_way_last() {
        let wanted = Wanted { text: 50, list: 0, fixed: 4, choices: 3 };
        assert_eq!(share(&wanted, 13), Shared { text: 4, list: 0, choices: 3, gap: 1 });
        let wanted = Wanted { text: 50, list: 50, fixed: 0, choices: 2 };
        assert_eq!(share(&wanted, 13), Shared { text: 3, list: 6, choices: 2, gap: 1 });
    }
}
