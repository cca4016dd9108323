//! What was done and what comes next, below long work in a window with room: two parts that keep their places and heights
//! while the work goes on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::domain::check::finding::Verdict;
use crate::journeys::screen::{Stage, StepState};
use crate::ui::tui::lines;
use crate::ui::tui::look::Look;
use crate::ui::tui::render::View;

/// Fewer rows than this are no room for it.
const LEAST: u16 = 6;

/// From more rows than this on the two parts stand apart.
const SPACIOUS: u16 = 5;

/// Draws the course of the work; nothing where there is none, or no room.
pub(super) fn render(frame: &mut Frame, view: View, area: Rect) {
    let Some(course) = view.screen.course.as_ref().filter(|_| area.height >= LEAST) else { return };
    let (look, width) = (view.face.look, usize::from(area.width));
    let upper = Rect { height: area.height / 2, ..area };
    let lower = Rect { y: area.y + upper.height, height: area.height - upper.height, ..area };
    let done = course.done.iter().map(|stage| done_lines(stage, look, width)).collect();
    // Where there is room, a blank row between the two.
    let apart = if upper.height > SPACIOUS { 2 } else { 1 };
    let done = newest(done, usize::from(upper.height.saturating_sub(apart)));
    let next = course.next.iter().map(|words| next_lines(words, look, width)).collect();
    let next = nearest(next, usize::from(lower.height.saturating_sub(1)), look);
    part(frame, Part { title: "Done so far", rows: done, look }, upper);
    part(frame, Part { title: "Comes next", rows: next, look }, lower);
}

struct Part {
    title: &'static str,
    rows: Vec<Line<'static>>,
    look: Look,
}

fn part(frame: &mut Frame, part: Part, area: Rect) {
    let mut text = vec![Line::styled(part.title, part.look.quiet().add_modifier(Modifier::BOLD))];
    text.extend(part.rows);
    frame.render_widget(Paragraph::new(text), area);
}

fn done_lines(stage: &Stage, look: Look, width: usize) -> Vec<Line<'static>> {
    let time = if stage.at.is_empty() { String::new() } else { format!("{}  ", stage.at) };
    let mark = format!("{} {time}", look.signs.verdict(Verdict::Pass));
    lines::marked(&Span::styled(mark, look.quiet()), &Span::raw(&stage.words), width)
}

fn next_lines(words: &str, look: Look, width: usize) -> Vec<Line<'static>> {
    let mark = format!("{} ", look.signs.step(StepState::Untouched));
    lines::marked(&Span::styled(mark, look.quiet()), &Span::styled(words, Style::new()), width)
}

/// The last of `entries` that are whole within `height` rows.
fn newest(entries: Vec<Vec<Line<'static>>>, height: usize) -> Vec<Line<'static>> {
    let mut left = height;
    let shown = entries.iter().rev().take_while(|entry| {
        let fits = entry.len() <= left;
        left = left.saturating_sub(entry.len());
        fits
    });
    let skipped = entries.len() - shown.count();
    entries.into_iter().skip(skipped).flatten().collect()
}

/// The first of `entries` that are whole within `height` rows, and how many more there are.
fn nearest(entries: Vec<Vec<Line<'static>>>, height: usize, look: Look) -> Vec<Line<'static>> {
    let count = entries.len();
    let all: usize = entries.iter().map(Vec::len).sum();
    let room = if all <= height { height } else { height.saturating_sub(1) };
    let mut rows: Vec<Line> = Vec::new();
    let mut shown = 0;
    for entry in entries {
        if rows.len() + entry.len() > room {
            break;
        }
        rows.extend(entry);
        shown += 1;
    }
    if shown < count {
        rows.push(Line::styled(format!("  and {} more", count - shown), look.quiet()));
    }
    rows
}
