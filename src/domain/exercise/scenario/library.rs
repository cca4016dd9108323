//! The scenarios that come with the program, in the order in which they are offered.

use std::sync::LazyLock;

use super::{Scenario, file};

/// Every file with its text, by its name.
const FILES: [(&str, &str); 1] = [("block-all", include_str!("../../../../assets/scenarios/block-all.toml"))];

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

/// Their names, in the order in which they are offered.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}
