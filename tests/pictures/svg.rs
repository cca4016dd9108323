//! A terminal screen as an SVG picture: runs of equal cells become one text each.

use std::fmt::Write;

/// Width and height of a cell in the picture's units; the font is as wide as its cell.
const CELL: (f32, f32) = (8.4, 18.0);
/// Around the screen.
const MARGIN: f32 = 12.0;
/// The sixteen colors of a calm dark theme.
const COLORS: [&str; 16] = [
    "#1d2430", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dce5", "#5c6370",
    "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff",
];
const FOREGROUND: &str = "#d7dce5";
const BACKGROUND: &str = "#1d2430";

/// What a run of cells has in common.
#[derive(Clone, PartialEq)]
struct Look {
    front: &'static str,
    back: &'static str,
    bold: bool,
    dim: bool,
    underlined: bool,
}

/// The whole screen as a picture.
pub fn of(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let width = f32::from(columns) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(rows) * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">\n"
    );
    for row in 0..rows {
        for (column, look, text) in runs(screen, row, columns) {
            run(&mut svg, (column, row), (&look, &text));
        }
    }
    svg + "</g>\n</svg>\n"
}

fn runs(screen: &vt100::Screen, row: u16, columns: u16) -> Vec<(u16, Look, String)> {
    let mut runs: Vec<(u16, Look, String)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else { continue };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let look = look(cell);
        match runs.last_mut() {
            Some((_, last, words)) if *last == look => words.push_str(text),
            _ => runs.push((column, look, text.to_owned())),
        }
    }
    runs
}

fn look(cell: &vt100::Cell) -> Look {
    let (front, back) = (color(cell.fgcolor(), FOREGROUND), color(cell.bgcolor(), BACKGROUND));
    let (front, back) = if cell.inverse() { (back, front) } else { (front, back) };
    Look { front, back, bold: cell.bold(), dim: cell.dim(), underlined: cell.underline() }
}

fn color(color: vt100::Color, default: &'static str) -> &'static str {
    match color {
        vt100::Color::Idx(index) => COLORS.get(usize::from(index)).copied().unwrap_or(default),
        _ => default,
    }
}

fn run(svg: &mut String, (column, row): (u16, u16), (look, text): (&Look, &str)) {
    let (x, y) = (MARGIN + f32::from(column) * CELL.0, MARGIN + f32::from(row) * CELL.1);
    let width = f32::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX)) * CELL.0;
    if look.back != BACKGROUND {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{}\"/>",
            CELL.1, look.back
        );
    }
    if text.trim().is_empty() && !look.underlined {
        return;
    }
    let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
    let opacity = if look.dim { " opacity=\"0.65\"" } else { "" };
    let line = if look.underlined { " text-decoration=\"underline\"" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" fill=\"{}\"{weight}{opacity}{line}>{}</text>",
        y + 13.5,
        look.front,
        escaped(text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
