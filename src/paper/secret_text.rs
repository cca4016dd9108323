//! A secret as lines of plain text, with column letters, check characters and every character said aloud; and back.

use zeroize::Zeroizing;

use crate::domain::secret::check_character::Scheme;
use crate::domain::secret::password;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE};
use crate::paper::page::{Ink, Place, Share};

/// What stands before each line of the secret; a written slip is read back by it.
pub(super) const LINE_MARK: &str = "   | ";
/// What stands before a check character.
const CHECK_MARK: &str = "  check ";
/// The words before the check character of the whole.
pub(super) const WHOLE: &str = "check of the whole";
/// The widest line of a secret: 16 characters, three gaps, marks and check.
const WIDTH: usize = GROUP * GROUPS_IN_LINE + GROUPS_IN_LINE - 1;

/// A generous number of bytes for a secret set as text, so that its buffer never moves.
pub(super) fn room(place: &Place) -> usize {
    place.length * 48 + 1024
}

/// The lines of a written slip's secret, in order, as a person would type them: with their check characters.
pub fn secret_lines(text: &str) -> Vec<Zeroizing<String>> {
    let typed = |line: &str| {
        let rest = line.strip_prefix(LINE_MARK)?;
        let (_, groups) = rest.split_once("  ")?;
        let (groups, check) = groups.split_once(CHECK_MARK).unwrap_or((groups, ""));
        let mut line = Zeroizing::new(String::with_capacity(WIDTH + 4));
        line.push_str(groups.trim_end());
        line.push(' ');
        line.push_str(check.trim_end());
        Some(line)
    };
    text.lines().filter_map(typed).collect()
}

/// Appends the secret in its place.
pub(super) fn push(text: &mut String, place: &Place, ink: Ink<'_>) {
    text.push_str("        A    B    C    D\n");
    let letters = letters(place, ink);
    for (index, line) in letters.chunks(GROUP * GROUPS_IN_LINE).enumerate() {
        push_line(text, index + 1, line);
        push_check(text, place.scheme, line);
        text.push('\n');
        push_spoken(text, line);
    }
    if place.part == Share::Whole && letters.len() > GROUP * GROUPS_IN_LINE {
        text.push_str("\n        ");
        text.push_str(WHOLE);
        text.push_str(": ");
        text.push(check(place.scheme, &letters));
        text.push('\n');
    }
}

/// What is set, one for each place: the secret, dots or boxes.
pub(super) fn letters(place: &Place, ink: Ink<'_>) -> Zeroizing<Vec<char>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(place.length));
    match ink {
        Ink::Secret(secret) => letters.extend(secret.expose().chars()),
        Ink::Masked => letters.extend(std::iter::repeat_n(MASKED, place.length)),
        Ink::Blank => letters.extend(std::iter::repeat_n(BLANK, place.length)),
    }
    letters
}

/// A character that is not shown.
pub(super) const MASKED: char = '•';
/// A place for a pen.
pub(super) const BLANK: char = '_';

/// The check character of `letters`; a dot for dots, a line for lines.
pub(super) fn check(scheme: Scheme, letters: &[char]) -> char {
    let other = letters.first().copied().unwrap_or(BLANK);
    scheme.check(letters.iter().copied()).unwrap_or(other)
}

fn push_line(text: &mut String, number: usize, line: &[char]) {
    text.push_str(LINE_MARK);
    text.push(u32::try_from(number).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or('-'));
    text.push_str("  ");
    let mut width = 0;
    for (index, letter) in line.iter().enumerate() {
        if index > 0 && index % GROUP == 0 {
            text.push(' ');
            width += 1;
        }
        text.push(*letter);
        width += 1;
    }
    (width..WIDTH).for_each(|_| text.push(' '));
}

fn push_check(text: &mut String, scheme: Scheme, line: &[char]) {
    if line.first() != Some(&BLANK) {
        text.push_str(CHECK_MARK);
        text.push(check(scheme, line));
    }
}

/// The line said aloud, one group to a line so that it fits the page.
fn push_spoken(text: &mut String, line: &[char]) {
    if line.first() == Some(&BLANK) {
        return;
    }
    for group in line.chunks(GROUP) {
        text.push_str("        ");
        for (index, letter) in group.iter().enumerate() {
            text.push_str(if index > 0 { ", " } else { "" });
            match *letter {
                MASKED => text.push_str("•••••"),
                letter => text.push_str(&Zeroizing::new(password::spoken(letter))),
            }
        }
        text.push('\n');
    }
}
