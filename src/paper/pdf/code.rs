//! A QR code as filled rectangles: sharp on any printer, and no picture that a library would keep.

use krilla::geom::Point;
use qrcode::{Color, EcLevel, QrCode};

use crate::paper::pdf::leaf::{Box, Mark};

/// The light border around a code, in modules (ISO/IEC 18004 asks for four).
const QUIET: f32 = 4.0;

/// The code of `text` in a square of `side` points whose upper left corner is `at`, its quiet zone included; `None` for a
/// text too long.
pub(super) fn code(text: &[u8], at: Point, side: f32) -> Option<Mark> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let across = code.width();
    let colors = code.to_colors();
    let modules = f32::from(u16::try_from(across).ok()?);
    let module = side / (modules + 2.0 * QUIET);
    let mut boxes = Vec::new();
    for (row, line) in colors.chunks(across).enumerate() {
        for (start, length) in dark_runs(line) {
            let along = |n: usize| (f32::from(u16::try_from(n).unwrap_or_default()) + QUIET) * module;
            let w = f32::from(u16::try_from(length).ok()?) * module;
            boxes.push(Box { x: at.x + along(start), y: at.y + along(row), w, h: module });
        }
    }
    Some(Mark::Filled { boxes, gray: 0 })
}

/// Where dark modules begin in a line, and how many there are.
fn dark_runs(line: &[Color]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (column, color) in line.iter().enumerate() {
        match (color, runs.last_mut()) {
            (Color::Dark, Some((start, length))) if *start + *length == column => *length += 1,
            (Color::Dark, _) => runs.push((column, 1)),
            (Color::Light, _) => {}
        }
    }
    runs
}
