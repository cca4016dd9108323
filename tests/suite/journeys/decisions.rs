//! The plan on the screen: what it shows can be typed, and what does not fit is told where it was typed.

use breakglass::domain::plan::{Format, Hold, Language, PaperSize, Qr, Route};
use breakglass::journeys::model::Model;
use breakglass::journeys::{Msg, Question, screen, setup, update};

use crate::support::model::{at_plan, refused, types};
use crate::support::sample::plan;

fn planning() -> Model {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = plan();
    at_plan(&mut model);
    model
}

/// Opens the decision called `name` and types an answer; returns what is wrong with it.
fn decide(model: &mut Model, (name, text): (&str, &str)) -> Option<String> {
    let opened = screen(model).choices.into_iter().find(|choice| choice.label.starts_with(name));
    let opened = opened.unwrap_or_else(|| panic!("no {name:?} in {:#?}", screen(model).choices));
    update(model, opened.msg);
    types(model, text);
    let problem = refused(model);
    at_plan(model);
    problem
}

#[test]
fn each_route_asks_for_what_it_needs() {
    let mut model = planning();
    for (name, text) in [
        ("Slips go to paper", "printer"),
        ("Printer's address", "ipps://printer.example.com/ipp/print"),
        ("A page at the printer", "at once"),
        ("Slips go to paper", "spooler"),
        ("Queue of lp", "safe-room"),
        ("Slips go to paper", "device"),
        ("Printer's device", "/dev/usb/lp1"),
        ("It understands", "ESC/P"),
        ("Slips go to paper", "file"),
        ("Folder of the files", "/media/stick"),
        ("A slip's file is", "text"),
        ("Paper", "Letter"),
        ("QR codes on", "slips too"),
    ] {
        assert_eq!(decide(&mut model, (name, text)), None, "{name}: {text}");
    }
    let paper = &model.desk.plan().paper;
    assert_eq!(paper.printer.as_deref(), Some("ipps://printer.example.com/ipp/print"));
    assert_eq!((paper.route, paper.hold, paper.language), (Route::File, Hold::No, Language::EscP));
    assert_eq!((paper.queue.as_deref(), paper.device.as_deref()), (Some("safe-room"), Some("/dev/usb/lp1")));
    assert_eq!((paper.folder.as_deref(), paper.format), (Some("/media/stick"), Format::Text));
    assert_eq!((paper.size, paper.qr), (PaperSize::Letter, Qr::SecretToo));

    decide(&mut model, ("Slips go to paper", "spooler"));
    decide(&mut model, ("Queue of lp", "the system's own"));
    assert_eq!(model.desk.plan().paper.queue, None);
    let wrong = decide(&mut model, ("A page at the printer", "tomorrow")).expect("no such word");
    assert!(wrong.contains("waits for its release, at once"), "{wrong}");
}

#[test]
fn what_the_list_shows_can_be_typed_as_it_stands() {
    for route in Route::ALL {
        let mut model = planning();
        let paper = &mut model.desk.world.plan_mut().paper;
        paper.route = route;
        (paper.printer, paper.device) =
            (Some("ipp://printer.example.com/ipp/print".to_owned()), Some("/dev/usb/lp0".to_owned()));
        let before = model.desk.plan().clone();
        let list = screen(&model).choices;
        for choice in list.into_iter().filter(|choice| matches!(choice.msg, Msg::Setup(setup::Msg::Edit(_))))
        {
            update(&mut model, choice.msg);
            let question = screen(&model).question;
            let Some(Question::Text { preset, prompt, answer, .. }) = question else { panic!() };
            update(&mut model, answer.with(preset.clone()));
            assert_eq!(*model.desk.plan(), before, "{prompt}: {preset}");
            at_plan(&mut model);
        }
    }
}

#[test]
fn what_does_not_fit_is_told_at_the_field_and_may_be_kept() {
    let mut model = planning();
    let taken = model.desk.plan().accounts[0].safe.clone();
    let problem = decide(&mut model, ("Second: password in safe", &taken)).expect("two slips in one place");
    assert!(problem.contains("Enter keeps it"), "{problem}");
    assert_eq!(model.desk.plan().accounts[1].safe, taken, "the answer stands, since the other one may move");
    let other = "B1";
    assert_eq!(decide(&mut model, ("First: password in safe", other)), None, "now they are apart again");
    assert_eq!(decide(&mut model, ("Second: password in safe", &taken)), None, "Enter keeps what stands");

    model.desk.world.plan_mut().safes.iter_mut().for_each(|safe| safe.place.clear());
    assert_eq!(
        decide(&mut model, ("Safe A1: place", "North, room 1")),
        None,
        "nobody knows yet where the others are"
    );
    let problem =
        decide(&mut model, ("Safe B1: place", "north, room 1")).expect("one room for both passwords");
    assert!(problem.contains("must not lie in one place"), "{problem}");
    assert_eq!(decide(&mut model, ("Safe B1: place", "South, room 2")), None);

    let odd = decide(&mut model, ("First: user name", "emergency admin")).expect("no such name");
    assert!(odd.contains("user_name"), "{odd}");
    let odd = decide(&mut model, ("First: user name", "harbor.lantern.")).expect("no such name");
    assert!(odd.contains("must not end with a dot"), "{odd}");
}
