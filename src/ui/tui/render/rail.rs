//! The nine steps: a box with one row each and why they come in this order, or one line where the window is narrow.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::journeys::Screen;
use crate::journeys::screen::{Here, RailItem, StepState};
use crate::ui::tui::lines;
use crate::ui::tui::look::Look;
use crate::ui::tui::render::View;

/// Columns before the name of a step: margin, sign, number, and the spaces between.
const FRONT: usize = 5;

/// Fewer columns than this tell nothing of a name; then the numbers stand alone.
const NAME_AT_LEAST: usize = 12;

pub(super) fn render(frame: &mut Frame, view: View, area: Rect) {
    let look = view.face.look;
    let [steps, progress] = Layout::vertical([Constraint::Min(0), Constraint::Length(1)]).areas(area);
    let width = usize::from(steps.width);
    let mut rows: Vec<Line> = view.screen.rail.iter().map(|item| row(item, look, width)).collect();
    let height = steps.height.saturating_sub(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    rows.extend(order(view.screen, look, Size { height, ..steps.as_size() }));
    frame.render_widget(ratatui::widgets::Paragraph::new(rows), steps);
    frame.render_widget(bar(view.screen, look, width), progress);
}

fn row(item: &RailItem, look: Look, width: usize) -> Line<'static> {
    let room = width.saturating_sub(FRONT);
    let (sign, style) = sign(item, look);
    let words = if item.here == Here::Yes { look.accent() } else { Style::new() };
    if room < NAME_AT_LEAST {
        return Line::from(vec![
            Span::styled(format!(" {sign} "), style),
            Span::styled(item.number.to_string(), words),
        ]);
    }
    let left = left(item, room);
    let name_room = room.saturating_sub(lines::columns(&left));
    let name = lines::padded(&lines::cut(&item.name, name_room, look.signs.ellipsis), name_room);
    Line::from(vec![
        Span::styled(format!(" {sign} "), style),
        Span::styled(format!("{} {name}", item.number), words),
        Span::styled(left, look.quiet()),
    ])
}

/// Why the steps come in this order, whole or not at all; below an empty row.
fn order(screen: &Screen, look: Look, room: Size) -> Vec<Line<'static>> {
    let width = usize::from(room.width);
    let Some(words) = screen.order.filter(|_| width >= FRONT + NAME_AT_LEAST) else { return Vec::new() };
    let mut rows = vec![String::new()];
    rows.extend(lines::wrap(" ", words, width.saturating_sub(1)));
    if rows.len() > usize::from(room.height) { Vec::new() } else { lines::styled(rows, look.quiet()) }
}

/// How much is left of a step: in words where the name leaves room for them, as a number elsewhere.
fn left(item: &RailItem, room: usize) -> String {
    let fits = |words: &str| lines::columns(&item.name) + lines::columns(words) <= room;
    match item.state {
        StepState::Done | StepState::Untouched => String::new(),
        StepState::Waits if fits(" waits ") => " waits ".to_owned(),
        StepState::Waits => String::new(),
        StepState::Open(count) if fits(&format!(" {count} left ")) => format!(" {count} left "),
        StepState::Open(count) if fits(&format!(" {count} ")) => format!(" {count} "),
        StepState::Open(count) => format!(" {count}"),
    }
}

fn sign(item: &RailItem, look: Look) -> (&'static str, Style) {
    match (item.here, item.state) {
        (Here::Yes, _) => (look.signs.here(), look.accent()),
        (Here::No, StepState::Done) => (look.signs.step(item.state), look.accent()),
        (Here::No, _) => (look.signs.step(item.state), Style::new()),
    }
}

/// Minutes behind us against the guide's hour.
fn bar(screen: &Screen, look: Look, width: usize) -> Line<'static> {
    let Some((done, all)) = screen.minutes else { return Line::default() };
    let percent = usize::try_from(done * 100 / all.max(1)).unwrap_or(100).min(100);
    let room = width.saturating_sub(8);
    let full = room * percent / 100;
    Line::from(vec![
        Span::styled(format!(" {}", look.signs.bar[0].repeat(full)), look.accent()),
        Span::styled(look.signs.bar[1].repeat(room - full), look.quiet()),
        Span::raw(format!(" {percent:>3} %")),
    ])
}

/// `1✓ 4✓ 5▶ 3! 2○ …` in the order of the way, and the minutes.
pub(super) fn render_line(frame: &mut Frame, view: View, area: Rect) {
    let (screen, look) = (view.screen, view.face.look);
    if screen.rail.is_empty() {
        return;
    }
    let all = screen.rail.len();
    let done = screen.rail.iter().filter(|item| item.state == StepState::Done).count();
    let mut spans: Vec<Span> = screen
        .rail
        .iter()
        .flat_map(|item| {
            let (sign, style) = sign(item, look);
            let number = if item.here == Here::Yes { look.accent() } else { look.quiet() };
            [Span::styled(format!(" {}", item.number), number), Span::styled(sign, style)]
        })
        .collect();
    let left = screen.time_left().map(|left| format!("{}{left}", look.signs.between)).unwrap_or_default();
    spans.push(Span::styled(format!("   {done} of {all} in order{left}"), look.quiet()));
    frame.render_widget(Line::from(spans), area);
}
