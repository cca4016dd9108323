//! Which app signs in, and how to register one: the words, with the permissions the program asks for and the table of
//! how far each way to sign in reaches.

use std::sync::LazyLock;

use serde::Deserialize;

/// One part of the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// Portal clicks, in order.
    #[serde(default)]
    pub steps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    part: Vec<Part>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| super::parse("registration.toml", include_str!("../../assets/guide/registration.toml")));

/// The parts, in reading order.
pub fn registration() -> &'static [Part] {
    &FILE.part
}
