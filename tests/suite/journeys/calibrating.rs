//! The printer is tried before any secret exists: the calibration page goes the way the slips will go.

use breakglass::domain::paper::printing::{Destination, Job, JobState, Printout};
use breakglass::domain::plan::{Format, Hold, Qr, Route};
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::effect::{PaperEffect, VaultEffect, Wait};
use breakglass::journeys::model::Model;
use breakglass::journeys::reply::Reply;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::{Moment, State};
use breakglass::journeys::tasks::{attest, calibrate, slip};
use breakglass::journeys::{Effect, Msg, screen, update};

use crate::support::console::Console;
use crate::support::model::slip_mut;
use crate::support::plain::{MOST, Paper};
use crate::support::sample::plan;
use crate::support::{Home, Person, choice};

const ADDRESS: &str = "ipp://printer.example.com/ipp/print";

/// A slip announced, on its way by `route`.
fn announced(route: Route) -> Model {
    let mut plan = plan();
    plan.paper.route = route;
    Console::new(plan, (8, "password-slip:first")).model
}

/// What the screen says and offers, as one text.
fn shown(model: &Model) -> String {
    let screen = screen(model);
    format!("{:?} {:?}", screen.prose, screen.choices)
}

/// The page goes on its way; where to, and what says how it went.
fn try_it(model: &mut Model) -> (Destination, Printed) {
    sent(&update(model, CALIBRATE))
}

const CALIBRATE: Msg = Msg::Slip(slip::Msg::Calibrate);

type Printed = Reply<Result<Printout, Trouble>, Msg>;

fn sent(effects: &[Effect]) -> (Destination, Printed) {
    let [Effect::Paper(PaperEffect::PrintPage { page, to, tell, .. })] = effects else {
        panic!("{effects:?}")
    };
    assert_eq!(page.name(), "calibration");
    (to.clone(), tell.clone())
}

fn job(seen: JobState) -> Result<Printout, Trouble> {
    Ok(Printout::Job(Job { printer: ADDRESS.to_owned(), id: 7 }, seen))
}

#[test]
fn the_page_goes_where_the_slip_will_go_without_waiting_for_anybody() {
    let mut model = announced(Route::Printer);
    assert!(shown(&model).contains("Not tried yet"), "{}", shown(&model));
    let (to, printed) = try_it(&mut model);
    assert_eq!(to, Destination::Printer { address: ADDRESS.to_owned(), hold: Hold::No });
    let effects = update(&mut model, printed.with(job(JobState::Printing)));
    let [Effect::Wait(Wait::Job { tell, .. })] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut model, tell.with(JobState::Done));
    assert!(shown(&model).contains("100 mm"), "the ruler is not asked for: {}", shown(&model));
    update(&mut model, Msg::Calibrate(calibrate::Msg::Good));
    update(&mut model, Msg::Attest(attest::Msg::Person("Sample Person".to_owned())));
    let effects = update(&mut model, Msg::Attest(attest::Msg::Yes));
    let [effect] = effects.as_slice() else { panic!("{effects:?}") };
    let entry = effect.as_entry().unwrap_or_else(|| panic!("{effects:?}"));
    update(&mut model, Msg::Recorded(jiff::Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
    assert!(shown(&model).contains("Sample Person found the calibration page good"), "{}", shown(&model));

    model.desk.world.plan_mut().paper.printer = Some("ipp://other.example.com/ipp/print".to_owned());
    assert!(shown(&model).contains("Not tried yet"), "another printer has its own page");
}

#[test]
fn by_hand_there_is_no_printer_to_try() {
    let mut model = announced(Route::ByHand);
    assert!(!shown(&model).contains("alibration"));
    assert!(update(&mut model, CALIBRATE).is_empty());
    assert!(matches!(model.top(), Layer::Slip(_)));
}

#[test]
fn whatever_the_printer_does_the_slip_waits_unmade() {
    let trouble = Trouble::new("refused", "why", "next");
    let ends =
        [Err(trouble), job(JobState::Canceled), job(JobState::Aborted("it is out of paper".to_owned()))];
    for end in ends {
        let mut model = announced(Route::Printer);
        let (_, printed) = try_it(&mut model);
        assert!(update(&mut model, printed.with(end)).is_empty());
        assert!(model.desk.trouble.is_some());
        let Layer::Slip(work) = model.top() else { panic!("{:?}", model.stack) };
        assert!(work.state == State::Announced && work.secret.is_none());
    }
    let mut model = announced(Route::Printer);
    let (_, printed) = try_it(&mut model);
    update(&mut model, printed.with(job(JobState::Stopped("it is out of paper".to_owned()))));
    let effects = update(&mut model, Msg::Calibrate(calibrate::Msg::Back));
    assert!(
        matches!(effects.as_slice(), [Effect::StopWaiting, Effect::Paper(PaperEffect::CancelJob { .. })]),
        "{effects:?}"
    );
    assert!(matches!(model.top(), Layer::Slip(work) if work.state == State::Announced));
}

#[test]
fn a_bad_page_leads_to_another_route_or_to_another_print() {
    let mut model = announced(Route::Device);
    model.desk.world.plan_mut().paper.device = Some("/dev/usb/lp0".to_owned());
    let (_, printed) = try_it(&mut model);
    update(&mut model, printed.with(Ok(Printout::HandedOver)));
    assert!(!shown(&model).contains("100 mm"), "lines of text have no ruler");
    let (_, printed) = sent(&update(&mut model, Msg::Calibrate(calibrate::Msg::Again)));
    update(&mut model, printed.with(Ok(Printout::HandedOver)));
    update(&mut model, Msg::Calibrate(calibrate::Msg::OtherRoute));
    let Layer::Slip(work) = model.top() else { panic!("{:?}", model.stack) };
    assert_eq!(work.state, State::Choosing(Moment::Announced));
}

#[test]
fn it_is_written_beside_the_slips_vouched_for_and_never_overwritten() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(home.plan());
    command.arg("--record").arg(home.record());
    let wishes = |shown: &str| {
        let here = &shown[shown.rfind("\nbreakglass  ").unwrap_or(0)..];
        if here.contains("Sample Person found the calibration page good") {
            return None;
        }
        let again = !home.record().join("slips/calibration-2.pdf").exists();
        let wishes =
            ["Print the calibration page first", if again { "Print it again" } else { "It is good" }];
        wishes
            .iter()
            .find_map(|words| choice(here, words))
            .or_else(|| crate::support::plain::decide(shown, &mut Paper::default()))
    };
    let mut person = Person::at(command);
    while let Some(shown) = person.next_question() {
        let Some(answer) = wishes(&shown) else { break };
        person.type_line(&answer);
    }
    assert!(person.seen.contains("Sample Person found the calibration page good"), "{}", person.seen);
    person.leave();
    for name in ["calibration.pdf", "calibration-2.pdf"] {
        let page = std::fs::read(home.record().join("slips").join(name)).expect("a page");
        assert!(page.starts_with(b"%PDF-"), "{name}");
    }
    let tried = |line: &serde_json::Value| line["entry"]["about"] == "paper.calibration:file";
    let words: Vec<_> = home.journal().into_iter().filter(tried).collect();
    assert_eq!(words.len(), 1, "{words:#?}");
}

#[test]
fn a_code_of_the_secret_is_told_with_its_risk_and_left_off_with_a_key() {
    let mut plan = plan();
    (plan.paper.route, plan.paper.qr) = (Route::Printer, Qr::SecretToo);
    let mut console = Console::new(plan, (8, "password-slip:first"));
    assert!(shown(&console.model).contains("Any camera that sees the paper"), "{}", shown(&console.model));
    console.press("Leave the QR code off this slip");
    assert!(shown(&console.model).contains("gets no QR code"), "{}", shown(&console.model));
    let printed = |model: &mut Model| {
        update(model, Msg::Slip(slip::Msg::Make));
        let effects = update(model, Msg::Slip(slip::Msg::Probed(Ok(()))));
        let [Effect::Vault(VaultEffect::Make(_, made))] = effects.as_slice() else { panic!("{effects:?}") };
        update(model, made.with(Ok(breakglass::domain::secret::SecretId(1))));
        slip_mut(model).state = State::AtPrinter;
        match update(model, Msg::Slip(slip::Msg::Continue)).as_slice() {
            [Effect::Paper(PaperEffect::PrintSlip { paper, .. })] => paper.plan.paper.qr,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(printed(&mut console.model.clone()), Qr::Documents);
    console.press("Put the QR code onto this slip after all");
    assert_eq!(printed(&mut console.model), Qr::SecretToo);
}

#[test]
fn where_the_plan_wants_no_code_or_the_page_is_lines_of_text_none_is_offered() {
    for (route, qr, format) in [
        (Route::Printer, Qr::Documents, Format::Pdf),
        (Route::ByHand, Qr::SecretToo, Format::Pdf),
        (Route::Device, Qr::SecretToo, Format::Pdf),
        (Route::File, Qr::SecretToo, Format::Text),
    ] {
        let mut model = announced(route);
        let paper = &mut model.desk.world.plan_mut().paper;
        (paper.qr, paper.format) = (qr, format);
        slip_mut(&mut model).qr = qr;
        assert!(!shown(&model).contains("QR code"), "{route:?} {qr:?} {format:?}: {}", shown(&model));
    }
}

#[test]
fn a_folder_from_the_root_is_named_as_it_stands_and_the_writes_come_before_the_route() {
    let mut plan = plan();
    (plan.paper.route, plan.paper.folder) = (Route::File, Some("/media/stick".to_owned()));
    let mut console = Console::new(plan, (3, "pin-slip:first:0"));
    for _ in 0..2 {
        let words = shown(&console.model);
        assert!(words.contains("/media/stick/slip-1-first-lantern-key-1.pdf"), "{words}");
        assert!(!words.contains("record/"), "{words}");
        let place = |what| words.find(what).expect("it is told");
        assert!(place("What will be written") < place("Route to paper"), "{words}");
        console.say(Msg::Slip(slip::Msg::ChoosePin));
    }
}

#[test]
fn a_slip_whose_file_is_chosen_once_more_stands_there_as_it_was() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(home.plan());
    command.arg("--record").arg(home.record());
    let mut person = Person::at(command);
    let mut paper = Paper::default();
    for _ in 0..MOST {
        let Some(shown) = person.next_question() else { break };
        let here = &shown[shown.rfind("\nbreakglass  ").unwrap_or(0)..];
        if person.seen.matches("The slip is in this file").count() == 2 {
            break;
        }
        assert!(!here.contains("Nothing is overwritten"), "{here}");
        let wishes = ["Into a file that you print", "Choose another route to paper"];
        let given_up = here.contains("wrong three times");
        let again = given_up || here.contains("How does it go to paper");
        let wish = wishes.iter().find_map(|words| choice(here, words)).filter(|_| again);
        let typed = || here.ends_with("The PIN: ").then(|| "1111 1111".to_owned());
        let line = wish.or_else(typed).or_else(|| crate::support::plain::decide(&shown, &mut paper));
        person.type_line(&line.unwrap_or_else(|| panic!("no way on from:\n{here}")));
    }
    let seen = person.seen.clone();
    person.leave();
    assert_eq!(seen.matches("The slip is in this file").count(), 2, "{seen}");
    let slips = std::fs::read_dir(home.record().join("slips")).expect("slips").count();
    assert_eq!(slips, 1, "it was written once");
}
