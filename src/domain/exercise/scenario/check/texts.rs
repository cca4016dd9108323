//! Every text of a scenario: not empty, not too long, nothing in it that cannot be seen, and no placeholder that nobody
//! fills. And what is read at once fits one screen of 80 columns and 24 lines.

use toml::Value;

use super::{Wrong, wrong as mistake};
use crate::domain::exercise::scenario::names::{PLACEHOLDERS, with_samples};
use crate::domain::exercise::scenario::{Inject, Scenario};
use crate::domain::text::{clean, known_near, sentence};
use crate::domain::wrap::{LongWord, lines};

/// Characters of the longest paragraph.
const LONGEST: usize = 500;
/// Characters of the longest title.
const TITLE: usize = 80;
/// Columns of the widest line of something to look at.
const WIDEST: usize = 72;
/// Columns and lines that a screen has for what is read at once, beside its frame.
const SCREEN: (usize, usize) = (74, 18);

/// Texts that cannot be shown.
pub(super) fn wrong(text: &str) -> Vec<Wrong> {
    let mut all = Vec::new();
    // Whoever asks has read a scenario from it already.
    if let Ok(table) = text.parse::<toml::Table>() {
        look("", &Value::Table(table), &mut all);
    }
    all
}

fn look(key: &str, value: &Value, all: &mut Vec<Wrong>) {
    let below = |part: &str| if key.is_empty() { part.to_owned() } else { format!("{key}.{part}") };
    match value {
        Value::String(text) => all.extend(of_text(key, text)),
        Value::Table(table) => table.iter().for_each(|(part, value)| look(&below(part), value, all)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| look(&below(&i.to_string()), item, all));
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
    }
}

fn of_text(key: &str, text: &str) -> Vec<Wrong> {
    let is_line = key.contains(".artefact.lines.");
    let length = with_samples(text).chars().count();
    let limit = if key.ends_with("title") { TITLE } else { LONGEST };
    let mut all = Vec::new();
    if text.trim().is_empty() && !is_line && !key.contains(".parameters.") {
        all.push(mistake(key, "There has to be a text here."));
    }
    if is_line && length > WIDEST {
        all.push(mistake(
            key,
            format!("A line to look at has {WIDEST} characters at the most, not {length}."),
        ));
    }
    if !is_line && length > limit {
        all.push(mistake(key, format!("This text has {limit} characters at the most, not {length}.")));
    }
    if clean(text) != text {
        all.push(mistake(key, "There is a line break in it, or another character that cannot be seen."));
    }
    all.extend(placeholders(text).filter_map(|name| unknown(key, name)));
    all
}

/// What stands in braces without a space, as placeholders do.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).filter(is_name)
}

fn unknown(key: &str, name: &str) -> Option<Wrong> {
    let says = || {
        let near = known_near(name, PLACEHOLDERS.into_iter());
        sentence(&format!("There is no placeholder {{{name}}}{near}"))
    };
    (!PLACEHOLDERS.contains(&name)).then(|| mistake(key, says()))
}

/// What is read at once and does not fit a screen.
pub(super) fn screens(scenario: &Scenario) -> Vec<Wrong> {
    let opening = height(&scenario.opening);
    let first = (opening > SCREEN.1).then(|| too_high("opening", opening));
    let injects = scenario.injects.iter().enumerate().filter_map(|(i, one)| {
        let high = height(&one.text) + artefact(one);
        (high > SCREEN.1).then(|| too_high(&format!("injects.{i}.text"), high))
    });
    first.into_iter().chain(injects).collect()
}

fn too_high(key: &str, high: usize) -> Wrong {
    mistake(key, format!("It takes {high} lines, and a screen has {} for it; say it shorter.", SCREEN.1))
}

/// Lines of paragraphs with a line between.
fn height(paragraphs: &[String]) -> usize {
    let each = paragraphs.iter().map(|text| lines(&with_samples(text), SCREEN.0, LongWord::Broken).len());
    each.sum::<usize>() + paragraphs.len().saturating_sub(1)
}

/// Lines of what there is to look at, with its title and a line above.
fn artefact(inject: &Inject) -> usize {
    inject.artefact.as_ref().map_or(0, |artefact| artefact.lines.len() + 2)
}
