//! What a typed line means: a choice, or one of the words that are understood at every question.
//!
//! Where text or a secret is asked for, a command has a slash before it, and everything that is no command is the answer.

use std::ops::RangeInclusive;

use crate::journeys::screen::ConsentLine;
use crate::journeys::{Msg, Question, Screen};
use crate::ui::plain::offers;

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command<'a> {
    /// Say the whole screen.
    Say,
    /// Say it with everything that stands as it was proposed.
    SayAll,
    /// Say what can be done.
    Help,
    /// Leave; it is asked once more.
    Leave,
    /// Go back.
    Back,
    /// Print what is to be copied, bare.
    Copy,
    /// Do something with lines of a consent list, counted from zero.
    Lines {
        /// What is done.
        doing: Doing,
        /// With the first of them.
        first: usize,
        /// To the last of them.
        last: usize,
    },
    /// Show one line of a list in full, counted from zero.
    Show(usize),
    /// Take the answer that stands in brackets.
    Keep,
    /// Answer with nothing.
    Nothing,
    /// Write, where nothing is ticked.
    WriteNothing,
    /// Choose what this word is for.
    Choose(&'a str),
    /// None of these.
    Unknown,
}

/// What is done with a line of a consent list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It will be written.
    Tick,
    /// It will not.
    Untick,
    /// Its request is shown.
    Call,
}

/// What `line` means where something is to be chosen.
pub fn chosen<'a>(line: &'a str, screen: &Screen) -> Command<'a> {
    let line = line.trim();
    let bare = line.strip_prefix('/').unwrap_or(line);
    always(bare).or_else(|| of_lines(bare, screen)).unwrap_or(match offers::behind(screen, bare) {
        Some(_) => Command::Choose(bare),
        None if writes_nothing(bare, screen) => Command::WriteNothing,
        None => Command::Unknown,
    })
}

/// Whether the word would write what is ticked in a list in which nothing is.
fn writes_nothing(word: &str, screen: &Screen) -> bool {
    let is_word = matches!(word.to_lowercase().as_str(), "w" | "write");
    let is_unticked = |lines: &[ConsentLine<Msg>]| lines.iter().all(|line| !line.ticked);
    is_word && matches!(&screen.question, Some(Question::Consent(lines)) if is_unticked(lines))
}

/// What `line` means where text is asked for; none when it is the answer.
pub fn beside_text<'a>(line: &'a str, screen: &Screen) -> Option<Command<'a>> {
    match line.trim() {
        "" => Some(Command::Say),
        "/ok" => Some(Command::Keep),
        "/none" => Some(Command::Nothing),
        line => slashed(line, screen),
    }
}

/// What `line` means where a secret is asked for; none when it is the secret.
pub fn beside_secret<'a>(line: &'a str, screen: &Screen) -> Option<Command<'a>> {
    match line.trim() {
        "" => Some(Command::Say),
        line => slashed(line, screen),
    }
}

fn slashed<'a>(line: &'a str, screen: &Screen) -> Option<Command<'a>> {
    let bare = line.strip_prefix('/')?;
    always(bare).or_else(|| offers::behind(screen, bare).map(|_| Command::Choose(bare)))
}

/// The words that are understood everywhere.
fn always(word: &str) -> Option<Command<'static>> {
    match word.to_lowercase().as_str() {
        "" | "say" | "again" => Some(Command::Say),
        "all" => Some(Command::SayAll),
        "?" | "help" => Some(Command::Help),
        "q" | "quit" | "leave" => Some(Command::Leave),
        "b" | "back" => Some(Command::Back),
        "copy" => Some(Command::Copy),
        _ => None,
    }
}

/// `tick 3`, `untick 3-7`, `call 3`, `show 3`.
fn of_lines(words: &str, screen: &Screen) -> Option<Command<'static>> {
    let (verb, rest) = words.split_once(' ')?;
    let range = range(rest)?;
    let (first, last) = (*range.start(), *range.end());
    let Some(Question::Consent(lines)) = &screen.question else {
        return (verb.eq_ignore_ascii_case("show")).then_some(Command::Show(first));
    };
    let doing = match verb.to_lowercase().as_str() {
        "tick" => Doing::Tick,
        "untick" => Doing::Untick,
        "call" | "show" => Doing::Call,
        _ => return None,
    };
    (last < lines.len()).then_some(Command::Lines { doing, first, last })
}

/// `3` or `3-7`, counted from one, as places counted from zero.
fn range(words: &str) -> Option<RangeInclusive<usize>> {
    let place = |text: &str| text.trim().parse::<usize>().ok()?.checked_sub(1);
    let (first, last) = words.split_once('-').unwrap_or((words, words));
    let (first, last) = (place(first)?, place(last)?);
    (first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_write_says_so_where_nothing_is_ticked() {
        let line = |ticked| ConsentLine {
            sentence: "Create user".to_owned(),
            ticked,
            call: Vec::new(),
            request: Vec::new(),
            toggle: Msg::Stay,
            show: Msg::Stay,
        };
        let list =
            |ticked| Screen { question: Some(Question::Consent(vec![line(ticked)])), ..Screen::default() };
        for word in ["w", "W", "write", "/w"] {
            assert_eq!(chosen(word, &list(false)), Command::WriteNothing, "{word}");
        }
        assert_eq!(chosen("x", &list(false)), Command::Unknown);
        assert_eq!(chosen("w", &Screen::default()), Command::Unknown);
    }
}
