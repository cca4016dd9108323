//! The last line: the keys that count on this screen, or a hint about the key just pressed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::journeys::{Choice, Question};
use crate::ui::tui::face::{self, Drawn, Focus};
use crate::ui::tui::lines;
use crate::ui::tui::render::View;

/// How many rows it takes: one, and more where a word of explanation does not fit beside the keys. As many for every
/// choice of the screen, so that nothing jumps when the highlight moves.
pub(super) fn rows(view: View, width: usize) -> u16 {
    let details = view.screen.choices.iter().filter(|choice| choice.key != Choice::LISTED);
    let above = details.map(|choice| above(view, &choice.detail, width).len()).max().unwrap_or(0);
    u16::try_from(above.min(MOST_ABOVE) + 1).unwrap_or(1)
}

/// What Enter does is told however narrow the window is.
const ENTER: &str = "Enter";
/// What the arrows do where a line or a choice is highlighted.
const MOVE: &str = "move";

/// Rows of an explanation at the most.
const MOST_ABOVE: usize = 3;

/// The rows of an explanation that does not fit beside the keys.
fn above(view: View, words: &str, width: usize) -> Vec<String> {
    match lines::columns(words) < beside(view, width) {
        true => Vec::new(),
        false => lines::wrap(" ", words, width.saturating_sub(1)),
    }
}

/// The columns that the keys that are always there leave.
fn beside(view: View, width: usize) -> usize {
    width.saturating_sub(kept(view) + 4)
}

/// The columns of the keys that are always there, and of Enter.
fn kept(view: View) -> usize {
    let enter = asked(view).into_iter().filter(|(key, _)| *key == ENTER);
    always(view).into_iter().chain(enter).map(|(key, does)| wide(key, does)).sum()
}

pub(super) fn render(frame: &mut Frame, view: View, drawn: &Drawn, area: Rect) {
    let look = view.face.look;
    let width = usize::from(area.width);
    let keys_row = Rect { y: area.y + area.height.saturating_sub(1), height: area.height.min(1), ..area };
    if let Some(hint) = &view.face.hint {
        let words = lines::cut(hint, width.saturating_sub(2), look.signs.ellipsis);
        frame.render_widget(Line::styled(format!(" {words}"), look.accent()), keys_row);
        return;
    }
    let mut spans = Vec::new();
    let mut used = 1;
    if let Some(words) = explanation(view) {
        let rows = above(view, words, width);
        if rows.is_empty() {
            used += lines::columns(words) + 4;
            spans.push(Span::raw(format!(" {words}   ")));
        }
        for (row, at) in rows.into_iter().zip(area.rows()) {
            frame.render_widget(Line::raw(row), at);
        }
    }
    for (key, does) in fitting(view, drawn, width.saturating_sub(used)).into_iter().chain(always(view)) {
        spans.push(Span::styled(format!(" {key}"), look.accent()));
        spans.push(Span::styled(format!(" {does}  "), look.quiet()));
    }
    frame.render_widget(Line::from(spans), keys_row);
}

/// The keys that fit into so many columns beside those that are always there: Enter before all others. Where they do not all
/// fit, the arrows give way first, which nobody has to be told, then the rest from the end.
fn fitting(view: View, drawn: &Drawn, columns: usize) -> Vec<(&'static str, &'static str)> {
    let mut room = columns.saturating_sub(kept(view));
    let mut keys = keys(view, drawn);
    let others = keys.iter().filter(|(key, _)| *key != ENTER);
    if others.map(|(key, does)| wide(key, does)).sum::<usize>() > room {
        keys.retain(|(_, does)| *does != MOVE);
    }
    let mut is_full = false;
    keys.retain(|(key, does)| {
        let columns = if *key == ENTER { 0 } else { wide(key, does) };
        is_full |= columns > room;
        let is_shown = *key == ENTER || !is_full;
        room -= if is_shown { columns } else { 0 };
        is_shown
    });
    keys
}

/// The word of explanation behind the highlighted choice; a listed line shows its value itself.
fn explanation(view: View<'_>) -> Option<&str> {
    let (Focus::Choice(index), None) = (view.face.focus, view.face.help) else { return None };
    view.screen.choices.get(index).map(|choice| choice.detail.as_str()).filter(|words| !words.is_empty())
}

/// Columns of a key and what it does, with the spaces around them.
fn wide(key: &str, does: &str) -> usize {
    lines::columns(key) + lines::columns(does) + 4
}

/// The keys that stand there however narrow the window is: the way back, help, and the way out.
fn always(view: View) -> Vec<(&'static str, &'static str)> {
    if view.face.help.is_some() {
        return vec![("Esc", "close the help")];
    }
    let leave = if view.face.focus == Focus::Field { "Ctrl-C" } else { "q" };
    let back = face::back(view.screen).map(|_| ("Esc", "back"));
    back.into_iter().chain([("F1", "help"), (leave, "leave")]).collect()
}

/// The other keys, the most useful first; those that do not fit are left out from the end.
fn keys(view: View, drawn: &Drawn) -> Vec<(&'static str, &'static str)> {
    let mut keys = asked(view);
    if view.face.help.is_some() {
        return keys;
    }
    if view.face.focus == Focus::Field && !view.screen.choices.is_empty() {
        keys.push(("Tab", "choices"));
    }
    if drawn.text.0 > drawn.text.1 {
        keys.push(("PgDn", "more text"));
    }
    if super::document::has_verbatim(view.screen) {
        keys.push(("F2", "copy"));
    }
    keys
}

/// The keys for what is asked here.
fn asked(view: View) -> Vec<(&'static str, &'static str)> {
    let arrows = view.face.look.signs.arrows;
    if view.face.help.is_some() {
        return vec![(arrows, "scroll")];
    }
    match (&view.screen.question, view.face.focus) {
        (Some(Question::SecretLine { .. }), Focus::Field) => {
            vec![(ENTER, "check the line"), ("Del", "empty")]
        }
        (_, Focus::Field) => vec![(ENTER, "take it")],
        (Some(Question::Consent(_)), Focus::Line(_)) => {
            vec![(arrows, MOVE), ("Space", "tick"), (ENTER, "show the call")]
        }
        (Some(Question::CopyByHand { .. }), _) => vec![("Space", "show or hide"), (ENTER, "choose")],
        _ if face::can_show(view.screen) => {
            vec![("Space", "show or hide"), (arrows, MOVE), (ENTER, "choose")]
        }
        (_, Focus::Nothing) => Vec::new(),
        _ => vec![(arrows, MOVE), (ENTER, "choose")],
    }
}
