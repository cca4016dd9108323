//! What a screen asks of a person: a few tasks stand on it, many have a list of their own.

use breakglass::domain::record::Entry;
use breakglass::journeys::message::{Effect, Msg};
use breakglass::journeys::model::{Model, Stage};
use breakglass::journeys::screen::Choice;
use breakglass::journeys::{screen, update};

use crate::support::console::Console;
use crate::support::sample::plan;

/// Step 8 with nothing done.
fn paper() -> Model {
    let mut model = Console::new(plan(), (8, "password-slip:first")).model;
    model.stage = Stage::Overview;
    model
}

fn tasks(model: &Model) -> Vec<String> {
    let begins = |choice: &Choice| matches!(choice.msg, Msg::Begin(_));
    screen(model).choices.into_iter().filter(begins).map(|choice| choice.label).collect()
}

#[test]
fn many_tasks_leave_room_for_the_checks_and_are_all_reached_from_their_list() {
    let mut model = paper();
    let shown = tasks(&model);
    assert_eq!(shown.len(), 3, "{shown:?}");
    let all = screen(&model).choices.into_iter().find(|choice| choice.msg == Msg::ShowTasks).expect("a list");
    update(&mut model, all.msg);
    let listed = tasks(&model);
    assert!(listed.len() > 4 && listed.starts_with(&shown), "{listed:?}");
    assert!(all.label.contains(&listed.len().to_string()), "{}", all.label);
    for (index, label) in listed.iter().enumerate() {
        let mut model = model.clone();
        update(&mut model, Msg::Begin(index));
        assert!(!matches!(model.stage, Stage::Tasks(_)), "{label} was not begun");
        if let Stage::Attesting(attesting) = &model.stage {
            assert_eq!(format!("Attest: {}", attesting.about[0].statement), *label);
            update(&mut model, Msg::Skip);
            assert_eq!(model.stage, Stage::Overview, "it goes back to the step");
        }
    }
    update(&mut model, Msg::Back);
    assert_eq!(model.stage, Stage::Overview);
}

#[test]
fn no_screen_asks_for_what_was_said_a_moment_ago() {
    let mut model = paper();
    let attest = tasks(&model).len();
    assert_eq!(attest, 3);
    update(&mut model, Msg::VouchForAll);
    update(&mut model, Msg::Answer("Sample Person".to_owned()));
    update(&mut model, Msg::Answer(String::new()));
    let effects = update(&mut model, Msg::Consent);
    let entries: Vec<Entry> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Remember(entry) => Some(entry),
            _ => None,
        })
        .collect();
    assert!(entries.len() > 1, "each safe has its word");
    for entry in entries {
        let shown = screen(&model);
        assert!(shown.choices.is_empty() && shown.work.is_some(), "{:?}", shown.choices);
        update(&mut model, Msg::Recorded(jiff::Timestamp::UNIX_EPOCH, Box::new(entry)));
    }
    assert!(screen(&model).choices.iter().all(|choice| choice.msg != Msg::VouchForAll));
}
