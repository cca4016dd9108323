//! What a screen asks of a person: a few tasks stand on it, many have a list of their own.

use breakglass::domain::record::Entry;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::{attest, board, task_list};
use breakglass::journeys::{Choice, Effect, Msg, screen, setup, update};

use crate::support::console::Console;
use crate::support::model::{at_step, board, is_at_board};
use crate::support::sample::plan;

/// Step 8 with nothing done.
fn paper() -> Model {
    let mut model = Console::new(plan(), (8, "password-slip:first")).model;
    at_step(&mut model, 8);
    model
}

fn tasks(model: &Model) -> Vec<String> {
    let begins = |choice: &Choice| {
        matches!(
            choice.msg,
            Msg::Setup(setup::Msg::Board(board::Msg::Begin(_))) | Msg::TaskList(task_list::Msg::Begin(_))
        )
    };
    screen(model).choices.into_iter().filter(begins).map(|choice| choice.label).collect()
}

#[test]
fn many_tasks_leave_room_for_the_checks_and_are_all_reached_from_their_list() {
    let mut model = paper();
    let shown = tasks(&model);
    assert_eq!(shown.len(), 3, "{shown:?}");
    let lists = board(board::Msg::ListTasks);
    let all = screen(&model).choices.into_iter().find(|choice| choice.msg == lists).expect("a list");
    update(&mut model, all.msg);
    let listed = tasks(&model);
    assert!(listed.len() > 4 && listed.starts_with(&shown), "{listed:?}");
    assert!(all.label.contains(&listed.len().to_string()), "{}", all.label);
    for (index, label) in listed.iter().enumerate() {
        let mut model = model.clone();
        update(&mut model, Msg::TaskList(task_list::Msg::Begin(index)));
        assert!(!matches!(model.top(), Layer::TaskList(_)), "{label} was not begun");
        if let Layer::Attest(attesting) = model.top() {
            assert_eq!(format!("Attest: {}", attesting.about[0].statement), *label);
            update(&mut model, Msg::Attest(attest::Msg::Skip));
            assert!(is_at_board(&model), "it goes back to the step: {:?}", model.stack);
        }
    }
    update(&mut model, Msg::TaskList(task_list::Msg::Back));
    assert!(is_at_board(&model), "{:?}", model.stack);
}

#[test]
fn no_screen_asks_for_what_was_said_a_moment_ago() {
    let mut model = paper();
    let attest = tasks(&model).len();
    assert_eq!(attest, 3);
    let vouches = board(board::Msg::VouchForAll);
    update(&mut model, vouches.clone());
    update(&mut model, Msg::Attest(attest::Msg::Person("Sample Person".to_owned())));
    let effects = update(&mut model, Msg::Attest(attest::Msg::Yes));
    let entries: Vec<Entry> = effects.iter().filter_map(Effect::as_entry).cloned().collect();
    assert!(entries.len() > 1, "each safe has its word");
    for entry in entries {
        let shown = screen(&model);
        assert!(shown.choices.is_empty() && shown.work.is_some(), "{:?}", shown.choices);
        update(&mut model, Msg::Recorded(jiff::Timestamp::UNIX_EPOCH, Box::new(entry)));
    }
    assert!(screen(&model).choices.iter().all(|choice| choice.msg != vouches));
}
