//! The head and foot of every page: the tenant's mark in white on black, its name, the document, the day.

use krilla::geom::Point;

use crate::domain::plan::PaperSize;
use crate::paper::page::{Heading, PageNumber};
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::leaf::{Box, Leaf, Style, wrap};

/// The margin on every side, in points: 19 mm, more than any printer cannot reach.
pub(super) const MARGIN: f32 = 54.0;
/// Where the text of the foot stands above the lower edge.
const FOOT: f32 = 30.0;
/// Where heads begin below the upper edge.
pub(super) const TOP: f32 = 36.0;
/// Small print.
pub(super) const SMALL: Style = Style::of(Typeface::Text, 8.0);

/// The width between the margins.
pub(super) fn room(size: PaperSize) -> f32 {
    size.points().0 - 2.0 * MARGIN
}

/// Draws the head within `width` points and returns where the page goes on.
pub(super) fn head(leaf: &mut Leaf, heading: &Heading, width: f32) -> f32 {
    let mark = Style::of(Typeface::Bold, 10.0);
    let tenant = Style::of(Typeface::Bold, 10.0);
    let pill = mark.width(&heading.mark) + 12.0;
    leaf.fill(Box { x: MARGIN, y: TOP - 3.0, w: pill, h: 16.0 }, 0);
    leaf.text(Point::from_xy(MARGIN + 6.0, TOP + 8.6), mark.gray(255), &heading.mark);
    let left = MARGIN + pill + 9.0;
    let mut y = TOP + 8.6;
    for line in wrap(tenant, width - pill - 9.0, &heading.tenant) {
        leaf.text(Point::from_xy(left, y), tenant, &line);
        y += 12.5;
    }
    y -= 3.0;
    leaf.line(Point::from_xy(MARGIN, y), width, 0.75, 0);
    y + 6.0
}

/// Draws the foot: which document, of which day, which page.
pub(super) fn foot(leaf: &mut Leaf, heading: &Heading, number: PageNumber, size: PaperSize) {
    let (width, height) = size.points();
    let y = height - FOOT;
    let style = SMALL.gray(70);
    leaf.text(
        Point::from_xy(MARGIN, y),
        style,
        &format!("{}  ·  {}  ·  {}", heading.document, heading.mark, heading.date),
    );
    leaf.text_to(Point::from_xy(width - MARGIN, y), style, &number.to_string());
}
