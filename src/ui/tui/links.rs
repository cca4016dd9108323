//! Addresses in a frame as links (OSC 8), for terminals that have them; others ignore the sequence.
//!
//! Ratatui's cells know no links, so the address is written once more over itself after the frame. Only addresses in
//! plain style that end before the edge of the window: one that was broken over two lines is no whole address.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// An address and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its first cell.
    pub at: Position,
    /// The address.
    pub address: String,
}

impl Link {
    /// The address as a link: `ESC ] 8 ; ; address ST address ESC ] 8 ; ; ST`.
    pub fn sequence(&self) -> String {
        format!("\x1b]8;;{0}\x1b\\{0}\x1b]8;;\x1b\\", self.address)
    }
}

/// Every whole address of a frame.
pub fn links(frame: &Buffer) -> Vec<Link> {
    let width = usize::from(frame.area.width);
    frame.content().chunks(width.max(1)).zip(0..).filter_map(|(cells, row)| in_row(cells, row)).collect()
}

/// The first address of a row.
fn in_row(cells: &[Cell], row: u16) -> Option<Link> {
    let text: Vec<char> = cells.iter().map(|cell| cell.symbol().chars().next().unwrap_or(' ')).collect();
    let starts =
        |scheme: &str| text.windows(scheme.len()).position(|part| part.iter().copied().eq(scheme.chars()));
    let start = starts("http://").into_iter().chain(starts("https://")).min()?;
    let length = text[start..].iter().position(|c| c.is_whitespace() || !c.is_ascii())?;
    let (end, plain) = (start + length, cells[start..start + length].iter().all(is_plain));
    let has_room = text[end..].iter().filter(|c| c.is_whitespace()).count() > 2;
    let address: String = text[start..end].iter().collect();
    (plain && has_room).then_some(Link { at: Position::new(u16::try_from(start).ok()?, row), address })
}

fn is_plain(cell: &Cell) -> bool {
    cell.fg == Color::Reset && cell.bg == Color::Reset && cell.modifier == Modifier::empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_addresses_are_links_and_broken_ones_are_not() {
        let frame = Buffer::with_lines([
            " see http://localhost:8080/ here     ",
            " https://login.example/a/very/long/pa",
        ]);
        let expected = Link { at: Position::new(5, 0), address: "http://localhost:8080/".to_owned() };
        assert_eq!(links(&frame), [expected]);
    }
}
