//! A list of writes of which one is not made: what waits for it is left out and said so, what does not goes on, and what
//! concerns everything stops it all.

use std::collections::BTreeSet;

use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::Action;
use breakglass::domain::write::order::Others;
use breakglass::journeys::effect::Done;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Extent;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::writing::{self, Changes, Left, Stopping, Writing};
use breakglass::journeys::{Effect, Msg, update};
use breakglass::steps::{StepId, Subject};

use crate::support::model::{action, found, model, reading};

fn provider(namespace: &str) -> Action {
    Action::RegisterProvider { subscription: "s".to_owned(), namespace: namespace.to_owned() }
}

fn workspace() -> Action {
    Action::PutWorkspace {
        subscription: "s".to_owned(),
        resource_group: "g".to_owned(),
        name: "logs".to_owned(),
        region: "r".to_owned(),
    }
}

fn setting() -> Action {
    Action::PutDiagnosticSetting { workspace: "w".to_owned(), categories: Vec::new(), original: None }
}

fn people() -> Action {
    Action::PutActionGroup { id: "a".to_owned(), recipients: Vec::new(), original: None }
}

/// A list whose first write, the provider of the workspaces, is on its way.
fn list(model: &mut Model) {
    let queue = [provider("Microsoft.Insights"), workspace(), setting(), people()];
    model.stack.push(Layer::Writing(Box::new(Writing {
        subject: Subject::Step(StepId::ALERTS),
        consented: queue.iter().map(Action::key).collect(),
        total: queue.len() + 1,
        queue: queue.into(),
        doing: Some(provider("Microsoft.OperationalInsights")),
        done: 0,
        made: Vec::new(),
        began: model.desk.session.now,
        stale: BTreeSet::new(),
        changes: Changes::default(),
        left: Left::default(),
        stopping: Stopping::No,
        asked_again: 0,
    })));
}

/// How the write on its way ended.
fn ended(model: &mut Model, action: Action, others: Option<Others>) -> Vec<Effect> {
    let refused =
        || Trouble::new(format!("Refused: {}.", action.sentence()), "It may not be.", "Ask somebody.");
    let done = Done {
        result: others
            .map_or_else(|| Ok(breakglass::journeys::effect::Brought::default()), |_| Err(refused())),
        others: others.unwrap_or(Others::GoOn),
        action,
    };
    update(model, Msg::Writing(writing::Msg::Did(Box::new(done))))
}

#[test]
fn what_waits_for_a_refused_write_is_left_out_by_name_and_the_rest_goes_on() {
    let mut model = model();
    list(&mut model);
    let effects = ended(&mut model, provider("Microsoft.OperationalInsights"), Some(Others::GoOn));
    assert_eq!(action(&effects), Some(&provider("Microsoft.Insights")));
    let effects = ended(&mut model, provider("Microsoft.Insights"), None);
    assert_eq!(action(&effects), Some(&people()), "workspace and setting wait for what was refused");
    let effects = ended(&mut model, people(), None);
    found(&mut model, reading(&effects).expect("it is read again"), Vec::new());
    let trouble = model.desk.trouble.as_ref().expect("it is told");
    assert!(trouble.what.contains("Microsoft.OperationalInsights"), "{trouble}");
    for sentence in [workspace().sentence(), setting().sentence()] {
        assert!(trouble.why.contains(&sentence), "{sentence} is not said to be left out: {trouble}");
    }
    let done = model.desk.done.as_ref().expect("it is told what was made");
    assert!(done.words.starts_with("2 of 5 written. "), "{done:?}");
    assert_eq!(done.extent, Extent::Partly);
}

/// A list that was stopped by a person is one in part as well.
#[test]
fn a_list_that_was_stopped_is_one_in_part() {
    let mut model = model();
    list(&mut model);
    update(&mut model, Msg::Writing(writing::Msg::Stop));
    let effects = ended(&mut model, provider("Microsoft.OperationalInsights"), None);
    found(&mut model, reading(&effects).expect("it is read again"), Vec::new());
    let done = model.desk.done.as_ref().expect("it is told what was made");
    assert_eq!(done.extent, Extent::Partly, "{done:?}");
    assert!(done.words.starts_with("1 of 5 written. "), "{done:?}");
}

#[test]
fn several_refusals_are_told_together_each_with_its_reason() {
    let mut model = model();
    list(&mut model);
    ended(&mut model, provider("Microsoft.OperationalInsights"), Some(Others::GoOn));
    let effects = ended(&mut model, provider("Microsoft.Insights"), Some(Others::GoOn));
    found(&mut model, reading(&effects).expect("it is read again"), Vec::new());
    let trouble = model.desk.trouble.as_ref().expect("it is told");
    assert_eq!(trouble.what, "2 writes were not made.");
    for name in ["Microsoft.OperationalInsights", "Microsoft.Insights", "Not tried, because of this"] {
        assert!(trouble.why.contains(name), "{name}: {trouble}");
    }
    assert_eq!(trouble.next, "Ask somebody.", "one next step is said once");
}

#[test]
fn where_a_right_is_missing_nothing_of_the_kind_is_tried() {
    let mut model = model();
    list(&mut model);
    let effects = ended(&mut model, provider("Microsoft.OperationalInsights"), Some(Others::NotOfThisKind));
    assert_eq!(
        reading(&effects).map(|read| read.areas.len()),
        Some(1),
        "the other provider is not tried: {effects:?}"
    );
}

#[test]
fn what_concerns_everything_stops_the_list() {
    let mut model = model();
    list(&mut model);
    let effects = ended(&mut model, provider("Microsoft.OperationalInsights"), Some(Others::Stop));
    assert!(action(&effects).is_none() && reading(&effects).is_some(), "{effects:?}");
}
