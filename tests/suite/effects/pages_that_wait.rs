//! A page that is to wait at its printer: it leaves only where it waits, and one that did not is told.

use breakglass::domain::paper::printing::{JobState, Printout};
use breakglass::domain::plan::{Hold, Route};
use breakglass::journeys::effect::PaperEffect;
use breakglass::journeys::tasks::slip::{self, State};
use breakglass::journeys::{Effect, screen};

use super::printing::{at, job, made, print, say, state};
use crate::support::printer::{Mood, Printer};

#[tokio::test]
async fn a_printer_that_keeps_no_page_gets_none_that_is_to_wait() {
    for mood in [Mood::IgnoresHold, Mood::Mute] {
        let printer = Printer::on(mood).await;
        let (printout, _) = print(&at(&printer, Hold::UntilReleased)).await;
        assert!(matches!(printout, Ok(Printout::CannotWait(_))), "{mood:?}: {printout:?}");
        assert!(printer.jobs().is_empty(), "{mood:?}: the secret left this machine");
        let (printout, _) = print(&at(&printer, Hold::No)).await;
        assert!(matches!(printout, Ok(Printout::Job(..))), "{mood:?}: {printout:?}");
    }
    let liar = Printer::on(Mood::Lies).await;
    let (printout, _) = print(&at(&liar, Hold::UntilReleased)).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Printing))), "{printout:?}");
    let printer = Printer::on(Mood::Holds).await;
    let (printout, _) = print(&at(&printer, Hold::UntilReleased)).await;
    assert!(matches!(printout, Ok(Printout::Job(_, JobState::Held))), "{printout:?}");
    let attributes = printer.jobs()[0].attributes.join("\n");
    assert!(attributes.contains("ipp-attribute-fidelity=true"), "{attributes}");
}

#[test]
fn where_a_page_cannot_wait_somebody_stands_there_or_another_route_is_chosen() {
    let mut model = made(Route::Printer);
    assert!(format!("{:?}", screen(&model).choices).contains("it waits at the printer"));
    say(&mut model, slip::Msg::Continue);
    say(&mut model, slip::Msg::Printed(Ok(Printout::CannotWait("It says so.".to_owned()))));
    assert_eq!(state(&model), State::AtPrinter);
    let shown = screen(&model);
    assert!(shown.trouble.as_ref().is_some_and(|trouble| trouble.next.contains("Nothing was sent")));
    assert!(format!("{:?}", shown.choices).contains("Somebody stands at the printer; send it"));
    let effects = say(&mut model, slip::Msg::Continue);
    let [Effect::Paper(PaperEffect::PrintSlip { to, .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(!to.waits());
    say(&mut model, slip::Msg::Printed(Ok(Printout::Job(job(), JobState::Printing))));
    assert_eq!(model.desk.trouble, None, "nobody was told that it waits");
}

#[test]
fn a_page_that_did_not_wait_is_told_and_one_released_at_the_printer_is_not() {
    let sent = |first: JobState| {
        let mut model = made(Route::Printer);
        say(&mut model, slip::Msg::Continue);
        say(&mut model, slip::Msg::Printed(Ok(Printout::Job(job(), first))));
        model
    };
    for first in [JobState::Printing, JobState::Done] {
        let told = sent(first.clone()).desk.trouble;
        assert!(told.is_some_and(|trouble| trouble.what.contains("did not wait")), "{first:?}");
    }
    let mut model = sent(JobState::Waiting);
    say(&mut model, slip::Msg::JobSeen(JobState::Done));
    assert!(model.desk.trouble.is_some());
    let mut model = sent(JobState::Held);
    say(&mut model, slip::Msg::JobSeen(JobState::Printing));
    assert_eq!(model.desk.trouble, None);
}
