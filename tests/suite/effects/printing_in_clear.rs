//! A secret travels to a printer elsewhere encrypted, or after a person was told and chose otherwise; never by Enter.

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::page;
use breakglass::domain::paper::printing::{Destination, Job, JobState, Line, Printout};
use breakglass::domain::plan::{Hold, PaperSize, Route};
use breakglass::domain::record::Evidence;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::print::{self, Page, Wire, ipp};
use breakglass::journeys::effect::PaperEffect;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::tasks::slip::{self, State, Travel};
use breakglass::journeys::{Effect, Msg, screen};
use breakglass::paper::{self, Ink};
use jiff::civil::date;

use super::printing::{made, print_over, say, state};
use crate::support::printer::{Mood, NAME, Printer};
use crate::support::sample::{facts, plan};

/// The printer as one that is not on this computer: its address by name, and the way that knows the name.
struct Elsewhere {
    printer: Printer,
    to: Destination,
    address: String,
    wire: Wire,
}

impl Elsewhere {
    fn of(printer: Printer, wire: Wire) -> Self {
        let at: url::Url = printer.address.parse().expect("an address");
        let port = at.port().expect("a port");
        let address = format!("ipp://{NAME}:{port}/ipp/print");
        let to = Destination::Printer { address: address.clone(), hold: Hold::No };
        let wire = wire.knowing(NAME, ([127, 0, 0, 1], port).into());
        Self { printer, to, address, wire }
    }

    async fn print(&self, line: Line) -> (Result<Printout, Trouble>, Vec<u8>) {
        print_over(line, &self.wire, &self.to).await
    }
}

/// Trusts what this printer made for itself.
fn trusting(pem: &str) -> Wire {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("printer.pem");
    std::fs::write(&file, pem).expect("a file");
    Wire::here(Some(&file)).expect("a certificate")
}

#[tokio::test]
async fn ipps_is_tried_before_ipp_and_the_whole_job_stays_on_it() {
    let (printer, pem) = Printer::secure(Mood::Prints);
    let elsewhere = Elsewhere::of(printer, trusting(&pem));
    let (printout, pdf) = elsewhere.print(Line::Encrypted).await;
    let Ok(Printout::Job(Job { printer, id }, JobState::Done)) = printout else { panic!("{printout:?}") };
    assert_eq!(printer, elsewhere.address.replace("ipp://", "ipps://"));
    assert_eq!(elsewhere.printer.jobs()[0].document, pdf);
    assert_eq!(ipp::look(&elsewhere.wire, &Job { printer, id }).await, JobState::Done);
}

#[tokio::test]
async fn a_secret_does_not_leave_in_clear_before_somebody_chose_it() {
    let clear = Elsewhere::of(Printer::on(Mood::Prints).await, Wire::default());
    let (printout, _) = clear.print(Line::Encrypted).await;
    assert!(matches!(printout, Ok(Printout::OnlyInClear(_))), "{printout:?}");
    assert!(clear.printer.jobs().is_empty(), "the secret was sent");
    let (printout, pdf) = clear.print(Line::InClear).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Done))), "{printout:?}");
    assert_eq!(clear.printer.jobs()[0].document, pdf);

    // A certificate that nobody vouches for is as good as none, and is named.
    let (printer, _) = Printer::secure(Mood::Prints);
    let untrusted = Elsewhere::of(printer, Wire::default());
    let (printout, _) = untrusted.print(Line::Encrypted).await;
    let Ok(Printout::OnlyInClear(why)) = printout else { panic!("{printout:?}") };
    assert!(why.contains("certificate"), "{why}");
    assert!(untrusted.printer.jobs().is_empty());
}

#[tokio::test]
async fn a_page_without_a_secret_goes_as_it_always_did() {
    let clear = Elsewhere::of(Printer::on(Mood::Prints).await, Wire::default());
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let sheet = paper::page(&case, "REHEARSAL", &page::Page::Calibration);
    let (ink, size) = (Ink::Masked, PaperSize::A4);
    let page = Page { sheet: &sheet, ink, size, title: "calibration".to_owned(), line: Line::Encrypted };
    let printout = print::send(&clear.wire, &page, &clear.to).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Done))), "{printout:?}");
}

#[test]
fn enter_never_sends_it_in_clear_and_a_key_of_its_own_does() {
    let mut model = made(Route::Printer);
    let effects = say(&mut model, slip::Msg::Continue);
    let [Effect::Paper(PaperEffect::PrintSlip { line: Line::Encrypted, .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    say(&mut model, slip::Msg::Printed(Ok(Printout::OnlyInClear("It speaks no TLS.".to_owned()))));
    assert_eq!(state(&model), State::AtPrinter);
    assert_eq!(crate::support::model::slip(&model).travel, Travel::OnlyInClear);
    let shown = screen(&model);
    assert!(shown.trouble.as_ref().is_some_and(|trouble| trouble.next.contains("--ca-file")), "{shown:?}");
    assert!(format!("{:?}", shown.prose).contains("in clear only"), "{:?}", shown.prose);
    let on_enter = shown.choices.iter().find(|choice| Some(choice.key) == shown.suggested).expect("a choice");
    assert_eq!(on_enter.msg, Msg::Slip(slip::Msg::OtherRoute));
    let sends = shown.choices.iter().find(|choice| choice.msg == Msg::Slip(slip::Msg::SendInClear));
    let sends = sends.expect("a choice");
    assert_eq!((sends.key, sends.weight), ('u', Weight::Irreversible));

    assert_eq!(say(&mut model, slip::Msg::Continue), [], "what sent it encrypted sends it in clear");
    let mut elsewhere = model.clone();
    say(&mut elsewhere, slip::Msg::OtherRoute);
    say(&mut elsewhere, slip::Msg::ChooseRoute(Route::Printer));
    assert_eq!(say(&mut elsewhere, slip::Msg::SendInClear), [], "an old choice counts for a new way");
    let effects = say(&mut model, slip::Msg::SendInClear);
    let [Effect::Paper(PaperEffect::PrintSlip { line: Line::InClear, .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
}
