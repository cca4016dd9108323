//! Whether words repeat a secret: as it is, in groups or in small letters, escaped, in percent or base64, or a part of it.
//!
//! Of a secret that was forgotten only keyed hashes of long runs are left, which nobody can turn back; a PIN is looked for
//! only while it is kept. What is done about it is [`crate::effects::redact`].

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// So many characters of a secret in a row are no accident.
pub(super) const TELLING: usize = 8;
/// So many of one that was forgotten: of 57 letters and digits, 2^93 possibilities.
const REMEMBERED: usize = 16;

/// So many harmless words are remembered before all of them are looked at anew.
const HARMLESS: usize = 10_000;

/// What was lent once, by hashes under a key that this process made for itself.
#[derive(Default)]
pub(super) struct Lent {
    key: RandomState,
    runs: HashSet<u64>,
    /// How many secrets there were so far.
    noted: u64,
    /// Words that repeat none of them: a screen is drawn many times from the same ones.
    harmless: HashSet<u64>,
}

impl Lent {
    /// Remembers the long runs of a secret. An address that a browser ended at is none, and its beginning is everywhere.
    pub(super) fn note(&mut self, text: &str) {
        self.noted += 1;
        self.harmless.clear();
        if !is_address(text) && !is_number(text) {
            let text = Zeroizing::new(text.to_ascii_lowercase());
            self.runs.extend(text.as_bytes().windows(REMEMBERED).map(|run| self.key.hash_one(run)));
        }
    }

    pub(super) fn is_in(&self, form: &[u8]) -> bool {
        !self.runs.is_empty()
            && form.windows(REMEMBERED).any(|run| self.runs.contains(&self.key.hash_one(run)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many secrets there were so far.
    pub(super) fn noted(&self) -> u64 {
        self.noted
    }

    /// These words repeat none of the first `noted` secrets.
    pub(super) fn note_harmless(&mut self, words: &str, noted: u64) {
        if noted != self.noted {
            return;
        }
        if self.harmless.len() >= HARMLESS {
            self.harmless.clear();
        }
        self.harmless.insert(self.key.hash_one(words));
    }

    pub(super) fn is_harmless(&self, words: &str) -> bool {
        self.harmless.contains(&self.key.hash_one(words))
    }
}

/// Whether `words` repeat a telling part of `secret`.
pub fn repeats(words: &str, secret: &Secret) -> bool {
    tells(words, &forms(words), secret.expose())
}

/// Whether the words, or one of their forms, hold a telling part of a secret that is still here.
pub(super) fn tells(words: &str, forms: &[Zeroizing<Vec<u8>>], secret: &str) -> bool {
    if is_number(secret) {
        return tells_number(words, secret);
    }
    let secret = Zeroizing::new(secret.to_ascii_lowercase());
    !is_address(&secret)
        && secret.as_bytes().windows(TELLING).any(|part| forms.iter().any(|form| holds(form, part)))
}

fn holds(form: &[u8], part: &[u8]) -> bool {
    form.windows(part.len()).any(|here| here == part)
}

/// A PIN stands alone, whole or in its groups; a part of a longer number, an id or a date is none.
fn tells_number(words: &str, pin: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-' && c != ':');
    let alone = |words: &str| {
        words.match_indices(pin).any(|(at, _)| {
            is_edge(words[..at].chars().next_back()) && is_edge(words[at + pin.len()..].chars().next())
        })
    };
    let joined = Zeroizing::new(ungrouped(words));
    pin.len() >= TELLING && (alone(words) || alone(&joined))
}

/// Numbers in groups of four as one.
fn ungrouped(words: &str) -> String {
    let is_digits = |part: &str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = words.split(' ').collect();
    let mut joined = String::with_capacity(words.len());
    for (at, part) in parts.iter().enumerate() {
        if at > 0 && !(is_digits(part) && is_digits(parts[at - 1])) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// What the words may stand for: themselves without spaces, unescaped, out of percent, out of base64; all in small letters.
pub(super) fn forms(words: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let bare: Zeroizing<Vec<u8>> =
        Zeroizing::new(words.bytes().filter(|b| !b.is_ascii_whitespace()).collect());
    let mut forms = vec![bare];
    for decoded in [unescaped, out_of_percent] {
        let more: Vec<_> = forms.iter().filter_map(decoded).collect();
        forms.extend(more);
    }
    let hidden: Vec<_> = forms.iter().flat_map(|form| out_of_base64(form)).collect();
    forms.extend(hidden);
    for form in &mut forms {
        form.make_ascii_lowercase();
    }
    forms
}

/// Out of escapes as JSON has them; `None` where there are none.
fn unescaped(text: &Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    decoded(text, b'\\', |rest| match rest {
        [b'u', digits @ ..] => hex(digits.get(..4)?).map(|c| (c, 5)),
        [other, ..] => Some((*other, 1)),
        [] => None,
    })
}

/// Out of percent, as addresses have it; `None` where there is none.
fn out_of_percent(text: &Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    decoded(text, b'%', |rest| hex(rest.get(..2)?).map(|c| (c, 2)))
}

/// Replaces what begins with `mark` as `one` reads it: a byte, and how much it took.
fn decoded(text: &[u8], mark: u8, one: impl Fn(&[u8]) -> Option<(u8, usize)>) -> Option<Zeroizing<Vec<u8>>> {
    if !text.contains(&mark) {
        return None;
    }
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let (byte, used) = if *first == mark { one(behind).unwrap_or((mark, 0)) } else { (*first, 0) };
        plain.push(byte);
        rest = &behind[used..];
    }
    Some(plain)
}

/// A byte from its hexadecimal digits; what is beyond one byte is no character of a secret.
fn hex(digits: &[u8]) -> Option<u8> {
    std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())
}

/// Every word that could be base64, read from each place where a group of it may begin.
fn out_of_base64(text: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
    let is_of_it = |b: &u8| b.is_ascii_alphanumeric() || b"+/-_".contains(b);
    let words = text.split(|b| !is_of_it(b)).filter(|word| word.len() > TELLING);
    words.flat_map(|word| (0..4).flat_map(|start| read_base64(&word[start..]))).collect()
}

/// Both alphabets, with whatever is too much at the end left off.
fn read_base64(word: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let fits = if word.len() % 4 == 1 { &word[..word.len() - 1] } else { word };
    let read = |alphabet| GeneralPurpose::new(alphabet, lenient).decode(fits).ok().map(Zeroizing::new);
    [&STANDARD, &URL_SAFE].into_iter().filter_map(read).collect()
}
