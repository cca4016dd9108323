//! Promise 4: a password that is not confirmed as on paper is lost. Whatever ends an act in the middle, the next one makes
//! a new secret; nothing ever tries to recover the old one.

use breakglass::domain::plan::Route;
use breakglass::domain::record::{Entry, Evidence, Half, SlipState};
use breakglass::journeys::screen;
use breakglass::steps::STEPS;
use jiff::Timestamp;

use crate::support::two_people::{at_console, take};

#[test]
fn given_up_in_between_everything_is_forgotten_and_lost() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    console.press("Stop; this secret counts as lost");
    assert_eq!(console.vault.count(), 0);
    let trouble = screen(&console.model).trouble.expect("it is told");
    assert!(trouble.next.contains("either half"), "{trouble}");
    assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
}

#[test]
fn a_crash_between_the_halves_means_a_new_secret() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    // What a new run knows: the record, and nothing else.
    let entries: Vec<(Timestamp, &Entry)> =
        console.record.iter().map(|entry| (Timestamp::UNIX_EPOCH, entry)).collect();
    console.model.evidence = Evidence::of(entries);
    let case = console.model.case();
    let finding =
        STEPS[7].checks(&case).into_iter().find(|f| f.subject() == "paper.slip:first").expect("a finding");
    assert!(!finding.passed() && finding.detail.contains("only half A of slip 1"), "{}", finding.detail);
    let asks: Vec<String> =
        STEPS[7].asks(&case).iter().map(breakglass::domain::check::ask::Ask::key).collect();
    assert!(asks.contains(&"password-slip:first".to_owned()), "{asks:?}");
    assert!(!asks.iter().any(|ask| ask.starts_with("paper.safe:first")), "{asks:?}");
    assert_eq!(console.model.evidence.next_slip(), 2);
}
