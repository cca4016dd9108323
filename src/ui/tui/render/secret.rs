//! Secrets on the screen: hidden until asked for, in groups of four, lent by the vault for one frame.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::domain::secret::{GROUP, GROUPS_IN_LINE, SecretRef};
use crate::ui::tui::lines;
use crate::ui::tui::render::View;

/// Columns from one group to the next.
const STEP: usize = GROUP + 3;

/// The grid to copy from: lines numbered, groups under letters, as on the slip.
pub(super) fn grid(view: View, secret: SecretRef, width: usize) -> Vec<Line<'static>> {
    let look = view.face.look;
    let groups = secret.length.div_ceil(GROUP);
    let letters: String =
        ('A'..).take(groups.min(GROUPS_IN_LINE)).map(|c| lines::padded(&c.to_string(), STEP)).collect();
    let mut text = vec![Line::styled(format!("       {letters}"), look.quiet())];
    for line in 0..groups.div_ceil(GROUPS_IN_LINE) {
        let mut spans = vec![Span::styled(format!("   {}   ", line + 1), look.quiet())];
        let here = line * GROUPS_IN_LINE..((line + 1) * GROUPS_IN_LINE).min(groups);
        spans.extend(here.map(|n| group(view, secret, n)));
        spans.extend(check(view, secret, line));
        text.push(Line::from(spans));
    }
    text.extend(notes(view, width));
    text
}

/// A short secret in the middle of a text, as one line.
pub(super) fn whole(view: View, secret: SecretRef) -> Vec<Line<'static>> {
    let groups = secret.length.div_ceil(GROUP);
    let mut spans = vec![Span::raw("       ")];
    match (view.face.shown, view.vault.lend(secret.id)) {
        // Typed into a browser as it is, so it stands there without gaps.
        (Some(_), Some(lent)) => spans.push(Span::styled(lent.expose().to_owned(), strong())),
        _ => spans.extend((0..groups).map(|_| Span::raw(view.face.look.signs.mask.repeat(GROUP)))),
    }
    let word = if view.face.shown.is_some() { countdown(view) } else { "Space shows it".to_owned() };
    spans.push(Span::styled(format!("    {word}"), view.face.look.quiet()));
    vec![Line::from(spans), Line::default()]
}

fn strong() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

fn group(view: View, secret: SecretRef, n: usize) -> Span<'static> {
    if let Some(text) = view.face.shown.and_then(|_| view.vault.group(secret.id, n)) {
        return Span::styled(lines::padded(&text, STEP), strong());
    }
    let length = GROUP.min(secret.length - n * GROUP);
    Span::raw(lines::padded(&view.face.look.signs.mask.repeat(length), STEP))
}

/// The check character that stands in a box on paper.
fn check(view: View, secret: SecretRef, line: usize) -> Option<Span<'static>> {
    view.face.shown?;
    let sign = view.vault.line_check(secret.id, line)?;
    Some(Span::styled(format!("check {sign}"), view.face.look.quiet()))
}

fn countdown(view: View) -> String {
    format!("hides itself in {:>2} s; any key keeps it", view.face.shown.unwrap_or(0))
}

fn notes(view: View, width: usize) -> Vec<Line<'static>> {
    let look = view.face.look;
    let words = match view.face.shown {
        Some(_) => countdown(view),
        None => "hidden; Space shows it".to_owned(),
    };
    let mut notes = vec![Line::styled(format!("       {words}"), look.quiet())];
    if let Some(recorded) = &view.face.recorded {
        notes.extend(lines::styled(lines::wrap("! ", recorded, width), look.warning()));
    }
    notes
}
