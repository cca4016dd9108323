//! What is asked: a field for text, a line typed back from paper, a secret to be copied. Where the cursor stands is
//! told too, so that a terminal reader finds the field.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::domain::record::SlipKind;
use crate::domain::secret::GROUP;
use crate::journeys::Question;
use crate::ui::tui::face::{Field, Focus, Preset};
use crate::ui::tui::lines::{self, READABLE};
use crate::ui::tui::look::Look;
use crate::ui::tui::render::{View, secret};

/// The lines of a question, and row and column of the cursor among them.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) cursor: Option<(usize, usize)>,
}

/// The question of the screen; nothing for screens with choices only.
pub(super) fn asked(view: View, width: usize) -> Asked {
    match (&view.screen.question, &view.face.field) {
        (Some(Question::Text { prompt, problem, .. }), Field::Text(input, preset)) => {
            let told = Told { words: prompt, problem: problem.as_deref() };
            text(view, TextField { input, preset: *preset }, told, width.min(READABLE))
        }
        (Some(Question::SecretLine { kind, line, lines, problem, .. }), Field::Secret(typed)) => {
            let typed = typed.len();
            let place = TypedLine { kind: *kind, line: *line, lines: *lines, typed };
            secret_lines(view, place, problem.as_deref(), width.min(READABLE))
        }
        (Some(Question::Secret { prompt, .. }), Field::Secret(typed)) => {
            unknown_secret(view, prompt, typed.len(), width.min(READABLE))
        }
        (Some(Question::CopyByHand { secret, .. }), _) => {
            Asked { lines: secret::grid(view, *secret, width), cursor: None }
        }
        _ => Asked::default(),
    }
}

/// What stands around a field.
#[derive(Clone, Copy)]
struct Told<'a> {
    words: &'a str,
    problem: Option<&'a str>,
}

/// What is typed into a field for text, and whether that is still the preset.
#[derive(Clone, Copy)]
struct TextField<'a> {
    input: &'a Input,
    preset: Preset,
}

fn text(view: View, field: TextField, told: Told, width: usize) -> Asked {
    let TextField { input, preset } = field;
    let look = view.face.look;
    let mut asked = Asked::default();
    asked.lines.extend(lines::styled(lines::wrap("", told.words, width), bold()));
    let room = width.saturating_sub(4).max(1);
    let scroll = input.visual_scroll(room.saturating_sub(1));
    let shown = visible(input.value(), scroll, room);
    let style = match preset {
        Preset::Untouched => look.highlighted(),
        Preset::Edited => Style::new(),
    };
    let gap = room.saturating_sub(lines::columns(&shown));
    asked.lines.push(Line::from(vec![
        Span::styled("> ", look.accent()),
        Span::styled(shown, style.add_modifier(Modifier::UNDERLINED)),
        Span::styled(" ".repeat(gap), look.quiet().add_modifier(Modifier::UNDERLINED)),
    ]));
    if view.face.focus == Focus::Field {
        asked.cursor = Some((asked.lines.len() - 1, 2 + input.visual_cursor().saturating_sub(scroll)));
    }
    asked.lines.extend(problem_lines(told.problem, look, width));
    asked
}

/// What stands between column `scroll` and `scroll + room` of `value`.
fn visible(value: &str, scroll: usize, room: usize) -> String {
    let mut skipped = 0;
    let rest: String = value
        .chars()
        .skip_while(|c| {
            let before = skipped < scroll;
            skipped += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            before
        })
        .collect();
    lines::cut(&rest, room, "")
}

fn problem_lines(problem: Option<&str>, look: Look, width: usize) -> Vec<Line<'static>> {
    problem.map(|words| lines::styled(lines::wrap("! ", words, width), look.warning())).unwrap_or_default()
}

fn bold() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// A secret nobody here knows: its length in dots, as far as there is room.
fn unknown_secret(view: View, prompt: &str, typed: usize, width: usize) -> Asked {
    let look = view.face.look;
    let mut asked = Asked::default();
    asked.lines.extend(lines::styled(lines::wrap("", prompt, width), bold()));
    let dots = hidden(look, typed.min(width.saturating_sub(4)));
    if view.face.focus == Focus::Field {
        asked.cursor = Some((asked.lines.len(), 2 + lines::columns(&dots)));
    }
    asked.lines.push(Line::from(vec![Span::styled("> ", look.accent()), Span::raw(dots)]));
    asked
}

/// Which line of what is typed, and how far.
#[derive(Clone, Copy)]
struct TypedLine {
    kind: SlipKind,
    line: usize,
    lines: usize,
    /// How many characters of the line are typed.
    typed: usize,
}

/// Every line of the slip: those that were right, the one being typed, those to come.
fn secret_lines(view: View, typed: TypedLine, problem: Option<&str>, width: usize) -> Asked {
    let look = view.face.look;
    let mut asked = Asked::default();
    for number in 0..typed.lines {
        let name = match (typed.kind, typed.lines) {
            (SlipKind::Pin { .. }, 1) => " PIN  ".to_owned(),
            _ => format!(" line {}  ", number + 1),
        };
        asked.lines.push(match number.cmp(&typed.line) {
            std::cmp::Ordering::Less => Line::from(vec![
                Span::styled(look.signs.verdict(crate::domain::check::finding::Verdict::Pass), look.accent()),
                Span::raw(name),
                Span::styled("right", look.quiet()),
            ]),
            std::cmp::Ordering::Equal => {
                let dots = hidden(look, typed.typed);
                asked.cursor = Some((number, 1 + lines::columns(&name) + lines::columns(&dots)));
                Line::from(vec![
                    Span::styled(look.signs.here(), look.accent()),
                    Span::styled(name, bold()),
                    Span::raw(dots),
                ])
            }
            std::cmp::Ordering::Greater => Line::styled(format!(" {name}"), look.quiet()),
        });
    }
    if view.face.focus != Focus::Field {
        asked.cursor = None;
    }
    asked.lines.extend(problem_lines(problem, look, width));
    asked
}

/// As many signs as characters were typed, in groups of four.
fn hidden(look: Look, typed: usize) -> String {
    (0..typed)
        .map(|n| {
            if n > 0 && n % GROUP == 0 { format!(" {}", look.signs.mask) } else { look.signs.mask.to_owned() }
        })
        .collect()
}
