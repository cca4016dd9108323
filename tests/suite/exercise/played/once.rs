//! What holds of every play: who does nothing reaches nothing, the tenant breaks as the scenario says, and an exercise that
//! is gone on with speaks of the same people.

use breakglass::app::exercise;
use breakglass::domain::exercise::event::{Event, Rating};
use breakglass::domain::exercise::scenario::{named, shipped};
use breakglass::domain::exercise::script;

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
