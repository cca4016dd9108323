//! A machine that does not keep a secret well: told before the first one is made, asked once in a run, and kept.

use breakglass::domain::record::Entry;
use breakglass::domain::slot::Slot;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::MakeSlip;
use breakglass::journeys::update;
use breakglass::ui::text::{self, Marks};

use crate::support::model::{chosen, model_at};

const DANGER: &str = "swap space: it is on.";

fn at_slip(mut model: Model) -> Model {
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_password(&model.desk, Slot::FIRST))));
    model
}

#[test]
fn it_is_told_with_the_first_slip_and_going_on_is_a_decision_in_the_record() {
    let mut model = model_at(8);
    model.desk.weak = vec![DANGER.to_owned()];
    let mut model = at_slip(model);
    let shown = text::screen(&screen(&model), Marks::Ascii);
    assert!(shown.contains(DANGER) && shown.contains("breakglass selftest"), "{shown}");
    let go = chosen(&model, "Make the slip now, all the same");
    let effects = update(&mut model, go);
    let told =
        effects.first().and_then(|effect| effect.as_entry()).expect("it is kept before anything is made");
    assert!(matches!(told, Entry::Exposed { dangers, .. } if *dangers == [DANGER]), "{told:?}");
    model.stack.pop();
    let again = text::screen(&screen(&at_slip(model)), Marks::Ascii);
    assert!(!again.contains(DANGER), "asked once in a run: {again}");
}

#[test]
fn where_everything_holds_one_line_says_so_before_the_first_secret_and_nothing_is_kept() {
    const HOLDS: &str = "This machine: secret memory";
    let mut model = model_at(8);
    model.desk.machine = Some(HOLDS.to_owned());
    let mut model = at_slip(model);
    let shown = text::screen(&screen(&model), Marks::Ascii);
    assert!(shown.contains(HOLDS), "{shown}");
    let go = chosen(&model, "Make the slip now");
    let effects = update(&mut model, go);
    assert!(effects.iter().all(|effect| effect.as_entry().is_none()), "{effects:?}");
    model.stack.pop();
    let again = text::screen(&screen(&at_slip(model)), Marks::Ascii);
    assert!(!again.contains(HOLDS), "told once in a run: {again}");
}
