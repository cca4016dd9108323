//! The pieces of flowing sheets, set one below the other.

use krilla::geom::Point;

use crate::domain::plan::PaperSize;
use crate::paper::page::{Piece, Sheet};
use crate::paper::pdf::flow::{Column, Flow};
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::head::{MARGIN, SMALL};
use crate::paper::pdf::leaf::{Box, Leaf, Style, float, wrap};
use crate::paper::pdf::table;

/// Prose.
const BODY: Style = Style::of(Typeface::Text, 10.0);
/// Values: names, numbers, places.
const VALUE: Style = Style::of(Typeface::Mono, 9.5);
/// Lines that stay as they are: 72 of its signs fit between the margins.
const AS_IT_IS: Style = Style::of(Typeface::Mono, 8.5);
/// Distance of lines of both.
const LEADING: f32 = 13.5;
/// The same above a line to write on.
const WRITING: f32 = 20.0;
/// The height of a heading.
const HEADING: f32 = 30.0;
/// So much is kept on one page; more may go on over the next.
const TOGETHER: f32 = 200.0;
/// Where values begin, from the margin.
pub(super) const NAMES: f32 = 118.0;
/// Points in 100 millimeters.
const RULER: f32 = 283.46;

/// The pages of a sheet that flows.
pub(super) fn leaves(sheet: &Sheet, size: PaperSize) -> Vec<Leaf> {
    let mut flow = Flow::begin(sheet, size);
    for (index, piece) in sheet.pieces.iter().enumerate() {
        if let (Piece::Section(_), Some(Piece::Pairs(pairs))) = (piece, sheet.pieces.get(index + 1)) {
            // A heading stands on one page with all of the names and values below it.
            let rows = pairs.iter().map(|(name, value)| height(&wrapped(flow.column(), name, value)));
            flow.need(HEADING + rows.sum::<f32>().min(TOGETHER));
        }
        set(&mut flow, piece);
    }
    flow.end()
}

/// Sets one piece.
fn set(flow: &mut Flow, piece: &Piece) {
    match piece {
        Piece::Section(title) => section(flow, title),
        Piece::Text(body) => {
            flow.lines(flow.column(), BODY, LEADING, body);
            flow.y += 6.0;
        }
        Piece::Small(body) => {
            flow.lines(flow.column(), SMALL.gray(40), 10.5, body);
            flow.y += 4.0;
        }
        Piece::Pairs(pairs) => {
            for (name, value) in pairs {
                pair(flow, flow.column(), name, value);
            }
            flow.y += 6.0;
        }
        Piece::Steps(steps) => {
            for (index, step) in steps.iter().enumerate() {
                item(flow, &format!("{}", index + 1), step);
            }
            flow.y += 4.0;
        }
        Piece::List(items) => items.iter().for_each(|text| item(flow, "–", text)),
        Piece::Lines(all) => lines(flow, all),
        Piece::Log(columns, _) => log(flow, columns),
        Piece::Table(filled) => table::set(flow, filled),
        Piece::Break => flow.new_page(),
        Piece::Label(pairs) => label(flow, pairs),
        Piece::Glyphs(glyphs) => glyph_key(flow, glyphs),
        Piece::Apart(signs) => apart(flow, signs),
        Piece::Ruler(scale, grays) => ruler(flow, scale, grays),
        // In the head, or on folded sheets only.
        Piece::Title(_) | Piece::Code(_) | Piece::Secret(_) | Piece::Fold(_) | Piece::Mask => {}
    }
}

fn section(flow: &mut Flow, title: &str) {
    flow.need(52.0);
    flow.y += 9.0;
    let (y, column) = (flow.y, flow.column());
    flow.leaf().line(Point::from_xy(MARGIN, y), column.width, 0.4, 120);
    flow.y += 4.0;
    flow.lines(column, Style::of(Typeface::Bold, 11.5), 15.0, title);
    flow.y += 2.0;
}

/// The lines of a name and of its value; none of one that is to be written.
fn wrapped(column: Column, name: &str, value: &str) -> [Vec<String>; 2] {
    let values = if value.trim().is_empty() { Vec::new() } else { wrap(VALUE, column.width - NAMES, value) };
    [wrap(BODY.gray(60), NAMES - 10.0, name), values]
}

/// How high both are.
fn height([names, values]: &[Vec<String>; 2]) -> f32 {
    match values.is_empty() {
        true => LEADING * float(names.len()) + WRITING - LEADING,
        false => LEADING * float(names.len().max(values.len())),
    }
}

/// A name and its value, or a line to write on.
fn pair(flow: &mut Flow, column: Column, name: &str, value: &str) {
    let style = BODY.gray(60);
    let lines = wrapped(column, name, value);
    flow.need(height(&lines).min(TOGETHER));
    let [names, values] = lines;
    let rows = names.len().max(values.len());
    for row in 0..rows {
        // A line to write on needs more room above it.
        let leading = if values.is_empty() && row == 0 { WRITING } else { LEADING };
        flow.need(leading);
        flow.y += leading;
        let y = flow.y - 3.6;
        if let Some(name) = names.get(row) {
            flow.leaf().text(Point::from_xy(column.x, y), style, name);
        }
        if let Some(value) = values.get(row) {
            flow.leaf().text(Point::from_xy(column.x + NAMES, y), VALUE, value);
        }
    }
    if values.is_empty() {
        let y = flow.y - 2.0;
        flow.leaf().line(Point::from_xy(column.x + NAMES, y), column.width - NAMES, 0.5, 90);
    }
}

fn item(flow: &mut Flow, mark: &str, text: &str) {
    let column = Column { x: MARGIN + 20.0, width: flow.width - 20.0 };
    // The mark stands on the first line, and an item of a few lines is on one page.
    flow.need(LEADING * float(wrap(BODY, column.width, text).len().min(4)));
    let at = Point::from_xy(MARGIN + 2.0, flow.y + LEADING * 0.72);
    flow.leaf().text(at, Style::of(Typeface::Bold, 10.0), mark);
    flow.lines(column, BODY, LEADING, text);
    flow.y += 2.5;
}

/// Lines in signs of one width, beside a bar; one that is too wide goes on below itself.
fn lines(flow: &mut Flow, all: &[String]) {
    let width = flow.width - 14.0;
    let of_one_width = |line: &String| {
        if AS_IT_IS.width(line) <= width { vec![line.clone()] } else { wrap(AS_IT_IS, width, line) }
    };
    for line in all.iter().flat_map(of_one_width) {
        flow.need(11.0);
        let y = flow.y;
        flow.leaf().fill(Box { x: MARGIN, y, w: 2.0, h: 11.0 }, 150);
        flow.leaf().text(Point::from_xy(MARGIN + 10.0, y + 8.4), AS_IT_IS, &line);
        flow.y += 11.0;
    }
    flow.y += 6.0;
}

/// A table to write in, down to the foot of the page.
fn log(flow: &mut Flow, columns: &[(String, u8)]) {
    let width = flow.width;
    let head = Style::of(Typeface::Bold, 8.5);
    let height = 26.0;
    flow.need(height * 2.0);
    let top = flow.y;
    let rows = whole((flow.left() - 16.0) / height);
    let mut x = MARGIN;
    let bottom = top + 16.0 + height * float(rows);
    for (name, share) in columns {
        let leaf = flow.leaf();
        leaf.text(Point::from_xy(x + 4.0, top + 11.0), head, name);
        leaf.fill(Box { x, y: top, w: 0.5, h: bottom - top }, 90);
        x += width * f32::from(*share) / 100.0;
    }
    let leaf = flow.leaf();
    leaf.fill(Box { x: MARGIN + width - 0.5, y: top, w: 0.5, h: bottom - top }, 90);
    leaf.line(Point::from_xy(MARGIN, top), width, 0.75, 0);
    for row in 0..=rows {
        leaf.line(Point::from_xy(MARGIN, top + 16.0 + height * float(row)), width, 0.5, 90);
    }
    flow.y = bottom + 6.0;
}

/// A label to cut out, kept whole.
fn label(flow: &mut Flow, pairs: &[(String, String)]) {
    let inside = Column { x: MARGIN + 14.0, width: flow.width - 28.0 };
    let lines = |value: &str| wrap(VALUE, inside.width - NAMES, value).len();
    let height: f32 = pairs
        .iter()
        .map(|(_, value)| if value.is_empty() { 20.0 } else { LEADING * float(lines(value)) })
        .sum();
    flow.need(height + 30.0);
    let top = flow.y;
    flow.y += 9.0;
    for (name, value) in pairs {
        pair(flow, inside, name, value);
    }
    let at = Box { x: MARGIN, y: top, w: flow.width, h: flow.y + 9.0 - top };
    flow.leaf().outline(at, 0.6, 60);
    flow.y = at.y + at.h + 12.0;
}

/// Signs, large, with what they are called below; eight in a row.
fn glyph_key(flow: &mut Flow, glyphs: &[(String, String)]) {
    let (sign_style, name_style) = (Style::of(Typeface::MonoBold, 22.0), Style::of(Typeface::Text, 6.6));
    let across = 8;
    let cell = flow.width / float(across);
    for row in glyphs.chunks(across) {
        flow.need(44.0);
        let y = flow.y;
        for (column, (sign, name)) in row.iter().enumerate() {
            let x = MARGIN + cell * (float(column) + 0.5);
            flow.leaf().text_around(Point::from_xy(x, y + 22.0), sign_style, sign);
            flow.leaf().text_around(Point::from_xy(x, y + 33.0), name_style, name);
        }
        flow.y += 44.0;
    }
    flow.y += 4.0;
}

/// Signs that stand together in a box, as many boxes in a row as fit.
fn apart(flow: &mut Flow, signs: &[String]) {
    let style = Style::of(Typeface::MonoBold, 19.0);
    let (height, gap) = (28.0, 8.0);
    let mut x = MARGIN;
    flow.need(height + gap);
    flow.y += 4.0;
    for sign in signs {
        let width = style.width(sign) + 16.0;
        if x + width > MARGIN + flow.width {
            flow.y += height + gap;
            flow.need(height + gap);
            x = MARGIN;
        }
        let at = Box { x, y: flow.y, w: width, h: height };
        flow.leaf().outline(at, 0.5, 130);
        flow.leaf().text(Point::from_xy(x + 8.0, at.y + 20.5), style, sign);
        x += width + gap;
    }
    flow.y += height + 6.0;
}

fn ruler(flow: &mut Flow, scale: &str, grays: &str) {
    flow.need(80.0);
    let y = flow.y + 12.0;
    let leaf = flow.leaf();
    leaf.line(Point::from_xy(MARGIN, y), RULER, 0.8, 0);
    for tick in 0..=10 {
        let long = if tick % 5 == 0 { 8.0 } else { 5.0 };
        leaf.fill(Box { x: MARGIN + RULER / 10.0 * float(tick) - 0.4, y: y - long, w: 0.8, h: long }, 0);
    }
    flow.y = y + 2.0;
    flow.lines(flow.column(), SMALL, 11.0, scale);
    flow.y += 6.0;
    let y = flow.y;
    for step in 0..8_u8 {
        let at = Box { x: MARGIN + 36.0 * f32::from(step), y, w: 36.0, h: 14.0 };
        flow.leaf().fill(at, 255 - step * 36);
        flow.leaf().outline(at, 0.4, 120);
    }
    flow.y += 16.0;
    flow.lines(flow.column(), SMALL, 11.0, grays);
    flow.y += 4.0;
}

/// How many whole ones `n` holds.
fn whole(n: f32) -> usize {
    (1..1000).take_while(|count| float(*count) <= n).count()
}
