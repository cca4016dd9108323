//! What is to be copied from a screen, bare: requests, queries and addresses, one a line, without anything around them.

use crate::journeys::screen::{Block, ConsentLine};
use crate::journeys::{Msg, Question, Screen};

/// Everything to be copied from `screen`.
pub fn bare(screen: &Screen) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for block in &screen.prose {
        match block {
            Block::Verbatim(own) => lines.extend(own.iter().map(String::as_str)),
            Block::Text(text) | Block::Reason(text) => lines.extend(addresses(text)),
            Block::Steps(items) | Block::List(items) => {
                lines.extend(items.iter().flat_map(|item| addresses(item)));
            }
            Block::Pairs(pairs) => lines.extend(pairs.iter().flat_map(|(_, right)| addresses(right))),
            Block::Heading(_) | Block::Grid(_) | Block::Checklist(_) | Block::Secret(_) | Block::Qr(_) => {}
        }
    }
    if let Some(Question::Consent(consent)) = &screen.question {
        lines.extend(requests(consent).flatten().map(String::as_str));
    }
    match lines.is_empty() {
        true => "There is nothing to copy here.\n".to_owned(),
        false => lines.join("\n") + "\n",
    }
}

/// The requests that are shown; where none is, those of everything that is ticked.
fn requests(consent: &[ConsentLine<Msg>]) -> impl Iterator<Item = &Vec<String>> {
    let is_shown = |line: &ConsentLine<Msg>| !line.call.is_empty();
    let some_are = consent.iter().any(is_shown);
    let is_wanted = move |line: &&ConsentLine<Msg>| if some_are { is_shown(line) } else { line.ticked };
    consent.iter().filter(is_wanted).map(|line| &line.request)
}

/// The addresses in a text, without the signs of the sentence around them.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let begins = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    text.split_whitespace()
        .map(|word| {
            word.trim_start_matches(['(', '<', '"']).trim_end_matches([')', '>', '"', ',', '.', ';', ':'])
        })
        .filter(begins)
}
