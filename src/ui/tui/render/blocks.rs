//! Pieces of a screen's text as lines: paragraphs, lists, pairs, findings, what is copied. Nothing is cut: what is long goes
//! on below itself.

use ratatui::layout::Size;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::domain::check::finding::Verdict;
use crate::journeys::screen::{Block, Row};
use crate::ui::tui::lines::{self, READABLE};
use crate::ui::tui::look::Look;
use crate::ui::tui::render::{View, qr, secret};

/// The lines of one piece of prose.
pub(super) fn block_lines(view: View, block: &Block, size: Size) -> Vec<Line<'static>> {
    let look = view.face.look;
    let whole = usize::from(size.width);
    let width = whole.min(READABLE);
    let plain = |lines: Vec<String>| lines.into_iter().map(Line::from).collect::<Vec<_>>();
    match block {
        Block::Text(text) | Block::Reason(text) => ended(plain(lines::wrap("", text, width))),
        Block::Heading(text) => {
            let bold = Style::new().add_modifier(Modifier::BOLD);
            let mut heading = vec![Line::default()];
            heading.extend(lines::styled(lines::wrap("", text, width), bold));
            heading
        }
        Block::Steps(steps) => ended(numbered(steps, look, width)),
        Block::List(items) => {
            let sign = format!("  {} ", look.signs.item);
            items.iter().flat_map(|item| plain(lines::wrap(&sign, item, width))).collect()
        }
        Block::Pairs(pairs) => ended(paired(pairs, look, whole)),
        Block::Verbatim(text) => text.iter().flat_map(|line| plain(lines::folded(line, whole))).collect(),
        Block::Grid(grid) => plain(grid.lines(whole)),
        Block::Checklist(rows) => ended(checklist(rows, look, whole)),
        Block::Secret(reference) => secret::whole(view, *reference),
        // The address stands beside it as text.
        Block::Qr(address) => qr::lines(address, look, size),
    }
}

pub(super) fn ended(mut lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    lines.push(Line::default());
    lines
}

fn numbered(steps: &[String], look: Look, width: usize) -> Vec<Line<'static>> {
    let one = |(index, step): (usize, &String)| {
        let number = format!("{:>3}  ", index + 1);
        lines::marked(&Span::styled(number, look.accent()), &Span::raw(step), width)
    };
    steps.iter().enumerate().flat_map(one).collect()
}

/// Two aligned columns; either side goes on below itself where it is long.
fn paired(pairs: &[(String, String)], look: Look, width: usize) -> Vec<Line<'static>> {
    let longest = pairs.iter().map(|(left, _)| lines::columns(left)).max().unwrap_or(0);
    let left_room = longest.min(width.saturating_sub(4) * 3 / 5);
    let right_room = width.saturating_sub(left_room + 4).min(READABLE);
    let pair = |(left, right): &(String, String)| {
        let (left, right) = (lines::columned(left, left_room), lines::wrap("", right, right_room));
        lines::beside(&left, &right, left_room)
    };
    let line = |(left, right): (String, String)| {
        Line::from(vec![Span::styled(format!("  {left}  "), look.quiet()), Span::raw(right)])
    };
    pairs.iter().flat_map(pair).map(line).collect()
}

/// The columns of findings.
#[derive(Clone, Copy)]
struct FindingRoom {
    /// For the sign and the spaces around it.
    mark: usize,
    /// For labels beside which something stands.
    label: usize,
    /// For all of a line.
    whole: usize,
}

/// The lines of each finding, one list for each.
pub(super) fn finding_lines(rows: &[Row], look: Look, width: usize) -> Vec<Vec<Line<'static>>> {
    let room = finding_room(rows, look, width);
    rows.iter().map(|row| checklist_row(row, look, room)).collect()
}

/// Findings: sign, label, and what was seen beside it where there is room, below it where there is not.
pub(super) fn checklist(rows: &[Row], look: Look, width: usize) -> Vec<Line<'static>> {
    finding_lines(rows, look, width).concat()
}

fn finding_room(rows: &[Row], look: Look, width: usize) -> FindingRoom {
    let mark = lines::columns(look.signs.verdict(Verdict::Pass)) + 2;
    FindingRoom { mark, label: label_room(rows, width.saturating_sub(mark + 2)), whole: width }
}

/// The room for labels that lets the most rows stand on one line.
fn label_room(rows: &[Row], room: usize) -> usize {
    let wide = |row: &Row| (lines::columns(&row.label), lines::columns(&row.detail));
    let fitting = |label_room: usize| {
        let fits = |(label, detail): &(usize, usize)| *label <= label_room && label_room + detail <= room;
        rows.iter().map(wide).filter(fits).count()
    };
    rows.iter().map(|row| wide(row).0).max_by_key(|at| (fitting(*at), std::cmp::Reverse(*at))).unwrap_or(0)
}

fn checklist_row(row: &Row, look: Look, room: FindingRoom) -> Vec<Line<'static>> {
    let mark = lines::padded(&format!(" {}", look.signs.verdict(row.verdict)), room.mark);
    let (mark_style, label_style) = match row.verdict {
        Verdict::Pass => (look.accent(), Style::new()),
        _ => (Style::new().add_modifier(Modifier::BOLD), Style::new().add_modifier(Modifier::BOLD)),
    };
    let label_columns = lines::columns(&row.label);
    // Without a detail nothing stands behind the label, and where no label fits the room for labels is wider than all there is.
    let columns = match row.detail.as_str() {
        "" => room.mark + label_columns,
        detail => room.mark + room.label + 2 + lines::columns(detail),
    };
    if label_columns <= room.label && columns <= room.whole {
        return vec![Line::from(vec![
            Span::styled(mark, mark_style),
            Span::styled(lines::padded(&row.label, room.label + 2), label_style),
            Span::styled(row.detail.clone(), look.quiet()),
        ])];
    }
    let mut text =
        lines::marked(&Span::styled(mark, mark_style), &Span::styled(&row.label, label_style), room.whole);
    if !row.detail.is_empty() {
        let margin = " ".repeat(room.mark + 2);
        text.extend(lines::styled(lines::wrap(&margin, &row.detail, room.whole.min(READABLE)), look.quiet()));
    }
    text
}
