//! Help for the screen that stands: what it is about, and every key.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

use crate::ui::tui::lines::{self, READABLE};
use crate::ui::tui::look::Look;
use crate::ui::tui::render::View;

/// Every key and what it does.
const KEYS: [(&str, &str); 14] = [
    ("a letter", "the choice with that letter"),
    ("arrows, h j k l", "move the highlight; Tab too"),
    ("Enter", "take what is highlighted; it never writes"),
    ("Esc", "go back; it never leaves"),
    ("PgUp, PgDn", "turn the page of a text or a list"),
    ("Home, End", "to the start or the end of a text or a list"),
    ("Space", "tick a write; show or hide a secret"),
    ("d", "the HTTP call behind a write"),
    ("w", "write, where writing is offered"),
    ("F2", "the same text without borders, to be copied"),
    ("F1, ?", "this help"),
    ("q, Ctrl-C", "leave; it asks first, and tells what that costs"),
    ("Ctrl-Z", "stop the program; fg goes on"),
    ("in a text field", "every printable key is text; Ctrl-U empties it"),
];

/// Draws the help over `area` and tells how many lines it has and how many are shown.
pub(super) fn render(frame: &mut Frame, view: View, area: Rect, scrolled: usize) -> (usize, usize) {
    let look = view.face.look;
    let around = Block::bordered()
        .border_set(look.signs.border)
        .border_style(look.accent())
        .title(Line::styled(" Help ", look.accent()));
    let inner = super::with_margin(around.inner(area), 1);
    let text = text(view, usize::from(inner.width).min(READABLE));
    let count = text.len();
    let shown: Vec<Line> = text.into_iter().skip(scrolled).collect();
    frame.render_widget(Clear, area);
    frame.render_widget(around, area);
    frame.render_widget(Paragraph::new(shown), inner);
    (count, usize::from(inner.height))
}

fn text(view: View, width: usize) -> Vec<Line<'static>> {
    let look = view.face.look;
    let mut text = lines::styled(lines::wrap("", &view.screen.title, width), look.accent());
    let banner = &view.screen.banner;
    let tenant = format!("{}  {}", banner.mark.as_str(), banner.tenant);
    text.extend(lines::styled(lines::wrap("", &tenant, width), look.quiet()));
    text.push(Line::default());
    for paragraph in &view.screen.help {
        text.extend(lines::wrap("", paragraph, width).into_iter().map(Line::from));
        text.push(Line::default());
    }
    text.push(Line::styled("Keys", look.accent()));
    text.extend(KEYS.iter().flat_map(|(key, does)| key_lines(key, does, look, width)));
    text.push(Line::default());
    text.push(Line::styled("Signs", look.accent()));
    text.extend(signs(look).into_iter().flat_map(|(sign, says)| key_lines(sign, says, look, width)));
    text
}

fn key_lines(key: &str, does: &str, look: Look, width: usize) -> Vec<Line<'static>> {
    lines::marked(&Span::styled(lines::padded(key, 18), look.accent()), &Span::raw(does), width)
}

fn signs(look: Look) -> [(&'static str, &'static str); 8] {
    use crate::domain::check::finding::Verdict;
    use crate::journeys::screen::StepState;
    let signs = look.signs;
    [
        (signs.verdict(Verdict::Pass), "looked up, and as it should be"),
        (signs.verdict(Verdict::Fail), "looked up, and not as it should be"),
        (signs.verdict(Verdict::Unknown), "could not be looked up, or not yet"),
        (signs.verdict(Verdict::NeedsPerson), "a person has to do or vouch for something"),
        (signs.here(), "the step on the screen"),
        (signs.step(StepState::Open(1)), "a step with something left to do"),
        (signs.step(StepState::Waits), "a step in which only time brings what is left"),
        (signs.step(StepState::Untouched), "a step that was not begun"),
    ]
}
