//! Ready-made changes: a name and a few changes with their parameters, as data (`assets/tenants/damages.toml`).
//!
//! What an exercise breaks is written there; what can be broken is in the tables.

use serde::Deserialize;

use super::given::Refused;
use crate::rehearsal::http::json::Object;

const FILE: &str = include_str!("../../../assets/tenants/damages.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Damages {
    damages: Vec<ReadyMade>,
}

/// Changes that belong together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadyMade {
    /// What callers say.
    pub name: String,
    /// What happens, in one sentence.
    pub does: String,
    /// Made in this order, all of them or none.
    pub steps: Vec<Step>,
}

/// One change of several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name.
    pub change: String,
    /// Its parameters.
    #[serde(default)]
    pub parameters: Object,
}

/// All of them.
pub fn all() -> Result<Vec<ReadyMade>, Refused> {
    let read = toml::from_str::<Damages>(FILE);
    read.map(|file| file.damages).map_err(|error| Refused::NotAChange(error.to_string()))
}
