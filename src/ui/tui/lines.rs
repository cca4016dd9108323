//! Text fitted to a width: wrapped, cut, padded, counted in terminal columns.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::wrap::{self, LongWord, behind};

/// The widest a paragraph gets; longer lines are hard to read however wide the terminal is.
pub const READABLE: usize = 88;

/// How many columns `text` takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// `text` in lines of at most `width` columns, the first after `first`, the others after as many spaces. A word
/// longer than a line is broken.
pub fn wrap(first: &str, text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let margin = columns(first).min(width.saturating_sub(8));
    behind(first, margin, wrap::lines(text, width - margin, LongWord::Broken))
}

/// `text` in pieces of at most `room` columns.
pub fn broken(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut parts = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            parts.push(String::new());
            used = 0;
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        used += wide;
    }
    parts
}

/// `text` cut to `width` columns, with `ellipsis` where something was cut.
pub fn cut(text: &str, width: usize, ellipsis: &str) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(columns(ellipsis));
    let mut short = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        short.push(c);
    }
    if width >= columns(ellipsis) {
        short.push_str(ellipsis);
    }
    short
}

/// `text` with spaces up to `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Wrapped lines in one style.
pub fn styled(lines: Vec<String>, style: Style) -> Vec<Line<'static>> {
    lines.into_iter().map(|line| Line::styled(line, style)).collect()
}

/// `text` in lines of at most `width` columns behind `mark`, each in its own style.
pub fn marked(mark: &Span, text: &Span, width: usize) -> Vec<Line<'static>> {
    let lines = wrap(&mark.content, &text.content, width);
    lines
        .into_iter()
        .map(|line| {
            let split = line.char_indices().map(|(at, _)| at).nth(mark.content.chars().count());
            let (front, back) = line.split_at(split.unwrap_or(line.len()));
            Line::from(vec![
                Span::styled(front.to_owned(), mark.style),
                Span::styled(back.to_owned(), text.style),
            ])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_too_long_are_broken() {
        assert_eq!(wrap("- ", "abcdefghijkl mn", 10), ["- abcdefgh", "  ijkl mn"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(columns("日本"), 4);
        assert_eq!(cut("日本語", 5, "…"), "日本…");
        assert_eq!(broken("日本語", 4), ["日本", "語"]);
    }
}
