//! Promise 4: a password that is not confirmed as on paper is lost. Whatever ends an act in the middle, the next one makes
//! a new secret; nothing ever tries to recover the old one.

use breakglass::domain::plan::Route;
use breakglass::domain::record::{Entry, Evidence, Half, SlipState};
use breakglass::journeys::screen;
use breakglass::steps::STEPS;
use jiff::Timestamp;

use crate::support::console::Console;
use crate::support::sample::plan;
use crate::support::two_people::{at_console, take};

#[test]
fn given_up_in_between_everything_is_forgotten_and_lost() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    console.press("Stop; this secret counts as lost");
    console.press("Stop; slip 1 is void");
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
    *console.model.desk.world.evidence_mut() = Evidence::of(entries);
    let case = console.model.desk.case();
    let finding = STEPS[7]
        .checks(&case)
        .into_iter()
        .find(|f| f.subject().as_str() == "paper.slip:first")
        .expect("a finding");
    assert!(!finding.passed() && finding.detail.contains("only half A of slip 1"), "{}", finding.detail);
    let asks: Vec<String> =
        STEPS[7].asks(&case).iter().map(breakglass::domain::check::ask::Ask::key).collect();
    assert!(asks.contains(&"password-slip:first".to_owned()), "{asks:?}");
    assert!(!asks.iter().any(|ask| ask.starts_with("paper.safe:first")), "{asks:?}");
    assert_eq!(console.model.desk.evidence().next_slip(), 2);
}

#[test]
fn a_crash_before_the_slip_was_typed_back_means_a_new_secret() {
    let mut plan = plan();
    plan.paper.route = Route::ByHand;
    let mut console = Console::new(plan.clone(), (8, "password-slip:first"));
    console.press("Make the slip now");
    assert_eq!(console.vault.count(), 1, "the secret is in memory");
    let first = console.slips().last().expect("a slip").number;
    // What a new run knows: the record, and nothing else.
    let entries: Vec<(Timestamp, &Entry)> =
        console.record.iter().map(|entry| (Timestamp::UNIX_EPOCH, entry)).collect();
    let evidence = Evidence::of(entries);
    let mut model = Console::new(plan, (8, "password-slip:first")).model;
    *model.desk.world.evidence_mut() = evidence;
    let mut next = Console::with(model, (8, "password-slip:first"));
    assert_eq!(next.vault.count(), 0, "nothing of the old secret is left");
    let findings = STEPS[7].checks(&next.model.desk.case());
    let slip = findings.iter().find(|f| f.subject().as_str() == "paper.slip:first").expect("a finding");
    assert!(!slip.passed(), "a slip that nobody typed back counts: {}", slip.detail);
    next.press("Make the slip now");
    let slips = next.slips();
    let second = slips.last().expect("a slip");
    assert_eq!((second.number, second.replaces), (first + 1, Some(first)), "another slip, which replaces it");
    assert_eq!(second.state, SlipState::Made);
}
