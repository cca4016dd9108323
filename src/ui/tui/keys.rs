//! Keys, mouse and paste: what each means on the screen that stands. Pure: an event changes the face's own state and
//! may give one reaction.
//!
//! Enter takes a safe choice and never writes: writing has a key of its own. In a text field every printable key is
//! text. Esc goes back and never quits.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use crate::effects::locked::LockedText;
use crate::journeys::Msg;
use crate::journeys::screen::{ConsentLine, Source, Weight};
use crate::journeys::{Choice, Question, Screen, asks_to_leave};
use crate::ui::tui::face::{self, Face, Field, Focus, Preset, SHOWN_FOR, Sight};
use crate::ui::tui::moving::{self, End, move_focus, page, scroll, to_end, turn, up_or_down};
use crate::ui::tui::reaction::Reaction;

/// The longest text taken from one paste, characters; the rest is dropped.
const LONGEST_PASTE: usize = 4_096;
/// Lines scrolled by one turn of the wheel.
const WHEEL: usize = 3;

/// Takes one event of the terminal.
pub fn on_event(face: &mut Face, event: &Event, screen: &Screen) -> Reaction {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => on_key(face, *key, screen),
        Event::Mouse(mouse) => on_mouse(face, *mouse, screen),
        Event::Paste(text) => on_paste(face, text, screen),
        Event::Resize(..) => Reaction::Draw,
        _ => Reaction::None,
    }
}

fn on_key(face: &mut Face, key: KeyEvent, screen: &Screen) -> Reaction {
    face.hint = None;
    face.shown = face.shown.map(|_| SHOWN_FOR);
    if let (KeyCode::Char(c), true) = (key.code, key.modifiers.contains(KeyModifiers::CONTROL)) {
        match c {
            'c' => {
                face.help = None;
                return Reaction::Say(Msg::Quit);
            }
            'z' => return Reaction::Suspend,
            _ => {}
        }
    }
    if face.drawn.sight == Sight::Nothing && !is_known_unseen(key, screen) {
        return Reaction::None;
    }
    if face.help.is_some() {
        return moving::in_help(face, key.code);
    }
    match key.code {
        KeyCode::F(1) => open_help(face),
        KeyCode::F(2) => Reaction::Copy,
        KeyCode::PageUp => turn(face, screen, -1),
        KeyCode::PageDown => turn(face, screen, 1),
        KeyCode::Tab => move_focus(face, screen, 1),
        KeyCode::BackTab => move_focus(face, screen, -1),
        KeyCode::Esc => go_back(face, screen),
        _ if face.focus == Focus::Field => on_field_key(face, key, screen),
        _ => on_command(face, key, screen),
    }
}

/// In a window that shows no choice only the question whether to leave is answered: all else would be chosen unseen.
fn is_known_unseen(key: KeyEvent, screen: &Screen) -> bool {
    match key.code {
        KeyCode::Esc => asks_to_leave(screen),
        KeyCode::Char('q') => screen.question.is_none(),
        _ => false,
    }
}

fn open_help(face: &mut Face) -> Reaction {
    face.help = Some(0);
    face.shown = None;
    Reaction::Draw
}

/// The key of a choice, or a command of the face.
fn on_command(face: &mut Face, key: KeyEvent, screen: &Screen) -> Reaction {
    if let KeyCode::Char(c) = key.code
        && let Some(choice) = screen.choices.iter().find(|choice| choice.key == c)
    {
        return Reaction::Say(choice.msg.clone());
    }
    match key.code {
        KeyCode::Enter => take(face, screen),
        KeyCode::Char(' ') => on_space(face, screen),
        KeyCode::Char('?') => open_help(face),
        KeyCode::Char('q') => Reaction::Say(Msg::Quit),
        KeyCode::Char('d') => details(face, screen),
        KeyCode::Up | KeyCode::Char('k') => up_or_down(face, screen, -1),
        KeyCode::Down | KeyCode::Char('j') => up_or_down(face, screen, 1),
        KeyCode::Left | KeyCode::Char('h') => move_focus(face, screen, -1),
        KeyCode::Right | KeyCode::Char('l') => move_focus(face, screen, 1),
        KeyCode::Home => to_end(face, screen, End::First),
        KeyCode::End => to_end(face, screen, End::Last),
        KeyCode::Char(_) => hint(face, "That key does nothing here. F1 or ? tells what does."),
        _ => Reaction::None,
    }
}

fn hint(face: &mut Face, words: impl Into<String>) -> Reaction {
    face.hint = Some(words.into());
    Reaction::Draw
}

/// Takes what is highlighted, as long as nothing is written or given up by it.
fn take(face: &mut Face, screen: &Screen) -> Reaction {
    match face.focus {
        Focus::Line(line) if matches!(screen.question, Some(Question::Consent(_))) => {
            say(consent_line(screen, line).map(|write| &write.show))
        }
        Focus::Line(index) | Focus::Choice(index) => match screen.choices.get(index) {
            Some(choice) => take_choice(face, choice),
            None => Reaction::None,
        },
        Focus::Row(_) | Focus::Field | Focus::Nothing => Reaction::None,
    }
}

/// The write on this line of the consent list.
fn consent_line(screen: &Screen, line: usize) -> Option<&ConsentLine<Msg>> {
    match &screen.question {
        Some(Question::Consent(lines)) => lines.get(line),
        _ => None,
    }
}

fn say(msg: Option<&Msg>) -> Reaction {
    msg.map_or(Reaction::None, |msg| Reaction::Say(msg.clone()))
}

fn take_choice(face: &mut Face, choice: &Choice) -> Reaction {
    // In a field every letter is text, so the way to the choices comes first.
    let way = if face.focus == Focus::Field { "Tab, then " } else { "" };
    match choice.weight {
        Weight::Safe => Reaction::Say(choice.msg.clone()),
        Weight::Writes => hint(face, format!("Enter never writes: press {way}{} to do it.", choice.key)),
        Weight::Vouches => hint(face, format!("Enter never vouches: press {way}{} to say so.", choice.key)),
        Weight::Irreversible => {
            hint(face, format!("This cannot be undone: press {way}{} to do it.", choice.key))
        }
    }
}

fn on_space(face: &mut Face, screen: &Screen) -> Reaction {
    if face::can_show(screen) {
        return show_or_hide(face);
    }
    match face.focus {
        Focus::Line(line) if matches!(screen.question, Some(Question::Consent(_))) => {
            say(consent_line(screen, line).map(|write| &write.toggle))
        }
        _ => scroll(face, page(face)),
    }
}

/// Shows a secret, or hides it. Where the terminal is recorded that is told first; asking once more decides it.
fn show_or_hide(face: &mut Face) -> Reaction {
    if face.shown.take().is_some() {
        return Reaction::Draw;
    }
    let Some(recorded) = face.recorded.clone().filter(|seen| face.accepted.as_ref() != Some(seen)) else {
        face.shown = Some(SHOWN_FOR);
        return Reaction::Draw;
    };
    if face.warned.as_ref() != Some(&recorded) {
        face.warned = Some(recorded);
        return hint(face, "Recorded! Space once more shows it all the same; the record says so.");
    }
    face.accepted = Some(recorded.clone());
    face.shown = Some(SHOWN_FOR);
    Reaction::Say(Msg::Exposed(recorded))
}

fn details(face: &mut Face, screen: &Screen) -> Reaction {
    match face.focus {
        Focus::Line(line) if matches!(screen.question, Some(Question::Consent(_))) => {
            say(consent_line(screen, line).map(|write| &write.show))
        }
        _ => hint(face, "That key does nothing here. F1 or ? tells what does."),
    }
}

fn go_back(face: &mut Face, screen: &Screen) -> Reaction {
    match face::back(screen) {
        Some(choice) => take_choice(face, choice),
        None if screen.costs.is_empty() => {
            hint(face, "There is nothing to go back to. q leaves; nothing is lost.")
        }
        None => hint(face, "There is nothing to go back to. q asks to leave, and tells what that costs."),
    }
}

fn on_field_key(face: &mut Face, key: KeyEvent, screen: &Screen) -> Reaction {
    match (&mut face.field, key.code) {
        (Field::Text(input, _), KeyCode::Enter) => match &screen.question {
            Some(Question::Text { answer, .. }) => Reaction::Say(answer.with(input.value().to_owned())),
            _ => Reaction::None,
        },
        (Field::Secret(typed), KeyCode::Enter) => check(typed, screen),
        (Field::Text(input, preset), _) => edit(input, preset, key),
        (Field::Secret(_), KeyCode::Home) => to_end(face, screen, End::First),
        (Field::Secret(_), KeyCode::End) => to_end(face, screen, End::Last),
        (Field::Secret(typed), _) => edit_secret(typed, key),
        (Field::None, _) => Reaction::None,
    }
}

fn check(typed: &mut LockedText, screen: &Screen) -> Reaction {
    let typed = std::mem::replace(typed, face::empty_secret());
    match &screen.question {
        _ if typed.is_empty() => Reaction::None,
        Some(Question::SecretLine { secret, line, .. }) => {
            Reaction::Check { secret: *secret, line: *line, typed }
        }
        Some(Question::Secret { .. }) => Reaction::Keep(typed),
        _ => Reaction::None,
    }
}

/// A preset that was not touched yet is replaced by the first character; any other key begins to edit it.
fn edit(input: &mut Input, preset: &mut Preset, key: KeyEvent) -> Reaction {
    let types = matches!(key.code, KeyCode::Char(_)) && !is_shortcut(key);
    if std::mem::replace(preset, Preset::Edited) == Preset::Untouched && types {
        input.reset();
    }
    match input.handle_event(&Event::Key(key)) {
        Some(_) => Reaction::Draw,
        None => Reaction::None,
    }
}

/// Whether a letter comes with Ctrl or Alt; with both it was made by AltGr, and is a character.
fn is_shortcut(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL) != key.modifiers.contains(KeyModifiers::ALT)
}

/// Nobody sees what stands in the field, so a key that is no character must not become one.
fn edit_secret(typed: &mut LockedText, key: KeyEvent) -> Reaction {
    match key.code {
        KeyCode::Char('u') if key.modifiers.contains(KeyModifiers::CONTROL) => typed.clear(),
        KeyCode::Char(_) if is_shortcut(key) => return Reaction::None,
        KeyCode::Char(c) => typed.push(c),
        KeyCode::Backspace => typed.pop(),
        KeyCode::Delete => typed.clear(),
        _ => return Reaction::None,
    }
    Reaction::Draw
}

/// A paste goes into a text field, or into that of a secret nobody here knows; any other is typed from its paper.
fn on_paste(face: &mut Face, text: &str, screen: &Screen) -> Reaction {
    match &mut face.field {
        Field::Text(input, preset) => {
            if std::mem::replace(preset, Preset::Edited) == Preset::Untouched {
                input.reset();
            }
            for c in crate::domain::text::clean(text).chars().take(LONGEST_PASTE) {
                input.handle(InputRequest::InsertChar(c));
            }
            face.focus = Focus::Field;
            Reaction::Draw
        }
        Field::Secret(typed) if may_be_pasted(screen) => {
            text.trim().chars().filter(|c| !c.is_control()).for_each(|c| typed.push(c));
            face.focus = Focus::Field;
            Reaction::Draw
        }
        Field::Secret(_) => hint(face, "Pasting is off here: type it from the paper."),
        Field::None => hint(face, "Nothing asks for text here; what was pasted is dropped."),
    }
}

/// What is read from paper is typed; nothing else shows that the paper can be read.
fn may_be_pasted(screen: &Screen) -> bool {
    matches!(screen.question, Some(Question::Secret { source: Source::Screen, .. }))
}

/// Clicks and the wheel; nothing on secret screens, where a mouse has no business.
fn on_mouse(face: &mut Face, mouse: MouseEvent, screen: &Screen) -> Reaction {
    if face::holds_secret(screen) || face.help.is_some() {
        return Reaction::None;
    }
    match mouse.kind {
        MouseEventKind::ScrollDown => scroll(face, WHEEL.cast_signed()),
        MouseEventKind::ScrollUp => scroll(face, -WHEEL.cast_signed()),
        MouseEventKind::Down(MouseButton::Left) => {
            click(face, Position::new(mouse.column, mouse.row), screen)
        }
        _ => Reaction::None,
    }
}

/// A click highlights, and takes what changes nothing.
fn click(face: &mut Face, at: Position, screen: &Screen) -> Reaction {
    let hit = face.drawn.places.iter().find(|(place, _)| place.contains(at));
    let Some((_, focus)) = hit else { return Reaction::None };
    face.focus = *focus;
    match (focus, &screen.question) {
        (Focus::Line(line), Some(Question::Consent(_))) => {
            say(consent_line(screen, *line).map(|write| &write.toggle))
        }
        _ => match take(face, screen) {
            Reaction::None => Reaction::Draw,
            reaction => reaction,
        },
    }
}
