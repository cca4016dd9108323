//! The files of words in `assets/guide`: embedded here, with one way to read them.
//!
//! They are part of the program and a test reads each of them, so a mistake in one is a mistake in the build and not
//! something a person could meet.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

const FILES: [(&str, &str); 15] = [
    ("causes.toml", include_str!("../../assets/guide/causes.toml")),
    ("checklist.toml", include_str!("../../assets/guide/checklist.toml")),
    ("checks.toml", include_str!("../../assets/guide/checks.toml")),
    ("costs.toml", include_str!("../../assets/guide/costs.toml")),
    ("emergency.toml", include_str!("../../assets/guide/emergency.toml")),
    ("planning.toml", include_str!("../../assets/guide/planning.toml")),
    ("profiles.toml", include_str!("../../assets/guide/profiles.toml")),
    ("registration.toml", include_str!("../../assets/guide/registration.toml")),
    ("repair.toml", include_str!("../../assets/guide/repair.toml")),
    ("review.toml", include_str!("../../assets/guide/review.toml")),
    ("screens.toml", include_str!("../../assets/guide/screens.toml")),
    ("steps.toml", include_str!("../../assets/guide/steps.toml")),
    ("systems.toml", include_str!("../../assets/guide/systems.toml")),
    ("troubleshooting.toml", include_str!("../../assets/guide/troubleshooting.toml")),
    ("upkeep.toml", include_str!("../../assets/guide/upkeep.toml")),
];

/// One file as a whole.
pub(super) fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = FILES.iter().find(|(own, _)| *own == name).map_or("", |(_, text)| *text);
    toml::from_str(text).unwrap_or_else(|error| panic!("assets/guide/{name} is not valid: {error}"))
}

/// A file that is one list, every entry under `[[key]]`.
pub(super) fn list<T: DeserializeOwned>(name: &str, key: &str) -> Vec<T> {
    let mut file: BTreeMap<String, Vec<T>> = read(name);
    let entries = file.remove(key).unwrap_or_default();
    assert!(file.is_empty(), "assets/guide/{name} holds something else than [[{key}]]");
    entries
}
