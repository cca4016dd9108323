//! Check characters: every single substitution and every swap of neighbors is found, for the whole alphabet and every
//! place. Exhaustive, no sample.

use breakglass::domain::secret::check_character::Scheme;

/// A text of `length` characters of a scheme's secrets, in no order.
fn text(scheme: Scheme, length: usize) -> Vec<char> {
    let alphabet: Vec<char> = scheme.alphabet().take(scheme.size()).collect();
    (0..length).map(|n| alphabet[(n * 7 + n * n) % alphabet.len()]).collect()
}

fn check(scheme: Scheme, text: &[char]) -> char {
    scheme.check(text.iter().copied()).expect("characters of the alphabet")
}

#[test]
fn the_check_alphabet_is_as_large_as_its_prime_and_has_no_twin() {
    for scheme in [Scheme::Password, Scheme::Pin] {
        let all: std::collections::BTreeSet<char> = scheme.alphabet().collect();
        assert_eq!(all.len(), scheme.prime());
        assert_eq!(scheme.alphabet().count(), scheme.prime());
    }
}

#[test]
fn every_single_substitution_is_found() {
    for scheme in [Scheme::Password, Scheme::Pin] {
        let alphabet: Vec<char> = scheme.alphabet().take(scheme.size()).collect();
        for length in [1, 40] {
            let right = text(scheme, length);
            for place in 0..length {
                for from in &alphabet {
                    let mut one = right.clone();
                    one[place] = *from;
                    let sign = check(scheme, &one);
                    for to in alphabet.iter().filter(|to| *to != from) {
                        let mut wrong = one.clone();
                        wrong[place] = *to;
                        assert_ne!(check(scheme, &wrong), sign, "{from} as {to} at {place} of {length}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_swap_of_neighbors_is_found_the_check_character_included() {
    for scheme in [Scheme::Password, Scheme::Pin] {
        let alphabet: Vec<char> = scheme.alphabet().take(scheme.size()).collect();
        for length in 2..=64 {
            let base = text(scheme, length);
            // Weights go by place alone, so that one length past their last one holds every pair of them.
            for place in 0..if length == 40 { 39 } else { 0 } {
                for (one, other) in pairs(&alphabet) {
                    let mut right = base.clone();
                    (right[place], right[place + 1]) = (one, other);
                    let mut wrong = base.clone();
                    (wrong[place], wrong[place + 1]) = (other, one);
                    assert_ne!(check(scheme, &right), check(scheme, &wrong), "{one}{other} at {place}");
                }
            }
            for last in &alphabet {
                let mut right = base.clone();
                right[length - 1] = *last;
                let sign = check(scheme, &right);
                let mut wrong = right.clone();
                wrong[length - 1] = sign;
                let found = scheme.check(wrong.iter().copied()) != Some(*last);
                assert!(sign == *last || found, "{last} and its check character {sign} at {length}");
            }
        }
    }
}

fn pairs(alphabet: &[char]) -> impl Iterator<Item = (char, char)> + '_ {
    alphabet.iter().enumerate().flat_map(|(n, one)| alphabet[n + 1..].iter().map(|other| (*one, *other)))
}

#[test]
fn the_worked_example_is_what_a_pencil_finds() {
    // A=0, C=1, D=2: 0*1 + 1*2 + 2*3 = 8, which is L... counted from zero: A C D E F H J K L.
    assert_eq!(Scheme::Password.check("ACD".chars()), Some('L'));
    // 1*1 + 2*2 + 3*3 = 14, less 11 is 3.
    assert_eq!(Scheme::Pin.check("123".chars()), Some('3'));
    assert_eq!(Scheme::Pin.check("5500".chars()), Some('4'));
    assert_eq!(Scheme::Password.check("A0".chars()), None);
}
