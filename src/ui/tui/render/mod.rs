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
mod body;
mod choices;
mod document;
mod help;
mod keybar;
mod list;
mod more;
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
use crate::journeys::Screen;
use crate::ui::tui::face::{Drawn, Face};
use crate::ui::tui::lines;

/// Fewer columns or rows than this are not enough for a question and its choices.
pub const SMALLEST: (u16, u16) = (60, 18);
/// From this many columns on, the steps have a box of their own.
const WIDE: u16 = 100;
/// Columns of that box.
const RAIL: u16 = 30;

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
        too_small(frame, area);
        return Drawn::default();
    }
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)];
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

fn too_small(frame: &mut Frame, area: Rect) {
    let words = format!(
        "This window is too small ({}x{}). Make it {}x{} at least; nothing is lost. Or press Ctrl-C twice and run with \
         --plain, which needs no window.",
        area.width, area.height, SMALLEST.0, SMALLEST.1
    );
    let text: Vec<Line> =
        lines::wrap("", &words, usize::from(area.width)).into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(text), area);
}

fn wide(frame: &mut Frame, view: View, area: Rect) -> Drawn {
    let look = view.face.look;
    let box_of = |title: &str| {
        Block::bordered()
            .border_set(look.signs.border)
            .border_style(look.quiet())
            .title(Line::styled(title.to_owned(), look.accent()))
    };
    let title = format!(
        " {} ",
        lines::cut(&view.screen.title, usize::from(area.width.saturating_sub(8)), look.signs.ellipsis)
    );
    let content = if view.screen.rail.is_empty() {
        area
    } else {
        let [left, right] = Layout::horizontal([Constraint::Length(RAIL), Constraint::Min(0)]).areas(area);
        let steps = box_of(" Steps ");
        rail::render(frame, view, steps.inner(left));
        frame.render_widget(steps, left);
        right
    };
    let around = box_of(&title);
    let inner = around.inner(content);
    frame.render_widget(around, content);
    body::render(frame, view, with_margin(inner, 1))
}

fn narrow(frame: &mut Frame, view: View, area: Rect) -> Drawn {
    let look = view.face.look;
    let rail_rows = u16::from(!view.screen.rail.is_empty());
    let rows =
        [Constraint::Length(rail_rows), Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)];
    let [steps, rule, title, rest] = Layout::vertical(rows).areas(area);
    rail::render_line(frame, view, steps);
    frame.render_widget(Line::styled(look.signs.rule.repeat(usize::from(rule.width)), look.quiet()), rule);
    let words =
        lines::cut(&view.screen.title, usize::from(title.width.saturating_sub(2)), look.signs.ellipsis);
    frame.render_widget(Line::styled(format!(" {words}"), look.accent()), title);
    body::render(frame, view, with_margin(rest, 1))
}

/// The area without `margin` columns on either side.
fn with_margin(area: Rect, margin: u16) -> Rect {
    Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area }
}
