//! A PIN that a person chooses: nothing is made, a blank slip is filled in, and it counts only once it was typed twice.

use breakglass::domain::plan::Route;
use breakglass::domain::record::{Checked, Entry, SlipState};
use breakglass::effects::record_show;
use breakglass::journeys::tasks::slip::State;
use breakglass::journeys::{Question, screen};
use breakglass::steps::STEPS;
use crossterm::event::Event;
use jiff::Timestamp;

use crate::support::console::Console;
use crate::support::plain::{self, Paper};
use crate::support::{Home, choice};

/// The slip for the first key's PIN is announced.
fn at_console(route: Route) -> Console {
    let mut plan = crate::support::sample::plan();
    plan.paper.route = route;
    Console::new(plan, (3, "pin-slip:first:0"))
}

fn begin(route: Route) -> Console {
    let mut console = at_console(route);
    console.press("I choose the PIN myself");
    console.press("Go on with a blank slip");
    console
}

#[test]
fn a_chosen_pin_is_typed_twice_and_kept_nowhere() {
    let mut console = begin(Route::ByHand);
    assert_eq!(console.vault.count(), 0, "a secret was made");
    assert_eq!(console.slips().last().map(|slip| slip.state), Some(SlipState::Made));
    console.press("It is on paper");
    console.type_line("harbor 7291");
    assert_eq!(console.slips().last().map(|slip| slip.state), Some(SlipState::Made), "once is not twice");
    console.type_line("harbor7291");
    let slip = (*console.slips().last().expect("a slip")).clone();
    assert_eq!((slip.state, slip.checked), (SlipState::Confirmed, Some(Checked::ChosenAndTypedTwice)));
    assert_eq!(console.vault.count(), 0);
    let shown: String = console.seen.iter().map(|(_, seen)| seen.as_str()).collect();
    assert!(!shown.contains("7291"), "it was shown");
    assert!(!format!("{:?}", console.record).contains("7291"), "it is in the record");
    let line = record_show::line(Timestamp::UNIX_EPOCH, &Entry::Slip(slip));
    assert!(line.contains("chosen by the person, and typed twice from the paper"), "{line}");
    let asks: Vec<String> = STEPS[2]
        .asks(&console.model.desk.case())
        .iter()
        .map(breakglass::domain::check::ask::Ask::key)
        .collect();
    assert!(!asks.contains(&"pin-slip:first:0".to_owned()), "{asks:?}");
    let finding =
        STEPS[2].checks(&console.model.desk.case()).into_iter().find(|f| f.check.name() == "method.pin-slip");
    assert!(finding.is_some_and(|f| f.detail.contains("Lantern key 2")), "the other key still has none");
}

#[test]
fn two_different_pins_are_both_forgotten() {
    let mut console = begin(Route::ByHand);
    console.press("It is on paper");
    for _ in 0..3 {
        console.type_line("729104");
        console.type_line("729140");
        assert_eq!(console.vault.count(), 0);
        let words = format!("{:?}", screen(&console.model).prose);
        assert!(words.contains("two different PINs"), "{words}");
    }
    assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
    console.type_line("729104");
    console.press("Stop; this slip does not count");
    console.press("Stop; slip 1 is void");
    assert_eq!(console.vault.count(), 0, "what was typed is still there");
    assert!(screen(&console.model).trouble.is_some_and(|t| t.why.contains("typed twice")));
    assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
}

#[test]
fn what_a_key_does_not_take_is_refused_and_what_everybody_tries_is_told() {
    let mut console = begin(Route::ByHand);
    console.press("It is on paper");
    for (pin, why) in
        [("729", "at least 4"), ("72\u{e4}94", "plain letters"), (&"7291".repeat(16), "at most 63")]
    {
        console.type_line(pin);
        let words = format!("{:?}", screen(&console.model).prose);
        assert!(words.contains(why), "{pin}: {words}");
        assert_eq!(console.vault.count(), 0, "{pin} is still there");
    }
    console.type_line("1234");
    assert_eq!(console.state(), State::Doubting);
    console.press("Choose another PIN");
    assert_eq!((console.state(), console.vault.count()), (State::Writing, 0));
    console.press("It is on paper");
    console.type_line("0000");
    console.press("Keep it all the same");
    console.type_line("0000");
    assert_eq!(console.slips().last().map(|slip| slip.state), Some(SlipState::Confirmed));
}

#[test]
fn a_blank_slip_is_printed_without_anybody_on_guard() {
    let mut console = begin(Route::Printer);
    assert_eq!(console.state(), State::Taking, "a blank page needs nobody at the printer before");
    let (_, page) = console.seen.iter().find(|(_, seen)| seen.contains("____")).expect("a blank page");
    assert!(page.contains("Write the PIN you chose into the boxes"), "{page}");
    let words = format!("{:?}", screen(&console.model));
    assert!(!words.contains("counts as lost"), "nothing is lost with a blank page: {words}");
    console.press("I have it");
    assert_eq!(console.state(), State::Writing);
}

#[test]
fn a_pin_may_be_proposed_after_all_and_is_asked_for_as_a_pin() {
    let mut console = at_console(Route::ByHand);
    console.press("I choose the PIN myself");
    console.press("Let the program propose a PIN");
    let words = format!("{:?}", screen(&console.model).prose);
    assert!(words.contains("A PIN of 8 digits is proposed"), "{words}");
    console.press("Make the slip now");
    console.press("It is on paper");
    let words = format!("{:?}", screen(&console.model).prose);
    assert!(words.contains("Type the PIN from the paper") && !words.contains("capitals"), "{words}");
    let window = crate::support::face::bared(&screen(&console.model), &console.vault);
    assert!(window.contains("PIN  ") && !window.contains("line 1"), "{window}");
    console.type_line("4071 8254 ");
    let Some(Question::SecretLine { problem, .. }) = screen(&console.model).question else { panic!() };
    assert!(problem.is_some_and(|p| p.contains("PIN") && !p.contains("line")));
}

/// What a person who chooses the PIN of the first key does, line by line.
fn decide(shown: &str, paper: &mut Paper) -> Option<String> {
    let here = &shown[shown.rfind("\nbreakglass  ").unwrap_or(0)..];
    if here.ends_with("Type the PIN: ") || here.ends_with("Type the PIN once more: ") {
        return Some("73 91 04 82".to_owned());
    }
    let wishes = ["I choose the PIN myself", "WRITES: Go on with a blank slip", "It is printed"];
    wishes.iter().find_map(|words| choice(here, words)).or_else(|| plain::decide(shown, paper))
}

#[test]
fn a_pin_is_chosen_line_by_line_and_stands_in_no_file() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(home.plan());
    command.arg("--record").arg(home.record());
    let mut paper = Paper::default();
    let slip_2 = "Slip 2: the PIN of key";
    let seen = plain::walk_until(command, slip_2, &mut |shown| decide(shown, &mut paper));
    let joined = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("compared in memory, never shown, and forgotten"), "{joined}");
    let slips: Vec<serde_json::Value> =
        home.journal().into_iter().map(|line| line["entry"].clone()).collect();
    let told: Vec<&str> =
        slips.iter().filter(|e| e["entry"] == "slip").filter_map(|e| e["checked"].as_str()).collect();
    assert_eq!(told, ["chosen-and-typed-twice"]);
    assert!(!seen.contains("7391"), "it was shown");
    let files = crate::support::files(&home.path(""));
    assert!(
        files.iter().any(|(path, _)| path.ends_with("slips/slip-1-first-lantern-key-2.pdf")),
        "no blank slip"
    );
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).replace(' ', "");
        assert!(!text.contains("73910482"), "{} holds it", path.display());
    }
}

#[test]
fn a_chosen_pin_is_typed_and_not_pasted() {
    let mut console = begin(Route::ByHand);
    console.press("It is on paper");
    let pasted = crate::support::face::after(
        &screen(&console.model),
        &console.vault,
        &Event::Paste("739104".to_owned()),
    );
    assert!(pasted.contains("Pasting is off here"), "{pasted}");
}

#[test]
fn a_pin_that_looks_like_a_command_is_a_pin_and_is_never_shown() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(home.plan());
    command.arg("--record").arg(home.record());
    // Whoever overlooks that a list of choices stands there types the PIN into it.
    let (mut at_list, mut at_prompt) = (Some("73910482".to_owned()), Some("/73910482".to_owned()));
    let mut paper = Paper::default();
    let seen = plain::walk_until(command, "Slip 2: the PIN of key", &mut |shown| {
        let typed = match shown {
            shown if shown.ends_with("Type the PIN: ") => at_prompt.take(),
            shown if shown.ends_with("Choice: ") && shown.contains("Slip 1") => at_list.take(),
            _ => None,
        };
        typed.or_else(|| decide(shown, &mut paper))
    });
    assert!(at_list.is_none() && at_prompt.is_none(), "{seen}");
    assert!(seen.contains("There is no such choice here"), "{seen}");
    assert!(seen.contains("Digits and plain letters only"), "it was no PIN to the program:\n{seen}");
    assert!(!seen.replace(' ', "").contains("73910482"), "it was shown");
}
