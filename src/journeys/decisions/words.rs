//! Present answers in the words in which they are chosen.

use crate::domain::plan::{DefaultsDecision, Method, Safe};

/// What becomes of security defaults.
pub(super) const DEFAULTS: [(&str, DefaultsDecision); 3] = [
    ("as they are", DefaultsDecision::AsTheyAre),
    ("keep on", DefaultsDecision::KeepOn),
    ("turn off", DefaultsDecision::TurnOff),
];

/// Second factors.
pub(super) const METHODS: [(&str, Method); 3] =
    [("security key", Method::SecurityKey), ("phone", Method::Phone), ("certificate", Method::Certificate)];

/// What a safe withstands.
pub(super) const PROOFS: [&str; 4] = ["fire and water", "fire", "water", "neither"];

/// The word for what was decided.
pub(super) fn word_for<T: Copy + PartialEq>(known: &[(&str, T)], decided: T) -> String {
    known.iter().find(|(_, value)| *value == decided).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

/// What a safe withstands.
pub(super) fn proof(safe: &Safe) -> String {
    let [both, fire_alone, water_alone, neither] = PROOFS;
    match (safe.fireproof, safe.waterproof) {
        (true, true) => both,
        (true, false) => fire_alone,
        (false, true) => water_alone,
        (false, false) => neither,
    }
    .to_owned()
}

pub(super) fn method_words(method: Method) -> String {
    word_for(&METHODS, method)
}

pub(super) fn defaults_words(decision: DefaultsDecision) -> String {
    word_for(&DEFAULTS, decision)
}
