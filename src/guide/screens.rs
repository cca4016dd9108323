//! Help for screens that belong to no step, from `assets/guide/screens.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScreenWords {
    id: String,
    help: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    screen: Vec<ScreenWords>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| super::parse("screens.toml", include_str!("../../assets/guide/screens.toml")));

/// The help of the screen with this id; empty when it has none.
pub fn screen_help(id: &str) -> &'static [String] {
    FILE.screen.iter().find(|words| words.id == id).map_or(&[], |words| &words.help)
}

/// The id of every screen that has help.
pub fn screens_with_help() -> impl Iterator<Item = &'static str> {
    FILE.screen.iter().map(|words| words.id.as_str())
}
