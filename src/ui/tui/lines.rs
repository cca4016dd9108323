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
    if columns(first) + columns(text) <= width && !text.contains(char::is_control) {
        // What fits stays as it is, with the spaces in it.
        return vec![format!("{first}{text}")];
    }
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

/// `text` in lines of at most `width` columns. Where it has columns of its own, with two spaces between them, what goes on
/// below itself stands under the last of them.
pub fn columned(text: &str, width: usize) -> Vec<String> {
    let (first, last) = text.rfind("  ").map_or(("", text), |at| text.split_at(at + 2));
    wrap(first, last, width)
}

/// A line as it is where it fits. Where it does not it goes on below itself, broken between words as far as there are any;
/// what follows stands under the words of the line, behind its indentation and the sign or number of a list.
pub fn folded(line: &str, width: usize) -> Vec<String> {
    if columns(line) <= width {
        return vec![line.to_owned()];
    }
    let front = front(line);
    match columns(front) + 8 <= width {
        true => wrap(front, line[front.len()..].trim_end(), width),
        false => wrap("", line, width),
    }
}

/// The indentation of a line, and the sign or number of a list behind it.
fn front(line: &str) -> &str {
    let words = line.trim_start();
    let indented = line.len() - words.len();
    let item = words.split_once(' ').map_or("", |(first, _)| first);
    let number =
        item.strip_suffix('.').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    match item == "-" || number {
        true => &line[..=indented + item.len()],
        false => &line[..indented],
    }
}

/// Two columns side by side, line by line; the left one is `width` columns wide.
pub fn beside(left: &[String], right: &[String], width: usize) -> Vec<(String, String)> {
    let line = |column: &[String], n: usize| column.get(n).cloned().unwrap_or_default();
    (0..left.len().max(right.len()).max(1)).map(|n| (padded(&line(left, n), width), line(right, n))).collect()
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

/// The first `most` of wrapped lines, with `ellipsis` where there were more: names from outside have no end of their own.
pub fn at_most(text: Vec<String>, most: usize, ellipsis: &str) -> Vec<String> {
    if text.len() <= most {
        return text;
    }
    let mut text = text;
    text.truncate(most);
    if let Some(last) = text.last_mut() {
        let kept = columns(last).saturating_sub(columns(ellipsis) + 1);
        *last = cut(last, kept, "") + ellipsis;
    }
    text
}

/// `text` with spaces up to `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Wrapped lines in one style.
pub fn styled(lines: Vec<String>, style: Style) -> Vec<Line<'static>> {
    lines.into_iter().map(|line| Line::styled(line, style)).collect()
}

/// Lines that were wrapped already, the first behind `mark`, the others under its words.
pub fn under(mark: &Span<'static>, text: Vec<String>) -> Vec<Line<'static>> {
    let margin = Span::raw(" ".repeat(columns(&mark.content)));
    let front = |n: usize| if n == 0 { mark.clone() } else { margin.clone() };
    text.into_iter().enumerate().map(|(n, line)| Line::from(vec![front(n), Span::raw(line)])).collect()
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
    fn a_line_that_does_not_fit_is_folded_between_words_behind_its_front() {
        assert_eq!(folded("a  b   c", 8), ["a  b   c"], "what fits stays as it is");
        assert_eq!(folded("  - one two three", 12), ["  - one two", "    three"]);
        assert_eq!(folded("    abc def ghi jkl", 14), ["    abc def", "    ghi jkl"]);
        assert_eq!(folded("10. one two three", 12), ["10. one two", "    three"]);
    }

    #[test]
    fn what_has_columns_of_its_own_goes_on_below_the_last_of_them() {
        assert_eq!(
            columned("2027-02-28  Check the exclusions", 22),
            ["2027-02-28  Check the", "            exclusions"]
        );
        assert_eq!(columned("one two three", 8), ["one two", "three"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(columns("日本"), 4);
        assert_eq!(cut("日本語", 5, "…"), "日本…");
        assert_eq!(broken("日本語", 4), ["日本", "語"]);
    }
}
