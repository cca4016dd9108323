//! Whose sign-in it is that is asked for or did not work, and what was not done where it was gone on without.

use breakglass::domain::connection::sign_in::{Demand, did_not_work};
use breakglass::domain::exercise::event::Players;
use breakglass::domain::record::Entry;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::Action;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::message::{Needed, NeededBy};
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::sign_in;
use breakglass::journeys::tasks::sign_in_test::{self, SignInTest};
use breakglass::journeys::{Effect, Msg, screen, update};

use crate::exercise::screens::played;
use crate::support::at_sign_in::{attempt, say, signing_in};
use crate::support::model::{consented, model_at, write};

fn refused() -> Trouble {
    did_not_work("A policy blocks it.", "Repair it.")
}

/// A write of a list is refused for want of a sign-in.
fn waiting() -> (Model, Action) {
    let mut model = model_at(5);
    let written = write(&consented(&mut model)).clone();
    let action = written.action.clone();
    let needed = Needed { demand: Demand::default(), by: NeededBy::Write(written) };
    update(&mut model, Msg::SignInNeeded(Box::new(needed)));
    (model, action)
}

#[test]
fn a_setup_says_that_its_own_operator_could_not_sign_in() {
    let mut model = signing_in();
    let number = attempt(&model);
    say(&mut model, sign_in::Msg::Ended(number, Err(refused())));
    assert_eq!(screen(&model).trouble.expect("it is told").what, "You could not sign in.");
}

#[test]
fn whose_sign_in_it_was_is_decided_by_the_kind_of_trouble_and_never_by_its_words() {
    let other_words = Trouble { what: "Nobody got in.".to_owned(), ..refused() };
    let other_kind = Trouble::new(refused().what, "The clock is wrong.", "Set it.");
    let what = other_kind.what.clone();
    for (trouble, told) in [(other_words, "You could not sign in."), (other_kind, what.as_str())] {
        let mut model = signing_in();
        let number = attempt(&model);
        say(&mut model, sign_in::Msg::Ended(number, Err(trouble)));
        assert_eq!(screen(&model).trouble.expect("it is told").what, told);
    }
}

#[test]
fn in_the_middle_of_the_work_it_is_said_for_which_write_and_which_was_not_done() {
    let (mut model, action) = waiting();
    let prose = format!("{:?}", screen(&model).prose);
    assert!(prose.contains("It is your own sign-in") && prose.contains("needed for this write"), "{prose}");
    update(&mut model, Msg::SignIn(sign_in::Msg::GoOnWithout));
    let told = format!("{:?}", model.desk.trouble);
    assert!(
        told.contains(&format!("This was not done: {}", action.sentence().replace('"', "\\\""))),
        "{told}"
    );
    assert!(told.contains("Run the program again"), "{told}");
}

#[test]
fn in_an_exercise_whoever_sits_at_the_console_is_named_and_nothing_has_to_be_run_again() {
    let mut model = played(Players::Team);
    let test = SignInTest { state: sign_in_test::State::Revoking, ..SignInTest::begin(Slot::SECOND) };
    model.stack.push(Layer::SignInTest(test));
    let action = Action::RevokeSessions { slot: Slot::SECOND, id: "second-id".to_owned() };
    let revoke = Effect::write(action, |done| Msg::SignInTest(sign_in_test::Msg::Revoked(Box::new(done))));
    let written = write(&[revoke]).clone();
    let needed = Needed { demand: Demand::default(), by: NeededBy::Write(written) };
    update(&mut model, Msg::SignInNeeded(Box::new(needed)));
    let number = attempt(&model);
    say(&mut model, sign_in::Msg::Ended(number, Err(refused())));
    let shown = screen(&model);
    let what = shown.trouble.expect("it is told").what;
    assert_eq!(what, "You, riley.operator@fabrikam.example, could not sign in.");
    assert!(format!("{:?}", shown.prose).contains("Revoke every session of the Second account"));
    update(&mut model, Msg::SignIn(sign_in::Msg::GoOnWithout));
    let trouble = screen(&model).trouble.expect("it is told");
    assert_eq!(trouble.what, "This was not done: Revoke every session of the Second account.");
    assert!(!trouble.next.contains("Run the program again"), "{trouble}");
}

#[test]
fn a_test_that_failed_is_a_trouble_and_nothing_that_was_done() {
    let mut model = signing_in();
    let mut test = SignInTest::begin(Slot::SECOND);
    test.state = sign_in_test::State::Awaiting(None);
    let number = test.attempt;
    model.stack.push(Layer::SignInTest(test));
    let effects = update(&mut model, Msg::SignInTest(sign_in_test::Msg::Tested(number, Err(refused()))));
    let entry = effects.iter().find_map(|effect| match effect {
        Effect::Record(RecordEffect::Remember(entry)) => Some(entry.clone()),
        _ => None,
    });
    let entry = entry.expect("a failed test is kept too");
    assert!(matches!(&entry, Entry::Tested(test) if !test.passed), "{entry:?}");
    let now = model.desk.session.now;
    update(&mut model, Msg::Recorded(now, Box::new(entry)));
    let shown = screen(&model);
    assert_eq!(shown.done, None);
    let what = shown.trouble.expect("it is told").what;
    assert_eq!(what, "The sign-in test of the Second account failed; it stands in the record.");
}
