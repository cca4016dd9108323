//! Routes to paper: the job is the page byte for byte, and whatever a printer does, there is a choice and nothing is
//! lost.

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::printing::{Destination, Job, JobState, Line, Printout};
use breakglass::domain::plan::{Hold, Language, PaperSize, Qr, Route};
use breakglass::domain::record::{Evidence, SlipKind};
use breakglass::domain::secret::SecretId;
use breakglass::domain::secret::typing_back::Judged;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::print::{self, Page, Wire, ipp};
use breakglass::journeys::effect::{LineChecked, PaperEffect, Wait};
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::{self, MakeSlip, Maker, Moment, PageWait, People, State};
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::paper::{self, Ink, SlipPage, Written};
use jiff::civil::date;

use crate::support::model::answered;
use crate::support::printer::{Mood, Printer};
use crate::support::sample::{a_slip, facts, plan, secret};

/// Prints a slip there and returns what became of it, with the PDF that was meant.
pub(super) async fn print(to: &Destination) -> (Result<Printout, Trouble>, Vec<u8>) {
    print_through(&Wire::default(), to).await
}

async fn print_through(wire: &Wire, to: &Destination) -> (Result<Printout, Trouble>, Vec<u8>) {
    print_over(Line::Encrypted, wire, to).await
}

/// The same, over this line.
pub(super) async fn print_over(
    line: Line,
    wire: &Wire,
    to: &Destination,
) -> (Result<Printout, Trouble>, Vec<u8>) {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let (slip, secret) = (a_slip(SlipKind::Password), secret(32));
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length: 32, half: None, written: Written::Here };
    let sheet = paper::slip(&case, &page);
    let ink = Ink::Secret(&secret);
    let pdf = paper::pdf(&sheet, ink, PaperSize::Letter).expect("a PDF").to_vec();
    let page = Page { sheet: &sheet, ink, size: PaperSize::Letter, title: "slip 3".to_owned(), line };
    (print::send(wire, &page, to).await, pdf)
}

pub(super) fn at(printer: &Printer, hold: Hold) -> Destination {
    Destination::Printer { address: printer.address.clone(), hold }
}

#[tokio::test]
async fn an_accepted_job_is_the_page_byte_for_byte() {
    let printer = Printer::on(Mood::Prints).await;
    let (printout, pdf) = print(&at(&printer, Hold::No)).await;
    assert!(matches!(printout, Ok(Printout::Job(Job { id: 7, .. }, JobState::Done))), "{printout:?}");
    let jobs = printer.jobs();
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0].document, pdf);
    let attributes = jobs[0].attributes.join("\n");
    for expected in ["media=na_letter_8.5x11in", "document-format=application/pdf", "job-name=slip 3"] {
        assert!(attributes.contains(expected), "{attributes}");
    }
    assert!(!attributes.contains("job-hold-until"));
    assert!(!attributes.contains(&secret(32).expose()[..8]), "the attributes tell the secret");
}

#[tokio::test]
async fn a_held_job_waits_until_it_is_released() {
    let printer = Printer::on(Mood::Holds).await;
    let (printout, _) = print(&at(&printer, Hold::UntilReleased)).await;
    let Ok(Printout::Job(job, JobState::Held)) = printout else { panic!("{printout:?}") };
    assert!(printer.jobs()[0].attributes.contains(&"job-hold-until=indefinite".to_owned()));
    assert_eq!(ipp::look(&Wire::default(), &job).await, JobState::Held);
    ipp::release(&Wire::default(), &job).await.expect("released");
    assert_eq!(ipp::look(&Wire::default(), &job).await, JobState::Done);
}

#[tokio::test]
async fn a_printer_that_refuses_stops_or_is_off_says_why() {
    let printer = Printer::on(Mood::Refuses).await;
    let (printout, _) = print(&at(&printer, Hold::No)).await;
    let trouble = printout.expect_err("refused");
    assert!(trouble.why.contains("NotAccepting") && trouble.next.contains("Nothing is lost"), "{trouble}");

    let printer = Printer::on(Mood::OutOfPaper).await;
    let (printout, _) = print(&at(&printer, Hold::No)).await;
    let Ok(Printout::Job(job, JobState::Stopped(why))) = printout else { panic!("{printout:?}") };
    assert_eq!(why, "it is out of paper");
    assert!(matches!(ipp::look(&Wire::default(), &job).await, JobState::Stopped(_)));
    assert_eq!(ipp::look(&Wire::default(), &job).await, JobState::Done, "paper was put in");

    let printer = Printer::on(Mood::Aborts).await;
    let (printout, _) = print(&at(&printer, Hold::No)).await;
    let Ok(Printout::Job(job, JobState::Printing)) = printout else { panic!("{printout:?}") };
    assert!(matches!(ipp::look(&Wire::default(), &job).await, JobState::Aborted(_)));

    let off = Destination::Printer { address: "ipp://127.0.0.1:9/ipp/print".to_owned(), hold: Hold::No };
    assert!(print(&off).await.0.expect_err("off").why.contains("Nothing answers"));
    let odd = Destination::Printer { address: "lpd://printer/queue".to_owned(), hold: Hold::No };
    assert!(print(&odd).await.0.expect_err("odd").what.contains("no address"));
}

#[tokio::test]
async fn a_printer_that_takes_no_pdf_wants_a_password_or_is_a_web_page_is_told_with_a_way_on() {
    for (mood, what, next) in [
        (Mood::TextOnly, "takes no PDF", "through lp"),
        (Mood::Locked, "wants a user and a password", "through lp"),
        (Mood::Web, "could not be reached", "another route"),
    ] {
        let printer = Printer::on(mood).await;
        let trouble = print(&at(&printer, Hold::No)).await.0.expect_err("refused");
        assert!(trouble.what.contains(what), "{mood:?}: {trouble}");
        assert!(
            trouble.next.contains(next) && trouble.next.contains("Nothing is lost"),
            "{mood:?}: {trouble}"
        );
        assert!(printer.jobs().is_empty(), "{mood:?} kept the page");
    }
}

#[tokio::test]
async fn a_certificate_of_the_printer_s_own_is_refused_until_it_is_named() {
    let (printer, pem) = Printer::secure(Mood::Prints);
    let trouble = print(&at(&printer, Hold::No)).await.0.expect_err("not trusted");
    assert!(trouble.what.contains("not trusted, so nothing was sent"), "{trouble}");
    assert!(trouble.next.contains("--ca-file"), "{trouble}");
    assert!(printer.jobs().is_empty());

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("printer.pem");
    std::fs::write(&file, pem).expect("a file");
    let wire = Wire::here(Some(&file)).expect("a certificate");
    let (printout, _) = print_through(&wire, &at(&printer, Hold::No)).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Done))), "{printout:?}");
    assert_eq!(printer.jobs().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn the_print_system_is_found_and_used_through_its_socket() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("cups.sock");
    let printer = Printer::at_socket(Mood::Prints, &socket);
    let wire = Wire::to(socket.to_str());
    let found = ipp::find(&wire).await.expect("queues");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), &found[0].address), ("office", &printer.address));
    let (printout, pdf) = print_through(&wire, &at(&printer, Hold::No)).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Done))), "{printout:?}");
    assert_eq!(printer.jobs()[0].document, pdf);

    // Another computer is not reached through the socket of this one.
    let elsewhere = Printer::on(Mood::Prints).await;
    let (printout, _) = print_through(&wire, &at(&elsewhere, Hold::No)).await;
    assert!(printout.is_ok() && elsewhere.jobs().len() == 1 && printer.jobs().len() == 1);
}

#[test]
fn the_environment_says_where_the_print_system_listens() {
    assert_eq!(Wire::to(Some("print.example.com:8631")).server(), "ipp://print.example.com:8631/");
    for here in [None, Some(""), Some("/run/cups/cups.sock")] {
        assert_eq!(Wire::to(here).server(), "ipp://localhost/", "{here:?}");
    }
}

#[tokio::test]
async fn a_job_can_be_canceled() {
    let printer = Printer::on(Mood::Holds).await;
    let (printout, _) = print(&at(&printer, Hold::UntilReleased)).await;
    let Ok(Printout::Job(job, _)) = printout else { panic!("{printout:?}") };
    ipp::cancel(&Wire::default(), &job).await.expect("canceled");
    assert!(printer.canceled());
    assert_eq!(ipp::look(&Wire::default(), &job).await, JobState::Canceled);
}

#[cfg(unix)]
#[tokio::test]
async fn a_job_that_is_over_is_canceled_and_a_refusal_is_told() {
    let wire = Wire::default();
    let job_at = |printer: &Printer| Job { printer: printer.address.clone(), id: 7 };
    let fast = Printer::on(Mood::Fast).await;
    ipp::cancel(&wire, &job_at(&fast)).await.expect("nothing is left to cancel");
    let stubborn = Printer::on(Mood::Stubborn).await;
    let refused = ipp::cancel(&wire, &job_at(&stubborn)).await.expect_err("it may still be printed");
    assert!(refused.next.contains("Cancel it at the printer itself"), "{refused:?}");
}

#[tokio::test]
async fn a_device_gets_the_page_and_an_ordinary_file_never_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lp0");
    std::fs::write(&file, "").expect("a file");
    let device =
        |path: &std::path::Path, language| Destination::Device { path: path.display().to_string(), language };
    let refused = print(&device(&file, Language::Text)).await.0.expect_err("an ordinary file");
    assert!(refused.why.contains("ordinary file"), "{refused}");
    assert_eq!(std::fs::read(&file).expect("it is still there"), b"");
    for (language, reset) in [(Language::Text, false), (Language::EscP, true)] {
        let pipe = folder.path().join(format!("pipe-{reset}"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let reading = pipe.clone();
        let reader = std::thread::spawn(move || std::fs::read(reading).expect("bytes"));
        let (printout, _) = print(&device(&pipe, language)).await;
        assert_eq!(printout, Ok(Printout::HandedOver));
        let bytes = reader.join().expect("a reader");
        assert_eq!(bytes.starts_with(b"\x1b@"), reset);
        assert!(bytes.is_ascii() && bytes.ends_with(b"\x0c"));
        let text = String::from_utf8(bytes).expect("ASCII");
        assert!(text.contains("Aa2C b3Dd 4Ee7 Ff9H"), "{text}");
    }
}

/// A model in which a password slip is made and about to go to paper.
pub(super) fn made(route: Route) -> Model {
    let mut model = crate::support::model::model();
    let paper = &mut model.desk.world.plan_mut().paper;
    paper.printer = Some("ipp://printer.example.com/ipp/print".to_owned());
    paper.device = Some("/dev/usb/lp0".to_owned());
    model.stack.push(Layer::Slip(Box::new(MakeSlip {
        slip: a_slip(SlipKind::Pin { key: 0 }),
        route,
        qr: Qr::default(),
        maker: Maker::Program,
        before: slip::Before::Nothing,
        people: People::One,
        system: None,
        secret: None,
        length: 8,
        state: State::Making,
        wrong: 0,
        judged: None,
        wait: PageWait::AsPlanned,
        travel: slip::Travel::Encrypted,
        fit: slip::Fit::NotRefused,
        found: Vec::new(),
    })));
    let effects = say(&mut model, slip::Msg::Made(Ok(SecretId(1))));
    let prints = |effect: &Effect| matches!(effect, Effect::Paper(PaperEffect::PrintSlip { .. }));
    assert!(!effects.iter().any(prints), "printed before anyone stands there");
    for entry in effects.iter().filter_map(Effect::as_entry) {
        update(&mut model, Msg::Recorded(jiff::Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
    }
    model
}

pub(super) fn say(model: &mut Model, msg: slip::Msg) -> Vec<Effect> {
    update(model, Msg::Slip(msg))
}

pub(super) fn state(model: &Model) -> State {
    crate::support::model::slip(model).state.clone()
}

pub(super) fn job() -> Job {
    Job { printer: "ipp://printer.example.com/ipp/print".to_owned(), id: 7 }
}

#[test]
fn every_printing_route_waits_for_a_person_before_and_after_the_page() {
    for route in [Route::Printer, Route::Spooler, Route::Device, Route::Stdout] {
        let mut model = made(route);
        assert_eq!(state(&model), State::AtPrinter);
        let shown = screen(&model);
        let words = format!("{:?}", shown.prose);
        assert!(
            words.contains("keep") || words.contains("printer"),
            "what it leaves behind is not told: {words}"
        );
        let go = shown.choices.iter().find(|c| c.msg == Msg::Slip(slip::Msg::Continue)).expect("a way on");
        assert_eq!(go.weight, Weight::Writes);
        let effects = say(&mut model, slip::Msg::Continue);
        let [Effect::Paper(PaperEffect::PrintSlip { tell, .. })] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        update(&mut model, tell.with(Ok(Printout::HandedOver)));
        assert_eq!(state(&model), State::Taking);
        say(&mut model, slip::Msg::Continue);
        assert!(matches!(state(&model), State::TypingBack { line: 0, .. }));
        let effects = say(&mut model, slip::Msg::Checked(LineChecked { line: 0, judged: Judged::Right }));
        let words = format!("{effects:?}");
        assert!(words.contains("Confirmed") && words.contains("Forget"), "{words}");
    }
}

#[test]
fn whatever_a_printer_does_there_is_a_choice_and_the_secret_stays() {
    let trouble = || Trouble::new("refused", "why", "next");
    let began = |after: Result<Printout, Trouble>| {
        let mut model = made(Route::Printer);
        say(&mut model, slip::Msg::Continue);
        let effects = say(&mut model, slip::Msg::Printed(after));
        (model, effects)
    };
    let (refused, effects) = began(Err(trouble()));
    assert!(refused.desk.trouble.is_some() && effects.is_empty());
    let (stopped, effects) = began(Ok(Printout::Job(job(), JobState::Stopped("no paper".to_owned()))));
    assert!(matches!(effects.as_slice(), [Effect::Wait(Wait::Job { .. })]));
    let mut aborted = stopped.clone();
    let effects = say(&mut aborted, slip::Msg::JobSeen(JobState::Aborted("jam".to_owned())));
    assert!(effects.is_empty() && aborted.desk.trouble.is_some());
    let mut silent = stopped.clone();
    say(&mut silent, slip::Msg::JobSeen(JobState::Silent));
    for model in [&refused, &stopped, &aborted, &silent] {
        let shown = screen(model);
        assert!(shown.choices.len() >= 3, "{:?}", shown.choices);
        let Layer::Slip(work) = model.top() else { panic!("{:?}", model.stack) };
        assert_eq!(work.secret, Some(SecretId(1)), "the secret is lost in {:?}", work.state);
    }
    let mut mended = stopped.clone();
    say(&mut mended, slip::Msg::JobSeen(JobState::Done));
    assert_eq!(state(&mended), State::Taking);
    let mut elsewhere = stopped;
    let effects = say(&mut elsewhere, slip::Msg::OtherRoute);
    assert!(effects.iter().any(cancels), "the old job is still there: {effects:?}");
    say(&mut elsewhere, slip::Msg::ChooseRoute(Route::ByHand));
    assert_eq!(state(&elsewhere), State::Copying);
}

fn cancels(effect: &Effect) -> bool {
    matches!(effect, Effect::Paper(PaperEffect::CancelJob { job: canceled, .. }) if *canceled == job())
}

#[test]
fn a_job_that_cannot_be_canceled_is_told_wherever_the_slip_stands() {
    let mut model = made(Route::Printer);
    say(&mut model, slip::Msg::Continue);
    say(&mut model, slip::Msg::Printed(Ok(Printout::Job(job(), JobState::Waiting))));
    say(&mut model, slip::Msg::OtherRoute);
    say(&mut model, slip::Msg::ChooseRoute(Route::ByHand));
    let refused = Trouble::new("The job may not be canceled.", "It said so.", "Stay there.");
    say(&mut model, slip::Msg::NotCanceled(refused.clone()));
    assert_eq!(state(&model), State::Copying);
    assert_eq!(screen(&model).trouble, Some(refused));
}

#[test]
fn a_held_job_is_released_by_a_choice_that_says_it_prints() {
    let mut model = made(Route::Printer);
    say(&mut model, slip::Msg::Continue);
    say(&mut model, slip::Msg::Printed(Ok(Printout::Job(job(), JobState::Held))));
    let release = screen(&model)
        .choices
        .into_iter()
        .find(|c| c.msg == Msg::Slip(slip::Msg::ReleaseJob))
        .expect("a choice");
    assert_eq!(release.weight, Weight::Writes);
    let effects = say(&mut model, slip::Msg::ReleaseJob);
    let [Effect::Paper(PaperEffect::ReleaseJob { job: released, .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(*released, job());
    assert_eq!(say(&mut model, slip::Msg::Back), [], "it is asked first");
    let effects = say(&mut model, slip::Msg::StopForGood);
    assert!(effects.iter().any(cancels), "a lost secret is still printed: {effects:?}");
}

#[test]
fn a_printer_is_found_or_named_before_it_is_used() {
    let mut model = made(Route::ByHand);
    model.desk.world.plan_mut().paper.printer = None;
    crate::support::model::slip_mut(&mut model).state = State::Choosing(Moment::Made);
    let effects = say(&mut model, slip::Msg::FindPrinters);
    let [Effect::Paper(PaperEffect::FindPrinters(tell))] = effects.as_slice() else { panic!("{effects:?}") };
    let mut named = model.clone();
    say(&mut named, slip::Msg::ChooseRoute(Route::Printer));
    assert!(screen(&named).question.is_some());
    let address = answered(&named, "ipp://p.example.com/ipp/print");
    update(&mut named, address);
    assert_eq!(state(&named), State::AtPrinter);
    let found = vec![("Office".to_owned(), "ipp://localhost/printers/office".to_owned())];
    update(&mut model, tell.with(Ok(found)));
    say(&mut model, slip::Msg::UsePrinter(0));
    assert_eq!(state(&model), State::AtPrinter);
    assert_eq!(model.desk.plan().paper.printer.as_deref(), Some("ipp://localhost/printers/office"));
    let work = crate::support::model::slip(&model);
    assert_eq!((work.slip.slot, work.route), (Slot::FIRST, Route::Printer));
}
