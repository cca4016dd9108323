//! Slips: paper with one secret each, readable without this program.
//!
//! The secret goes into one buffer that is wiped when dropped; no other text ever holds a part of it.

use zeroize::Zeroizing;

use crate::domain::case::Case;
use crate::domain::evidence::{Slip, SlipKind};
use crate::domain::password;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE, Secret};
use crate::paper::page::{COLUMNS, Heading, document_id, paged, pair, wrapped};
use crate::paper::words::words;

/// What stands before each line of the secret; a written slip is read back by it.
const LINE_MARK: &str = "   | ";
/// Where the secret belongs in the layout.
const PLACE: &str = "\u{1}";

/// A slip with its secret.
pub fn slip(case: &Case<'_>, slip: &Slip, (mark, secret): (&str, &Secret)) -> Zeroizing<String> {
    let layout = layout(case, slip, (mark, secret.len()));
    let mut text = Zeroizing::new(String::with_capacity(layout.len() + secret.len() * 40 + 1024));
    let (before, after) = layout.split_once(PLACE).unwrap_or((&layout, ""));
    text.push_str(before);
    push_secret(&mut text, secret.expose());
    text.push_str(after);
    text
}

/// The same page with the secret masked.
pub fn preview(case: &Case<'_>, slip: &Slip, (mark, length): (&str, usize)) -> String {
    let layout = layout(case, slip, (mark, length));
    let mut masked = String::new();
    push_secret(&mut masked, &"•".repeat(length));
    layout.replacen(PLACE, &masked, 1)
}

/// The lines of the secret in a written slip, in order, as a person would type them.
pub fn secret_lines(text: &str) -> Vec<Zeroizing<String>> {
    let typed = |line: &str| {
        let rest = line.strip_prefix(LINE_MARK)?;
        let (_, groups) = rest.split_once("  ")?;
        Some(Zeroizing::new(groups.trim_end().to_owned()))
    };
    text.lines().filter_map(typed).collect()
}

fn push_secret(text: &mut String, secret: &str) {
    text.push_str("        A    B    C    D\n");
    let mut letters = secret.chars().peekable();
    let mut number = 1;
    while letters.peek().is_some() {
        text.push_str(LINE_MARK);
        text.push(char::from_digit(number, 10).unwrap_or('-'));
        text.push_str("  ");
        let line: Zeroizing<Vec<char>> =
            Zeroizing::new(letters.by_ref().take(GROUP * GROUPS_IN_LINE).collect());
        for (index, letter) in line.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                text.push(' ');
            }
            text.push(*letter);
        }
        text.push('\n');
        push_spoken(text, &line);
        number += 1;
    }
}

/// The line said aloud, one group to a line so that it fits the page.
fn push_spoken(text: &mut String, line: &[char]) {
    for group in line.chunks(GROUP) {
        text.push_str("        ");
        for letter in group {
            push_word(text, *letter);
            text.push_str(", ");
        }
        text.truncate(text.trim_end_matches(", ").len());
        text.push('\n');
    }
}

fn push_word(text: &mut String, letter: char) {
    match letter {
        '•' => text.push_str("•••••"),
        letter => text.push_str(&Zeroizing::new(password::spoken(letter))),
    }
}

fn layout(case: &Case<'_>, slip: &Slip, (mark, length): (&str, usize)) -> String {
    let words = &words().slip;
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &title(case, slip)));
    lines.push(String::new());
    lines.extend(facts(case, slip));
    lines.push(strength(slip, length));
    lines.push(String::new());
    lines.push(fold(&words.fold));
    lines.push(String::new());
    lines.push(PLACE.to_owned());
    lines.push(fold(&words.fold));
    lines.push(String::new());
    lines.extend(wrapped("  ", &words.how_to_use));
    lines.extend(wrapped(
        "  ",
        match slip.kind {
            SlipKind::Password => &words.glyphs_password,
            SlipKind::Pin { .. } => &words.glyphs_pin,
        },
    ));
    lines.extend(wrapped("  ", &words.seal));
    lines.extend(wrapped("  ", &words.found));
    paged(&Heading::of(case, mark), &lines)
}

fn title(case: &Case<'_>, slip: &Slip) -> String {
    match slip.kind {
        SlipKind::Password => words().slip.password.clone(),
        SlipKind::Pin { key } => {
            let keys = case.plan.account(slip.slot).map(|a| a.keys.as_slice()).unwrap_or_default();
            let key =
                keys.get(key).map_or_else(String::new, |k| format!(" \"{}\", serial {}", k.name, k.serial));
            format!("{}{key}", words().slip.pin)
        }
    }
}

fn facts(case: &Case<'_>, slip: &Slip) -> Vec<String> {
    let account = case.facts.account(slip.slot);
    let planned = case.plan.account(slip.slot);
    let safe = planned.map(|p| match slip.kind {
        SlipKind::Password => p.safe.as_str(),
        SlipKind::Pin { .. } => p.pin_safe.as_deref().unwrap_or_default(),
    });
    let safe = safe
        .and_then(|name| case.plan.safe(name))
        .map_or_else(String::new, |s| format!("{}, {}", s.name, s.place));
    let mut lines = pair("Slip", &slip.number.to_string());
    if let Some(number) = slip.replaces {
        lines.extend(pair("Replaces slip", &format!("{number} (destroy it)")));
    }
    lines.extend(pair("Made on", &slip.date.to_string()));
    lines.extend(pair("Document", &document_id(case)));
    lines.extend(pair("Account", &case.upn(slip.slot)));
    lines.extend(pair("Object id", account.map_or("", |a| a.id.as_str())));
    lines.extend(pair("Belongs in safe", &safe));
    lines.extend(pair("Custodian", planned.map_or("", |p| p.custodian.as_str())));
    lines
}

fn strength(slip: &Slip, length: usize) -> String {
    let bits = match slip.kind {
        SlipKind::Password => password::entropy_bits(length),
        SlipKind::Pin { .. } => password::pin_bits(length),
    };
    format!("  {:<22}{length} characters, {bits:.0} bits", "Strength:")
}

fn fold(words: &str) -> String {
    let dashes = COLUMNS.saturating_sub(words.chars().count() + 2) / 2;
    format!("{} {words} {}", "- ".repeat(dashes / 2).trim_end(), "- ".repeat(dashes / 2).trim_end())
}
