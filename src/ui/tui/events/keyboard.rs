//! What was typed and not taken yet, in one locked room that is wiped as it is taken.

use std::io;

use crossterm::event::{Event, KeyCode};

use super::sequences::{First, first};
use crate::effects::locked::Locked;

/// Bytes: more than a burst of keys, and as much of a paste as is taken. The rest of a longer one is dropped.
const ROOM: usize = 8 * 1024;
/// Before and behind what is pasted (bracketed paste, xterm's mode 2004).
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What comes next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// This.
    Event(Event),
    /// A sequence has begun; its rest comes soon, or Esc alone was pressed.
    Unfinished,
    /// Nothing before more is read.
    Nothing,
}

/// Whether what comes is dropped because its beginning was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Counts,
    OfPaste,
}

/// The bytes of a keyboard.
pub struct Keyboard {
    typed: Locked,
    rest: Rest,
}

impl Default for Keyboard {
    fn default() -> Self {
        Self { typed: Locked::with_room(ROOM), rest: Rest::Counts }
    }
}

impl Keyboard {
    /// Lets `read` add bytes and say how many.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn fill(&mut self, read: impl FnOnce(&mut [u8]) -> io::Result<usize>) -> io::Result<usize> {
        self.typed.fill(read)
    }

    /// Takes the next event.
    pub fn next(&mut self) -> Next {
        loop {
            if self.rest == Rest::OfPaste && !self.drop_rest() {
                return Next::Nothing;
            }
            let typed = self.typed.bytes();
            if typed.is_empty() {
                return Next::Nothing;
            }
            if typed.starts_with(PASTE_BEGINS) {
                return self.pasted().map_or(Next::Nothing, Next::Event);
            }
            match first(typed) {
                First::Event(event, length) => {
                    self.typed.consume(length);
                    return Next::Event(event);
                }
                First::Meaningless(length) => self.typed.consume(length),
                First::Unfinished => return Next::Unfinished,
            }
        }
    }

    /// No rest came: Esc was pressed alone, or what began means nothing.
    pub fn cut(&mut self) -> Option<Event> {
        let is_escape = self.typed.bytes() == b"\x1b";
        self.typed.truncate(0);
        is_escape.then(|| Event::Key(KeyCode::Esc.into()))
    }

    /// Drops what is there; the rest of a paste that has begun does not become keys.
    pub fn forget(&mut self) {
        if self.typed.bytes().starts_with(PASTE_BEGINS) {
            self.rest = Rest::OfPaste;
            self.drop_rest();
        } else {
            self.typed.truncate(0);
        }
    }

    /// What was pasted, once its end is there or there is no room for more of it.
    fn pasted(&mut self) -> Option<Event> {
        let typed = &self.typed.bytes()[PASTE_BEGINS.len()..];
        let end = place(typed, PASTE_ENDS);
        if end.is_none() && self.typed.free() > 0 {
            return None;
        }
        let length = end.unwrap_or(typed.len());
        let pasted = Event::Paste(String::from_utf8_lossy(&typed[..length]).into_owned());
        let used = PASTE_BEGINS.len() + length;
        if end.is_none() {
            self.rest = Rest::OfPaste;
        }
        self.typed.consume(used + end.map_or(0, |_| PASTE_ENDS.len()));
        Some(pasted)
    }

    /// Drops the rest of a paste; `false` while its end has not come.
    fn drop_rest(&mut self) -> bool {
        let typed = self.typed.bytes();
        let Some(end) = place(typed, PASTE_ENDS) else {
            // Its end may have begun already.
            let kept = typed.len().min(PASTE_ENDS.len() - 1);
            self.typed.consume(typed.len() - kept);
            return false;
        };
        self.typed.consume(end + PASTE_ENDS.len());
        self.rest = Rest::Counts;
        true
    }
}

fn place(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keyboard: &mut Keyboard, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut left = bytes;
        while !left.is_empty() {
            let read = |free: &mut [u8]| {
                let count = left.len().min(free.len());
                free[..count].copy_from_slice(&left[..count]);
                Ok(count)
            };
            let count = keyboard.fill(read).expect("nothing fails here");
            left = &left[count..];
            while let Next::Event(event) = keyboard.next() {
                events.push(event);
            }
        }
        events
    }

    fn key(c: char) -> Event {
        Event::Key(KeyCode::Char(c).into())
    }

    fn paste(text: &str) -> Event {
        Event::Paste(text.to_owned())
    }

    #[test]
    fn nothing_stays_of_what_was_taken() {
        let mut keyboard = Keyboard::default();
        assert_eq!(typed(&mut keyboard, b"abc").len(), 3);
        let left = keyboard.typed.fill(|all| Ok(all.iter().filter(|byte| **byte != 0).count()));
        assert_eq!(left.expect("looked at"), 0);
    }

    #[test]
    fn a_sequence_may_come_in_pieces_and_escape_alone_is_a_key() {
        let mut keyboard = Keyboard::default();
        assert_eq!(typed(&mut keyboard, b"\x1b"), []);
        assert_eq!(keyboard.next(), Next::Unfinished);
        assert_eq!(typed(&mut keyboard, b"[A"), [Event::Key(KeyCode::Up.into())]);
        assert_eq!(typed(&mut keyboard, b"\x1b"), []);
        assert_eq!(keyboard.cut(), Some(Event::Key(KeyCode::Esc.into())));
        assert_eq!(typed(&mut keyboard, b"\x1b["), []);
        assert_eq!((keyboard.cut(), keyboard.next()), (None, Next::Nothing));
        assert_eq!(typed(&mut keyboard, "é".as_bytes()[..1].as_ref()), []);
        assert_eq!(typed(&mut keyboard, &"éx".as_bytes()[1..]), [key('é'), key('x')]);
    }

    #[test]
    fn a_paste_is_one_event_and_what_is_too_long_of_it_is_dropped() {
        let mut keyboard = Keyboard::default();
        assert_eq!(typed(&mut keyboard, b"\x1b[200~one"), []);
        assert_eq!(keyboard.next(), Next::Nothing, "its end is waited for without a limit");
        assert_eq!(typed(&mut keyboard, b" two\x1b[201~x"), [paste("one two"), key('x')]);
        let long = [PASTE_BEGINS, &vec![b'y'; 3 * ROOM], PASTE_ENDS, b"x"].concat();
        let events = typed(&mut keyboard, &long);
        assert_eq!((events.len(), &events[1]), (2, &key('x')));
        assert!(matches!(&events[0], Event::Paste(text) if text.len() > ROOM / 2));
    }

    #[test]
    fn what_was_typed_for_another_question_is_forgotten_a_paste_to_its_end() {
        let mut keyboard = Keyboard::default();
        keyboard.typed.extend(b"ab\x1b");
        keyboard.forget();
        assert_eq!(keyboard.next(), Next::Nothing);
        keyboard.typed.extend(b"\x1b[200~half of a pas");
        keyboard.forget();
        assert_eq!(typed(&mut keyboard, b"te q\x1b[20"), []);
        assert_eq!(typed(&mut keyboard, b"1~x"), [key('x')]);
    }
}
