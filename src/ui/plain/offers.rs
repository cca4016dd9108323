//! What can be chosen on a screen, each with the word that is typed for it: the letter it has in the window, a number for
//! a line of a long list.
//!
//! What writes never has a number, `b` always leads back and `q` leaves. So nothing that was typed for one list means
//! something else on the next, and no digit ever consents.

use std::collections::BTreeSet;

use crate::journeys::screen::{Way, Weight};
use crate::journeys::{Choice, Screen};

/// The word that leads back.
pub const BACK: &str = "b";
/// The word that leaves.
pub const LEAVE: &str = "q";
/// The word for the way on that is recommended.
pub const NEXT: &str = "next";

/// Something to choose, and what is typed for it.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// What is typed.
    pub word: String,
    /// What it chooses.
    pub choice: &'a Choice,
}

/// Everything that can be chosen, in the order in which it is said: the way on first where a long list follows.
pub fn offers(screen: &Screen) -> Vec<Offer<'_>> {
    let next = suggested(screen).filter(|_| screen.choices.iter().any(is_listed));
    let first = next.map(|choice| Offer { word: NEXT.to_owned(), choice });
    let others =
        named(screen).into_iter().filter(|offer| !next.is_some_and(|next| std::ptr::eq(next, offer.choice)));
    first.into_iter().chain(others).collect()
}

/// The choice behind a word.
pub fn behind<'a>(screen: &'a Screen, word: &str) -> Option<&'a Choice> {
    let word = word.to_lowercase();
    match word.as_str() {
        NEXT => suggested(screen),
        "write" => screen.choices.iter().find(|choice| writes_on(choice) && choice.key == 'w'),
        word => named(screen).into_iter().find(|offer| offer.word == word).map(|offer| offer.choice),
    }
}

/// The way on that is recommended. Never a write or somebody's word, and none beside one: whoever consents says so with its own word.
pub fn suggested(screen: &Screen) -> Option<&Choice> {
    if screen.choices.iter().any(writes_on) || screen.suggested == Some(Choice::LISTED) {
        return None;
    }
    let leads_on = |choice: &&Choice| {
        choice.weight == Weight::Safe && choice.way == Way::On && !is_listed(choice) && choice.key != 'q'
    };
    let wished = |choice: &&Choice| Some(choice.key) == screen.suggested;
    let mut ways = screen.choices.iter().filter(leads_on);
    ways.clone().find(wished).or_else(|| ways.next())
}

/// Whether it consents to what the screen lists, or vouches for it.
pub fn consents(choice: &Choice) -> bool {
    writes_on(choice) && (choice.key == 'w' || choice.weight == Weight::Vouches)
}

/// Whether it writes, vouches, or gives something up, and leads on.
pub fn writes_on(choice: &Choice) -> bool {
    choice.weight != Weight::Safe && choice.way == Way::On
}

fn is_listed(choice: &Choice) -> bool {
    choice.key == Choice::LISTED
}

fn named(screen: &Screen) -> Vec<Offer<'_>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut lines = 0;
    let mut offers = Vec::new();
    for choice in &screen.choices {
        let wanted = match (choice.way, choice.weight, choice.key) {
            (Way::Back, ..) => BACK.to_owned(),
            (_, _, Choice::LISTED) => {
                lines += 1;
                lines.to_string()
            }
            (_, Weight::Writes | Weight::Vouches | Weight::Irreversible, key) if key.is_ascii_digit() => {
                format!("w{key}")
            }
            (_, _, 'b') => String::new(),
            (_, _, key) => key.to_lowercase().to_string(),
        };
        let word = free(&taken, wanted);
        taken.insert(word.clone());
        offers.push(Offer { word, choice });
    }
    offers
}

/// The word that is wanted, or another one that is not taken yet.
fn free(taken: &BTreeSet<String>, wanted: String) -> String {
    let is_free = |word: &String| !word.is_empty() && !taken.contains(word);
    let numbered = (1..).map(|number| format!("x{number}"));
    std::iter::once(wanted).chain(numbered).find(is_free).unwrap_or_default()
}
