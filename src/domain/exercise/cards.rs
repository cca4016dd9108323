//! Open the card: the code on a paper card, which a player types to show that the paper was really opened.
//!
//! It is made from the name of the exercise and of the card, so that it can be printed before and is another one each time.
//! Five digits and a check character, as on the slip of a PIN: digits are alike in every hand and said easily on a
//! telephone. It is no secret, and protects nothing.

use crate::domain::secret::check_character::Scheme;
use crate::domain::sha256::sha256;

/// How many digits stand before the check character.
const DIGITS: usize = 5;

/// What was typed for a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// What stands on it.
    Fits,
    /// Its own check character does not fit: misread or mistyped.
    Misread,
    /// It fits in itself, and stands on another card, or on one of another exercise.
    Other,
}

/// The code on a card: `48217-X`. `exercise` is the exercise's name, `card` the card's in the scenario.
pub fn code(exercise: &str, card: &str) -> String {
    let digest = sha256(format!("{exercise}\n{card}").as_bytes());
    // Hexadecimal digits that are decimal ones too are evenly spread; a digest without five of them is told by zeros.
    let digits = digest.chars().filter(char::is_ascii_digit).chain("00000".chars());
    let digits: String = digits.take(DIGITS).collect();
    let check = Scheme::Pin.check(digits.chars()).map(String::from).unwrap_or_default();
    format!("{digits}-{check}")
}

/// Whether what was `typed` stands on a card. Spaces, hyphens and small letters do not matter.
pub fn typed(typed: &str, exercise: &str, card: &str) -> Typed {
    let bare = bare(typed);
    match () {
        () if bare == self::bare(&code(exercise, card)) => Typed::Fits,
        () if is_sound(&bare) => Typed::Other,
        () => Typed::Misread,
    }
}

/// Whether what was `typed` stands on this card.
pub fn fits(typed: &str, exercise: &str, card: &str) -> bool {
    self::typed(typed, exercise, card) == Typed::Fits
}

fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether the last character is the check character of those before.
fn is_sound(bare: &str) -> bool {
    let Some((digits, check)) = bare.len().checked_sub(1).map(|last| bare.split_at(last)) else {
        return false;
    };
    digits.len() == DIGITS && Scheme::Pin.check(digits.chars()).is_some_and(|c| check == c.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_each_time_and_another_one_for_each_card_and_exercise() {
        let made = code("2026-11-30-block-all", "envelope");
        assert_eq!(made, code("2026-11-30-block-all", "envelope"));
        assert_ne!(made, code("2026-11-30-block-all", "deputy"));
        assert_ne!(made, code("2026-12-01-block-all", "envelope"));
        assert_eq!(made.len(), 7, "{made}");
    }

    #[test]
    fn it_is_read_with_spaces_in_small_letters_and_without_its_hyphen() {
        for card in 0..40 {
            let card = format!("card-{card}");
            let made = code("an exercise", &card);
            let plain = made.replace('-', "").to_lowercase();
            let spaced: String = plain.chars().flat_map(|c| [' ', c]).collect();
            for typed in [made.clone(), plain, spaced, format!("{made}\n")] {
                assert!(fits(&typed, "an exercise", &card), "{typed}");
            }
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_told_from_another_card() {
        let (made, other) = (code("an exercise", "envelope"), code("an exercise", "deputy"));
        assert_eq!(typed(&other, "an exercise", "envelope"), Typed::Other);
        let wrong =
            if made.starts_with('9') { made.replacen('9', "8", 1) } else { format!("9{}", &made[1..]) };
        for misread in [wrong.as_str(), "", "x", "12345", "123456789", "envelope", "\u{202e}é"] {
            assert_eq!(typed(misread, "an exercise", "envelope"), Typed::Misread, "{misread}");
        }
    }
}
