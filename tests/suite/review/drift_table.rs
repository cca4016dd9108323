//! The table of what drifts (`drifts.toml`): which check finds each, what it says, and what mends it.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    drift: Vec<Drift>,
}

/// A drift, what is said of it, and what mends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// The name of its file.
    pub name: String,
    /// Days from the setup until it drifts; none when left out.
    #[serde(default)]
    pub days: i64,
    /// The check that finds it.
    pub check: String,
    /// The account, where the check is about one.
    pub slot: Option<String>,
    /// A part of what is told.
    pub says: String,
    /// The changes that a person makes by hand elsewhere, before anything else.
    #[serde(default)]
    pub by_hand: Vec<Change>,
    /// The step whose writes mend it.
    pub written_in: Option<u8>,
    /// Whether it takes slips, keys or tests: the whole setup is run again on it.
    #[serde(default)]
    pub set_up_again: bool,
}

/// A change of the tenant by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub change: String,
    #[serde(default)]
    pub parameters: Map<String, Value>,
}

/// Every drift.
pub fn drifts() -> Vec<Drift> {
    toml::from_str::<Table>(include_str!("drifts.toml")).expect("the table can be read").drift
}
