//! The alphabet of generated passwords, their strength and what Entra demands of them.
//!
//! Thirty-two characters that cannot be mistaken for one another in print or in handwriting: no letter whose
//! capital and small form look alike (c, k, p, s, u, v, w, x, z keep one form or none), no 0 O 1 l I 5 S 6 b-like
//! pairs, no y and z (they change places between keyboards) and no symbols (they move on foreign keyboards).
//! Five bits for each character.

/// Capital letters of the alphabet.
pub const CAPITALS: &str = "ACDEFHJKLMNPRTUWX";
/// Small letters of the alphabet.
pub const SMALL: &str = "abdefhmnrt";
/// Digits of the alphabet.
pub const DIGITS: &str = "23479";

/// The shortest password the product makes; the guide recommends 24 or more.
pub const SHORTEST: usize = 24;
/// The preset length, so that half a password still holds 80 bits.
pub const PRESET: usize = 32;
/// The longest password the product makes; Entra's own limit is 256 (contract 15.7), paper and patience set ours.
pub const LONGEST: usize = 64;

/// Whether `c` belongs to the alphabet.
pub fn in_alphabet(c: char) -> bool {
    CAPITALS.contains(c) || SMALL.contains(c) || DIGITS.contains(c)
}

/// Whether `text` has a capital, a small letter and a digit: three of Entra's four classes (contract 15.7).
pub fn is_complex(text: &str) -> bool {
    [CAPITALS, SMALL, DIGITS].iter().all(|class| text.chars().any(|c| class.contains(c)))
}

/// The exact entropy in bits of a uniformly drawn password of `length` characters that [`is_complex`].
///
/// Inclusion and exclusion over the three classes: the strings that miss a class are taken off.
pub fn entropy_bits(length: usize) -> f64 {
    let power = i32::try_from(length).unwrap_or(i32::MAX);
    let share = |left: usize| (count(left) / count(total())).powi(power);
    let (a, b, c) = (CAPITALS.len(), SMALL.len(), DIGITS.len());
    let accepted = 1.0 - share(b + c) - share(a + c) - share(a + b) + share(a) + share(b) + share(c);
    f64::from(power) * count(total()).log2() + accepted.log2()
}

fn total() -> usize {
    CAPITALS.len() + SMALL.len() + DIGITS.len()
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Obvious PINs of any length, which are never made: one digit repeated, digits that go straight up or straight down; each
/// begins with any of ten.
const OBVIOUS_PINS: f64 = 30.0;

/// The exact entropy in bits of a uniformly drawn PIN of `digits` digits (three or more) that is not obvious. A key locks
/// after eight wrong PINs.
pub fn pin_bits(digits: usize) -> f64 {
    let power = i32::try_from(digits).unwrap_or(i32::MAX);
    (10f64.powi(power) - OBVIOUS_PINS).log2()
}

/// How many bits must stay unknown to the custodian of one half.
pub const HALF_BITS: f64 = 80.0;

/// The entropy in bits of `length` characters of a password whose others are known: five bits each, and at the worst a
/// little less where the known ones lack a class. That little, under a tenth of a bit for 16 characters, is neglected.
pub fn half_bits(length: usize) -> f64 {
    count(length) * count(total()).log2()
}

/// Whether each of two custodians who hold half of a password of `length` characters lacks at least [`HALF_BITS`].
pub fn may_be_halved(length: usize) -> bool {
    half_bits(length / 2) >= HALF_BITS
}

/// How `c` is said aloud: "november", "UPPER K", "seven".
pub fn spoken(c: char) -> String {
    const WORDS: [&str; 26] = [
        "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo",
        "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform",
        "victor", "whiskey", "x-ray", "yankee", "zulu",
    ];
    const NUMBERS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let word = |c: char| WORDS[(c as usize - 'a' as usize) % 26];
    match c {
        'a'..='z' => word(c).to_owned(),
        'A'..='Z' => format!("UPPER {}", word(c.to_ascii_lowercase()).to_uppercase()),
        '0'..='9' => NUMBERS[(c as usize - '0' as usize) % 10].to_owned(),
        _ => "sign".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_holds_five_bits() {
        let all: std::collections::BTreeSet<char> =
            CAPITALS.chars().chain(SMALL.chars()).chain(DIGITS.chars()).collect();
        assert_eq!(all.len(), 32);
    }

    #[test]
    fn entropy_is_a_little_under_five_bits_each() {
        assert!((entropy_bits(32) - 160.0).abs() < 0.02);
        assert!(entropy_bits(24) > 119.9 && entropy_bits(24) < 120.0);
    }

    #[test]
    fn complexity_needs_three_classes() {
        assert!(is_complex("Aa2"));
        assert!(!is_complex("Aab"));
        assert!(!is_complex("A22"));
    }
}
