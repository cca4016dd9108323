//! Secrets: a type that cannot be printed, cloned or serialized, and names for secrets kept elsewhere.
//!
//! The text of a secret lives only in the vault (`effects::vault`). Everything else, every message,
//! effect, action and screen, holds a [`SecretId`] or a [`SecretRef`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub mod check_character;
pub mod names;
pub mod password;
pub mod pin;
pub mod typing_back;
pub mod values;

/// The text of a secret, wiped when dropped. No `Display`, `Clone` or `Serialize`, and a `Debug` that tells nothing.
pub struct Secret(Arc<Memory>);

/// Where the text stands.
enum Memory {
    Ordinary(Zeroizing<String>),
    /// In memory that somebody else made for it, and wipes.
    Special(Box<dyn AsRef<str> + Send + Sync>),
}

impl Secret {
    /// Takes ownership of `text`; the caller keeps no copy.
    pub fn new(text: Zeroizing<String>) -> Self {
        Self(Arc::new(Memory::Ordinary(text)))
    }

    /// A secret whose text stays where it is: in memory that is wiped when it is dropped.
    pub fn standing_in(memory: Box<dyn AsRef<str> + Send + Sync>) -> Self {
        Self(Arc::new(Memory::Special(memory)))
    }

    /// Lends it to somebody who has to have it for longer: the same text, at the same place.
    #[must_use]
    pub fn lent(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// Lends the text for one use.
    pub fn expose(&self) -> &str {
        match &*self.0 {
            Memory::Ordinary(text) => text,
            Memory::Special(memory) => (**memory).as_ref(),
        }
    }

    /// How many characters the secret has.
    pub fn len(&self) -> usize {
        self.expose().chars().count()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(•••)")
    }
}

/// The name of a secret in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SecretId(pub u32);

/// What a secret is, which decides its alphabet and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum SecretKind {
    /// A password of this many characters from the alphabet in [`crate::domain::secret::password`].
    Password { length: usize },
    /// A PIN for a security key, of this many digits.
    Pin { digits: usize },
}

/// How many characters stand together on screen and paper.
pub const GROUP: usize = 4;
/// How many groups make a line, on paper and when typing back.
pub const GROUPS_IN_LINE: usize = 4;

/// How many lines a secret of `length` characters takes when it is typed back.
pub fn lines(length: usize) -> usize {
    length.div_ceil(GROUP * GROUPS_IN_LINE)
}

/// The part of a secret that a screen wants painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole secret, in groups of four.
    Whole,
    /// One group of four, counted from zero.
    Group(usize),
}

/// A place on a screen where a face may ask the vault to paint a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretRef {
    /// Which secret.
    pub id: SecretId,
    /// Which part of it.
    pub part: Part,
    /// How many characters the whole secret has.
    pub length: usize,
}
