//! One way through the steps, and ways from everywhere: to the plan and back, to any step, back from every screen.

use std::collections::BTreeSet;

use breakglass::domain::check::finding::Finding;
use breakglass::domain::check::repair::{RepairCase, Repairing};
use breakglass::domain::record::{Entry, Standing};
use breakglass::domain::slot::Slot;
use breakglass::effects::record_show;
use breakglass::guide;
use breakglass::journeys::message::Msg;
use breakglass::journeys::screen::{RailItem, StepState, Way};
use breakglass::journeys::setup::{self, At};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::turn::Start;
use breakglass::journeys::{screen, update};
use breakglass::steps::{ORDER, STEPS, StepId};
use breakglass::ui::tui::{self, Face, Focus};
use crossterm::event::KeyCode;
use jiff::Timestamp;
use jiff::civil::date;

use crate::support::face::{COLORED, key as key_event};
use crate::support::model::{at_repair, at_step, chosen, model, model_at, step_of};

#[test]
fn the_order_holds_every_step_once_and_the_role_comes_last_of_the_first_five() {
    let all: BTreeSet<StepId> = ORDER.into_iter().collect();
    assert_eq!(all, STEPS.iter().map(|step| step.id).collect());
    assert_eq!(ORDER.map(StepId::place), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for earlier in
        [StepId::FIRST_ACCOUNT, StepId::SECOND_ACCOUNT, StepId::CONDITIONAL_ACCESS, StepId::SECOND_FACTOR]
    {
        assert!(earlier.place() < StepId::ROLE.place(), "{earlier}");
    }
    let told = breakglass::guide::screen_help("overview").join(" ");
    let numbers = ORDER.map(|id| id.to_string()).join(", ");
    assert!(told.contains(&numbers), "the help tells another order: {told}");
}

#[test]
fn the_rail_shows_the_steps_in_the_order_of_the_way() {
    let rail: Vec<u8> = screen(&model()).rail.iter().map(|item| item.number).collect();
    assert_eq!(rail, ORDER.map(StepId::number));
}

#[test]
fn a_step_that_holds_something_by_the_plan_or_by_itself_is_not_begun() {
    let mut model = model();
    // A plan that was saved is no beginning.
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &Entry::Planned { digest: "0".to_owned() });
    let state = |number: u8| {
        let rail = screen(&model).rail;
        rail.into_iter().find(|item| item.number == number).expect("a step").state
    };
    let findings = STEPS[7].checks(&model.desk.case());
    assert!(findings.iter().any(Finding::passed), "places that are apart: {findings:?}");
    assert_eq!(state(8), StepState::Untouched);
    assert_eq!(state(9), StepState::Untouched);
}

#[test]
fn the_rail_tells_why_the_steps_come_in_this_order_as_long_as_it_matters() {
    let shown = screen(&model());
    let told = |rail: &[RailItem]| setup::order(rail).unwrap_or_default();
    assert_eq!(shown.order, Some(guide::step(3).rail.as_str()));
    let mut rail = shown.rail.clone();
    for (done, words) in [(3, "5 and 3"), (2, "")] {
        rail.iter_mut().filter(|item| item.number == done).for_each(|item| item.state = StepState::Done);
        assert!(told(&rail).contains(words) && told(&rail).is_empty() == words.is_empty(), "{done}");
    }
}

#[test]
fn going_on_never_leads_back() {
    let mut model = model();
    let mut places = vec![0];
    while matches!(model.top(), Layer::Setup(setup) if setup.at == At::Step) {
        update(&mut model, Msg::Setup(setup::Msg::Next));
        places.push(StepId::new(step_of(&model)).expect("a step").place());
        assert!(places.len() < 20, "{places:?}");
    }
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn from_every_step_a_key_leads_to_the_plan_and_back_and_to_any_other_step() {
    for id in ORDER {
        let mut model = model_at(id.number());
        let plan = chosen(&model, "The plan");
        update(&mut model, plan);
        assert_eq!(screen(&model).title, "The plan");
        let Layer::Setup(setup) = model.stack.last_mut().expect("a setup") else { panic!() };
        setup.looked_with = Some(model.desk.world.shared_plan());
        back(&mut model);
        assert!(matches!(model.top(), Layer::Setup(setup) if setup.at == At::Step && setup.step == id));
        for other in ORDER {
            at_step(&mut model, id.number());
            // How the steps stand is in the record by now.
            model.desk.unrecorded = 0;
            let list = chosen(&model, "Go to another step");
            update(&mut model, list);
            let key = other.to_string();
            let choice = screen(&model).choices.into_iter().find(|choice| choice.key.to_string() == key);
            update(&mut model, choice.expect("each step has its digit").msg);
            assert_eq!(step_of(&model), other.number());
        }
    }
}

#[test]
fn after_a_jump_one_goes_back_to_where_one_came_from() {
    let mut model = model_at(5);
    let list = chosen(&model, "Go to another step");
    update(&mut model, list);
    let there = chosen(&model, "Second account");
    update(&mut model, there);
    assert_eq!(step_of(&model), 4);
    model.desk.unrecorded = 0;
    assert!(screen(&model).choices.iter().any(|choice| choice.label == "Back to step 5"));
    back(&mut model);
    assert_eq!(step_of(&model), 5);
    // Once is enough: from there it goes back along the way.
    back(&mut model);
    assert_eq!(step_of(&model), 4);
    // Whoever went on has left the jump behind.
    at_step(&mut model, 5);
    model.desk.unrecorded = 0;
    let list = chosen(&model, "Go to another step");
    update(&mut model, list);
    let there = chosen(&model, "Sign-in test");
    update(&mut model, there);
    model.desk.unrecorded = 0;
    let on = chosen(&model, "Go on");
    update(&mut model, on);
    let Layer::Setup(setup) = model.top() else { panic!("a setup") };
    assert_eq!(setup.came_from, None);
}

#[test]
fn what_comes_next_follows_the_way_and_not_the_numbers() {
    let mut model = model_at(3);
    model.desk.unrecorded = 1;
    let next = screen(&model).course.expect("something is under way").next;
    let steps: Vec<&String> = next.iter().filter(|words| words.starts_with("step ")).collect();
    let on_the_way = [2, 6, 7, 8, 9].map(|number| format!("step {number}, {}", guide::step(number).name));
    assert!(steps.iter().all(|words| on_the_way.contains(words)), "what lies behind comes next: {steps:?}");
    assert_eq!(steps.first(), Some(&&on_the_way[0]));
}

fn back(model: &mut breakglass::journeys::model::Model) {
    // What was to be remembered is in the record by now.
    model.desk.unrecorded = 0;
    let choice = screen(model).choices.into_iter().find(|choice| choice.way == Way::Back);
    update(model, choice.expect("a way back").msg);
}

#[test]
fn every_screen_of_a_setup_has_a_way_back() {
    for at in
        [At::Looked, At::Planning(setup::Planning::default()), At::Projected, At::Step, At::Steps, At::End]
    {
        let mut model = model();
        let Layer::Setup(setup) = model.stack.last_mut().expect("a setup") else { panic!() };
        setup.at = at.clone();
        let shown = screen(&model);
        assert!(shown.choices.iter().any(|choice| choice.way == Way::Back), "{at:?}: {:?}", shown.choices);
    }
}

/// A repair that was named on the command line lies on the first screen, with nothing between.
#[test]
fn out_of_a_repair_that_was_begun_by_name_every_way_back_leads_somewhere() {
    let mut model = model();
    model.stack.truncate(1);
    let start = Start::Repair { case: Some(RepairCase::Rotation), slot: Some(Slot::FIRST) };
    drop(breakglass::journeys::begin(&mut model, start));
    let mut seen = vec![screen(&model).title];
    while model.stack.len() > 1 && seen.len() < 10 {
        back(&mut model);
        seen.push(screen(&model).title);
    }
    assert!(matches!(model.top(), Layer::Home(_)), "{seen:?}");
    assert!(seen.contains(&"Repair or rotate".to_owned()), "{seen:?}");
    let repairing = Repairing {
        case: RepairCase::Rotation,
        slot: Slot::FIRST,
        key: None,
        since: 1,
        tests: 0,
        before: None,
    };
    at_repair(&mut model, repairing);
    back(&mut model);
    assert_eq!(screen(&model).title, "Repair or rotate", "from the board of a case");
}

#[test]
fn the_first_screen_tells_from_the_record_how_things_stand() {
    let mut model = model();
    let steps = ORDER.map(|id| Standing {
        step: id.number(),
        open: usize::from(id == StepId::ALERTS) * 4,
        waits_until: (id == StepId::SECOND_FACTOR).then_some(date(2026, 12, 1)),
    });
    let entry = Entry::Stood { steps: steps.to_vec() };
    let waits = Entry::Stood { steps: steps[3..4].to_vec() };
    let line = record_show::line(Timestamp::UNIX_EPOCH, &waits);
    assert!(line.contains("what only time brings"), "{line}");
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &entry);
    model.desk.world.evidence_mut().accounts.insert(Slot::FIRST, "id".to_owned());
    model.stack.truncate(1);
    let shown = screen(&model);
    let words = format!("{:?}", shown.prose);
    assert!(words.contains("7 Alerts (4)") && words.contains("as of 1970-01-01"), "{words}");
    let waiting = guide::step(StepId::SECOND_FACTOR.number()).name.as_str();
    assert!(words.contains(&format!("(\"Waits\", \"3 {waiting} until 2026-12-01\")")), "{words}");
    assert_eq!(words.matches(waiting).count(), 1, "what waits is not done: {words}");
    model.desk.world.set_today(date(2026, 12, 1));
    let words = format!("{:?}", screen(&model).prose);
    assert!(words.contains("look again, its day (2026-12-01) has come"), "{words}");
    assert!(
        shown.choices.iter().any(|choice| choice.label == "Go on with the setup, step 7"),
        "{:?}",
        shown.choices
    );
}

#[test]
fn what_was_just_done_is_said_in_one_line_and_the_next_thing_is_highlighted() {
    let mut model = model_at(3);
    let key = Entry::Key {
        slot: Slot::FIRST,
        key: 0,
        method: "m".to_owned(),
        aaguid: String::new(),
        model: String::new(),
    };
    let mut face = Face::new(COLORED);
    face.attend(&screen(&model));
    tui::on_event(&mut face, &key_event(KeyCode::Down), &screen(&model));
    let board = screen(&model);
    update(&mut model, Msg::Quit);
    face.attend(&screen(&model));
    update(&mut model, Msg::Stay);
    face.attend(&board);
    let elsewhere = face.focus;
    update(&mut model, Msg::Quit);
    face.attend(&screen(&model));
    update(&mut model, Msg::Stay);
    update(&mut model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(key)));
    let shown = screen(&model);
    let done = shown.done.as_ref().map(|done| done.words.as_str());
    assert_eq!(done, Some("Lantern key 1 of the First account is registered."));
    face.attend(&shown);
    assert_ne!(face.focus, elsewhere, "the highlight stays where it stood before the act");
    let next = shown.choices.iter().position(|choice| Some(choice.key) == shown.suggested);
    assert_eq!(face.focus, Focus::Choice(next.expect("something is next")));
}
