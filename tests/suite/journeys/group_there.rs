//! A group that is there already: what is said of it is so, and what is done by hand does not begin with a new one.

use breakglass::domain::facts::policy::Policy;
use breakglass::journeys::screen;
use breakglass::journeys::tasks::board;
use breakglass::journeys::update;
use breakglass::steps::STEPS;
use serde_json::json;

use crate::support::model::{GROUP, board as at_board, model_at, policy};

#[test]
fn policies_that_exclude_a_group_of_others_already_are_counted() {
    let mut model = model_at(5);
    let facts = model.desk.world.facts_mut();
    let group = facts.group.get_mut().expect("groups").found.as_mut().expect("a group");
    group.members = vec![("stranger".to_owned(), "Sample Stranger".to_owned())];
    let detail = |excluding: usize| {
        let mut model = model.clone();
        let users = |excluded: &[&str]| json!({"includeUsers": ["All"], "excludeGroups": excluded});
        let one = |n: usize| -> Policy {
            let excluded: &[&str] = if n < excluding { &[GROUP] } else { &[] };
            policy(&json!({"id": format!("CA{n}"), "conditions": {"users": users(excluded)}}))
        };
        *model.desk.world.facts_mut().policies.get_mut().expect("policies") = (0..3).map(one).collect();
        let findings = STEPS[4].checks(&model.desk.case());
        let found = findings.into_iter().find(|finding| finding.subject().as_str() == "group.members");
        found.expect("a finding").detail
    };
    assert!(
        detail(0).contains("and no policy is made to exclude it as long as they are in it"),
        "{}",
        detail(0)
    );
    assert!(
        detail(2).contains("2 policies exclude it already and no further one is made to"),
        "{}",
        detail(2)
    );
}

#[test]
fn by_hand_a_group_that_is_there_is_not_made_anew() {
    let mut model = model_at(5);
    let shown = |model: &mut breakglass::journeys::model::Model| {
        update(model, at_board(board::Msg::ShowHow));
        format!("{:?}", screen(model).prose)
    };
    let there = shown(&mut model.clone());
    assert!(!there.contains("New group") && there.contains("Exclusions, which is there already"), "{there}");
    model.desk.world.facts_mut().group.get_mut().expect("groups").found = None;
    assert!(shown(&mut model).contains("New group"));
}
