//! Whose name stands for something: chosen among the names that this run, the record and the plan know, or typed.
//!
//! It says nothing of what the name stands for, and makes no name up.

use crate::domain::exercise::event::Players;
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Choice, Question, Screen};

/// Whether a name is typed or chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// It is chosen.
    No,
    /// It is typed.
    Yes,
}

/// So many names have a digit beside "somebody else"; more would push away what is asked.
const SHOWN: usize = 7;
/// Nobody stands for anything without a name.
const NAMELESS: &str = "A name is needed: somebody has to stand for it. Not now leaves it open.";

/// The names that are known, who spoke last first; in an exercise then those who play.
pub fn known(desk: &Desk) -> Vec<String> {
    let plan = desk.plan();
    let custodians = plan.accounts.iter().flat_map(|account| {
        let second = account.second_half.iter().map(|half| half.custodian.as_str());
        std::iter::once(account.custodian.as_str()).chain(second)
    });
    let keepers = plan.safes.iter().flat_map(|safe| [safe.custodian.as_str(), safe.deputy.as_str()]);
    let operator = desk.facts().operator.get().map(|operator| operator.upn.as_str());
    let spoken = desk.evidence().attested.values().map(|word| word.person.as_str());
    let tested = desk.evidence().tests.iter().map(|test| test.person.as_str());
    let procedure = plan.procedure.retrievers.iter().chain(&plan.procedure.approvers).map(String::as_str);
    let played = desk.evidence().exercise.opened();
    let alone = played.filter(|opened| opened.players == Players::Solo);
    let cast = played.into_iter().flat_map(|opened| &opened.cast).map(|one| one.person.as_str());
    let cast = alone.map(|opened| opened.facilitator.as_str()).into_iter().chain(cast);
    let all = [desk.person.as_str(), desk.tester.as_str()].into_iter();
    let all = all
        .chain(cast)
        .chain(custodians)
        .chain(keepers)
        .chain(procedure)
        .chain(operator)
        .chain(spoken)
        .chain(tested);
    let mut names: Vec<String> = Vec::new();
    for name in all.map(|name| clean(name.trim())) {
        let is_known = names.iter().any(|known| known.eq_ignore_ascii_case(&name));
        if !name.is_empty() && !name.contains("simulated") && !is_known {
            names.push(name);
        }
    }
    names.truncate(SHOWN);
    names
}

/// The names to choose from, and the way to type another.
pub fn ask<M>(screen: &mut Screen<M>, desk: &Desk, person: fn(String) -> M, other: M) {
    among(screen, known(desk), person, other);
}

/// The names that are known, with the one that is the likeliest here before all others.
pub fn known_after(desk: &Desk, likeliest: &str) -> Vec<String> {
    let likeliest = clean(likeliest.trim());
    let mut names = known(desk);
    if !likeliest.is_empty() {
        names.retain(|name| !name.eq_ignore_ascii_case(&likeliest));
        names.insert(0, likeliest);
        names.truncate(SHOWN);
    }
    names
}

/// These names to choose from, and the way to type another.
pub fn among<M>(screen: &mut Screen<M>, names: Vec<String>, person: fn(String) -> M, other: M) {
    let digits = '1'..='9';
    let names = digits.zip(names).map(|(key, name)| Choice::safe(key, name.clone(), person(name)));
    screen.choices.extend(names);
    screen.choices.push(Choice::safe('o', "Somebody else", other));
}

/// The question for a name that is typed.
pub fn question<M: 'static>(prompt: &str, answer: fn(String) -> M) -> Question<M> {
    Question::text(prompt, answer)
}

/// A name that was typed, or what is wrong with it.
pub fn typed(text: &str) -> Result<String, &'static str> {
    match clean(text.trim()) {
        name if name.is_empty() => Err(NAMELESS),
        name => Ok(name),
    }
}
