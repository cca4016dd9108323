//! Small promises of the full-screen face: a code that can be read off it, and hints that are true.

use breakglass::journeys::Msg;
use breakglass::journeys::tasks::slip;
use breakglass::ui::tui;
use crossterm::event::KeyCode;
use ratatui::style::Color;
use tui::{Face, Reaction};

use crate::support::album;
use crate::support::face::{COLORED, draw, key, rows, words};

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
fn a_hint_in_a_field_names_the_keys_that_work() {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "type back").expect("it is there");
    let mut face = Face::new(COLORED);
    draw(&mut face, screen, (&vault, (80, 24)));
    tui::on_event(&mut face, &key(KeyCode::Esc), screen);
    assert!(words(&draw(&mut face, screen, (&vault, (80, 24)))).contains("press Tab, then b"));
    tui::on_event(&mut face, &key(KeyCode::Tab), screen);
    let reaction = tui::on_event(&mut face, &key(KeyCode::Char('b')), screen);
    assert!(matches!(reaction, Reaction::Say(Msg::Slip(slip::Msg::Back))), "{reaction:?}");
}
