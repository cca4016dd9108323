//! Filled tables: cells wrapped in their columns, a row never torn where it fits a page, heads again on each page.

use krilla::geom::Point;

use crate::paper::page::Table;
use crate::paper::pdf::flow::{Column, Flow};
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::head::MARGIN;
use crate::paper::pdf::leaf::{Style, float, wrap};

/// Cells.
const CELL: Style = Style::of(Typeface::Text, 7.8);
/// Heads.
const HEAD: Style = Style::of(Typeface::Bold, 7.8);
/// Distance of lines of both.
const LEADING: f32 = 9.8;
/// Above and below a row.
const PAD: f32 = 3.0;
/// Between columns.
const GAP: f32 = 6.0;

/// Sets a table.
pub(super) fn set(flow: &mut Flow, table: &Table) {
    let columns = columns(flow, table);
    let heads: Vec<Vec<String>> = wrapped(&columns, HEAD, table.heads.iter().map(|(name, _)| name.as_str()));
    let first = table.rows.first().map_or(0.0, |row| height(&cells(&columns, row)));
    flow.need(height(&heads) + first);
    line(flow, &columns, &heads, HEAD);
    for row in &table.rows {
        let cells = cells(&columns, row);
        if flow.left() < height(&cells) {
            flow.new_page();
            line(flow, &columns, &heads, HEAD);
        }
        rows(flow, &columns, &cells);
    }
    flow.y += 8.0;
}

/// Where each column stands, by its share.
fn columns(flow: &Flow, table: &Table) -> Vec<Column> {
    let mut x = MARGIN;
    let column = |(_, share): &(String, u8)| {
        let width = flow.width * f32::from(*share) / 100.0;
        let column = Column { x, width: width - GAP };
        x += width;
        column
    };
    table.heads.iter().map(column).collect()
}

fn cells(columns: &[Column], row: &[String]) -> Vec<Vec<String>> {
    wrapped(columns, CELL, row.iter().map(String::as_str))
}

fn wrapped<'a>(columns: &[Column], style: Style, texts: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    columns.iter().zip(texts).map(|(column, text)| wrap(style, column.width, text)).collect()
}

fn height(cells: &[Vec<String>]) -> f32 {
    LEADING * float(cells.iter().map(Vec::len).max().unwrap_or(0)) + 2.0 * PAD
}

/// A row; one that is higher than a page goes on on the next.
fn rows(flow: &mut Flow, columns: &[Column], cells: &[Vec<String>]) {
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut from = 0;
    while from < most {
        let fits = (1..=most - from).rev().find(|n| LEADING * float(*n) + 2.0 * PAD <= flow.left());
        let Some(count) = fits else {
            flow.new_page();
            continue;
        };
        let part = |lines: &Vec<String>| lines.iter().skip(from).take(count).cloned().collect();
        line(flow, columns, &cells.iter().map(part).collect::<Vec<Vec<String>>>(), CELL);
        from += count;
    }
}

/// The lines of cells beside each other, and a rule below them.
fn line(flow: &mut Flow, columns: &[Column], cells: &[Vec<String>], style: Style) {
    let top = flow.y + PAD;
    for (column, lines) in columns.iter().zip(cells) {
        for (n, text) in lines.iter().enumerate() {
            let y = top + LEADING * (float(n) + 0.78);
            flow.leaf().text(Point::from_xy(column.x, y), style, text);
        }
    }
    flow.y += height(cells);
    let (y, width) = (flow.y, flow.width);
    flow.leaf().line(Point::from_xy(MARGIN, y), width, 0.4, 150);
}
