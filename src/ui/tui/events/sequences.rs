//! Bytes of a terminal as keys and mouse: what stands first in them. Pure.
//!
//! The sequences of xterm, rxvt and the Linux console (xterm's "Control Sequences", console_codes(4)), as far as a key of
//! this program comes that way. What is not known means nothing, and takes no key after it with it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// What stands first.
#[derive(Debug, PartialEq)]
pub enum First {
    /// An event, of so many bytes.
    Event(Event, usize),
    /// So many bytes that mean nothing here.
    Meaningless(usize),
    /// The beginning of something.
    Unfinished,
}

const ESCAPE: u8 = 0x1b;
/// No sequence is longer, bytes.
const LONGEST: usize = 64;

/// What stands first in `bytes`.
pub fn first(bytes: &[u8]) -> First {
    match bytes {
        [] | [ESCAPE] => First::Unfinished,
        [ESCAPE, b'[', ..] => control_sequence(bytes),
        [ESCAPE, b'O', ..] => single_shift(bytes),
        // Esc twice, or before a sequence: the first one was pressed alone.
        [ESCAPE, ESCAPE, ..] => First::Event(Event::Key(KeyCode::Esc.into()), 1),
        [ESCAPE, rest @ ..] => with_alt(first(rest)),
        [byte, ..] if byte.is_ascii() => First::Event(Event::Key(of_byte(*byte)), 1),
        _ => of_utf8(bytes),
    }
}

fn with_alt(first: First) -> First {
    match first {
        First::Event(Event::Key(key), length) => {
            let modifiers = key.modifiers | KeyModifiers::ALT;
            First::Event(Event::Key(KeyEvent::new(key.code, modifiers)), length + 1)
        }
        First::Event(event, length) => First::Event(event, length + 1),
        First::Meaningless(length) => First::Meaningless(length + 1),
        First::Unfinished => First::Unfinished,
    }
}

fn of_byte(byte: u8) -> KeyEvent {
    let control = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match byte {
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x7f => KeyCode::Backspace.into(),
        0 => control(b' '),
        0x01..=0x1a => control(byte - 1 + b'a'),
        ESCAPE..=0x1f => control(byte - 0x1c + b'4'),
        _ => of_char(char::from(byte)),
    }
}

fn of_char(c: char) -> KeyEvent {
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), modifiers)
}

fn of_utf8(bytes: &[u8]) -> First {
    let whole = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(whole) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&whole[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => return error.error_len().map_or(First::Unfinished, First::Meaningless),
    };
    match valid.chars().next() {
        Some(c) => First::Event(Event::Key(of_char(c)), c.len_utf8()),
        None => First::Unfinished,
    }
}

/// `ESC O` and a letter: arrows and F1 to F4 of a keypad in application mode.
fn single_shift(bytes: &[u8]) -> First {
    let Some(letter) = bytes.get(2) else { return First::Unfinished };
    let key = of_letter(*letter).or(match letter {
        b'M' => Some(KeyCode::Enter),
        _ => None,
    });
    known(key.map(|code| Event::Key(code.into())), 3)
}

fn known(event: Option<Event>, length: usize) -> First {
    event.map_or(First::Meaningless(length), |event| First::Event(event, length))
}

/// `ESC [`, parameters, and a byte that says what they are.
fn control_sequence(bytes: &[u8]) -> First {
    match bytes.get(2) {
        None => return First::Unfinished,
        // F1 to F5 of the Linux console.
        Some(b'[') => {
            let Some(letter) = bytes.get(3) else { return First::Unfinished };
            let key = matches!(letter, b'A'..=b'E').then(|| KeyCode::F(1 + letter - b'A'));
            return known(key.map(|code| Event::Key(code.into())), 4);
        }
        Some(b'M') => return old_mouse(bytes),
        Some(_) => {}
    }
    let Some(end) = bytes[2..].iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else {
        return if bytes.len() > LONGEST { First::Meaningless(bytes.len()) } else { First::Unfinished };
    };
    let end = 2 + end;
    if !matches!(bytes[end], 0x40..=0x7e) {
        return First::Meaningless(end);
    }
    let parameters = std::str::from_utf8(&bytes[2..end]).unwrap_or_default();
    known(meaning(parameters, bytes[end]), end + 1)
}

fn meaning(parameters: &str, last: u8) -> Option<Event> {
    if let Some(parameters) = parameters.strip_prefix('<') {
        return mouse(&numbers(parameters), 0).map(|event| released(event, last)).map(Event::Mouse);
    }
    let numbers = numbers(parameters);
    match last {
        b'M' => mouse(&numbers, 32).map(Event::Mouse),
        b'Z' => Some(Event::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT))),
        b'~' => of_number(*numbers.first()?).map(|code| key(code, &numbers)),
        // With parameters it is no key but where the cursor stands.
        b'R' => None,
        letter => of_letter(letter).map(|code| key(code, &numbers)),
    }
}

fn numbers(parameters: &str) -> Vec<u16> {
    let number = |text: &str| text.split(':').next().and_then(|text| text.parse().ok()).unwrap_or_default();
    parameters.split(';').map(number).collect()
}

fn key(code: KeyCode, numbers: &[u16]) -> Event {
    let held = numbers.get(1).map_or(0, |number| number.saturating_sub(1));
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    Event::Key(KeyEvent::new(code, modifiers(held, &all)))
}

fn modifiers(held: u16, all: &[(u16, KeyModifiers)]) -> KeyModifiers {
    all.iter().filter(|(bit, _)| held & bit != 0).fold(KeyModifiers::NONE, |sum, (_, one)| sum | *one)
}

fn of_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(1 + letter - b'P'),
        _ => return None,
    })
}

fn of_number(number: u16) -> Option<KeyCode> {
    // The numbers of function keys have gaps, as those of a VT220 had.
    let function = |before: u16| u8::try_from(number - before).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=24 => function(12),
        _ => None,
    }
}

/// The mouse as X11 reports it in three bytes, each 32 more than it says.
fn old_mouse(bytes: &[u8]) -> First {
    let Some(told) = bytes.get(3..6) else { return First::Unfinished };
    let numbers: Vec<u16> = told.iter().map(|byte| u16::from(*byte)).collect();
    let at = |number: u16| number.saturating_sub(32);
    known(mouse(&[numbers[0], at(numbers[1]), at(numbers[2])], 32).map(Event::Mouse), 6)
}

/// Button, column and row, the last two counted from one.
fn mouse(numbers: &[u16], more: u16) -> Option<MouseEvent> {
    let [told, column, row] = numbers else { return None };
    let told = told.checked_sub(more)?;
    let (moves, button) = (told & 32 != 0, told & 3 | (told & 0xc0) >> 4);
    let kind = match (button, moves) {
        (0, false) => MouseEventKind::Down(MouseButton::Left),
        (1, false) => MouseEventKind::Down(MouseButton::Middle),
        (2, false) => MouseEventKind::Down(MouseButton::Right),
        (0, true) => MouseEventKind::Drag(MouseButton::Left),
        (1, true) => MouseEventKind::Drag(MouseButton::Middle),
        (2, true) => MouseEventKind::Drag(MouseButton::Right),
        (3, false) => MouseEventKind::Up(MouseButton::Left),
        (4, false) => MouseEventKind::ScrollUp,
        (5, false) => MouseEventKind::ScrollDown,
        (3..=5, true) => MouseEventKind::Moved,
        _ => return None,
    };
    let all = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers = modifiers(told, &all);
    Some(MouseEvent { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), modifiers })
}

fn released(event: MouseEvent, last: u8) -> MouseEvent {
    match event.kind {
        MouseEventKind::Down(button) if last == b'm' => {
            MouseEvent { kind: MouseEventKind::Up(button), ..event }
        }
        _ => event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        let control = |c| pressed(KeyCode::Char(c), KeyModifiers::CONTROL);
        for (bytes, event) in [
            ("a", pressed(KeyCode::Char('a'), NONE)),
            ("Ä", pressed(KeyCode::Char('Ä'), KeyModifiers::SHIFT)),
            ("–", pressed(KeyCode::Char('–'), NONE)),
            ("\r", pressed(KeyCode::Enter, NONE)),
            ("\t", pressed(KeyCode::Tab, NONE)),
            ("\x7f", pressed(KeyCode::Backspace, NONE)),
            ("\x08", control('h')),
            ("\n", control('j')),
            ("\x03", control('c')),
            ("\x15", control('u')),
            ("\x1a", control('z')),
            ("\x1c", control('4')),
            ("\x1bx", pressed(KeyCode::Char('x'), KeyModifiers::ALT)),
            ("\x1b\r", pressed(KeyCode::Enter, KeyModifiers::ALT)),
            ("\x1b[A", pressed(KeyCode::Up, NONE)),
            ("\x1bOB", pressed(KeyCode::Down, NONE)),
            ("\x1b[1;5C", pressed(KeyCode::Right, KeyModifiers::CONTROL)),
            ("\x1b[1;4D", pressed(KeyCode::Left, KeyModifiers::SHIFT | KeyModifiers::ALT)),
            ("\x1b[H", pressed(KeyCode::Home, NONE)),
            ("\x1b[4~", pressed(KeyCode::End, NONE)),
            ("\x1b[3~", pressed(KeyCode::Delete, NONE)),
            ("\x1b[5~", pressed(KeyCode::PageUp, NONE)),
            ("\x1b[6;2~", pressed(KeyCode::PageDown, KeyModifiers::SHIFT)),
            ("\x1b[Z", pressed(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ("\x1bOP", pressed(KeyCode::F(1), NONE)),
            ("\x1b[11~", pressed(KeyCode::F(1), NONE)),
            ("\x1b[12~", pressed(KeyCode::F(2), NONE)),
            ("\x1b[[A", pressed(KeyCode::F(1), NONE)),
            ("\x1b[24~", pressed(KeyCode::F(12), NONE)),
        ] {
            assert_eq!(first(bytes.as_bytes()), First::Event(event, bytes.len()), "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_in_the_three_ways_it_is_told() {
        let at = |kind, column, row| MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        for (bytes, event) in [
            ("\x1b[<0;12;5M", at(MouseEventKind::Down(MouseButton::Left), 11, 4)),
            ("\x1b[<0;12;5m", at(MouseEventKind::Up(MouseButton::Left), 11, 4)),
            ("\x1b[<65;1;1M", at(MouseEventKind::ScrollDown, 0, 0)),
            ("\x1b[<35;3;4M", at(MouseEventKind::Moved, 2, 3)),
            ("\x1b[32;12;5M", at(MouseEventKind::Down(MouseButton::Left), 11, 4)),
            ("\x1b[96;1;1M", at(MouseEventKind::ScrollUp, 0, 0)),
            ("\x1b[M ,%", at(MouseEventKind::Down(MouseButton::Left), 11, 4)),
        ] {
            assert_eq!(first(bytes.as_bytes()), First::Event(Event::Mouse(event), bytes.len()), "{bytes:?}");
        }
    }

    #[test]
    fn what_means_nothing_takes_no_key_with_it() {
        for (bytes, length) in [
            (&b"\x1b[?64;1c"[..], 8),
            (b"\x1b[5;7R", 6),
            (b"\x1b[I", 3),
            (b"\x1b[99~", 5),
            (b"\x1b[1\r", 3),
            (b"\xff", 1),
            (b"\x1bOz", 3),
        ] {
            let followed = [bytes, b"q"].concat();
            assert_eq!(first(&followed), First::Meaningless(length), "{bytes:?}");
        }
    }

    #[test]
    fn a_beginning_is_told_from_the_whole() {
        for bytes in [
            &b""[..],
            b"\x1b",
            b"\x1b[",
            b"\x1b[1;",
            b"\x1bO",
            b"\x1b[[",
            b"\x1b[M ",
            b"\xe2\x80",
            b"\x1b\xc3",
        ] {
            assert_eq!(first(bytes), First::Unfinished, "{bytes:?}");
        }
        assert_eq!(first(b"\x1b\x1b[A"), First::Event(Event::Key(KeyCode::Esc.into()), 1));
        let endless = [b"\x1b[".as_slice(), &[b'1'; 100]].concat();
        assert_eq!(first(&endless), First::Meaningless(102));
    }
}
