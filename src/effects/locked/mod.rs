//! Memory for secrets: pages of their own that no swap file, no core dump and no child gets, wiped when dropped.
//!
//! What is kept here has a fixed room: it never moves, so nothing is left behind. Everything in this file is safe code; the
//! pages themselves come from [`pages`]. Where a system gives none, the room is ordinary memory that is wiped, and
//! [`kind`] says so.

use zeroize::{Zeroize, Zeroizing};

use crate::domain::secret::Secret;

#[cfg(unix)]
mod pages;
#[cfg(unix)]
mod smaps;

/// What the memory of secrets is on this machine, as the system itself tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Secret memory (`memfd_secret`): not even the system reads it for another program; never in swap, dumps, children.
    Secret,
    /// Locked: never in swap, dumps or children.
    Locked,
    /// It could not be locked, so swap space may get it; not in dumps, nor in children.
    Unlocked,
    /// Ordinary memory, only wiped.
    Ordinary,
}

impl Kind {
    /// In a few words, beside what else is looked at.
    pub fn words(self) -> &'static str {
        match self {
            Self::Secret => "secret memory (memfd_secret)",
            Self::Locked => "locked memory (mlock)",
            Self::Unlocked => "memory that is not locked",
            Self::Ordinary => "ordinary memory that is wiped",
        }
    }
}

/// Takes a page, writes to it and reads back what the system says of it.
pub fn kind() -> Kind {
    system::kind()
}

/// A room of a fixed size.
enum Room {
    #[cfg(unix)]
    Pages(pages::Pages),
    Ordinary(Zeroizing<Vec<u8>>),
}

/// Bytes in memory of their own.
pub struct Locked {
    room: Room,
    length: usize,
}

impl Locked {
    /// An empty one for up to `size` bytes.
    pub fn with_room(size: usize) -> Self {
        Self { room: system::room(size), length: 0 }
    }

    /// What is in it.
    pub fn bytes(&self) -> &[u8] {
        &self.all()[..self.length]
    }

    /// How many bytes more it takes.
    pub fn free(&self) -> usize {
        self.all().len() - self.length
    }

    /// Adds `bytes` as far as there is room.
    pub fn extend(&mut self, bytes: &[u8]) {
        let taken = bytes.len().min(self.free());
        let at = self.length;
        self.all_mut()[at..at + taken].copy_from_slice(&bytes[..taken]);
        self.length += taken;
    }

    /// Lets `read` put bytes into the free room and say how many.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn fill(&mut self, read: impl FnOnce(&mut [u8]) -> std::io::Result<usize>) -> std::io::Result<usize> {
        let at = self.length;
        let came = read(&mut self.all_mut()[at..])?;
        self.length = (at + came).min(self.all().len());
        Ok(came)
    }

    /// Takes `count` bytes away from the front and wipes where the last ones stood.
    pub fn consume(&mut self, count: usize) {
        let (length, count) = (self.length, count.min(self.length));
        let all = self.all_mut();
        all.copy_within(count..length, 0);
        all[length - count..length].zeroize();
        self.length = length - count;
    }

    /// Cuts it off behind `length` bytes and wipes the rest.
    pub fn truncate(&mut self, length: usize) {
        let (before, length) = (self.length, length.min(self.length));
        self.all_mut()[length..before].zeroize();
        self.length = length;
    }

    fn all(&self) -> &[u8] {
        match &self.room {
            #[cfg(unix)]
            Room::Pages(pages) => pages.bytes(),
            Room::Ordinary(bytes) => bytes,
        }
    }

    fn all_mut(&mut self) -> &mut [u8] {
        match &mut self.room {
            #[cfg(unix)]
            Room::Pages(pages) => pages.bytes_mut(),
            Room::Ordinary(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Locked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Locked(•••)")
    }
}

/// Text in memory of its own.
#[derive(Debug)]
pub struct LockedText(Locked);

impl LockedText {
    /// An empty one for up to `size` bytes of UTF-8.
    pub fn with_room(size: usize) -> Self {
        Self(Locked::with_room(size))
    }

    /// Takes `text` in.
    pub fn of(text: &str) -> Self {
        let mut kept = Locked::with_room(text.len());
        kept.extend(text.as_bytes());
        Self(kept)
    }

    /// The text, lent.
    pub fn as_str(&self) -> &str {
        // Only whole characters go in and out, so there is nothing else to be found.
        std::str::from_utf8(self.0.bytes()).unwrap_or_default()
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.as_str().chars().count()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.0.bytes().is_empty()
    }

    /// Adds a character while there is room.
    pub fn push(&mut self, c: char) {
        let mut bytes = [0; 4];
        let encoded = c.encode_utf8(&mut bytes).as_bytes();
        if encoded.len() <= self.0.free() {
            self.0.extend(encoded);
        }
        bytes.zeroize();
    }

    /// Takes the last character away.
    pub fn pop(&mut self) {
        let last = self.as_str().char_indices().next_back().map_or(0, |(at, _)| at);
        self.0.truncate(last);
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.0.truncate(0);
    }
}

/// `text` as a secret in memory of its own.
pub fn secret(text: &str) -> Secret {
    Secret::standing_in(Box::new(LockedText::of(text)))
}

impl AsRef<str> for LockedText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(unix)]
mod system {
    use zeroize::Zeroizing;

    use super::{Kind, Room, pages, smaps};

    pub(super) fn room(size: usize) -> Room {
        match pages::Pages::new(size) {
            Ok(pages) => Room::Pages(pages),
            Err(_) => Room::Ordinary(Zeroizing::new(vec![0; size])),
        }
    }

    pub(super) fn kind() -> Kind {
        let Ok(mut probe) = pages::Pages::new(1) else { return Kind::Ordinary };
        probe.bytes_mut()[0] = 1;
        smaps::seen(&probe)
    }
}

#[cfg(not(unix))]
mod system {
    use zeroize::Zeroizing;

    use super::{Kind, Room};

    pub(super) fn room(size: usize) -> Room {
        Room::Ordinary(Zeroizing::new(vec![0; size]))
    }

    pub(super) fn kind() -> Kind {
        Kind::Ordinary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_and_shrinks_by_characters_and_leaves_nothing_behind_its_end() {
        let mut text = LockedText::with_room(6);
        "aé–".chars().for_each(|c| text.push(c));
        assert_eq!((text.as_str(), text.len()), ("aé–", 3));
        text.pop();
        assert_eq!(text.as_str(), "aé");
        assert!(text.0.all()[3..].iter().all(|byte| *byte == 0));
        text.clear();
        assert!(text.is_empty() && text.0.all().iter().all(|byte| *byte == 0));
        text.pop();
        assert!(text.is_empty());
    }

    #[test]
    fn a_character_that_finds_no_room_is_left_out_whole() {
        let mut text = LockedText::with_room(6);
        while text.0.free() > 1 {
            text.push('x');
        }
        let full = text.len();
        text.push('é');
        assert_eq!(text.len(), full);
        text.push('x');
        assert_eq!((text.len(), text.0.free()), (full + 1, 0));
    }

    #[test]
    fn bytes_are_taken_from_the_front_and_wiped_at_the_end() {
        let mut bytes = Locked::with_room(8);
        bytes.extend(b"abcdefgh");
        bytes.consume(5);
        assert_eq!((bytes.bytes(), bytes.free()), (&b"fgh"[..], bytes.all().len() - 3));
        assert!(bytes.all()[3..].iter().all(|byte| *byte == 0));
        bytes.consume(9);
        assert!(bytes.bytes().is_empty());
        assert_eq!(format!("{bytes:?}"), "Locked(•••)");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_itself_says_that_a_secret_is_not_swapped_dumped_or_inherited() {
        // Eight megabytes may be locked on an ordinary machine; where nothing may, the report says so.
        let may_lock = rustix::process::getrlimit(rustix::process::Resource::Memlock).current;
        let expected = may_lock.is_none_or(|most| most >= 1 << 16);
        assert_eq!(matches!(kind(), Kind::Secret | Kind::Locked), expected, "{:?}", kind());
    }
}
