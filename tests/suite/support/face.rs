//! The full-screen face drawn into memory, its keys, and what a window then shows.

use breakglass::effects::vault::Vault;
use breakglass::journeys::Screen;
use breakglass::ui::tui;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use tui::{Face, Focus, Look, Pace, Paint, Reaction, View};

pub const COLORED: Look = Look { signs: &tui::UNICODE, paint: Paint::Color, pace: Pace::Lively };
pub const ASCII: Look = Look { signs: &tui::ASCII, paint: Paint::Mono, pace: Pace::Lively };
pub const CONSOLE: Look = Look { signs: &tui::CONSOLE, paint: Paint::Color, pace: Pace::Lively };

pub fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Draws `screen` and returns what the window shows.
pub fn draw(face: &mut Face, screen: &Screen, (vault, size): (&Vault, (u16, u16))) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("memory");
    face.attend(screen);
    let mut drawn = None;
    terminal
        .draw(|canvas| drawn = Some(tui::frame(canvas, View { screen, face, vault })))
        .expect("memory never fails");
    face.drew(drawn.expect("a frame"));
    terminal.backend().buffer().clone()
}

/// Everything a window shows of `screen`, its secret bared if it has one.
pub fn bared(screen: &Screen, vault: &Vault) -> String {
    after(screen, vault, &key(KeyCode::Char(' ')))
}

/// Everything a window shows of `screen` after this event.
pub fn after(screen: &Screen, vault: &Vault, event: &Event) -> String {
    let mut face = Face::new(COLORED);
    face.attend(screen);
    tui::on_event(&mut face, event, screen);
    words(&draw(&mut face, screen, (vault, (100, 60))))
}

/// What a key comes to on a fresh `screen`, after the way out of its field if it has one.
pub fn pressed(screen: &Screen, letter: char) -> Reaction {
    let mut face = Face::new(COLORED);
    face.attend(screen);
    if face.focus == Focus::Field {
        tui::on_event(&mut face, &key(KeyCode::Tab), screen);
    }
    tui::on_event(&mut face, &key(KeyCode::Char(letter)), screen)
}

/// What typing `text` and Enter comes to.
pub fn typed(screen: &Screen, text: &str) -> Reaction {
    let mut face = Face::new(COLORED);
    face.attend(screen);
    for letter in text.chars() {
        tui::on_event(&mut face, &key(KeyCode::Char(letter)), screen);
    }
    tui::on_event(&mut face, &key(KeyCode::Enter), screen)
}

pub fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    buffer
        .content()
        .chunks(width)
        .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
        .collect()
}

pub fn words(buffer: &Buffer) -> String {
    let rows: Vec<String> = rows(buffer).iter().map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n") + "\n"
}
