//! The choices with a key: in columns where they are short, each with its letter. Choices that write say so.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::mark::Mark;
use crate::journeys::Choice;
use crate::journeys::screen::Weight;
use crate::ui::tui::face::{Drawn, Focus};
use crate::ui::tui::lines;
use crate::ui::tui::render::View;
use crate::ui::tui::render::more::{Scroll, more};

/// Columns of choices beside each other at the most.
const MOST: usize = 3;
/// Spaces between them.
const GAP: usize = 3;

/// Choices laid out: those in front that are long in a row of their own each, the others in columns.
pub(super) struct Grid {
    cells: Vec<(usize, Choice)>,
    /// How many have a row of their own.
    long: usize,
    /// How wide each column of the others is.
    widths: Vec<usize>,
}

impl Grid {
    /// As many columns as the labels allow, each as wide as its own longest.
    pub(super) fn of(view: View, width: usize) -> Self {
        let has_key = |(_, choice): &(usize, Choice)| choice.key != Choice::LISTED;
        let cells: Vec<(usize, Choice)> =
            view.screen.choices.iter().cloned().enumerate().filter(has_key).collect();
        let labels: Vec<usize> = cells.iter().map(|(_, choice)| lines::columns(&words(choice))).collect();
        let split = (0..labels.len()).find_map(|long| Some((long, columns(&labels[long..], width)?)));
        let (long, widths) = split.unwrap_or((labels.len(), Vec::new()));
        Self { cells, long, widths }
    }

    /// Rows the grid takes when every label fits into one row.
    pub(super) fn rows(&self) -> usize {
        self.long + self.column_rows()
    }

    fn column_rows(&self) -> usize {
        (self.cells.len() - self.long).div_ceil(self.widths.len().max(1))
    }

    /// Draws the rows that fit, with the highlight among them.
    pub(super) fn render(&self, frame: &mut Frame, view: View, area: Rect, drawn: &mut Drawn) {
        let (rows, height) = (self.rows(), usize::from(area.height));
        let here = self.cells.iter().position(|(index, _)| view.face.focus == Focus::Choice(*index));
        let here = self.place(here.unwrap_or(0)).1;
        let offset = here.saturating_sub(height.saturating_sub(1)).min(rows.saturating_sub(height));
        for (number, (index, choice)) in self.cells.iter().enumerate() {
            let (column, row) = self.place(number);
            let Some(row) = row.checked_sub(offset).filter(|row| *row < height) else { continue };
            let cell = self.cell(area, column, row);
            frame.render_widget(line(view, *index, choice, usize::from(cell.width)), cell);
            drawn.places.push((cell, Focus::Choice(*index)));
        }
        more(frame, view, area, Scroll { offset, count: rows });
    }

    /// The column of a choice, where it is in one, and its row.
    fn place(&self, number: usize) -> (Option<usize>, usize) {
        match number.checked_sub(self.long) {
            None => (None, number),
            Some(number) => {
                let rows = self.column_rows().max(1);
                (Some(number / rows), self.long + number % rows)
            }
        }
    }

    fn cell(&self, area: Rect, column: Option<usize>, row: usize) -> Rect {
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let (left, width) = match column {
            None => (0, area.width),
            Some(column) => {
                let before = self.widths[..column].iter().map(|width| width + GAP).sum();
                (cells(before), cells(self.widths[column]))
            }
        };
        let width = width.min(area.width.saturating_sub(left));
        Rect { x: area.x + left, y: area.y + cells(row), width, height: 1 }
    }
}

/// How wide two columns or more are in which `labels` fit, if there are such.
fn columns(labels: &[usize], width: usize) -> Option<Vec<usize>> {
    let fit = |widths: &Vec<usize>| widths.iter().sum::<usize>() + GAP * (widths.len() - 1) <= width;
    (2..=MOST).rev().map(|count| widths(labels, count)).filter(|widths| widths.len() > 1).find(fit)
}

/// How wide each column is when `labels` fill `count` of them, one after the other.
fn widths(labels: &[usize], count: usize) -> Vec<usize> {
    let rows = labels.len().div_ceil(count).max(1);
    labels.chunks(rows).map(|column| column.iter().copied().max().unwrap_or(0)).collect()
}

fn words(choice: &Choice) -> String {
    let writes = match choice.weight {
        Weight::Writes => "  (writes)",
        Weight::Safe | Weight::Vouches | Weight::Irreversible => "",
    };
    format!("[{}] {}{writes}", choice.key, choice.label)
}

/// `[a] Do it for me`; the warning color marks what writes to a live tenant or gives something up.
fn line(view: View, index: usize, choice: &Choice, width: usize) -> Line<'static> {
    let look = view.face.look;
    let text = words(choice);
    let text = lines::cut(&text, width, look.signs.ellipsis);
    if view.face.focus == Focus::Choice(index) {
        return Line::from(Span::styled(text, look.highlighted()));
    }
    let (key, label) = text.split_at(text.char_indices().map(|(at, _)| at).nth(3).unwrap_or(text.len()));
    let style = match (choice.weight, view.screen.banner.mark) {
        (Weight::Writes, Mark::Live) | (Weight::Irreversible, _) => look.warning(),
        _ => look.accent(),
    };
    Line::from(vec![Span::styled(key.to_owned(), style), Span::styled(label.to_owned(), Style::new())])
}
