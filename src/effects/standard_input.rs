//! Standard input, line by line, past the buffer of the standard library: that one keeps the last line it read for good, and
//! it may have been a PIN or a client secret. Here it stands in one [locked](super::locked) room, and is wiped as it is taken.

use std::io;

use zeroize::Zeroizing;

use crate::effects::locked::Locked;

/// The longest line taken, bytes; the rest of a longer one is dropped.
const LONGEST: usize = 4_096;

/// The one reader of standard input; a second one would miss what the first has read already.
pub struct StandardInput(Locked);

impl Default for StandardInput {
    fn default() -> Self {
        Self(Locked::with_room(2 * LONGEST))
    }
}

impl StandardInput {
    /// The next line, without its end; `None` when the input has ended.
    pub fn line(&mut self) -> Option<Zeroizing<String>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        loop {
            if self.0.bytes().is_empty() && !self.fill() {
                return (!bytes.is_empty()).then(|| text(&bytes));
            }
            let available = self.0.bytes();
            let end = available.iter().position(|b| *b == b'\n');
            let part = &available[..end.unwrap_or(available.len())];
            let room = LONGEST - bytes.len();
            bytes.extend_from_slice(&part[..part.len().min(room)]);
            let used = part.len() + usize::from(end.is_some());
            self.0.consume(used);
            if end.is_some() {
                return Some(text(&bytes));
            }
        }
    }

    /// Drops what is there already, without waiting for more, and tells whether there was anything.
    pub fn discard(&mut self) -> bool {
        let mut dropped = false;
        loop {
            dropped |= !self.0.bytes().is_empty();
            self.0.truncate(0);
            if !system::holds_more() || !self.fill() {
                return dropped;
            }
        }
    }

    /// Reads more; `false` at the end of the input.
    fn fill(&mut self) -> bool {
        loop {
            match self.0.fill(system::read) {
                Ok(read) => return read > 0,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}

fn text(bytes: &[u8]) -> Zeroizing<String> {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let mut text = Zeroizing::new(String::with_capacity(line.len() * 3));
    for chunk in line.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend((!chunk.invalid().is_empty()).then_some(char::REPLACEMENT_CHARACTER));
    }
    text
}

#[cfg(unix)]
mod system {
    use std::io;

    /// Reads what is there, or waits for it.
    pub fn read(free: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(io::stdin(), free)?)
    }

    /// Whether more can be read without waiting.
    pub fn holds_more() -> bool {
        rustix::io::ioctl_fionread(io::stdin()).is_ok_and(|bytes| bytes > 0)
    }
}

#[cfg(not(unix))]
mod system {
    use std::io::{self, Read as _};

    /// Reads what is there, or waits for it. A console speaks to the library only, whose buffer keeps what it keeps.
    pub fn read(free: &mut [u8]) -> io::Result<usize> {
        io::stdin().lock().read(free)
    }

    /// Not to be known here.
    pub fn holds_more() -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_without_its_end_and_what_is_no_text_is_marked() {
        for (bytes, line) in
            [(&b"abc\r"[..], "abc"), (b"a\xffc", "a\u{fffd}c"), (b"", ""), (b"\xc3\xa9", "\u{e9}")]
        {
            assert_eq!(*text(bytes), line, "{bytes:?}");
        }
    }
}
