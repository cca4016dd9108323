//! A scenario is played whole by a script, through the program itself: once well, once with nothing done. What it came to
//! stands in the exercise's record, its report lies beside it, and its improvements are in the organization's record.

use std::path::Path;

use breakglass::app::exercise;
use breakglass::domain::exercise::event::{Event, Players, Rating};
use breakglass::domain::exercise::rating::rated;
use breakglass::domain::exercise::scenario::{Scenario, named, shipped};
use breakglass::domain::exercise::script;
use breakglass::journeys::turn::Start;

use super::launch::{answered, options};

/// Everything that a good team does in the scenario of the policy that blocks everybody.
const WELL: &str = include_str!("cases/block-all-well.toml");
/// Nobody does anything.
const BADLY: &str = include_str!("cases/block-all-badly.toml");

/// What a play came to.
struct Came {
    events: Vec<Event>,
    ratings: Vec<Rating>,
    files: Vec<String>,
}

async fn played(folder: &Path, scenario: &Scenario, script: &str) -> Came {
    let script = script::read(script).expect("a script");
    let options = options(folder, &["--unattended", "--tenant", "rehearsal"]);
    let exercise = Box::pin(exercise::launch(&options, scenario, |_| ())).await.expect("it begins");
    let place = exercise.place.folder.clone();
    let launched = exercise.seated(Players::Team, Some(script));
    let mut program = launched.program;
    program.begin(Start::Tabletop);
    answered(&mut program).await;
    assert_eq!(program.model.desk.trouble, None);
    program.settle().await;
    let desk = &program.model.desk;
    let scenario = &desk.exercise.as_ref().expect("an exercise").scenario;
    let moments = &desk.evidence().exercise.moments;
    let ratings = rated(scenario, moments).into_iter().map(|one| one.rating).collect();
    let events = moments.iter().map(|moment| moment.what.clone()).collect();
    let files = std::fs::read_dir(place).expect("its folder").flatten();
    let files = files.filter_map(|file| file.file_name().into_string().ok()).collect();
    if let Some(running) = launched.rehearsal {
        running.stop().await;
    }
    Came { events, ratings, files }
}

fn block_all() -> &'static Scenario {
    named("block-all").expect("a scenario of the library")
}

fn reached(came: &Came) -> Vec<&str> {
    let reached = came.events.iter().filter_map(|event| match event {
        Event::Reached { milestone } => Some(milestone.as_str()),
        _ => None,
    });
    reached.collect()
}

#[tokio::test]
async fn slow_a_team_that_does_well_reaches_everything_and_leaves_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let came = played(folder.path(), block_all(), WELL).await;
    let all = reached(&came);
    for milestone in ["in-again", "excluded", "first-free", "rotated"] {
        assert!(all.contains(&milestone), "{milestone}: {:?}", came.events);
    }
    assert_eq!(came.ratings, [Rating::P; 4], "{:?}", came.events);
    assert!(matches!(came.events.last(), Some(Event::Completed { .. })), "{:?}", came.events.last());
    for file in ["after-action-report.md", "after-action-report.json", "after-action-report.pdf"] {
        assert!(came.files.iter().any(|there| there == file), "{file}: {:?}", came.files);
    }
}

#[tokio::test]
async fn slow_a_team_that_does_nothing_reaches_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let came = played(folder.path(), block_all(), BADLY).await;
    assert!(reached(&came).is_empty(), "{:?}", came.events);
    assert!(came.ratings.iter().all(|rating| *rating > Rating::S), "{:?}", came.ratings);
    assert!(came.events.iter().any(|event| matches!(event, Event::Lost { .. })), "the damage is seen");
    assert!(!came.files.iter().any(|there| there.starts_with("after-action")), "it is not complete");
}

#[tokio::test]
async fn slow_every_scenario_breaks_its_tenant_as_it_says_and_waits_for_the_team() {
    for scenario in shipped() {
        let folder = tempfile::tempdir().expect("a folder");
        let came = played(folder.path(), scenario, BADLY).await;
        let refused = came.events.iter().filter_map(|event| match event {
            Event::Broke { inject, trouble: Some(trouble), .. } => Some(format!("{inject}: {trouble}")),
            _ => None,
        });
        assert_eq!(refused.collect::<Vec<_>>(), Vec::<String>::new(), "{}", scenario.id);
        let sent = came.events.iter().filter(|event| matches!(event, Event::Sent { .. })).count();
        assert!(sent >= 2, "{}: {:?}", scenario.id, came.events);
        assert!(reached(&came).is_empty(), "{}: {:?}", scenario.id, reached(&came));
    }
}

#[tokio::test]
async fn slow_an_exercise_that_is_gone_on_with_speaks_of_the_same_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let switched = "dice = 1\n[[act]]\ndo = \"open\"\nfacilitator = \"Sample Facilitator\"\n\
                    [[act]]\ndo = \"respond\"\nwith = \"console:second\"\n";
    played(folder.path(), block_all(), switched).await;
    let options = options(folder.path(), &["--unattended", "--tenant", "rehearsal"]);
    let again = Box::pin(exercise::launch(&options, block_all(), |_| ())).await.expect("it is gone on with");
    assert!(again.operator.starts_with("riley.operator@"), "{}", again.operator);
    let opening = again.scenario.opening.join(" ");
    assert!(opening.contains(&again.operator), "{opening}");
    again.launched.program.settle().await;
    if let Some(running) = again.launched.rehearsal {
        running.stop().await;
    }
}
