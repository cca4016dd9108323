//! The words about repairs: what a case is called, what it means, and what to do by hand.

use std::sync::LazyLock;

use serde::Deserialize;

use super::troubleshooting;
use super::words::list;
use crate::domain::check::repair::RepairCase;

/// The words about one case, from `assets/guide/repair.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairWords {
    /// The case, by its id.
    pub id: String,
    /// Its name in a list.
    pub name: String,
    /// What it is and what is done, one or two paragraphs.
    pub what: Vec<String>,
    /// What to do by hand, where it is no trouble and so has no page of its own.
    #[serde(default)]
    pub by_hand: Vec<String>,
}

static REPAIRS: LazyLock<Vec<RepairWords>> = LazyLock::new(|| list("repair.toml", "repair"));

/// The words about every case.
pub fn repairs() -> &'static [RepairWords] {
    &REPAIRS
}

/// The words about `case`; a test sees to it that every case has some.
pub fn repair(case: RepairCase) -> &'static RepairWords {
    repairs().iter().find(|words| words.id == case.id()).unwrap_or(&REPAIRS[0])
}

/// What to do by hand, from the top.
pub fn repair_by_hand(case: RepairCase) -> &'static [String] {
    let page = troubleshooting().iter().find(|page| page.id == case.id());
    page.map_or(&repair(case).by_hand, |page| &page.steps)
}

/// The cases for a terminal: the word that names each, and what it is.
pub fn repair_list() -> Vec<String> {
    RepairCase::ALL.iter().map(|case| format!("{:18} {}", case.id(), repair(*case).name)).collect()
}
