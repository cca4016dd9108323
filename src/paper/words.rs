//! The wording of pages, from `assets/sheets`.

use std::sync::LazyLock;

use serde::Deserialize;

/// Every wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub classification: String,
    pub slip: Slip,
    pub document: Document,
    pub custody: Titled,
    pub envelope: Titled,
    pub calibration: Calibration,
}

/// Words of a slip.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slip {
    pub password: String,
    pub pin: String,
    pub half_a: String,
    pub half_b: String,
    #[serde(rename = "use")]
    pub how_to_use: String,
    pub use_pin: String,
    pub use_half: String,
    pub use_blank: String,
    pub glyphs_password: String,
    pub glyphs_pin: String,
    pub check_password: String,
    pub check_pin: String,
    pub fold_up: String,
    pub fold_back: String,
    pub found: String,
    pub seal: String,
}

/// Words of the credential document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub title: String,
    pub about: String,
    pub procedure: String,
}

/// A title and a sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titled {
    pub title: String,
    pub about: String,
}

/// Words of the calibration page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    pub title: String,
    pub about: String,
    pub scale: String,
    pub grays: String,
    pub key: String,
    pub apart: String,
    pub apart_help: String,
    pub sample: String,
}

/// The wording, parsed once; the file is part of the program and tested with it.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        toml::from_str(include_str!("../../assets/sheets/words.toml"))
            .unwrap_or_else(|error| panic!("assets/sheets/words.toml is not valid: {error}"))
    });
    &WORDS
}
