//! Which app signs in, and how to register one: the words, with the permissions the program asks for and the table of
//! how far each way to sign in reaches. And, of the same shape, the words about secret management systems.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;

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

static REGISTRATION: LazyLock<Vec<Part>> = LazyLock::new(|| list("registration.toml", "part"));

static SYSTEMS: LazyLock<Vec<Part>> = LazyLock::new(|| list("systems.toml", "part"));

/// Secret management systems in the place of safes: the parts, in reading order.
pub fn systems() -> &'static [Part] {
    &SYSTEMS
}

/// The parts, in reading order.
pub fn registration() -> &'static [Part] {
    &REGISTRATION
}
