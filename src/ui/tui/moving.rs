//! Moving: the highlight from stop to stop, the text and long lines past the window, pages turned, to either end.
//!
//! Every key that moves works wherever something long stands: in a list, in a text, in the help, and within a line of a
//! list that is taller than the list itself.

use crossterm::event::KeyCode;

use crate::journeys::Screen;
use crate::ui::tui::face::{Face, Field, Focus};
use crate::ui::tui::reaction::Reaction;

/// The help: what a key that moves comes to; any other closes it.
pub(super) fn in_help(face: &mut Face, code: KeyCode) -> Reaction {
    let (lines, height) = face.drawn.help;
    let last = lines.saturating_sub(height);
    let now = face.help.unwrap_or(0);
    face.help = match code {
        KeyCode::Down | KeyCode::Char('j') => Some((now + 1).min(last)),
        KeyCode::Up | KeyCode::Char('k') => Some(now.saturating_sub(1)),
        KeyCode::PageDown | KeyCode::Char(' ') => Some((now + height).min(last)),
        KeyCode::PageUp => Some(now.saturating_sub(height)),
        KeyCode::Home => Some(0),
        KeyCode::End => Some(last),
        _ => None,
    };
    Reaction::Draw
}

/// The arrows move the highlight; where there is only one choice beside a long text, they scroll the text, and within a
/// line that is taller than its list they come to its end first.
pub(super) fn up_or_down(face: &mut Face, screen: &Screen, by: isize) -> Reaction {
    let (lines, shown) = face.drawn.text;
    if face.all_stops(screen).len() <= 1 && lines > shown {
        return scroll(face, by);
    }
    match within_line(face, by) {
        Reaction::None => move_focus(face, screen, by),
        moved => moved,
    }
}

/// Scrolls within the highlighted line of a list, where more of it lies that way than the list shows.
fn within_line(face: &mut Face, by: isize) -> Reaction {
    let (first, rows) = face.drawn.line;
    let (height, offset) = (face.drawn.list, face.drawn.list_offset);
    if !matches!(face.focus, Focus::Line(_) | Focus::Row(_)) || rows <= height {
        return Reaction::None;
    }
    let next = offset.saturating_add_signed(by).clamp(first, first + rows - height);
    if next == offset {
        return Reaction::None;
    }
    face.drawn.list_offset = next;
    Reaction::Draw
}

/// Moves the highlight to the next stop, round and round.
pub(super) fn move_focus(face: &mut Face, screen: &Screen, by: isize) -> Reaction {
    let mut stops = face.all_stops(screen);
    if !matches!(face.field, Field::None) {
        stops.insert(0, Focus::Field);
    }
    if stops.is_empty() {
        return Reaction::None;
    }
    let here = stops.iter().position(|stop| *stop == face.focus).unwrap_or(0);
    face.focus = stops[here.saturating_add_signed(stops.len().cast_signed() + by) % stops.len()];
    Reaction::Draw
}

/// What is moved through by pages and to its ends.
enum Along {
    /// The text.
    Text,
    /// The lines of the list, or the choices where nothing else is longer than the window.
    Stops(Vec<Focus>),
}

/// The list while the highlight is in it or all of the text is shown, the text where it is longer than its region, the
/// choices elsewhere.
fn along(face: &Face, screen: &Screen) -> Along {
    let (lines, others): (Vec<Focus>, Vec<Focus>) =
        face.all_stops(screen).into_iter().partition(|stop| matches!(stop, Focus::Line(_) | Focus::Row(_)));
    let (text, shown) = face.drawn.text;
    match (lines.is_empty(), text > shown) {
        (false, long) if !long || matches!(face.focus, Focus::Line(_) | Focus::Row(_)) => Along::Stops(lines),
        (_, true) => Along::Text,
        _ if face.focus == Focus::Field => Along::Text,
        _ => Along::Stops(others),
    }
}

/// Turns a page.
pub(super) fn turn(face: &mut Face, screen: &Screen, way: isize) -> Reaction {
    let stops = match along(face, screen) {
        Along::Text => return scroll(face, way * page(face)),
        Along::Stops(stops) => stops,
    };
    if !matches!(stops.first(), Some(Focus::Line(_) | Focus::Row(_))) {
        let here = stops.iter().position(|stop| *stop == face.focus).unwrap_or(0);
        return go(face, &stops, here.saturating_add_signed(way * face.drawn.grid.max(1).cast_signed()));
    }
    let step = face.drawn.list.max(2).saturating_sub(1).cast_signed();
    if let moved @ Reaction::Draw = within_line(face, way * step) {
        return moved;
    }
    match way.is_negative() {
        true => page_up(face),
        false => page_down(face),
    }
}

/// To the last line of the list that ends within a page below the highlight, or to the next one where that is taller.
fn page_down(face: &mut Face) -> Reaction {
    let rows = &face.drawn.rows;
    let (first, count) = face.drawn.line;
    let next = first + count;
    let mut within = rows.iter().enumerate().skip(next).take(face.drawn.list);
    let ends = |(at, focus): &(usize, &Focus)| rows.get(at + 1) != Some(*focus);
    let to = within.rfind(ends).map(|(_, focus)| *focus).or_else(|| rows.get(next).copied());
    highlight(face, to)
}

/// To the first line of the list that begins within a page above the highlight, or to the one before where that is taller.
fn page_up(face: &mut Face) -> Reaction {
    let rows = &face.drawn.rows;
    let first = face.drawn.line.0;
    let within = rows.iter().enumerate().take(first).skip(first.saturating_sub(face.drawn.list));
    let begins =
        |(at, focus): &(usize, &Focus)| at.checked_sub(1).and_then(|at| rows.get(at)) != Some(*focus);
    let before = first.checked_sub(1).and_then(|at| rows.get(at)).copied();
    let to = within.into_iter().find(begins).map(|(_, focus)| *focus).or(before);
    highlight(face, to)
}

fn highlight(face: &mut Face, to: Option<Focus>) -> Reaction {
    let Some(focus) = to else { return Reaction::None };
    face.focus = focus;
    Reaction::Draw
}

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The first line.
    First,
    /// The last line.
    Last,
}

/// Goes to one end.
pub(super) fn to_end(face: &mut Face, screen: &Screen, end: End) -> Reaction {
    let way = match end {
        End::First => isize::MIN / 2,
        End::Last => isize::MAX / 2,
    };
    match along(face, screen) {
        Along::Text => scroll(face, way),
        Along::Stops(stops) => {
            let before = face.focus;
            let gone = go(face, &stops, 0_usize.saturating_add_signed(way));
            // At the last line already: to the end of the line itself.
            if face.focus == before { within_line(face, way) } else { gone }
        }
    }
}

fn go(face: &mut Face, stops: &[Focus], to: usize) -> Reaction {
    let Some(last) = stops.len().checked_sub(1) else { return Reaction::None };
    face.focus = stops[to.min(last)];
    Reaction::Draw
}

/// Rows of a page of the text: one line stays in sight.
pub(super) fn page(face: &Face) -> isize {
    face.drawn.text.1.saturating_sub(1).max(1).cast_signed()
}

/// Scrolls the text.
pub(super) fn scroll(face: &mut Face, by: isize) -> Reaction {
    let (lines, shown) = face.drawn.text;
    let last = lines.saturating_sub(shown);
    let now = face.scroll.saturating_add_signed(by).min(last);
    if now == face.scroll {
        return Reaction::None;
    }
    face.scroll = now;
    Reaction::Draw
}
