//! Help for screens that belong to no step, from `assets/guide/screens.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScreenWords {
    id: String,
    help: Vec<String>,
}

static SCREENS: LazyLock<Vec<ScreenWords>> = LazyLock::new(|| list("screens.toml", "screen"));

/// The help of the screen with this id; empty when it has none.
pub fn screen_help(id: &str) -> &'static [String] {
    SCREENS.iter().find(|words| words.id == id).map_or(&[], |words| &words.help)
}

/// The id of every screen that has help.
pub fn screens_with_help() -> impl Iterator<Item = &'static str> {
    SCREENS.iter().map(|words| words.id.as_str())
}
