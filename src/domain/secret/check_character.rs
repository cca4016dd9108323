//! Check characters: one for each line of a slip and one for the whole, to be worked out with a pencil if need be.
//!
//! Every character has a number, its place in the alphabet counted from zero. Multiply each number by its weight (1 for
//! the first character, 2 for the second, and so on; after [`Scheme::weights`] the weights begin again), add everything up, and
//! divide by the prime of the alphabet. The remainder, looked up in the check alphabet, is the check character.
//!
//! It finds every single wrong character and every swap of neighbors, that of the last character with the check
//! character included: the prime is larger than every number, no weight is a multiple of it, neighboring weights differ
//! by less than it, and no weight is one less than it. The suite tries them all.

use crate::domain::secret::password::{CAPITALS, DIGITS, SMALL};

/// A way to make check characters, for one alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Passwords: 32 characters, modulo 37.
    Password,
    /// PINs: ten digits, modulo 11.
    Pin,
}

/// Signs for the five remainders that are no number of a password character; none looks like one of those.
const BEYOND: &str = "BQSY#";
/// The sign for the remainder 10 of a PIN, as in the numbers of old books.
const TEN: &str = "X";

impl Scheme {
    /// What the sum is divided by.
    pub const fn prime(self) -> usize {
        match self {
            Self::Password => 37,
            Self::Pin => 11,
        }
    }

    /// How many weights there are before they begin again: two fewer than the prime, so that no weight is 0 or -1.
    pub const fn weights(self) -> usize {
        self.prime() - 2
    }

    /// The characters that check characters are taken from; those of the secret come first, in the order of their
    /// numbers.
    pub fn alphabet(self) -> impl Iterator<Item = char> + Clone {
        let (secret, beyond) = match self {
            Self::Password => ([CAPITALS, SMALL, DIGITS], BEYOND),
            Self::Pin => (["0123456789", "", ""], TEN),
        };
        secret.into_iter().chain([beyond]).flat_map(str::chars)
    }

    /// How many of them occur in a secret.
    pub const fn size(self) -> usize {
        match self {
            Self::Password => CAPITALS.len() + SMALL.len() + DIGITS.len(),
            Self::Pin => 10,
        }
    }

    /// The check character of `text`; `None` when a character of it has no number.
    pub fn check(self, text: impl Iterator<Item = char>) -> Option<char> {
        let mut sum = 0;
        for (place, c) in text.enumerate() {
            sum += self.number(c)? * (place % self.weights() + 1);
        }
        self.alphabet().nth(sum % self.prime())
    }

    fn number(self, c: char) -> Option<usize> {
        self.alphabet().take(self.size()).position(|known| known == c)
    }
}
