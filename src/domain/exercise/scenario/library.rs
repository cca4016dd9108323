//! The scenarios that come with the program, in the order in which they are offered.

use std::sync::LazyLock;

use super::{Scenario, file};

/// The files, by their names.
const FILES: [(&str, &str); 12] = [
    ("block-all", include_str!("../../../../assets/scenarios/block-all.toml")),
    ("mfa-out", include_str!("../../../../assets/scenarios/mfa-out.toml")),
    ("federation-down", include_str!("../../../../assets/scenarios/federation-down.toml")),
    ("wrong-slip", include_str!("../../../../assets/scenarios/wrong-slip.toml")),
    ("key-disallowed", include_str!("../../../../assets/scenarios/key-disallowed.toml")),
    ("lost-phone", include_str!("../../../../assets/scenarios/lost-phone.toml")),
    ("three-in-the-morning", include_str!("../../../../assets/scenarios/three-in-the-morning.toml")),
    ("fire-at-site-a", include_str!("../../../../assets/scenarios/fire-at-site-a.toml")),
    ("silent-alert", include_str!("../../../../assets/scenarios/silent-alert.toml")),
    ("mass-risk", include_str!("../../../../assets/scenarios/mass-risk.toml")),
    ("envelope-call", include_str!("../../../../assets/scenarios/envelope-call.toml")),
    ("restored-backup", include_str!("../../../../assets/scenarios/restored-backup.toml")),
];

/// Read once; the suite reads each by itself, so that one with a mistake is found there.
static SHIPPED: LazyLock<Vec<Scenario>> =
    LazyLock::new(|| FILES.iter().filter_map(|(_, text)| file::parse(text).ok()).collect());

/// Every scenario that comes with the program.
pub fn shipped() -> &'static [Scenario] {
    &SHIPPED
}

/// The one with this name.
pub fn named(id: &str) -> Option<&'static Scenario> {
    shipped().iter().find(|one| one.id == id)
}

/// Every file with its text, by its name.
pub fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter()
}

/// Their names, in the order in which they are offered.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}
