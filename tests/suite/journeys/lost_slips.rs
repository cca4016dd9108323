//! A slip that counts as lost is the first thing that whoever comes back is told, and the way to a new one is the first choice.

use breakglass::domain::record::{Entry, SlipKind, SlipState};
use breakglass::journeys::home::Home;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Block;
use breakglass::journeys::setup::{self, At, Planning};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::{Msg, screen, update};
use breakglass::steps::StepId;
use jiff::Timestamp;

use crate::support::model::{chosen, model};
use crate::support::sample::a_slip;

fn at_home() -> Model {
    let mut model = model();
    model.stack = vec![Layer::Home(Home::First)];
    model
}

fn slip(model: &mut Model, number: u32, (kind, state): (SlipKind, SlipState)) {
    let slip = breakglass::domain::record::Slip { number, state, ..a_slip(kind) };
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &Entry::Slip(slip));
}

#[test]
fn a_lost_slip_is_named_before_anything_else_until_a_new_one_is_on_paper() {
    let mut model = at_home();
    assert!(screen(&model).choices.iter().all(|choice| !choice.label.contains("new slip")));
    slip(&mut model, 4, (SlipKind::Password, SlipState::Confirmed));
    slip(&mut model, 5, (SlipKind::Password, SlipState::Made));
    slip(&mut model, 6, (SlipKind::Pin { key: 1 }, SlipState::Made));
    let shown = screen(&model);
    let lines = [
        "Slip 5 of the First account counts as lost: make a new one.",
        "Slip 6 with the PIN of Lantern key 2 of the First account counts as lost: make a new one.",
    ];
    assert_eq!(shown.prose.first(), Some(&Block::List(lines.map(str::to_owned).into())));
    assert_eq!(shown.choices[0].label, "Make the new slips, step 8");
    slip(&mut model, 7, (SlipKind::Password, SlipState::Confirmed));
    slip(&mut model, 8, (SlipKind::Pin { key: 1 }, SlipState::Confirmed));
    assert!(!format!("{:?}", screen(&model).prose).contains("counts as lost"));
}

#[test]
fn the_way_to_a_new_slip_leads_to_its_step_whatever_else_is_open() {
    let mut model = at_home();
    slip(&mut model, 5, (SlipKind::Password, SlipState::Made));
    let make = chosen(&model, "Make the new slip, step 8");
    update(&mut model, make);
    let setup = model.stack.iter().find_map(|layer| match layer {
        Layer::Setup(setup) => Some(setup.clone()),
        _ => None,
    });
    let mut setup = setup.expect("the setup begins");
    assert_eq!(setup.wanted, Some(StepId::CREDENTIALS));
    // Signed in, looked at, and the plan stands.
    setup.at = At::Planning(Planning::default());
    model.stack = vec![Layer::Home(Home::First), Layer::Setup(setup)];
    update(&mut model, Msg::Setup(setup::Msg::Planned));
    assert_eq!(model.setup().expect("a setup").step, StepId::CREDENTIALS);
}
