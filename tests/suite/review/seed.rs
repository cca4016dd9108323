//! The seed `drifted`: a review of it on an empty record, which nobody told anything, finds everything that the seed lists by
//! the check and in the words of the table of drifts.

use serde::Deserialize;
use serde_json::Value;

use super::command::{report, review};
use super::drift_table::{Drift, drifts};
use crate::support::Home;

#[derive(Deserialize)]
struct Seed {
    drifts: Vec<String>,
}

/// What the seed lists.
fn listed() -> Vec<String> {
    toml::from_str::<Seed>(include_str!("../../../assets/tenants/drifted.toml")).expect("a seed").drifts
}

/// Why a report does not tell of a drift.
fn is_told(findings: &[Value], drift: &Drift) -> Result<(), String> {
    let is_its_own =
        |one: &&Value| one["check"] == drift.check.as_str() && one["slot"].as_str() == drift.slot.as_deref();
    let own: Vec<&Value> = findings.iter().filter(is_its_own).collect();
    let is_open = |one: &&Value| one["effective"] != "pass";
    let is_it = |one: &&Value| one["detail"].as_str().is_some_and(|detail| detail.contains(&drift.says));
    match own.iter().copied().filter(is_open).any(|one| is_it(&one)) {
        true => Ok(()),
        false => Err(format!("{}: {:?} is not told in {own:#?}", drift.name, drift.says)),
    }
}

#[test]
fn a_review_of_the_seed_finds_everything_that_has_drifted_in_it_by_name() {
    let listed = listed();
    assert!(listed.len() >= 30, "{}", listed.len());
    let home = Home::new();
    let told = report(&review(&home, "drifted").args(["--format", "json"]).output().expect("it runs"));
    let rows = told["rows"].as_array().expect("rows").iter();
    let findings: Vec<Value> =
        rows.flat_map(|row| row["findings"].as_array().expect("findings").clone()).collect();
    let table = drifts();
    let found = |name: &String| {
        let drift = table.iter().find(|drift| drift.name == *name);
        drift.map_or_else(|| Err(format!("{name} is not in the table")), |drift| is_told(&findings, drift))
    };
    let wrong: Vec<String> = listed.iter().filter_map(|name| found(name).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
