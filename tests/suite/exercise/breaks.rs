//! What the scenarios break, over the wire on copies of one finished setup: every change of theirs is accepted with its
//! parameters, every check that a milestone waits for is lost by the inject it counts from, and comes back by what the
//! program or a hand can do.

use std::sync::OnceLock;

use breakglass::domain::check::finding::Finding;
use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::exercise::scenario::{self, Damage, Judged, Milestone, Scenario};
use breakglass::steps::{StepId, Subject, review};
use serde_json::json;

use crate::support::drifting::{Copy, Finished};

/// One setup for all.
fn finished() -> &'static Finished {
    static FINISHED: OnceLock<Finished> = OnceLock::new();
    FINISHED.get_or_init(|| Finished::on("fresh"))
}

fn all() -> Vec<Scenario> {
    let names = Names::sample();
    scenario::shipped().iter().map(|one| fill(one, &names)).collect()
}

async fn changed(copy: &Copy<'_>, changes: &[Damage]) -> Result<(), String> {
    for one in changes {
        copy.change(&one.change, &json!(one.parameters)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn every_change_is_accepted_with_its_parameters() {
    let mut wrong = Vec::new();
    for one in all() {
        let copy = finished().served().await;
        for inject in &one.injects {
            let told = changed(&copy, &inject.damage).await.err();
            wrong.extend(told.map(|why| format!("{}/{}: {why}", one.id, inject.id)));
        }
        for by_hand in &one.by_hand {
            let told = changed(&copy, &by_hand.changes).await.err();
            wrong.extend(told.map(|why| format!("{}/{}: {why}", one.id, by_hand.id)));
        }
        copy.stop().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_check_that_is_waited_for_is_lost_first_and_comes_back() {
    let mut wrong = Vec::new();
    for one in all() {
        for milestone in one.milestones.iter().filter(|milestone| milestone.check.is_some()) {
            let copy = finished().served().await;
            let told = lost_and_back(&copy, &one, milestone).await.err();
            wrong.extend(told.map(|why| format!("{}/{}: {why}", one.id, milestone.id)));
            copy.stop().await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn lost_and_back(copy: &Copy<'_>, scenario: &Scenario, milestone: &Milestone) -> Result<(), String> {
    let open = open(copy, milestone).await;
    if !open.is_empty() {
        return Err(format!("it does not pass at first: {open:?}"));
    }
    let since = milestone.since.as_deref().and_then(|id| scenario.inject(id)).expect("an inject");
    changed(copy, &since.damage).await?;
    if self::open(copy, milestone).await.is_empty() {
        return Err(format!("{} does not break it", since.id));
    }
    mended(copy, scenario).await?;
    let open = self::open(copy, milestone).await;
    if open.is_empty() { Ok(()) } else { Err(format!("it does not come back: {open:?}")) }
}

/// What the milestone waits for and is not so. A check that is spoken of only where something is wrong (`method.phone` of an
/// account that is to have none) has no finding at all where all is well.
async fn open(copy: &Copy<'_>, milestone: &Milestone) -> Vec<Finding> {
    let check = milestone.check.as_ref().expect("a check");
    let facts = copy.read().await;
    let findings = review::findings(&copy.case(&facts));
    let own = findings.into_iter().filter(|one| {
        Some(one.check) == check.check() && (check.slot().is_none() || check.slot() == one.slot)
    });
    own.filter(|one| !one.passed()).collect()
}

/// Everything that the program offers to write, and what the scenario lists by hand.
async fn mended(copy: &Copy<'_>, scenario: &Scenario) -> Result<(), String> {
    let hands = scenario.by_hand.iter().filter(|one| one.judged != Judged::Poor);
    for change in hands.flat_map(|one| &one.changes).filter(|one| one.change != "account-disabled") {
        // What was not broken by this inject alone cannot always be mended.
        let _ = changed(copy, std::slice::from_ref(change)).await;
    }
    for step in (1..=7).filter_map(StepId::new) {
        let facts = copy.read().await;
        copy.write(Subject::Step(step).actions(&copy.case(&facts))).await?;
    }
    Ok(())
}
