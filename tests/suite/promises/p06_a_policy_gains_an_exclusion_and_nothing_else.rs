//! Promise 6: a policy is changed only in its exclusions, and only by adding: the first one alone as a canary, a list
//! compared after every 25, and a difference that stays stops the run and offers the saved original.

use std::sync::Arc;

use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{AreaFacts, Reading};
use breakglass::domain::record::{Entry, Outcome};
use breakglass::domain::write::action::Action;
use breakglass::journeys::effect::Brought;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::consent;
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::rehearsal::FaultKind;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::mishap::{POLICIES, as_it_is, fault, mishap};
use crate::support::model::{GROUP, action, consented, found, model_at, policy, reading, tell, write};
use crate::support::served::{Served, once};
use crate::support::words;

/// Consents to the exclusion of the one policy and answers the write.
fn excluded(model: &mut Model) -> Vec<Effect> {
    let effects = consented(model);
    let write = write(&effects);
    assert!(matches!(write.action, Action::ExcludeGroup { .. }), "{effects:?}");
    let before = policy(&json!({}));
    let original = Entry::Intends {
        key: write.action.key(),
        sentence: write.action.sentence(),
        call: String::new(),
        slot: None,
        original: Some(Arc::new(before.raw())),
    };
    let receipt = Entry::Receipt {
        key: write.action.key(),
        outcome: Outcome::Done,
        slot: None,
        id: None,
        request: None,
        trouble: None,
    };
    for entry in [original, receipt] {
        update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry)));
    }
    tell(model, write, Ok(Brought { before: Some(before), ..Brought::default() }))
}

/// The reading that is asked for finds this one policy.
fn finds(model: &mut Model, effects: &[Effect], policy: Policy) -> Vec<Effect> {
    let read = reading(effects).unwrap_or_else(|| panic!("nothing is read: {effects:?}"));
    found(model, read, vec![AreaFacts::Policies(Reading::Read(vec![policy]))])
}

#[test]
fn the_first_changed_policy_is_looked_at_alone() {
    let mut model = model_at(5);
    let effects = excluded(&mut model);
    assert!(reading(&effects[..1]).is_some_and(|read| read.areas.len() == 1), "{effects:?}");
    finds(&mut model, &effects, policy(&json!({})).with_group_excluded(GROUP));
    assert_eq!(model.desk.trouble, None);
}

#[test]
fn a_difference_stops_the_run_at_once_and_offers_the_original() {
    let mut model = model_at(5);
    let effects = excluded(&mut model);
    let other = policy(&json!({"state": "enabled"})).with_group_excluded(GROUP);
    finds(&mut model, &effects, other);
    let trouble = &model.desk.trouble;
    assert!(trouble.as_ref().is_some_and(|t| t.why.contains("/state")), "{trouble:?}");
    let Layer::Consent(consent) = model.top() else { panic!("{:?}", model.stack) };
    assert!(matches!(consent.actions.as_slice(), [Action::RestorePolicy { .. }]));
    let written = update(&mut model, Msg::Consent(consent::Msg::Write));
    assert!(matches!(action(&written), Some(Action::RestorePolicy { .. })), "{written:?}");
}

#[test]
fn what_is_still_the_original_is_looked_for_and_nobody_is_accused() {
    let mut model = model_at(5);
    let mut effects = excluded(&mut model);
    let mut waited = std::time::Duration::ZERO;
    for _ in 0..6 {
        effects = finds(&mut model, &effects, policy(&json!({})));
        waited += reading(&effects).expect("it is looked at again").pause;
        let doing = screen(&model).work.expect("work").doing;
        assert!(doing.contains("does not show yet"), "{doing}");
    }
    assert_eq!(waited.as_secs(), 180);
    finds(&mut model, &effects, policy(&json!({})).with_group_excluded(GROUP));
    assert_eq!(model.desk.trouble, None);
}

#[test]
fn what_stays_the_original_for_three_minutes_ends_the_list_without_an_accusation() {
    let mut model = model_at(5);
    let mut effects = excluded(&mut model);
    for _ in 0..7 {
        effects = finds(&mut model, &effects, policy(&json!({})));
    }
    let trouble = model.desk.trouble.as_ref().expect("it is told");
    assert!(
        trouble.what.contains("does not show its change yet") && !trouble.why.contains("Someone"),
        "{trouble}"
    );
    assert!(!matches!(model.top(), Layer::Consent(_)), "nothing is offered to be put back");
}

#[test]
fn null_missing_and_empty_are_the_same_and_a_filled_in_default_is_told_as_that() {
    let mut model = model_at(5);
    let effects = excluded(&mut model);
    let other = policy(&json!({"conditions": {"users": {"includeUsers": ["All"], "includeGroups": []},
        "platforms": null, "clientAppTypes": ["all"]}}));
    let effects = finds(&mut model, &effects, other.with_group_excluded(GROUP));
    found(&mut model, reading(&effects).expect("the rest is read"), Vec::new());
    assert_eq!(model.desk.trouble, None);
    let done = model.desk.done.clone().expect("it is said").words;
    assert!(done.contains("Microsoft filled in a default"), "{done}");
}

/// A policy without its exclusions and without the time of its last change.
fn but_for_exclusions(policy: &Value) -> Value {
    let mut rest = policy.clone();
    let body = rest.pointer_mut("/body").expect("a policy has a body");
    body["conditions"]["users"]["excludeGroups"] = Value::Null;
    body["modifiedDateTime"] = Value::Null;
    rest
}

fn excluded_groups(policy: &Value) -> Vec<Value> {
    policy["body"]["conditions"]["users"]["excludeGroups"].as_array().cloned().unwrap_or_default()
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn a_policy_is_edited_by_somebody_else_between_read_and_write() {
        let told = ["is not as it should be after the change", "Someone else may be editing it"];
        let state = mishap(&[(FaultKind::PolicyEdited, POLICIES, 1)], &told, as_it_is);
        assert!(state["policies"].to_string().contains("(edited)"), "somebody's edit was undone");
    }

    #[test]
    fn a_policy_is_deleted_between_read_and_write() {
        let mut served = Served::new("p1", vec![fault((FaultKind::PolicyDeleted, POLICIES, 1))]);
        let output = served.setup().output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "the others go on: {}", words(&output));
        assert!(words(&output).contains("It may have been deleted"), "{}", words(&output));
        once(&served.stop());
    }

    #[test]
    fn after_a_whole_setup_every_policy_is_as_before_but_for_what_was_added() {
        let mut served = Served::new("fresh", Vec::new());
        let mut before = Value::Null;
        served.changed(|state| before = state["policies"].clone(), Vec::new());
        let output = served.setup().output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let after = served.stop()["policies"].clone();
        let (before, after) = (before.as_array().expect("policies"), after.as_array().expect("policies"));
        assert_eq!(before.len(), after.len());
        let mut added = 0;
        for (old, new) in before.iter().zip(after) {
            assert_eq!(but_for_exclusions(old), but_for_exclusions(new));
            let (old, new) = (excluded_groups(old), excluded_groups(new));
            assert!(old.iter().all(|group| new.contains(group)), "an exclusion was lost: {old:?} {new:?}");
            assert!(new.len() <= old.len() + 1, "more than one group was added: {old:?} {new:?}");
            added += new.len() - old.len();
        }
        assert!(added > 10, "only {added} policies were changed");
    }
}
