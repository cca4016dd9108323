//! Random passwords and PINs, drawn by the `passwords` crate and filtered to the alphabet of this product.
//!
//! Each is drawn on a short-lived thread, and the thread's random generator is reseeded and used once more before
//! the thread ends: its block buffer would otherwise still hold most of the password. Nothing is stored here.

use passwords::PasswordGenerator;
use rand::Rng as _;
use zeroize::Zeroizing;

use crate::domain::secret::password::{LONGEST, SHORTEST, in_alphabet, is_complex};
use crate::domain::secret::{Secret, SecretKind};
use crate::domain::trouble::Trouble;

/// The fewest digits of a PIN made here; FIDO2 itself allows four.
pub const SHORTEST_PIN: usize = 6;
/// The most digits of a PIN made here; FIDO2 allows 63 bytes, a person at a keyboard fewer.
pub const LONGEST_PIN: usize = 16;

/// A new secret of `kind`.
pub fn secret(kind: SecretKind) -> Result<Secret, Trouble> {
    check_length(kind)?;
    let text = std::thread::Builder::new()
        .name("secret".to_owned())
        .spawn(move || draw_and_wipe(kind))
        .map_err(|_| no_randomness())?
        .join()
        .map_err(|_| no_randomness())??;
    Ok(Secret::new(text))
}

fn check_length(kind: SecretKind) -> Result<(), Trouble> {
    let (length, shortest, longest) = match kind {
        SecretKind::Password { length } => (length, SHORTEST, LONGEST),
        SecretKind::Pin { digits } => (digits, SHORTEST_PIN, LONGEST_PIN),
    };
    if (shortest..=longest).contains(&length) {
        return Ok(());
    }
    Err(Trouble::new(
        format!("A secret of {length} characters is not made here."),
        format!("It must have {shortest} to {longest} characters."),
        "Correct the length in the plan.",
    ))
}

fn no_randomness() -> Trouble {
    Trouble::new(
        "No password could be made.",
        "The operating system gave no random numbers.",
        "Start the computer again, or use another one.",
    )
}

fn draw_and_wipe(kind: SecretKind) -> Result<Zeroizing<String>, Trouble> {
    let drawn = match kind {
        SecretKind::Password { length } => draw_password(length),
        SecretKind::Pin { digits } => draw_pin(digits),
    };
    wipe_generator()?;
    drawn
}

/// Reseeding alone leaves the old block in the buffer; one more number overwrites it.
fn wipe_generator() -> Result<(), Trouble> {
    let mut random = rand::rng();
    random.reseed().map_err(|_| no_randomness())?;
    let _ = random.next_u32();
    Ok(())
}

/// A whole password is rejected when a class is missing, so that the accepted ones stay equally likely.
fn draw_password(length: usize) -> Result<Zeroizing<String>, Trouble> {
    let generator = PasswordGenerator::new()
        .length(surplus(length))
        .numbers(true)
        .lowercase_letters(true)
        .uppercase_letters(true)
        .symbols(false)
        .strict(false);
    loop {
        let candidate = first_in_alphabet(&draw(&generator)?, length);
        if candidate.len() == length && is_complex(&candidate) {
            return Ok(candidate);
        }
    }
}

fn draw_pin(digits: usize) -> Result<Zeroizing<String>, Trouble> {
    let generator = PasswordGenerator::new()
        .length(digits)
        .numbers(true)
        .lowercase_letters(false)
        .uppercase_letters(false)
        .symbols(false)
        .strict(false);
    loop {
        let candidate = draw(&generator)?;
        if !is_obvious_pin(&candidate) {
            return Ok(candidate);
        }
    }
}

fn draw(generator: &PasswordGenerator) -> Result<Zeroizing<String>, Trouble> {
    generator.generate_one().map(Zeroizing::new).map_err(|_| no_randomness())
}

/// A little over half of 62 letters and digits is in the alphabet; four times as many are hardly ever too few.
fn surplus(length: usize) -> usize {
    length * 4
}

/// The first `length` characters of `drawn` that belong to the alphabet, in one allocation.
///
/// The characters are drawn independently, so those that stay are uniform over the alphabet.
fn first_in_alphabet(drawn: &str, length: usize) -> Zeroizing<String> {
    let mut kept = Zeroizing::new(String::with_capacity(length));
    for c in drawn.chars().filter(|c| in_alphabet(*c)).take(length) {
        kept.push(c);
    }
    kept
}

/// One repeated digit, or digits that go straight up or down (9 and 0 being neighbors).
fn is_obvious_pin(pin: &str) -> bool {
    let step = |w: &[u8]| (10 + w[1] - w[0]) % 10;
    [0, 1, 9].iter().any(|obvious| pin.as_bytes().windows(2).all(|w| step(w) == *obvious))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obvious_pins_are_told_apart() {
        for pin in ["111111", "123456", "987654", "890123", "210987"] {
            assert!(is_obvious_pin(pin), "{pin}");
        }
        for pin in ["112233", "135790", "123457", "908172"] {
            assert!(!is_obvious_pin(pin), "{pin}");
        }
    }

    #[test]
    fn the_strength_of_a_pin_is_the_count_of_those_that_can_be_made() {
        let made = (0..1_000_000).filter(|pin| !is_obvious_pin(&format!("{pin:06}"))).count();
        let bits = f64::from(u32::try_from(made).expect("small")).log2();
        assert!((crate::domain::secret::password::pin_bits(6) - bits).abs() < 1e-12);
    }

    #[test]
    fn what_is_filtered_keeps_its_order_and_length() {
        assert_eq!(*first_in_alphabet("0A1ba!9", 3), "Aba");
        assert_eq!(*first_in_alphabet("0O1lI", 3), "");
    }
}
