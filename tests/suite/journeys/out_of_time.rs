//! A secret that nobody finishes with ends by itself, and its slip is void as if it had been given up.

use breakglass::domain::plan::Route;
use breakglass::domain::record::{Half, SlipState};
use breakglass::effects::vault::Vault;
use breakglass::journeys::tasks::slip;
use breakglass::journeys::{Msg, screen};
use std::time::Duration;
use tokio::time::Instant;

use crate::support::console::{Console, WHOLE};
use crate::support::sample::plan;
use crate::support::two_people::{at_console, take};

const EXPIRED: Msg = Msg::Slip(slip::Msg::Expired);

fn by_hand(minutes: Option<u16>) -> Console {
    let mut plan = plan();
    plan.paper.route = Route::ByHand;
    plan.passwords.forget_after = minutes;
    Console::new(plan, (8, "password-slip:first"))
}

fn is_void(console: &Console, minutes: &str) {
    assert_eq!(console.vault.count(), 0, "something is kept");
    let trouble = screen(&console.model).trouble.expect("it is told");
    assert!(trouble.what.contains("was not confirmed") && trouble.why.contains(minutes), "{trouble}");
    assert!(trouble.next.contains("make a new slip"), "{trouble}");
    assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
}

#[test]
fn in_the_middle_of_typing_back_the_slip_is_void() {
    let mut console = by_hand(None);
    console.press("Make the slip now");
    console.press("It is on paper");
    console.type_line(&WHOLE[..16]);
    console.say(EXPIRED);
    is_void(&console, "within 15 minutes");
}

#[test]
fn while_it_is_copied_and_while_it_is_asked_whether_to_stop() {
    let mut console = by_hand(Some(1));
    console.press("Make the slip now");
    console.say(EXPIRED);
    is_void(&console, "within 1 minute,");
    let mut console = by_hand(Some(20));
    console.press("Make the slip now");
    console.press("Stop");
    console.say(EXPIRED);
    is_void(&console, "within 20 minutes");
}

#[test]
fn between_two_people_both_halves_are_gone() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    console.say(EXPIRED);
    is_void(&console, "within 15 minutes");
}

#[test]
fn where_there_is_nothing_to_lose_nothing_ends() {
    let mut console = by_hand(None);
    let before = screen(&console.model);
    console.say(EXPIRED);
    assert_eq!(screen(&console.model), before);
    console.press("Make the slip now");
    console.press("It is on paper");
    console.type_line(&WHOLE[..16]);
    console.type_line(&WHOLE[16..]);
    console.say(EXPIRED);
    assert!(screen(&console.model).trouble.is_none(), "it was typed back already");
}

#[test]
fn the_screen_says_of_which_secret_the_time_is_told() {
    let mut console = by_hand(None);
    assert_eq!(screen(&console.model).kept, None);
    console.press("Make the slip now");
    let kept = screen(&console.model).kept.expect("a secret");
    assert!(console.vault.lend(kept).is_some());
    console.press("It is on paper");
    assert_eq!(screen(&console.model).kept, Some(kept));
}

#[test]
fn the_vault_forgets_what_has_come_to_its_end_and_halves_end_with_the_whole() {
    let vault = Vault::new();
    let secret = |text: &str| vault.keep_typed(text);
    let (whole, other) = (secret(WHOLE), secret("40718253"));
    let now = Instant::now();
    let soon = now + Duration::from_mins(1);
    vault.keep_until(whole, soon);
    assert!(vault.time_left(whole).is_some_and(|left| left <= Duration::from_mins(1)));
    assert_eq!(vault.time_left(other), None);
    let (a, b) = vault.split(whole).expect("halves");
    assert!(vault.time_left(a).is_some() && vault.time_left(b).is_some());
    assert!(!vault.forget_ended(now), "not yet");
    assert!(vault.forget_ended(soon));
    assert!(vault.lend(a).is_none() && vault.lend(b).is_none() && vault.lend(other).is_some());
    assert!(!vault.forget_ended(soon), "told once");
}
