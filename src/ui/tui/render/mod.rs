//! A screen drawn: one file for each region.
//!
//! ```text
//! at 100 columns and more              below
//! banner                               banner
//! +- Steps --++- title -----------+    1/9  ✓▶○○○○○○○   1 of 9 in order
//! | rail     || text              |    ──────────────────────────────
//! |          || list              |    title
//! |          || work              |    text, list, work, question, choices
//! |          || question, choices |
//! +----------++-------------------+
//! key bar                              key bar
//! ```

mod banner;
mod blocks;
mod body;
mod choices;
mod columns;
mod course;
mod document;
mod help;
mod keybar;
mod list;
mod more;
mod pane;
mod qr;
mod question;
mod rail;
mod secret;
mod work;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph};

use crate::effects::vault::Vault;
use crate::journeys::screen::Block as Prose;
use crate::journeys::{Screen, asks_to_leave};
use crate::ui::tui::face::{Drawn, Face, Sight};
use crate::ui::tui::lines;

/// Fewer columns or rows than this are not enough for a question and its choices.
pub const SMALLEST: (u16, u16) = (60, 18);
/// From this many columns on, the steps have a box of their own.
const WIDE: u16 = 100;
/// Columns of that box.
const RAIL: u16 = 30;
/// Columns of it where a list has a pane beside it: signs and numbers alone, at the same places.
const RAIL_STRIP: u16 = 8;
/// From this many columns on there is room for the whole box beside a list and its pane.
const VERY_WIDE: u16 = 132;

/// Everything a frame is made of.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What there is to show.
    pub screen: &'a Screen,
    /// How the face stands.
    pub face: &'a Face,
    /// Secrets, to be painted where the screen has a place for them.
    pub vault: &'a Vault,
}

/// Draws one frame and tells what stands where.
pub fn frame(frame: &mut Frame, view: View) -> Drawn {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(frame, view.screen, area);
        return Drawn { sight: Sight::Nothing, ..Drawn::default() };
    }
    let keys = keybar::rows(view, usize::from(area.width));
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(keys)];
    let [top, middle, bottom] = Layout::vertical(rows).areas(area);
    banner::render(frame, view, top);
    let mut drawn = match area.width >= WIDE {
        true => wide(frame, view, middle),
        false => narrow(frame, view, middle),
    };
    if let Some(scrolled) = view.face.help {
        drawn.help = help::render(frame, view, middle, scrolled);
    }
    keybar::render(frame, view, &drawn, bottom);
    drawn
}

fn too_small(frame: &mut Frame, screen: &Screen, area: Rect) {
    let words = if asks_to_leave(screen) { leaving(screen) } else { vec![no_room(screen, area)] };
    let wrapped = words.iter().flat_map(|words| lines::wrap("", words, usize::from(area.width)));
    frame.render_widget(Paragraph::new(wrapped.map(Line::from).collect::<Vec<_>>()), area);
}

/// What is shown instead of a screen; that nothing is lost only where that is so.
fn no_room(screen: &Screen, area: Rect) -> String {
    let so_far = format!("This window is too small ({}x{})", area.width, area.height);
    let (width, height) = SMALLEST;
    match screen.costs.is_empty() {
        true => format!(
            "{so_far}. Make it {width}x{height} at least; nothing is lost. Or press Ctrl-C twice and run with --plain, \
             which needs no window."
        ),
        false => format!(
            "{so_far}. Make it {width}x{height} at least to go on. Ctrl-C asks whether to leave, and tells what that \
             costs here."
        ),
    }
}

/// The question whether to leave, the keys before what it costs: the end of it may not fit.
fn leaving(screen: &Screen) -> Vec<String> {
    let says = |block: &Prose| match block {
        Prose::Text(words) => Some(words.clone()),
        _ => None,
    };
    let keys = format!("{} Ctrl-C leaves, Esc stays.", screen.title);
    std::iter::once(keys).chain(screen.prose.iter().filter_map(says)).collect()
}

fn wide(frame: &mut Frame, view: View, area: Rect) -> Drawn {
    let look = view.face.look;
    let box_of = |title: &str| {
        Block::bordered()
            .border_set(look.signs.border)
            .border_style(look.quiet())
            .title(Line::styled(title.to_owned(), look.accent()))
    };
    let content = if view.screen.rail.is_empty() {
        area
    } else {
        let narrows =
            pane::Pane::of(view.screen).is_some_and(pane::Pane::needs_the_width) && area.width < VERY_WIDE;
        let heading = format!(" {} ", view.screen.rail_of.heading());
        let (columns, title) = if narrows { (RAIL_STRIP, String::new()) } else { (RAIL, heading) };
        let [left, right] = Layout::horizontal([Constraint::Length(columns), Constraint::Min(0)]).areas(area);
        let steps = box_of(&title);
        rail::render(frame, view, steps.inner(left));
        frame.render_widget(steps, left);
        right
    };
    let title = titled(view, content.width.saturating_sub(4));
    let around = box_of(&title.on_border);
    let inner = with_margin(around.inner(content), 1);
    frame.render_widget(around, content);
    let [above, rest] =
        Layout::vertical([Constraint::Length(title.height()), Constraint::Min(0)]).areas(inner);
    frame.render_widget(Paragraph::new(title.above), above);
    body::render(frame, view, rest)
}

/// The title of a box: on its border where it fits there, on rows of its own where it does not.
#[derive(Default)]
struct Titled {
    on_border: String,
    above: Vec<Line<'static>>,
}

impl Titled {
    fn height(&self) -> u16 {
        u16::try_from(self.above.len()).unwrap_or(0)
    }
}

fn titled(view: View, room: u16) -> Titled {
    let (words, room) = (view.screen.heading(), usize::from(room));
    if lines::columns(&words) <= room {
        return Titled { on_border: format!(" {words} "), above: Vec::new() };
    }
    let mut above = title_rows(view, room);
    above.push(Line::default());
    Titled { on_border: String::new(), above }
}

/// Rows of a title at the most; the help has all of it.
const TITLE: usize = 3;

/// The title in the rows it takes.
fn title_rows(view: View, width: usize) -> Vec<Line<'static>> {
    let look = view.face.look;
    let rows = lines::at_most(lines::wrap("", &view.screen.heading(), width), TITLE, look.signs.ellipsis);
    lines::styled(rows, look.accent())
}

fn narrow(frame: &mut Frame, view: View, area: Rect) -> Drawn {
    let look = view.face.look;
    let rail_rows = u16::from(!view.screen.rail.is_empty());
    let words = title_rows(view, usize::from(area.width.saturating_sub(2)));
    let title_height = u16::try_from(words.len()).unwrap_or(1).max(1);
    let rows = [rail_rows, 1, title_height].map(Constraint::Length);
    let [steps, rule, title, rest] =
        Layout::vertical(rows.into_iter().chain([Constraint::Min(0)])).areas(area);
    rail::render_line(frame, view, steps);
    frame.render_widget(Line::styled(look.signs.rule.repeat(usize::from(rule.width)), look.quiet()), rule);
    frame.render_widget(Paragraph::new(words), with_margin(title, 1));
    body::render(frame, view, with_margin(rest, 1))
}

/// The area without `margin` columns on either side.
fn with_margin(area: Rect, margin: u16) -> Rect {
    Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area }
}
