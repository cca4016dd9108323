//! A leaf: one page as a list of marks, before it becomes PDF. Tests look here whether anything is clipped.

use krilla::geom::Point;
use zeroize::Zeroizing;

use crate::paper::pdf::fonts::{self, Typeface};

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// From 0, black, to 255, white.
    pub gray: u8,
}

impl Style {
    /// Black text of a face and size.
    pub const fn of(face: Typeface, size: f32) -> Self {
        Self { face, size, gray: 0 }
    }

    /// This style in another gray.
    pub const fn gray(self, gray: u8) -> Self {
        Self { gray, ..self }
    }

    /// The width of `text` in points.
    pub fn width(self, text: &str) -> f32 {
        fonts::width(self.face, text) * self.size
    }
}

/// A rectangle in points, from the upper left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Box {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// One mark on a page. Text may be a secret, so it is wiped.
pub(super) enum Mark {
    /// Text with the left end of its baseline.
    Text { at: Point, style: Style, text: Zeroizing<String> },
    /// Filled rectangles of one gray.
    Filled { boxes: Vec<Box>, gray: u8 },
    /// The outline of a rectangle.
    Outline { at: Box, weight: f32, gray: u8 },
    /// A dashed level line.
    Dashed { from: Point, w: f32 },
}

/// One page.
#[derive(Default)]
pub(super) struct Leaf {
    /// Its marks, in the order in which they are made.
    pub marks: Vec<Mark>,
}

impl Leaf {
    /// Sets `text` with the left end of its baseline at a point.
    pub fn text(&mut self, at: Point, style: Style, text: &str) {
        self.marks.push(Mark::Text { at, style, text: Zeroizing::new(text.to_owned()) });
    }

    /// Sets `text` so that its baseline ends at a point.
    pub fn text_to(&mut self, end: Point, style: Style, text: &str) {
        self.text(Point { x: end.x - style.width(text), ..end }, style, text);
    }

    /// Sets `text` with the middle of its baseline at a point.
    pub fn text_around(&mut self, middle: Point, style: Style, text: &str) {
        self.text(Point { x: middle.x - style.width(text) / 2.0, ..middle }, style, text);
    }

    /// A level line, `w` points long and `weight` points thick.
    pub fn line(&mut self, from: Point, w: f32, weight: f32, gray: u8) {
        self.fill(Box { x: from.x, y: from.y, w, h: weight }, gray);
    }

    /// A filled rectangle.
    pub fn fill(&mut self, at: Box, gray: u8) {
        self.marks.push(Mark::Filled { boxes: vec![at], gray });
    }

    /// An outlined rectangle.
    pub fn outline(&mut self, at: Box, weight: f32, gray: u8) {
        self.marks.push(Mark::Outline { at, weight, gray });
    }
}

/// `text` in lines of at most `width` points; a word that is too long is broken.
pub(super) fn wrap(style: Style, width: f32, text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| pieces(style, width, word)) {
        let fits =
            |line: &String| line.is_empty() || style.width(line) + style.width(&format!(" {word}")) <= width;
        if !lines.last().is_some_and(fits) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(&word);
        }
    }
    lines
}

/// A word in pieces that fit into `width`.
fn pieces(style: Style, width: f32, word: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0.0;
    for c in word.chars() {
        let advance = style.width(c.encode_utf8(&mut [0; 4]));
        if used + advance > width && used > 0.0 {
            pieces.push(String::new());
            used = 0.0;
        }
        used += advance;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// Small counts as lengths.
pub(super) fn float(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}
