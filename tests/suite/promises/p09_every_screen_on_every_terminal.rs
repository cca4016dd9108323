//! Promise 9: every screen works everywhere.
//!
//! The full-screen face drawn into memory: every kind of screen as a snapshot, and what must hold at any size.

use breakglass::domain::check::finding::Verdict;
use breakglass::effects::vault::Vault;
use breakglass::journeys::screen::{Row, Work};
use breakglass::journeys::{Choice, Question, Screen};
use breakglass::ui::plain::said::{self, Piece};
use breakglass::ui::tui;
use crossterm::event::{Event, KeyCode, KeyModifiers};
use proptest::prelude::*;
use ratatui::style::Color;
use tui::{Face, Focus, Look, Reaction};

use crate::support::album;
use crate::support::any_screen::any_screen;
use crate::support::cases::cases;
use crate::support::face::{ASCII, COLORED, CONSOLE, draw, key, words};

fn the_album(look: Look, size: (u16, u16)) -> String {
    let (vault, id) = album::vault();
    let mut text = String::new();
    for (name, screen) in album::screens(id) {
        let mut face = Face::new(look);
        let shown = draw(&mut face, &screen, (&vault, size));
        text.push_str(&format!("#### {name}\n{}", words(&shown)));
        if name == "copying" {
            tui::on_event(&mut face, &key(KeyCode::Char(' ')), &screen);
            let shown = draw(&mut face, &screen, (&vault, size));
            text.push_str(&format!("#### {name}, shown\n{}", words(&shown)));
        }
        if name == "checklist" {
            tui::on_event(&mut face, &key(KeyCode::F(1)), &screen);
            let shown = draw(&mut face, &screen, (&vault, size));
            text.push_str(&format!("#### {name}, help\n{}", words(&shown)));
        }
    }
    text
}

#[test]
fn every_kind_of_screen_in_a_small_window() {
    insta::assert_snapshot!("album_80x24", the_album(COLORED, (80, 24)));
}

#[test]
fn every_kind_of_screen_in_a_large_window() {
    insta::assert_snapshot!("album_120x40", the_album(COLORED, (120, 40)));
}

#[test]
fn every_kind_of_screen_in_ascii() {
    let text = the_album(ASCII, (80, 24));
    assert_eq!(text.chars().find(|c| !c.is_ascii() && !"日本語のテナント".contains(*c)), None);
    insta::assert_snapshot!("album_ascii_80x24", text);
}

#[test]
fn the_linux_console_gets_only_signs_its_fonts_have() {
    let text = the_album(CONSOLE, (80, 25));
    let has = |c: char| c.is_ascii() || "─│┌┐└┘█░▲▼•".contains(c) || "日本語のテナント".contains(c);
    assert_eq!(text.chars().find(|c| !has(*c)), None);
}

#[test]
fn without_color_no_cell_is_colored() {
    let (vault, id) = album::vault();
    for (name, screen) in album::screens(id) {
        let shown = draw(&mut Face::new(ASCII), &screen, (&vault, (100, 30)));
        assert!(
            shown.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset),
            "{name}"
        );
    }
}

#[test]
fn the_warning_color_is_for_live_writes_and_dangers() {
    let (vault, id) = album::vault();
    let is_warned = |screen: &Screen| {
        draw(&mut Face::new(COLORED), screen, (&vault, (100, 30)))
            .content()
            .iter()
            .any(|cell| cell.fg == Color::Red)
    };
    let warned: Vec<&str> = album::screens(id)
        .into_iter()
        .filter(|(_, screen)| is_warned(screen))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(warned, ["form", "type back", "trouble", "live"]);
}

#[test]
fn a_secret_is_hidden_until_asked_for_and_hides_itself() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "copying").expect("it is there");
    let mut face = Face::new(COLORED);
    let group = &album::SAMPLE[8..12];
    assert!(!words(&draw(&mut face, screen, (&vault, (80, 24)))).contains(group));
    tui::on_event(&mut face, &key(KeyCode::Char(' ')), screen);
    assert!(words(&draw(&mut face, screen, (&vault, (80, 24)))).contains(group));
    for _ in 0..29 {
        face.tick();
    }
    assert!(words(&draw(&mut face, screen, (&vault, (80, 24)))).contains(group));
    tui::on_event(&mut face, &key(KeyCode::Down), screen);
    face.tick();
    assert!(
        words(&draw(&mut face, screen, (&vault, (80, 24)))).contains(group),
        "a key re-arms the countdown"
    );
    for _ in 0..30 {
        face.tick();
    }
    assert!(!words(&draw(&mut face, screen, (&vault, (80, 24)))).contains(group));
}

#[test]
fn the_mouse_is_off_on_secret_screens() {
    use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
    let (vault, id) = album::vault();
    for (name, screen) in album::screens(id) {
        let mut face = Face::new(COLORED);
        draw(&mut face, &screen, (&vault, (80, 24)));
        let Some((place, _)) =
            face.drawn.places.iter().find(|(_, focus)| matches!(focus, Focus::Choice(0))).copied()
        else {
            continue;
        };
        let kind = MouseEventKind::Down(MouseButton::Left);
        let click = MouseEvent { kind, column: place.x, row: place.y, modifiers: KeyModifiers::NONE };
        let reaction = tui::on_event(&mut face, &Event::Mouse(click), &screen);
        let is_secret = matches!(name, "copying" | "type back" | "waiting");
        assert_eq!(matches!(reaction, Reaction::None), is_secret, "{name}: {reaction:?}");
    }
}

/// Words that a face adds of its own.
const OWN: [&str; 17] = [
    "-",
    "WRITES:",
    "breakglass",
    "Why:",
    "Next:",
    "Request:",
    "in",
    "order,",
    "steps",
    "about",
    "minutes",
    "next",
    "Trouble:",
    "done:",
    "not",
    "ticked:",
    "b",
];

/// Marks, which are words here.
const MARKS: [&str; 4] = ["done", "open", "unknown", "waits"];

/// The whole screen as the plain face says it.
fn spoken(screen: &Screen) -> String {
    let words = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Secret(_) => String::new(),
    };
    said::whole(screen).into_iter().map(words).collect()
}

#[test]
fn plain_and_full_screen_say_the_same() {
    let (vault, id) = album::vault();
    for (name, screen) in album::screens(id) {
        let plain = spoken(&screen);
        let mut seen = String::new();
        let mut face = Face::new(COLORED);
        for _ in 0..Face::stops(&screen).len().max(1) {
            seen += &words(&draw(&mut face, &screen, (&vault, (300, 100))));
            tui::on_event(&mut face, &key(KeyCode::Tab), &screen);
        }
        let seen: Vec<&str> = seen.split_whitespace().collect();
        let bare = |word: &str| word.trim_matches(['(', ')', ':', '.', '[', ']']).to_owned();
        let seen: std::collections::BTreeSet<String> = seen.into_iter().map(bare).collect();
        let is_own = |word: &&str| OWN.contains(word) || word.starts_with('/') || MARKS.contains(word);
        for word in plain.split_whitespace().filter(|word| !is_own(word)) {
            let word = bare(word);
            let is_number = word.chars().all(|c| c.is_ascii_digit());
            // Wide characters take two cells here, so that they are not one word any more.
            let is_number = is_number || !word.is_ascii();
            assert!(is_number || word.is_empty() || seen.contains(&word), "{name}: {word:?} is missing");
        }
    }
}

#[test]
fn what_is_open_is_seen_before_what_is_in_order_where_not_everything_fits() {
    let row = |number: usize, verdict| Row { label: format!("({number})"), verdict, detail: String::new() };
    let mut screen = album::blank("8  A step");
    screen.checklist = (1..=30).map(|number| row(number, Verdict::Pass)).collect();
    screen.checklist.push(row(31, Verdict::Fail));
    let shown = |screen: &Screen, size| {
        let text = words(&draw(&mut Face::new(COLORED), screen, (&Vault::new(), size)));
        (text.find("(31)"), text.find("(1)"))
    };
    let (open, passed) = shown(&screen, (80, 24));
    assert!(open.is_some() && open < passed, "the open check is out of sight");
    let (open, passed) = shown(&screen, (120, 60));
    assert!(open > passed && passed.is_some(), "where all fits the order stays");
    screen.work = Some(Work::endless("reading"));
    assert_eq!(shown(&screen, (80, 24)).0, None, "while findings arrive nothing jumps");
}

#[test]
fn every_letter_takes_its_choice_and_enter_never_writes() {
    let (vault, id) = album::vault();
    for (name, screen) in album::screens(id) {
        let mut face = Face::new(COLORED);
        draw(&mut face, &screen, (&vault, (80, 24)));
        let letters: Vec<&Choice> = screen.choices.iter().filter(|c| c.key != Choice::LISTED).collect();
        for choice in &letters {
            let twice = letters.iter().filter(|other| other.key == choice.key).count();
            assert_eq!(twice, 1, "{name}: {} is there twice", choice.key);
        }
        for focus in Face::stops(&screen) {
            face.focus = focus;
            let reaction = tui::on_event(&mut face, &key(KeyCode::Enter), &screen);
            let written =
                screen.choices.iter().find(|c| c.weight != breakglass::journeys::screen::Weight::Safe);
            if let (Reaction::Say(msg), Some(written)) = (&reaction, written) {
                assert_ne!(*msg, written.msg, "{name}: Enter writes");
            }
        }
        for choice in letters {
            face.focus = Focus::Nothing;
            let reaction = tui::on_event(&mut face, &key(KeyCode::Char(choice.key)), &screen);
            assert!(matches!(&reaction, Reaction::Say(msg) if *msg == choice.msg), "{name}: {reaction:?}");
        }
    }
}

#[test]
fn in_a_field_every_letter_is_text_and_a_long_paste_is_taken_calmly() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "form").expect("it is there");
    let mut face = Face::new(COLORED);
    draw(&mut face, screen, (&vault, (80, 24)));
    for c in "qb?hjkl 7".chars() {
        let reaction = tui::on_event(&mut face, &key(KeyCode::Char(c)), screen);
        assert!(matches!(reaction, Reaction::Draw), "{c}: {reaction:?}");
    }
    let reaction = tui::on_event(&mut face, &key(KeyCode::Enter), screen);
    let Some(Question::Text { answer, .. }) = &screen.question else { panic!("no field") };
    let typed = answer.with("qb?hjkl 7".to_owned());
    assert!(matches!(&reaction, Reaction::Say(msg) if *msg == typed), "{reaction:?}");
    tui::on_event(&mut face, &Event::Paste("x\u{1b}[31m".repeat(10_000)), screen);
    let shown = words(&draw(&mut face, screen, (&vault, (60, 18))));
    assert!(shown.contains("Password length") && !shown.contains('\u{1b}'), "{shown}");
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    /// Stops gone through on one screen; from there on they are alike.
    const MOST_STOPS: usize = 40;

    proptest! {
        #![proptest_config(cases(48))]

        #[test]
        fn at_any_size_the_question_is_whole_and_every_choice_can_be_reached(
            screen in any_screen(),
            size in (60_u16..=300, 18_u16..=100),
        ) {
            let (vault, _) = album::vault();
            let mut face = Face::new(COLORED);
            for _ in 0..=Face::stops(&screen).len().min(MOST_STOPS) {
                let shown = words(&draw(&mut face, &screen, (&vault, size)));
                prop_assert!(shown.lines().count() == usize::from(size.1));
                match &screen.question {
                    Some(Question::Text { .. }) => prop_assert!(shown.contains("Asks"), "{shown}"),
                    Some(Question::SecretLine { .. }) => prop_assert!(shown.contains("line 4"), "{shown}"),
                    Some(Question::CopyByHand { .. }) => prop_assert!(shown.contains("hidden; Space shows it"), "{shown}"),
                    _ => {}
                }
                if matches!(face.focus, Focus::Line(_) | Focus::Choice(_)) {
                    prop_assert!(face.drawn.places.iter().any(|(_, focus)| *focus == face.focus), "{:?} is out of sight:\n{shown}", face.focus);
                }
                tui::on_event(&mut face, &key(KeyCode::Tab), &screen);
            }
        }
    }
}
