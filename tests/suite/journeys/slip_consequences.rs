//! What leaving costs is said before it is done: in the middle of a slip, of a registration, of a list of writes. And what
//! was chosen for one slip holds for the next.

use breakglass::domain::check::repair::{RepairCase, Repairing};
use breakglass::domain::facts::{Account, InSlot};
use breakglass::domain::paper::printing::{Job, JobState};
use breakglass::domain::plan::Route;
use breakglass::domain::record::{Slip, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::effect::{PaperEffect, RecordEffect};
use breakglass::journeys::screen::Way;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::{self, MakeSlip, State};
use breakglass::journeys::tasks::writing::{self, Stopping};
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Effect, Msg, answer, screen, update};

use jiff::Timestamp;

use crate::support::console::Console;
use crate::support::model::{any_slip, at_repair, chosen, consented, model_at, slip, slip_mut};
use crate::support::sample::plan;

/// Everything a person reads on the screen.
fn shown(model: &breakglass::journeys::model::Model) -> String {
    let screen = screen(model);
    format!("{:?} {:?} {:?}", screen.trouble, screen.prose, screen.choices)
}

/// The First account's password is set and on its way to paper.
fn at_console(route: Route) -> Console {
    let mut plan = plan();
    plan.paper.route = route;
    let mut console = Console::new(plan, (8, "password-slip:first"));
    console.press("Make the slip now");
    console
}

/// What Esc takes.
fn escape(console: &mut Console) {
    let choices = screen(&console.model).choices;
    let back = choices.into_iter().find(|choice| choice.way == Way::Back).expect("a way back");
    console.say(back.msg);
}

#[test]
fn leaving_between_set_and_typed_back_is_asked_with_what_it_costs() {
    for route in [Route::ByHand, Route::Printer, Route::File] {
        let mut console = at_console(route);
        escape(&mut console);
        let words = shown(&console.model);
        assert!(words.contains("The password of the First account has changed"), "{route:?}: {words}");
        assert!(words.contains("Slip 1 was not typed back, so it is void then"), "{route:?}: {words}");
        assert_eq!(console.vault.count(), 1, "nothing is forgotten before it is said once more");
        let at = console.state();
        escape(&mut console);
        assert_ne!(console.state(), at, "Esc goes on with the slip");
        escape(&mut console);
        console.press("Stop; slip 1 is void");
        assert_eq!(console.vault.count(), 0);
        assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
        let trouble = screen(&console.model).trouble.expect("what is to be done");
        let is_file = route == Route::File;
        assert_eq!(
            trouble.next.contains("Destroy the file slips/slip-1-first-password.pdf"),
            is_file,
            "{trouble}"
        );
        // A slip that is void is not forgotten with its file.
        let file = console.slips().last().and_then(|slip| slip.file.clone());
        assert_eq!(file.is_some(), is_file);
    }
}

#[test]
fn leaving_the_program_in_the_middle_says_it_too_and_only_then() {
    let mut plan = plan();
    plan.paper.route = Route::ByHand;
    let mut console = Console::new(plan, (8, "password-slip:first"));
    update(&mut console.model, Msg::Quit);
    assert!(!shown(&console.model).contains("void"), "{}", shown(&console.model));
    update(&mut console.model, Msg::Stay);
    console.press("Make the slip now");
    update(&mut console.model, Msg::Quit);
    let words = shown(&console.model);
    assert!(words.contains("has changed") && words.contains("Nothing else is lost"), "{words}");
}

#[test]
fn a_new_secret_is_asked_with_what_it_costs_and_names_the_file_that_is_void() {
    let mut console = at_console(Route::File);
    let (at, keys) = (console.state(), |console: &Console| -> Vec<char> {
        screen(&console.model).choices.iter().map(|choice| choice.key).collect()
    });
    assert!(!keys(&console).contains(&'x'), "x gives up on the next screen: {:?}", keys(&console));
    console.press("Make a new secret instead");
    let words = shown(&console.model);
    for part in
        ["is void then", "slip-1-first-password.pdf", "What will be written", "slip-2-first-password.pdf"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(console.vault.count(), 1, "nothing is forgotten before it is said once more");
    escape(&mut console);
    assert_eq!(console.state(), at);
    console.press("Make a new secret instead");
    console.press("Give slip 1 up");
    assert!(matches!(console.state(), State::Printed(_)), "{:?}", console.state());
    let done = screen(&console.model).done.expect("what is left of slip 1");
    assert!(
        done.words.contains("Slip 1 is void") && done.words.contains("Destroy the file slips/slip-1-first"),
        "{done:?}"
    );
    assert_eq!((console.slips().last().map(|slip| slip.number), console.vault.count()), (Some(2), 1));
}

#[test]
fn whether_a_lost_password_still_opens_the_account_is_what_the_record_knows() {
    let at = Repairing {
        case: RepairCase::LostPassword,
        slot: Slot::FIRST,
        key: None,
        since: 9,
        tests: 0,
        before: None,
    };
    let day = |day: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * day);
    let slip = |number, state, changed| Slip {
        number,
        state,
        changed,
        ..at_console(Route::File).slips()[0].clone()
    };
    let (counts, made) =
        (slip(5, SlipState::Confirmed, Some(day(1))), |number| slip(number, SlipState::Made, None));
    let rows = [
        (
            vec![counts.clone()],
            day(1),
            "Until a new password is set, slip 5, wherever it is, still opens the account.",
        ),
        (vec![counts.clone(), made(6)], day(1), "still opens the account. Slip 6 was not typed back"),
        (
            vec![counts, made(6), made(7)],
            day(2),
            "set after slip 5, which opens the account no more. Slips 6, 7 were",
        ),
        (
            vec![],
            day(2),
            "Until a new password is set, the old slip, wherever it is, may still open the account.",
        ),
    ];
    for (slips, changed, wanted) in rows {
        let mut model = model_at(8);
        let slips = slips.into_iter().map(|slip| (slip.number, slip));
        model.desk.world.evidence_mut().slips = slips.collect();
        let accounts = model.desk.world.facts_mut().accounts.get_mut().expect("accounts");
        let mut account = Account::as_set_up("first", "first@contoso.onmicrosoft.com", "An account");
        account.password_changed = Some(changed);
        accounts.in_slots = vec![InSlot { slot: Slot::FIRST, account }];
        at_repair(&mut model, at.clone());
        let words = shown(&model);
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
}

#[test]
fn what_the_printer_does_behind_the_question_is_not_missed() {
    let mut console = at_console(Route::Printer);
    let job = Job { printer: "ipp://printer.example.com/ipp/print".to_owned(), id: 7 };
    slip_mut(&mut console.model).state = State::AtWork { job: job.clone(), seen: JobState::Printing };
    update(&mut console.model, Msg::Slip(slip::Msg::Back));
    update(&mut console.model, Msg::Slip(slip::Msg::JobSeen(JobState::Done)));
    let State::Stopping(at) = &slip(&console.model).state else { panic!("{:?}", console.state()) };
    assert_eq!(**at, State::Taking);
    slip_mut(&mut console.model).state =
        State::Stopping(Box::new(State::AtWork { job, seen: JobState::Held }));
    let effects = update(&mut console.model, Msg::Slip(slip::Msg::StopForGood));
    let cancels = |effect: &Effect| matches!(effect, Effect::Paper(PaperEffect::CancelJob { .. }));
    assert!(effects.iter().any(cancels), "{effects:?}");
    assert!(any_slip(&console.model).is_none());
}

#[test]
fn esc_while_writing_asks_and_the_writes_go_on_behind_the_question() {
    let mut model = model_at(5);
    let effects = consented(&mut model);
    assert!(effects.iter().any(|effect| effect.as_write().is_some()));
    let back = screen(&model).choices.into_iter().find(|choice| choice.way == Way::Back).expect("a way back");
    assert_eq!(update(&mut model, back.msg), []);
    let words = shown(&model);
    assert!(words.contains("What was made stays: 0 of 1"), "{words}");
    let Some(Layer::Writing(writing)) = model.stack.last() else { panic!("{:?}", model.stack) };
    assert!(writing.stopping == Stopping::Asked && writing.doing.is_some());
    let msg = chosen(&model, "Go on writing");
    update(&mut model, msg);
    assert!(!shown(&model).contains("Stop?"));
    update(&mut model, Msg::Writing(writing::Msg::AskToStop));
    let msg = chosen(&model, "Stop after this write");
    update(&mut model, msg);
    let Some(Layer::Writing(writing)) = model.stack.last() else { panic!("{:?}", model.stack) };
    assert!(writing.consented.is_empty(), "the rest is not made");
}

#[test]
fn a_destination_that_does_not_take_the_slip_is_told_before_anything_has_changed() {
    let mut model = model_at(8);
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_password(&model.desk, Slot::FIRST))));
    let effects = update(&mut model, Msg::Slip(slip::Msg::Make));
    let [Effect::Paper(PaperEffect::Probe { to, tell, .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(to.len(), 1, "{to:?}");
    let refused = Trouble::new("The file was not written.", "The disk is full.", "Make room.");
    assert_eq!(update(&mut model, tell.with(Err(refused))), [], "nothing is made and nothing is set");
    assert_eq!(slip(&model).state, State::Announced);
    assert!(shown(&model).contains("no password was changed"), "{}", shown(&model));
    assert!(matches!(answer(&model), Answer::Say(Msg::Slip(slip::Msg::Skip))), "nobody tries for ever");
}

#[test]
fn the_route_that_was_chosen_is_that_of_the_next_slip() {
    let mut model = model_at(8);
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_password(&model.desk, Slot::FIRST))));
    update(&mut model, Msg::Slip(slip::Msg::OtherRoute));
    let effects = update(&mut model, Msg::Slip(slip::Msg::ChooseRoute(Route::ByHand)));
    assert!(matches!(effects.as_slice(), [Effect::Record(RecordEffect::SavePlan(_))]), "{effects:?}");
    assert_eq!(MakeSlip::of_pin(&model.desk, Slot::FIRST, 0).route, Route::ByHand);
}

#[test]
fn the_proposed_pin_is_what_is_recommended() {
    let mut model = model_at(3);
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_pin(&model.desk, Slot::FIRST, 0))));
    let screen = screen(&model);
    let suggested = screen.choices.iter().find(|choice| Some(choice.key) == screen.suggested);
    assert_eq!(suggested.map(|choice| choice.label.as_str()), Some("Make the slip now"));
    let first_safe = screen.choices.iter().find(|c| c.weight == breakglass::journeys::screen::Weight::Safe);
    assert!(first_safe.is_some_and(|choice| !choice.label.contains("myself")), "{first_safe:?}");
}
