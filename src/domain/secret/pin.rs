//! A PIN that a person chose: whether a security key takes it, and whether it is among the first that anybody tries.
//!
//! Looked at in memory and never kept; only the outcome leaves this file.

/// The fewest characters that a FIDO2 key takes (CTAP 2.1, section 6.5.1).
pub const SHORTEST: usize = 4;
/// The most: 63 bytes of UTF-8; here every character is one byte.
pub const LONGEST: usize = 63;

/// Digits of a PIN that is proposed. Entra's keys take 4 to 63; eight digits and eight tries leave one chance in ten
/// million.
pub const DIGITS: usize = 8;

/// How a chosen PIN was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighed {
    /// Nothing speaks against it.
    Fine,
    /// A key takes it, and so does everybody who guesses: repeated, counted up or down, a year, a row of keys.
    Guessed,
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// It has a character that is no digit and no letter without accents.
    OddCharacter,
}

impl Weighed {
    /// Whether a key and a hurried hand can do with it.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Fine | Self::Guessed)
    }

    /// What to tell the person; `None` when there is nothing to say.
    pub fn problem(self) -> Option<String> {
        match self {
            Self::Fine => None,
            Self::Guessed => {
                Some("This PIN is among the first that anybody tries. A key allows eight tries.".to_owned())
            }
            Self::TooShort => Some(format!("A key wants at least {SHORTEST} characters.")),
            Self::TooLong => Some(format!("A key takes at most {LONGEST} characters.")),
            Self::OddCharacter => Some(
                "Digits and plain letters only: other characters move from keyboard to keyboard.".to_owned(),
            ),
        }
    }
}

/// PINs that lists of stolen ones begin with and that no rule below catches.
const KNOWN: [&str; 8] = ["0852", "1004", "1122", "2580", "12321", "112233", "password", "qwerty"];

/// Looks at a PIN; spaces and dashes that group it do not count.
pub fn weigh(typed: &str) -> Weighed {
    let is_gap = |c: char| c.is_whitespace() || c == '-';
    let bytes = || typed.chars().filter(move |c| !is_gap(*c));
    match bytes().count() {
        _ if bytes().any(|c| !c.is_ascii_alphanumeric()) => Weighed::OddCharacter,
        n if n < SHORTEST => Weighed::TooShort,
        n if n > LONGEST => Weighed::TooLong,
        _ if is_guessed(bytes) => Weighed::Guessed,
        _ => Weighed::Fine,
    }
}

/// `letters` gives the same characters each time it is asked, so that no copy of them is made.
fn is_guessed<I: Iterator<Item = char>>(letters: impl Fn() -> I) -> bool {
    is_stepped(letters()) || is_repeated(&letters) || is_year(&letters) || is_known(&letters)
}

/// One character again and again, or characters that go straight up or down, 9 and 0 being neighbors.
pub fn is_stepped(letters: impl Iterator<Item = char>) -> bool {
    let mut numbers = letters.map(|c| c.to_ascii_lowercase() as i32);
    let Some(mut before) = numbers.next() else { return false };
    let mut way = None;
    for number in numbers {
        let step = match number - before {
            9 => -1,
            -9 => 1,
            step => step,
        };
        if !(-1..=1).contains(&step) || way.is_some_and(|way| way != step) {
            return false;
        }
        (way, before) = (Some(step), number);
    }
    true
}

/// A short piece again and again: 1212, 123123, abab.
fn is_repeated<I: Iterator<Item = char>>(letters: &impl Fn() -> I) -> bool {
    let count = letters().count();
    (1..=count / 2)
        .filter(|size| count.is_multiple_of(*size))
        .any(|size| letters().skip(size).zip(letters()).all(|(one, other)| one == other))
}

/// A year that somebody was born in.
fn is_year<I: Iterator<Item = char>>(letters: &impl Fn() -> I) -> bool {
    let starts = |century: &str| letters().zip(century.chars()).all(|(one, other)| one == other);
    letters().count() == 4 && (starts("19") || starts("20")) && letters().all(|c| c.is_ascii_digit())
}

fn is_known<I: Iterator<Item = char>>(letters: &impl Fn() -> I) -> bool {
    KNOWN.iter().any(|known| known.chars().eq(letters().map(|c| c.to_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_told_and_the_rest_is_not() {
        for pin in
            ["1234", "4321", "0000", "890123", "abcd", "1212", "123123", "1987", "2024", "2580", "QWERTY"]
        {
            assert_eq!(weigh(pin), Weighed::Guessed, "{pin}");
        }
        for pin in ["4071", "40 71 82", "135790", "harbor7", "112358", "2 9 4 7"] {
            assert_eq!(weigh(pin), Weighed::Fine, "{pin}");
        }
    }

    #[test]
    fn a_key_takes_four_to_sixty_three_digits_and_letters() {
        for length in 0..=70 {
            let pin: String = "4071aXk93".chars().cycle().take(length).collect();
            assert_eq!(weigh(&pin).is_usable(), (4..=63).contains(&length), "{length}");
        }
        for pin in ["40 71ä", "40;71", "pin\u{301}4"] {
            assert_eq!(weigh(pin), Weighed::OddCharacter, "{pin}");
        }
    }
}
