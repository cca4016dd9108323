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

/// Choices laid out: those in front that are long in rows of their own each, the others in columns. Nothing is cut.
pub(super) struct Grid {
    cells: Vec<Cell>,
    /// How many have rows of their own.
    long: usize,
    /// How wide each column of the others is.
    widths: Vec<usize>,
}

/// One choice, and its words in as many rows as they take.
struct Cell {
    index: usize,
    choice: Choice,
    rows: Vec<String>,
}

/// Where a choice stands in the grid.
#[derive(Clone, Copy)]
struct Place {
    /// Its column, where it is in one.
    column: Option<usize>,
    /// Its first row.
    row: usize,
}

impl Grid {
    /// As many columns as the labels allow, each as wide as its own longest.
    pub(super) fn of(view: View, width: usize) -> Self {
        let has_key = |(_, choice): &(usize, &Choice)| choice.key != Choice::LISTED;
        let cells: Vec<Cell> = view
            .screen
            .choices
            .iter()
            .enumerate()
            .filter(has_key)
            .map(|(index, choice)| Cell { index, choice: choice.clone(), rows: rows_of(choice, width) })
            .collect();
        let labels: Vec<usize> = cells.iter().map(|cell| lines::columns(&words(&cell.choice))).collect();
        let split = (0..labels.len()).find_map(|long| Some((long, columns(&labels[long..], width)?)));
        let (long, widths) = split.unwrap_or((labels.len(), Vec::new()));
        Self { cells, long, widths }
    }

    /// Rows the grid takes.
    pub(super) fn rows(&self) -> usize {
        self.long_rows(self.long) + self.column_rows()
    }

    /// Rows of the first `count` choices that have rows of their own.
    fn long_rows(&self, count: usize) -> usize {
        self.cells[..count].iter().map(|cell| cell.rows.len()).sum()
    }

    fn column_rows(&self) -> usize {
        (self.cells.len() - self.long).div_ceil(self.widths.len().max(1))
    }

    /// Draws the rows that fit, with the highlight among them.
    pub(super) fn render(&self, frame: &mut Frame, view: View, area: Rect, drawn: &mut Drawn) {
        let (count, height) = (self.rows(), usize::from(area.height));
        drawn.grid = height;
        let here = self.cells.iter().position(|cell| view.face.focus == Focus::Choice(cell.index));
        let offset = here.map_or(0, |here| self.offset(here, height));
        for (number, cell) in self.cells.iter().enumerate() {
            let place = self.place(number);
            for (nth, words) in cell.rows.iter().enumerate() {
                let row = (place.row + nth).checked_sub(offset).filter(|row| *row < height);
                let Some(row) = row else { continue };
                let at = self.cell(area, Place { row, ..place });
                frame.render_widget(line(view, cell, words, nth), at);
                drawn.places.push((at, Focus::Choice(cell.index)));
            }
        }
        more(frame, view, area, Scroll { offset, count });
    }

    /// The first row shown, so that the whole choice is in sight.
    fn offset(&self, here: usize, height: usize) -> usize {
        let first = self.place(here).row;
        let last = first + self.cells[here].rows.len();
        last.saturating_sub(height).min(first).min(self.rows().saturating_sub(height))
    }

    fn place(&self, number: usize) -> Place {
        match number.checked_sub(self.long) {
            None => Place { column: None, row: self.long_rows(number) },
            Some(number) => {
                let rows = self.column_rows().max(1);
                Place { column: Some(number / rows), row: self.long_rows(self.long) + number % rows }
            }
        }
    }

    fn cell(&self, area: Rect, place: Place) -> Rect {
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let (left, width) = match place.column {
            None => (0, area.width),
            Some(column) => {
                let before = self.widths[..column].iter().map(|width| width + GAP).sum();
                (cells(before), cells(self.widths[column]))
            }
        };
        let width = width.min(area.width.saturating_sub(left));
        Rect { x: area.x + left, y: area.y + cells(place.row), width, height: 1 }
    }
}

/// The words of a choice in rows of at most `width` columns, the later ones below its label.
fn rows_of(choice: &Choice, width: usize) -> Vec<String> {
    let key = format!("[{}] ", choice.key);
    let label = words(choice);
    lines::wrap(&key, &label[key.len()..], width)
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
fn line(view: View, cell: &Cell, text: &str, nth: usize) -> Line<'static> {
    let look = view.face.look;
    if view.face.focus == Focus::Choice(cell.index) {
        return Line::from(Span::styled(text.to_owned(), look.highlighted()));
    }
    if nth > 0 {
        return Line::from(text.to_owned());
    }
    let (key, label) = text.split_at(text.char_indices().map(|(at, _)| at).nth(3).unwrap_or(text.len()));
    let style = match (cell.choice.weight, view.screen.banner.mark) {
        (Weight::Writes, Mark::Live) | (Weight::Irreversible, _) => look.warning(),
        _ => look.accent(),
    };
    Line::from(vec![Span::styled(key.to_owned(), style), Span::styled(label.to_owned(), Style::new())])
}
