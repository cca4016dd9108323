//! The secret on paper: groups of four under column letters, a check character per line, every character said aloud.

use krilla::geom::Point;
use zeroize::Zeroizing;

use crate::domain::secret::password;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE};
use crate::paper::page::{Ink, Place, Share};
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::head::SMALL;
use crate::paper::pdf::leaf::{Box, Leaf, Style, float};
use crate::paper::secret_text::{BLANK, MASKED, WHOLE, check, letters};

/// Where the block stands.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
}

impl Spot {
    /// The middle of a check character, or of the word above them, on the baseline `y`.
    fn check(self, y: f32) -> Point {
        Point::from_xy(self.x + self.width - 14.0, y)
    }
}

/// How large everything is; a long secret gets smaller words, never characters under 16 point.
struct Measure {
    /// The characters.
    glyph: f32,
    /// The words below them.
    words: f32,
    /// How many words stand beside each other below a group.
    beside: usize,
}

impl Measure {
    fn of(length: usize) -> Self {
        match length.div_ceil(GROUP * GROUPS_IN_LINE) {
            0..=2 => Self { glyph: 25.0, words: 8.2, beside: 1 },
            _ => Self { glyph: 19.0, words: 6.3, beside: 2 },
        }
    }

    fn leading(&self) -> f32 {
        self.words * 1.15
    }

    /// The height of one line with its words.
    fn line(&self, ink: Ink<'_>) -> f32 {
        let words = match ink {
            Ink::Blank => 0.0,
            Ink::Secret(_) | Ink::Masked => self.leading() * float(GROUP / self.beside),
        };
        self.glyph * 0.95 + words + 7.0
    }
}

/// The width of line numbers before, and of check characters after the groups.
const SIDES: (f32, f32) = (18.0, 44.0);
/// The height of the row of column letters.
const LETTERS: f32 = 12.0;

/// Sets the secret in `place` and returns where it ends.
pub(super) fn set(leaf: &mut Leaf, spot: Spot, place: &Place, ink: Ink<'_>) -> f32 {
    let measure = Measure::of(place.length);
    let letters = letters(place, ink);
    let pitch = (spot.width - SIDES.0 - SIDES.1) / float(GROUPS_IN_LINE);
    column_letters(leaf, spot, pitch, &letters);
    let mut y = spot.y + LETTERS;
    for (index, line) in letters.chunks(GROUP * GROUPS_IN_LINE).enumerate() {
        let number = (index + 1).to_string();
        let base = y + measure.glyph * 0.78;
        leaf.text(Point::from_xy(spot.x, base), Style::of(Typeface::Bold, 10.0).gray(70), &number);
        for (column, group) in line.chunks(GROUP).enumerate() {
            let x = spot.x + SIDES.0 + pitch * float(column);
            set_group(leaf, Point::from_xy(x, base), &measure, group);
        }
        check_box(leaf, spot.check(base), &measure, check(place.scheme, line));
        y += measure.line(ink);
        leaf.line(Point::from_xy(spot.x, y - 3.5), spot.width, 0.35, 150);
    }
    if place.part == Share::Whole && letters.len() > GROUP * GROUPS_IN_LINE && !matches!(ink, Ink::Blank) {
        y += 18.0;
        let style = SMALL.gray(40);
        leaf.text_to(Point::from_xy(spot.x + spot.width - SIDES.1, y), style, WHOLE);
        let measure = Measure { glyph: 18.0, ..measure };
        check_box(leaf, spot.check(y), &measure, check(place.scheme, &letters));
        y += 4.0;
    }
    y
}

fn column_letters(leaf: &mut Leaf, spot: Spot, pitch: f32, letters: &[char]) {
    let style = Style::of(Typeface::Bold, 9.0).gray(70);
    let groups = letters.len().div_ceil(GROUP).min(GROUPS_IN_LINE);
    for (column, name) in ["A", "B", "C", "D"].iter().take(groups).enumerate() {
        leaf.text(Point::from_xy(spot.x + SIDES.0 + pitch * float(column), spot.y + 8.0), style, name);
    }
    if letters.first() != Some(&BLANK) {
        leaf.text_around(spot.check(spot.y + 8.0), SMALL.gray(70), "check");
    }
}

/// A group and, below it, its words; boxes for a pen.
fn set_group(leaf: &mut Leaf, at: Point, measure: &Measure, group: &[char]) {
    let Point { x, y: base } = at;
    if group.first() == Some(&BLANK) {
        for place in 0..group.len() {
            let side = 21.0;
            let at = Box { x: x + (side + 3.0) * float(place), y: base - 19.0, w: side, h: side + 4.0 };
            leaf.outline(at, 0.7, 60);
        }
        return;
    }
    let mut text = Zeroizing::new(String::with_capacity(GROUP * 4));
    text.extend(group.iter());
    leaf.text(at, Style::of(Typeface::MonoBold, measure.glyph), &text);
    let style = Style::of(Typeface::Text, measure.words);
    let mut y = base + measure.words * 0.45;
    for words in group.chunks(measure.beside) {
        y += measure.leading();
        leaf.text(Point::from_xy(x, y), style, &spelled(words));
    }
}

/// Characters said aloud.
fn spelled(letters: &[char]) -> Zeroizing<String> {
    let mut words = Zeroizing::new(String::with_capacity(64));
    for (index, letter) in letters.iter().enumerate() {
        words.push_str(if index > 0 { ", " } else { "" });
        match *letter {
            MASKED => words.push_str("•••••"),
            letter => words.push_str(&Zeroizing::new(password::spoken(letter))),
        }
    }
    words
}

/// A check character in its box, so that nobody takes it for a part of the secret.
fn check_box(leaf: &mut Leaf, middle: Point, measure: &Measure, check: char) {
    if check == BLANK {
        return;
    }
    let size = measure.glyph * 0.8;
    let side = size + 6.0;
    let at = Box { x: middle.x - side / 2.0, y: middle.y - size * 0.72 - 4.0, w: side, h: size * 0.72 + 8.0 };
    leaf.outline(at, 0.7, 60);
    let mut text = Zeroizing::new(String::with_capacity(4));
    text.push(check);
    leaf.text_around(middle, Style::of(Typeface::MonoBold, size), &text);
}
