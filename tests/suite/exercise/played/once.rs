//! What holds of every play: who does nothing reaches nothing, the tenant breaks as the scenario says, and an exercise that
//! is gone on with speaks of the same people.

use breakglass::app::{REHEARSAL_STATE, exercise};
use breakglass::domain::exercise::event::{Event, Moment, Rating};
use breakglass::domain::exercise::scenario::{Damage, Scenario, named, shipped};
use breakglass::domain::exercise::script;
use serde_json::{Value, json};

use super::plays::{Watched, on_a_copy, play, played, text};
use crate::exercise::launch::{left, options};

#[tokio::test]
async fn slow_whoever_does_nothing_reaches_nothing_though_every_tenant_breaks_as_it_says() {
    let nothing = script::read(&text("nothing.toml")).expect("a script");
    for scenario in shipped() {
        let came = Box::pin(played(scenario, nothing.clone(), Watched::No)).await;
        let id = &scenario.id;
        assert_eq!(came.stuck, None, "{id}");
        assert_eq!(came.refused(), Vec::<String>::new(), "{id}");
        assert!(came.reached().is_empty(), "{id}: {:?}", came.reached());
        assert!(came.ratings.iter().all(|rating| *rating > Rating::S), "{id}: {}", came.letters());
        assert_eq!(came.exit, 2, "{id}: it is not complete");
        assert!(!came.files.iter().any(|there| there.starts_with("after-action")), "{id}: {:?}", came.files);
        let sent = came.events.iter().filter(|event| matches!(event, Event::Sent { .. })).count();
        assert!(sent >= 2, "{id}: {:?}", came.events);
        let waits = scenario.milestones.iter().any(|one| one.check.is_some());
        let is_lost = came.events.iter().any(|event| matches!(event, Event::Lost { .. }));
        assert_eq!(is_lost, waits, "{id}: the damage is seen");
    }
}

/// An outage of thirty minutes, and with it something that this tenant cannot do.
fn half_possible() -> Scenario {
    let change = |change: &str, parameters: Value| Damage {
        change: change.to_owned(),
        parameters: parameters.as_object().expect("an object").clone(),
    };
    let mut scenario = named("block-all").expect("a scenario of the library").clone();
    scenario.injects[0].damage = vec![
        change("service-out", json!({"service": "graph", "minutes": 30})),
        change("account-disabled", json!({"account": "nobody.here"})),
    ];
    scenario
}

#[tokio::test]
async fn slow_a_damage_of_which_half_is_refused_is_not_made_and_the_console_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let begun = Box::pin(on_a_copy(folder.path(), &half_possible())).await;
    let tenant = begun.place.folder.join(REHEARSAL_STATE);
    let script =
        "act = [{ do = \"open\", facilitator = \"Sample Facilitator\" }, { do = \"turn\", minutes = 1 }]";
    let came = Box::pin(play(begun, script::read(script).expect("a script"), Watched::No)).await;
    let refused = came.refused();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let told =
        "did not take the change account-disabled, so it made none of the changes that belong together.";
    assert!(refused[0].contains(told), "{refused:?}");
    let kept = std::fs::read_to_string(tenant).expect("the tenant");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(kept["outages"], json!([]), "no outage without an end");
    let mut lines = came.events.into_iter().map(|what| Moment { at: 0, what }.told());
    let line = lines.find(|line| line.contains(told)).expect("a line of the timeline");
    assert!(line.contains("The tenant stayed as it was: "), "{line}");
}

#[tokio::test]
async fn slow_an_exercise_that_is_gone_on_with_speaks_of_the_same_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let block_all = named("block-all").expect("a scenario of the library");
    let switched = "act = [{ do = \"open\", facilitator = \"Sample Facilitator\" }, \
                    { do = \"respond\", with = \"console:second\" }]";
    let begun = Box::pin(on_a_copy(folder.path(), block_all)).await;
    let script = script::read(switched).expect("a script");
    Box::pin(play(begun, script, Watched::No)).await;
    let options = options(folder.path(), &["--unattended", "--tenant", "rehearsal"]);
    let again = Box::pin(exercise::launch(&options, block_all, |_| ())).await.expect("it is gone on with");
    assert!(again.operator.starts_with("riley.operator@"), "{}", again.operator);
    let opening = again.scenario.opening.join(" ");
    assert!(opening.contains(&again.operator), "{opening}");
    left(again).await;
}
