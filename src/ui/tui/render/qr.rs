//! An address as a QR code, where the window has room for it: two modules in each cell where the terminal has half
//! blocks, one module in two cells elsewhere. Never a secret.

use qrcode::{EcLevel, QrCode};
use ratatui::layout::Size;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};

use crate::ui::tui::look::{Look, Paint};

/// Light modules around the code. The standard asks for four (ISO/IEC 18004, 6.3.8); phones read two.
const QUIET: usize = 2;
/// Rows that the text around the code, the question and its choices need.
const AROUND: usize = 12;

/// The code as lines, or nothing when it does not fit into a region of this size or the address is too long for one.
pub(super) fn lines(address: &str, look: Look, size: Size) -> Vec<Line<'static>> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::L) else { return Vec::new() };
    let modules = Modules::of(&code);
    let halves = look.signs.half_block.is_some();
    let (columns, rows) = match halves {
        true => (modules.size, modules.size.div_ceil(2)),
        false => (modules.size * 2, modules.size),
    };
    if columns > usize::from(size.width) || rows + AROUND > usize::from(size.height) {
        return Vec::new();
    }
    match look.signs.half_block {
        Some(half) => (0..rows).map(|row| halved(&modules, row * 2, half, look)).collect(),
        None => (0..rows).map(|row| spaced(&modules, row)).collect(),
    }
}

/// The modules with a quiet zone around them.
struct Modules {
    size: usize,
    dark: Vec<bool>,
}

impl Modules {
    fn of(code: &QrCode) -> Self {
        let inner = code.width();
        let size = inner + 2 * QUIET;
        let colors = code.to_colors();
        let is_dark = |place: usize| {
            let (row, column) = (place / size, place % size);
            let inside = |n: usize| n.checked_sub(QUIET).filter(|n| *n < inner);
            let (Some(row), Some(column)) = (inside(row), inside(column)) else { return false };
            colors[row * inner + column] == qrcode::Color::Dark
        };
        Self { size, dark: (0..size * size).map(is_dark).collect() }
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        row < self.size && self.dark[row * self.size + column]
    }
}

fn color(is_dark: bool) -> Color {
    if is_dark { Color::Black } else { Color::White }
}

/// Two rows in one: the upper half of each cell in the foreground, the lower one in the background.
fn halved(modules: &Modules, row: usize, half: &'static str, look: Look) -> Line<'static> {
    let cell = |column: usize| {
        let (upper, lower) = (modules.is_dark(row, column), modules.is_dark(row + 1, column));
        match look.paint {
            Paint::Color => Span::styled(half, Style::new().fg(color(upper)).bg(color(lower))),
            Paint::Mono => Span::raw(match (upper, lower) {
                (true, true) => " ",
                (true, false) => "▄",
                (false, true) => half,
                (false, false) => "█",
            }),
        }
    };
    Line::from((0..modules.size).map(cell).collect::<Vec<_>>())
}

/// One row of modules, each two spaces wide on its own background; a terminal without color shows reversed spaces.
fn spaced(modules: &Modules, row: usize) -> Line<'static> {
    let cell = |column: usize| match modules.is_dark(row, column) {
        true => Span::raw("  "),
        false => Span::styled("  ", Style::new().add_modifier(ratatui::style::Modifier::REVERSED)),
    };
    Line::from((0..modules.size).map(cell).collect::<Vec<_>>())
}
