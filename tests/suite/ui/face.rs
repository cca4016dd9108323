//! Small promises of the full-screen face: a code that can be read off it, and hints that are true.

use breakglass::journeys::screen::JustDone;
use breakglass::journeys::tasks::slip;
use breakglass::journeys::{Msg, Question, Screen};
use breakglass::ui::plain::said;
use breakglass::ui::text::{self, Marks};
use breakglass::ui::tui;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Color;
use tui::{Face, Reaction};

use crate::support::album;
use crate::support::face::{ASCII, COLORED, draw, key, rows, words};

#[test]
fn the_code_of_an_address_can_be_read_from_the_window() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "device code").expect("it is there");
    let shown = draw(&mut Face::new(COLORED), screen, (&vault, (120, 40)));
    let modules: Vec<Vec<bool>> = rows(&shown)
        .iter()
        .enumerate()
        .filter(|(_, row)| row.contains('▀'))
        .flat_map(|(y, _)| {
            let cells = |pick: fn(&ratatui::buffer::Cell) -> Color| {
                let row = (0..shown.area.width).map(|x| &shown[(x, u16::try_from(y).expect("small"))]);
                row.filter(|cell| cell.symbol() == "▀")
                    .map(|cell| pick(cell) == Color::Black)
                    .collect::<Vec<_>>()
            };
            [cells(|cell| cell.fg), cells(|cell| cell.bg)]
        })
        .collect();
    let right =
        qrcode::QrCode::with_error_correction_level("https://login.example/device", qrcode::EcLevel::L)
            .expect("a code");
    let inner: Vec<bool> =
        modules[2..2 + right.width()].iter().flat_map(|row| row[2..2 + right.width()].to_vec()).collect();
    let expected: Vec<bool> = right.to_colors().iter().map(|c| *c == qrcode::Color::Dark).collect();
    assert_eq!(inner, expected);
    let small = draw(&mut Face::new(COLORED), screen, (&vault, (80, 24)));
    assert!(!words(&small).contains('▀'), "there is no room for it in a small window");
}

#[test]
fn esc_in_a_secret_field_asks_whether_to_stop_and_so_does_its_key_behind_tab() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "type back").expect("it is there");
    let mut face = Face::new(COLORED);
    draw(&mut face, screen, (&vault, (80, 24)));
    let reaction = tui::on_event(&mut face, &key(KeyCode::Esc), screen);
    assert!(matches!(reaction, Reaction::Say(Msg::Slip(slip::Msg::Back))), "{reaction:?}");
    tui::on_event(&mut face, &key(KeyCode::Tab), screen);
    let reaction = tui::on_event(&mut face, &key(KeyCode::Char('b')), screen);
    assert!(matches!(reaction, Reaction::Say(Msg::Slip(slip::Msg::Back))), "{reaction:?}");
}

#[test]
fn a_key_that_is_no_character_never_becomes_one_of_a_secret() {
    let (_, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "type back").expect("it is there");
    let mut face = Face::new(COLORED);
    face.attend(screen);
    let with = |letter, modifiers| Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers));
    let (control, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
    for event in [key(KeyCode::Char('9')), with('u', control), key(KeyCode::Char('4')), with('a', control)] {
        tui::on_event(&mut face, &event, screen);
    }
    tui::on_event(&mut face, &with('b', alt), screen);
    // AltGr sends both, with a character of its own.
    tui::on_event(&mut face, &with('7', control | alt), screen);
    let Reaction::Check { typed, .. } = tui::on_event(&mut face, &key(KeyCode::Enter), screen) else {
        panic!("nothing was typed")
    };
    assert_eq!(typed.as_str(), "47", "Ctrl-U empties the field, other keys are nothing");
}

#[test]
fn a_page_of_a_list_is_turned_wherever_the_highlight_is() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "list").expect("it is there");
    let mut face = Face::new(COLORED);
    draw(&mut face, screen, (&vault, (80, 24)));
    face.focus = tui::Focus::Choice(0);
    tui::on_event(&mut face, &key(KeyCode::PageDown), screen);
    assert!(matches!(face.focus, tui::Focus::Line(line) if line > 0), "{:?}", face.focus);
}

/// The album's screen of this name.
fn of_album(name: &str) -> breakglass::journeys::Screen {
    let (_, id) = album::vault();
    album::screens(id).into_iter().find_map(|(n, screen)| (n == name).then_some(screen)).expect("it is there")
}

#[test]
fn home_and_end_come_to_the_ends_of_a_list_a_text_and_the_help() {
    let (vault, _) = album::vault();
    let screen = of_album("list");
    let mut face = Face::new(COLORED);
    draw(&mut face, &screen, (&vault, (80, 24)));
    tui::on_event(&mut face, &key(KeyCode::End), &screen);
    assert_eq!(face.focus, tui::Focus::Line(39), "the last of forty decisions");
    assert!(words(&draw(&mut face, &screen, (&vault, (80, 24)))).contains("Decision 40"));
    tui::on_event(&mut face, &key(KeyCode::Home), &screen);
    assert_eq!(face.focus, tui::Focus::Line(0));

    let mut long = album::blank("A long text");
    long.prose = (1..=80).map(|n| breakglass::journeys::screen::Block::Text(format!("({n})"))).collect();
    long.choices = of_album("home").choices;
    let mut face = Face::new(COLORED);
    draw(&mut face, &long, (&vault, (80, 24)));
    tui::on_event(&mut face, &key(KeyCode::End), &long);
    assert!(words(&draw(&mut face, &long, (&vault, (80, 24)))).contains("(80)"));
    tui::on_event(&mut face, &key(KeyCode::Home), &long);
    assert!(words(&draw(&mut face, &long, (&vault, (80, 24)))).contains("(1)"));

    tui::on_event(&mut face, &key(KeyCode::F(1)), &long);
    draw(&mut face, &long, (&vault, (60, 18)));
    tui::on_event(&mut face, &key(KeyCode::End), &long);
    let end = words(&draw(&mut face, &long, (&vault, (60, 18))));
    assert!(end.contains("a step that was not begun"), "{end}");
    tui::on_event(&mut face, &key(KeyCode::Home), &long);
    assert!(words(&draw(&mut face, &long, (&vault, (60, 18)))).contains("Help for this screen"));
}

#[test]
fn a_write_whose_call_is_taller_than_the_list_can_be_read_to_its_end() {
    let (vault, _) = album::vault();
    let mut screen = of_album("consent");
    let Some(Question::Consent(writes)) = &mut screen.question else { panic!("no list") };
    writes[0].call = (1..=60).map(|n| format!("\"line\": {n},")).collect();
    for way in [KeyCode::Down, KeyCode::PageDown, KeyCode::Char('j')] {
        let mut face = Face::new(COLORED);
        let mut seen = String::new();
        for _ in 0..70 {
            seen += &words(&draw(&mut face, &screen, (&vault, (80, 24))));
            if face.focus != tui::Focus::Line(0) {
                break;
            }
            tui::on_event(&mut face, &key(way), &screen);
        }
        assert!(matches!(face.focus, tui::Focus::Line(next) if next > 0), "{way}: then those below");
        assert_eq!((1..=60).find(|n| !seen.contains(&format!("\"line\": {n},"))), None, "{way}");
        face.focus = tui::Focus::Line(1);
        draw(&mut face, &screen, (&vault, (80, 24)));
        tui::on_event(&mut face, &key(KeyCode::Up), &screen);
        let back = words(&draw(&mut face, &screen, (&vault, (80, 24))));
        assert!(back.contains("\"line\": 60,"), "upwards its end comes first:\n{back}");
    }
}

#[test]
fn what_was_done_in_part_has_a_mark_of_its_own_in_every_face() {
    let (vault, _) = album::vault();
    let screen = |done| Screen { done: Some(done), ..album::blank("Alerts") };
    let part = screen(JustDone::partly("3 of 5 written."));
    let whole = screen(JustDone::wholly("Wrote 5 alert rules."));
    let looks = [(COLORED, "◐ 3 of 5", "✓ Wrote 5"), (ASCII, "[part] 3 of 5", "[ ok ] Wrote 5")];
    for (look, of_part, of_whole) in looks {
        let shown = |screen| words(&draw(&mut Face::new(look), screen, (&vault, (80, 24))));
        assert!(shown(&part).contains(of_part), "{}", shown(&part));
        assert!(shown(&whole).contains(of_whole), "{}", shown(&whole));
    }
    for (marks, of_part, of_whole) in
        [(Marks::Unicode, "◐ 3 of 5", "✓ Wrote 5"), (Marks::Ascii, "[part] 3 of 5", "[ ok ] Wrote 5")]
    {
        assert!(text::screen(&part, marks).contains(of_part), "{}", text::screen(&part, marks));
        assert!(text::screen(&whole, marks).contains(of_whole), "{}", text::screen(&whole, marks));
    }
    let heard = |screen: &Screen| format!("{:?}", said::whole(screen));
    assert!(heard(&part).contains("done in part: 3 of 5 written."), "{}", heard(&part));
    assert!(heard(&whole).contains("ndone: Wrote 5 alert rules."), "{}", heard(&whole));
}
