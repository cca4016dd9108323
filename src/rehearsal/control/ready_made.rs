//! Ready-made changes: a name and a few changes with their parameters, as data: what an exercise breaks
//! (`assets/tenants/damages.toml`), and what drifts in a quarter (`assets/tenants/drifts`, a file each).
//!
//! What can be broken at all is in the tables.

use serde::Deserialize;

use super::drifts;
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

/// All of them: damages, then drifts.
pub fn all() -> Result<Vec<ReadyMade>, Refused> {
    let broken = |error: toml::de::Error| Refused::NotAChange(error.to_string());
    let mut all = toml::from_str::<Damages>(FILE).map_err(broken)?.damages;
    for text in drifts::FILES {
        all.push(toml::from_str(text).map_err(broken)?);
    }
    Ok(all)
}
