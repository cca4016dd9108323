//! The generator: length, alphabet and classes, an even spread at every place, exact strength, nothing twice.
//!
//! Bounds on chance are so wide that a sound generator misses one in fewer than a billion runs.

use std::collections::{BTreeMap, BTreeSet};

use breakglass::domain::secret::SecretKind;
use breakglass::domain::secret::password::{
    CAPITALS, DIGITS, SMALL, entropy_bits, half_bits, in_alphabet, is_complex,
};
use breakglass::effects::vault::Vault;

const LENGTH: usize = 32;

/// So many secrets of a kind, made and forgotten.
fn made(kind: SecretKind, count: usize) -> Vec<String> {
    let vault = Vault::new();
    let one = || {
        let id = vault.make(kind).expect("made");
        let text = vault.lend(id).expect("kept").expose().to_owned();
        vault.forget(id);
        text
    };
    (0..count).map(|_| one()).collect()
}

/// How far counts are from even: the sum over all of (seen - expected)² / expected.
fn chi_square(seen: &[usize]) -> f64 {
    let float = |n: usize| f64::from(u32::try_from(n).expect("small"));
    let expected = float(seen.iter().sum()) / float(seen.len());
    seen.iter().map(|n| (float(*n) - expected).powi(2) / expected).sum()
}

fn counted(texts: impl Iterator<Item = char>, alphabet: &str) -> Vec<usize> {
    let mut seen: BTreeMap<char, usize> = alphabet.chars().map(|c| (c, 0)).collect();
    texts.for_each(|c| *seen.get_mut(&c).expect("a character of the alphabet") += 1);
    seen.into_values().collect()
}

#[test]
fn every_password_is_of_its_length_alphabet_and_classes() {
    for length in 24..=64 {
        for text in made(SecretKind::Password { length }, 5) {
            assert_eq!(text.len(), length);
            assert!(is_complex(&text), "it lacks a class");
            assert!(text.chars().all(in_alphabet));
        }
    }
}

#[test]
fn characters_are_even_at_every_place() {
    let all = made(SecretKind::Password { length: LENGTH }, 600);
    let alphabet = format!("{CAPITALS}{SMALL}{DIGITS}");
    // 31 degrees of freedom; 110 is passed by chance once in 10^10, at one of 32 places once in 10^8.
    for place in 0..LENGTH {
        let seen = counted(all.iter().filter_map(|text| text.chars().nth(place)), &alphabet);
        assert!(chi_square(&seen) < 110.0, "place {place}: {seen:?}");
    }
    let seen = counted(all.iter().flat_map(|text| text.chars()), &alphabet);
    assert!(chi_square(&seen) < 110.0, "{seen:?}");
}

#[test]
fn neighbors_tell_nothing_of_each_other() {
    let all = made(SecretKind::Password { length: LENGTH }, 600);
    let class = |c: char| match c {
        c if CAPITALS.contains(c) => 0,
        c if SMALL.contains(c) => 1,
        _ => 2,
    };
    let sizes = [CAPITALS.len(), SMALL.len(), DIGITS.len()];
    let mut seen = [[0_u32; 3]; 3];
    for text in &all {
        let classes: Vec<usize> = text.chars().map(class).collect();
        classes.windows(2).for_each(|pair| seen[pair[0]][pair[1]] += 1);
    }
    let total: u32 = seen.iter().flatten().sum();
    for (a, row) in seen.iter().enumerate() {
        for (b, count) in row.iter().enumerate() {
            let share = |n: usize| f64::from(u32::try_from(n).expect("small")) / 32.0;
            let expected = f64::from(total) * share(sizes[a]) * share(sizes[b]);
            // Eight standard deviations.
            assert!(
                (f64::from(*count) - expected).abs() < 8.0 * expected.sqrt(),
                "{a} {b}: {count}, {expected}"
            );
        }
    }
}

#[test]
fn the_strength_is_the_count_of_those_that_can_be_made() {
    let alphabet: Vec<char> = format!("{CAPITALS}{SMALL}{DIGITS}").chars().collect();
    let mut words = vec![String::new()];
    for length in 1..=4 {
        words = words.iter().flat_map(|word| alphabet.iter().map(move |c| format!("{word}{c}"))).collect();
        if length >= 3 {
            let complex = words.iter().filter(|word| is_complex(word)).count();
            let bits = f64::from(u32::try_from(complex).expect("small")).log2();
            assert!((entropy_bits(length) - bits).abs() < 1e-9, "{length}: {bits}");
        }
    }
    assert!(half_bits(LENGTH / 2) >= 80.0, "half of one is still strong");
}

#[test]
fn a_pin_has_its_digits_evenly_and_is_never_obvious() {
    for digits in [6, 8, 12] {
        let all = made(SecretKind::Pin { digits }, 300);
        assert!(all.iter().all(|pin| pin.len() == digits));
        let seen = counted(all.iter().flat_map(|pin| pin.chars()), "0123456789");
        // 9 degrees of freedom; 65 is passed by chance once in 10^10.
        assert!(chi_square(&seen) < 65.0, "{seen:?}");
    }
}

#[test]
fn nothing_comes_twice_not_even_a_part() {
    let all = made(SecretKind::Password { length: LENGTH }, 400);
    let mut seen = BTreeSet::new();
    for text in &all {
        for at in 0..=LENGTH - 12 {
            assert!(seen.insert(&text[at..at + 12]), "twelve characters in a row came twice");
        }
    }
    assert!(made(SecretKind::Pin { digits: 12 }, 400).into_iter().collect::<BTreeSet<_>>().len() >= 399);
}
