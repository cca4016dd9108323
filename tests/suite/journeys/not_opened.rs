//! Where a person cannot sign in: a browser that does not open, a page that blocks, an error that comes back. It is told
//! at once, and there is a way on.

use breakglass::domain::check::repair::RepairCase;
use breakglass::domain::connection::sign_in::{Demand, Prompt};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::sign_in::{self, Occasion, SignIn};
use breakglass::journeys::turn::Operators;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Effect, screen, update};

use crate::support::at_sign_in::{attempt, say, signing_in};
use crate::support::model::{chosen, model};

fn prompt() -> Prompt {
    Prompt::Browser {
        address: "https://login.example/authorize".to_owned(),
        short: "http://localhost:5/".to_owned(),
    }
}

#[test]
fn a_browser_that_does_not_open_is_told_with_the_address_and_waited_for() {
    let mut model = signing_in();
    let number = attempt(&model);
    let effects = say(&mut model, sign_in::Msg::Prompted(number, prompt()));
    let [Effect::Open(address, not_opened)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(address.starts_with("https://login.example"));
    let why = Trouble::new("/no/such/browser could not be started.", "No such file.", "Open it by hand.");
    update(&mut model, not_opened.with(why));
    let shown = screen(&model);
    let told = shown.trouble.as_ref().expect("it is told");
    assert!(told.what.contains("/no/such/browser") && told.next.contains("http://localhost:5/"), "{told}");
    assert!(shown.work.is_some(), "the waiting goes on");
    assert!(matches!(breakglass::journeys::answer(&model), Answer::Wait), "an unattended run waits too");
}

#[test]
fn where_a_page_blocks_the_other_account_repairs_the_policy() {
    let mut model = signing_in();
    let number = attempt(&model);
    say(&mut model, sign_in::Msg::Prompted(number, prompt()));
    let offers = |model: &Model| format!("{:?}", screen(model).choices).contains("A policy stops us");
    assert!(!offers(&model), "there is no account yet that could");
    model.desk.world.evidence_mut().accounts.insert(Slot::FIRST, "first-id".to_owned());
    assert!(offers(&model), "the page never comes back by itself");
    let blocked = Trouble::new("The sign-in did not work.", "A policy stops it.", "Repair it.");
    say(&mut model, sign_in::Msg::Ended(number, Err(blocked)));
    let repair = chosen(&model, "A policy stops us");
    let effects = update(&mut model, repair);
    assert!(effects.contains(&Effect::StopWaiting), "{effects:?}");
    let Some(Layer::Repair(repair)) = model.stack.iter().find(|layer| matches!(layer, Layer::Repair(_)))
    else {
        panic!("{:?}", model.stack)
    };
    let words = format!("{repair:?}");
    assert!(words.contains(&format!("{:?}", RepairCase::Blocked)), "{words}");
    assert!(!model.stack.iter().any(|layer| matches!(layer, Layer::Setup(_))), "{:?}", model.stack);
}

#[test]
fn nobody_is_led_there_from_a_sign_in_in_the_middle_of_the_work() {
    let mut model = model();
    model.desk.world.evidence_mut().accounts.insert(Slot::FIRST, "first-id".to_owned());
    for occasion in [Occasion::Renewal, Occasion::Beginning(Operators::OrTheOtherAccount)] {
        model.stack.push(Layer::SignIn(SignIn::waiting(Demand::default(), occasion), None));
        assert!(!format!("{:?}", screen(&model).choices).contains("A policy stops us"), "{occasion:?}");
        model.stack.pop();
    }
}
