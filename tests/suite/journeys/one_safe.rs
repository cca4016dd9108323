//! Envelopes that lie in one safe: nobody is asked twice what the safe around them withstands, nor for its log.

use breakglass::domain::check::ask::Ask;
use breakglass::domain::plan::{Layout, Plan};
use breakglass::domain::record::Entry;
use breakglass::journeys::model::Model;
use breakglass::steps::{self, STEPS};
use jiff::Timestamp;
use jiff::civil::date;

use crate::support::console::Console;
use crate::support::sample::{a_word, pages, plan};

/// Two safes with two envelopes each.
fn envelopes() -> Plan {
    let mut plan = plan();
    Layout::TwoEnvelopes.arrange(&mut plan);
    plan
}

fn model() -> Model {
    let mut model = Console::new(envelopes(), (8, "password-slip:first")).model;
    let pages = pages(model.desk.plan());
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &pages);
    model
}

/// What is to be vouched for about safes, by its name.
fn asked(model: &Model) -> Vec<(String, String)> {
    let asks = STEPS[7].asks(&model.desk.case()).into_iter();
    let attests = asks.filter_map(|ask| match ask {
        Ask::Attest(attest) => Some((attest.about.to_string(), attest.statement)),
        _ => None,
    });
    attests.filter(|(about, _)| about.starts_with("paper.proof") || about == "paper.safe-log").collect()
}

#[test]
fn a_safe_is_asked_about_once_and_names_its_envelopes() {
    let mut model = model();
    let lines = asked(&model);
    let names: Vec<&str> = lines.iter().map(|(about, _)| about.as_str()).collect();
    assert_eq!(names, ["paper.proof:A1", "paper.proof:B1", "paper.safe-log"]);
    assert!(lines[0].1.starts_with("Safe A (envelopes A1 and A2) (Sample Building North"), "{lines:?}");
    assert!(
        lines[2].1.contains("in each safe (A (envelopes A1 and A2), B (envelopes B1 and B2))"),
        "{lines:?}"
    );
    assert_eq!(steps::custody::to_prove(model.desk.plan()).count(), 2);
    // A word about the other envelope, as an earlier version asked for it, is a word about the safe.
    let word: Entry = a_word("paper.proof:A2", date(2026, 11, 23));
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &word);
    assert_eq!(asked(&model)[0].0, "paper.proof:B1");
}

#[test]
fn safes_that_stand_apart_are_asked_about_each() {
    let model = Console::new(plan(), (8, "password-slip:first")).model;
    let names: Vec<String> = asked(&model).into_iter().map(|(about, _)| about).collect();
    assert_eq!(names, ["A1", "A2", "B1", "B2"].map(|name| format!("paper.proof:{name}")));
}
