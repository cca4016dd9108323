//! The alert test with a stopwatch: the sign-in and its row are looked up, the mail is a named person's word, and silence is
//! recorded as silence.

use breakglass::domain::check::ask::Ask;
use breakglass::domain::record::{AlertTest, Entry, Evidence, Logged, Test};
use breakglass::domain::slot::Slot;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::alert_test::AlertTesting;
use breakglass::journeys::{Msg, screen, update};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::model::{answered, chosen, model_at, refused};

fn signed_in() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().expect("a time")
}

/// Half an hour after a sign-in test whose row was seen 40 seconds after it.
fn model() -> Model {
    let mut model = model_at(7);
    let at = signed_in();
    model.desk.session.now = at + SignedDuration::from_mins(30);
    let test: Test = serde_json::from_value(json!({"slot": 0, "at": at, "day": "2026-11-23",
        "person": "Sample Person A", "passed": true, "administrator": true, "seconds": 9}))
    .expect("a test");
    let logged = Logged { slot: Slot::FIRST, test: at, id: "row".to_owned(), at, policies: Vec::new() };
    remembered(&mut model, at, &Entry::Tested(test));
    remembered(&mut model, at + SignedDuration::from_secs(40), &Entry::Logged(logged));
    let testing = AlertTesting::begin(&model.desk, Slot::FIRST);
    model.stack.push(Layer::AlertTest(testing));
    model
}

fn remembered(model: &mut Model, at: Timestamp, entry: &Entry) {
    update(model, Msg::Recorded(at, Box::new(entry.clone())));
}

fn say(model: &mut Model, words: &str) -> Option<AlertTest> {
    let msg = chosen(model, words);
    let effects = update(model, msg);
    effects.iter().filter_map(|effect| effect.as_entry()).find_map(|entry| match entry {
        Entry::AlertTested(test) => Some(test.clone()),
        _ => None,
    })
}

#[test]
fn row_and_mail_are_told_with_their_times_and_kept() {
    let mut model = model();
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("seen after 40 seconds"), "{told}");
    say(&mut model, "The mail came");
    for (wrong, why) in [("soon", "whole number"), ("1441", "More than a day")] {
        let said = answered(&model, wrong);
        update(&mut model, said);
        assert!(refused(&model).is_some_and(|told| told.contains(why)), "{wrong}");
    }
    let said = answered(&model, "7 min");
    update(&mut model, said);
    let tested = say(&mut model, "Sample Person A").expect("an entry");
    assert_eq!((tested.row_seconds, tested.alert_seconds, tested.mail_minutes), (Some(40), None, Some(7)));
    assert_eq!((tested.test, tested.person.as_str()), (signed_in(), "Sample Person A"));
    let line = breakglass::effects::record_show::line(signed_in(), &Entry::AlertTested(tested));
    assert!(line.contains("row after 40 s, alert not seen, mail after 7 min"), "{line}");
}

#[test]
fn silence_is_recorded_as_silence_and_told_with_what_to_do() {
    let mut model = model();
    say(&mut model, "No mail came");
    let tested = say(&mut model, "Sample Person A").expect("an entry");
    assert!(!tested.told_somebody());
    let trouble = model.desk.trouble.as_ref().expect("it is told");
    assert!(
        trouble.what.contains("reached nobody") && trouble.next.starts_with("Look at rule, action group"),
        "{trouble:?}"
    );
}

#[test]
fn without_a_young_sign_in_there_is_nothing_to_time() {
    let mut model = model();
    model.desk.session.now = signed_in() + SignedDuration::from_hours(25);
    let labels: Vec<String> = screen(&model).choices.into_iter().map(|choice| choice.label).collect();
    assert!(labels.iter().any(|label| label.contains("Sign in as the First account")), "{labels:?}");
    assert!(!labels.iter().any(|label| label.contains("mail")), "{labels:?}");
    assert_eq!(Ask::TestAlert { slot: Slot::FIRST }.key(), "alert:first");
}

#[test]
fn an_entry_of_it_is_read_back_and_is_evidence() {
    let text = r#"{"entry":"alert-tested","slot":0,"test":"2026-11-23T10:00:00Z","person":"A","date":"2026-11-23","mail_minutes":7}"#;
    let entry: Entry = serde_json::from_str(text).expect("an entry");
    assert_eq!(serde_json::to_string(&entry).expect("JSON"), text);
    let evidence = Evidence::of([(signed_in(), &entry)]);
    assert_eq!(evidence.alert_tests.len(), 1);
}
