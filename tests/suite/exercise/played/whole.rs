//! What each play came to: milestones, ratings, report and exit code, against `cases/played.toml`.

use std::collections::BTreeMap;

use breakglass::domain::exercise::event::Event;
use serde::Deserialize;

use super::Came;
use super::plays::{all, text};

/// What a play has to come to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Milestones in the order in which they are reached.
    reached: Vec<String>,
    /// P, S, M or U of each objective.
    ratings: String,
    /// The code it ends with.
    exit: u8,
    /// What stands in its report.
    report: Vec<String>,
}

fn expected() -> BTreeMap<String, Expected> {
    toml::from_str(&text("played.toml")).expect("a table of plays")
}

/// What is not as expected.
fn wrong(came: &Came, expected: &Expected) -> Vec<String> {
    let mut wrong: Vec<String> = came.stuck.iter().map(|trouble| format!("it is stuck: {trouble}")).collect();
    wrong.extend(came.refused());
    if came.reached() != expected.reached {
        wrong.push(format!("reached {:?}", came.reached()));
    }
    if came.letters() != expected.ratings {
        wrong.push(format!("rated {}", came.letters()));
    }
    if came.exit != expected.exit {
        wrong.push(format!("exit code {}", came.exit));
    }
    let missing = expected.report.iter().filter(|words| !came.report.contains(words.as_str()));
    wrong.extend(missing.map(|words| format!("the report does not say: {words}")));
    let is_complete = matches!(came.events.last(), Some(Event::Completed { .. }));
    let reports = ["after-action-report.md", "after-action-report.json", "after-action-report.pdf"];
    let has_reports = reports.iter().all(|file| came.files.iter().any(|there| there == file));
    if is_complete != (came.exit < 2) || is_complete != has_reports {
        wrong.push(format!("complete: {is_complete}, and its files are {:?}", came.files));
    }
    wrong
}

#[test]
fn slow_every_script_comes_to_what_it_is_to() {
    let expected = expected();
    let mut wrong = Vec::new();
    for came in all() {
        let told = expected.get(&came.script).map(|expected| self::wrong(came, expected));
        let told = told.unwrap_or_else(|| vec!["nothing is expected of it".to_owned()]);
        wrong.extend(told.into_iter().map(|told| format!("{}: {told}", came.script)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(expected.len(), all().len(), "a play that nobody plays");
}

#[test]
fn slow_well_and_badly_come_to_different_ends() {
    for plays in all().chunk_by(|one, other| one.scenario == other.scenario) {
        let of = |ending: &str| plays.iter().find(|came| came.script.ends_with(ending)).expect("a play");
        let (well, badly) = (of("-well"), of("-badly"));
        assert!(well.ratings.iter().all(|rating| rating.is_passed()), "{}: {}", well.script, well.letters());
        assert!(
            badly.ratings.iter().all(|rating| !rating.is_passed()),
            "{}: {}",
            badly.script,
            badly.letters()
        );
        assert!(badly.reached().len() < well.reached().len(), "{}: {:?}", badly.script, badly.reached());
        assert_ne!(well.report, badly.report, "{}", well.script);
        assert_eq!((well.improvements, badly.improvements), (0, badly.ratings.len()), "{}", badly.script);
    }
}
