//! A slip: one page in three equal parts. Above, what it is; that stays outside. In the middle the secret. Below, a
//! pattern that lies over the secret when the lower part is folded up, so that no lamp shows it through the paper.

use krilla::geom::Point;

use crate::domain::plan::PaperSize;
use crate::paper::page::{Ink, Piece, Place, SecretCode, Sheet};
use crate::paper::pdf::code::code;
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::head::{MARGIN, SMALL, head, room};
use crate::paper::pdf::leaf::{Box, Leaf, Mark, Style, wrap};
use crate::paper::pdf::pieces::NAMES;
use crate::paper::pdf::secret::{self, Spot};

/// Sizes in which the upper part is tried, in points; very long names get the smaller ones.
const SIZES: [f32; 7] = [9.5, 9.0, 8.5, 8.0, 7.0, 6.2, 5.5];
/// The lowest edge of a part that is printed, above its fold.
const ABOVE_FOLD: f32 = 9.0;
/// What a printer cannot reach at the lower edge.
const UNREACHED: f32 = 18.0;
/// The side of a secret's QR code, in points.
const CODE: f32 = 66.0;

/// The height of one of the three parts.
fn part(size: PaperSize) -> f32 {
    size.points().1 / 3.0
}

/// The page.
pub(super) fn leaf(sheet: &Sheet, ink: Ink<'_>, size: PaperSize) -> Leaf {
    let (page_width, height) = size.points();
    let part = part(size);
    let mut leaf = Leaf::default();
    let folds: Vec<usize> = positions(sheet, |p| matches!(p, Piece::Fold(_)));
    let (first, second) = (folds.first().copied().unwrap_or(0), folds.get(1).copied().unwrap_or(0));
    upper(&mut leaf, sheet, &sheet.pieces[..first], size);
    let top = middle(&mut leaf, &sheet.pieces[first..second], ink, size);
    for (index, y) in [(first, part), (second, 2.0 * part)] {
        if let Some(Piece::Fold(words)) = sheet.pieces.get(index) {
            fold(&mut leaf, y, page_width, words);
        }
    }
    if sheet.pieces.contains(&Piece::Mask) {
        let mirrored = (4.0 * part - top + 6.0).min(height - UNREACHED);
        mask(
            &mut leaf,
            Box { x: MARGIN, y: 2.0 * part + 8.0, w: room(size), h: mirrored - 2.0 * part - 8.0 },
        );
    }
    leaf
}

fn positions(sheet: &Sheet, is: fn(&Piece) -> bool) -> Vec<usize> {
    sheet.pieces.iter().enumerate().filter(|(_, piece)| is(piece)).map(|(index, _)| index).collect()
}

/// The upper part, in the largest size in which it fits.
fn upper(leaf: &mut Leaf, sheet: &Sheet, pieces: &[Piece], size: PaperSize) {
    let bottom = part(size) - ABOVE_FOLD;
    for (index, points) in SIZES.into_iter().enumerate() {
        let mut tried = Leaf::default();
        let y = head(&mut tried, &sheet.heading, room(size));
        let spot = Spot { x: MARGIN, y: y + 2.0, width: room(size) };
        let end = facts(&mut tried, pieces, spot, points);
        if end <= bottom || index + 1 == SIZES.len() {
            leaf.marks.append(&mut tried.marks);
            return;
        }
    }
}

/// What a slip is, in lines of `points`; returns where they end.
fn facts(leaf: &mut Leaf, pieces: &[Piece], spot: Spot, points: f32) -> f32 {
    let Spot { x: left, mut y, width } = spot;
    let mut lines = |y: &mut f32, (x, width): (f32, f32), (style, text): (Style, &str)| {
        for line in wrap(style, width, text) {
            *y += style.size * 1.3;
            leaf.text(Point::from_xy(x, *y), style, &line);
        }
    };
    let values = left + NAMES * 0.82;
    for piece in pieces {
        match piece {
            Piece::Title(title) => {
                let style = Style::of(Typeface::Bold, points * 1.5);
                lines(&mut y, (left, width), (style, title));
                y += points * 0.45;
            }
            Piece::Pairs(pairs) => {
                for (name, value) in pairs {
                    let (mut below, start) = (y, y);
                    lines(
                        &mut below,
                        (left, NAMES * 0.8),
                        (Style::of(Typeface::Text, points).gray(60), name),
                    );
                    let style = Style::of(Typeface::Mono, points);
                    y = start;
                    lines(&mut y, (values, left + width - values), (style, value));
                    y = y.max(below);
                }
                y += points * 0.4;
            }
            Piece::Small(text) => {
                lines(&mut y, (left, width), (Style::of(Typeface::Text, points * 0.82).gray(40), text));
            }
            _ => {}
        }
    }
    y
}

/// The middle part; returns where the secret begins.
fn middle(leaf: &mut Leaf, pieces: &[Piece], ink: Ink<'_>, size: PaperSize) -> f32 {
    let part = part(size);
    let place = pieces.iter().find_map(|p| if let Piece::Secret(place) = p { Some(place) } else { None });
    let coded = place.is_some_and(|place| place.code == SecretCode::Yes);
    let width = if coded { room(size) - CODE - 10.0 } else { room(size) };
    let mut y = part + 8.0;
    let style = SMALL.gray(30);
    let style = Style { size: 7.2, ..style };
    for piece in pieces {
        if let Piece::Small(text) = piece {
            for line in wrap(style, width, text) {
                y += 8.6;
                leaf.text(Point::from_xy(MARGIN, y), style, &line);
            }
            y += 1.2;
        }
    }
    let Some(place) = place else { return y };
    let mut top = y + 5.0;
    let spot =
        Spot { x: MARGIN, y: if coded { (part + 8.0 + CODE).max(top) } else { top }, width: room(size) };
    if coded {
        top = part + 8.0;
        secret_code(leaf, Point::from_xy(MARGIN + room(size) - CODE, top), place, ink);
    }
    secret::set(leaf, spot, place, ink);
    top
}

/// The secret as a QR code, when that was chosen; dots are not worth one.
fn secret_code(leaf: &mut Leaf, at: Point, place: &Place, ink: Ink<'_>) {
    let dots = zeroize::Zeroizing::new("•".repeat(place.length));
    let text = match ink {
        Ink::Secret(secret) => secret.expose(),
        Ink::Masked => &dots,
        Ink::Blank => return,
    };
    leaf.marks.extend(code(text.as_bytes(), at, CODE));
}

/// A dashed line over the whole width, its words in the middle.
fn fold(leaf: &mut Leaf, y: f32, width: f32, words: &str) {
    let style = SMALL.gray(60);
    let gap = style.width(words) + 14.0;
    let side = (width - gap) / 2.0;
    leaf.marks.push(Mark::Dashed { from: Point::from_xy(14.0, y), w: side - 14.0 });
    leaf.marks.push(Mark::Dashed { from: Point::from_xy(side + gap, y), w: side - 14.0 });
    leaf.text_around(Point::from_xy(width / 2.0, y + 2.7), style, words);
}

/// A dense pattern of short strokes, the same on every slip, as heavy as the characters it covers.
fn mask(leaf: &mut Leaf, at: Box) {
    const CELL: f32 = 6.5;
    let mut boxes = Vec::new();
    let mut state: u32 = 0x2545_F491;
    let mut y = at.y;
    while y + CELL <= at.y + at.h {
        let mut x = at.x;
        while x + CELL <= at.x + at.w {
            // Marsaglia's xorshift: even enough for a pattern, and the same every time.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            boxes.extend(stroke(Point::from_xy(x, y), CELL, state % 6));
            x += CELL;
        }
        y += CELL;
    }
    leaf.marks.push(Mark::Filled { boxes, gray: 25 });
}

/// One stroke of the pattern in the cell whose upper left corner is `at`.
fn stroke(at: Point, cell: f32, kind: u32) -> Vec<Box> {
    let Point { x, y } = at;
    let (thick, long) = (cell * 0.38, cell * 1.02);
    let level = |dy: f32| Box { x, y: y + dy, w: long, h: thick };
    let upright = |dx: f32| Box { x: x + dx, y, w: thick, h: long };
    match kind {
        0 => vec![level(0.0)],
        1 => vec![level(cell - thick)],
        2 => vec![upright(0.0)],
        3 => vec![upright(cell - thick)],
        4 => vec![level(0.0), upright(0.0)],
        _ => vec![level(cell - thick), upright(cell - thick)],
    }
}
