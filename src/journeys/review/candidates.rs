//! Which accounts a review is about, in a tenant whose record and plan do not say: those that look like it are proposed, and a
//! person chooses. Nothing is guessed: where nobody is there, the review says what to add and ends.

use crate::domain::facts::Account;
use crate::domain::slot::Slot;
use crate::domain::text::{clean, is_guid, is_mail_address};
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::session::PlanOrigin;

/// The accounts that were chosen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// In the order in which they were chosen, which is that of the slots.
    pub chosen: Vec<String>,
    /// Whether a name is typed, and what was wrong with the last one.
    pub typing: Typing,
}

/// Whether a name is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Typing {
    /// It is chosen from the list.
    #[default]
    No,
    /// It is typed.
    Yes,
    /// It is typed again, because this was wrong with the last one.
    Again(String),
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// This one is one, or is none after all.
    Toggle(String),
    /// Type the name of another.
    Type,
    /// Its name.
    Typed(String),
    /// Back to the list.
    List,
    /// These are the accounts.
    Use,
    /// To the first screen.
    Away,
}

/// So many have a digit each.
const SHOWN: usize = 9;

/// Whether neither plan nor record nor command line says which accounts there are. An account that has the name of a preset by
/// accident is only proposed.
pub(super) fn are_wanted(desk: &Desk) -> bool {
    let is_told = desk.session.plan_origin == PlanOrigin::Given
        || !desk.evidence().accounts.is_empty()
        || desk.plan().accounts.iter().any(|account| account.adopt.is_some());
    !is_told && !desk.is_by_hand() && desk.facts().accounts.get().is_some()
}

/// What looks like one of them, those who may only activate the role last.
fn proposed(desk: &Desk) -> Vec<&Account> {
    let found = desk.facts().accounts.get().into_iter();
    found
        .flat_map(|all| {
            all.in_slots.iter().map(|own| &own.account).chain(&all.candidates).chain(&all.eligible)
        })
        .collect()
}

/// Whether it may only activate the role.
fn is_eligible(desk: &Desk, upn: &str) -> bool {
    let found = desk.facts().accounts.get();
    found.is_some_and(|all| all.eligible.iter().any(|account| account.upn.eq_ignore_ascii_case(upn)))
}

impl Candidates {
    /// What comes of a message; the accounts, once they are named.
    pub(super) fn on(&mut self, msg: Msg) -> Option<Vec<String>> {
        match msg {
            Msg::Toggle(upn) => self.toggle(&upn),
            Msg::Type => self.typing = Typing::Yes,
            Msg::List => self.typing = Typing::No,
            Msg::Typed(text) => self.typed(&clean(text.trim())),
            Msg::Away => {}
            Msg::Use if !self.chosen.is_empty() => return Some(std::mem::take(&mut self.chosen)),
            Msg::Use => {}
        }
        None
    }

    fn toggle(&mut self, upn: &str) {
        let before = self.chosen.len();
        self.chosen.retain(|chosen| !chosen.eq_ignore_ascii_case(upn));
        if self.chosen.len() == before && before < Slot::all().count() {
            self.chosen.push(upn.to_owned());
        }
    }

    fn typed(&mut self, text: &str) {
        if !is_mail_address(text) && !is_guid(text) {
            let wrong =
                "That is no name that an account signs in with, like harbor.lantern@contoso.onmicrosoft.com.";
            self.typing = Typing::Again(wrong.to_owned());
            return;
        }
        self.typing = Typing::No;
        if !self.chosen.iter().any(|chosen| chosen.eq_ignore_ascii_case(text)) {
            self.toggle(text);
        }
    }

    /// The list.
    pub(super) fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Which accounts are the emergency access accounts?");
        if self.typing != Typing::No {
            let problem = match &self.typing {
                Typing::Again(problem) => Some(problem.clone()),
                Typing::No | Typing::Yes => None,
            };
            let question = Question::text("Name it signs in with", Msg::Typed);
            screen.question = Some(question.refused(problem));
            screen.choices = vec![Choice::back("Back to the list", Msg::List)];
            return screen;
        }
        let words = match proposed(desk).is_empty() {
            true => {
                "Neither a plan nor the record says it, and no account looks like one: none is a Global Administrator that \
                 lives in the cloud alone and has a name of the initial domain. Type the name of each, or begin with the \
                 setup, which makes them."
            }
            false => {
                "Neither a plan nor the record says it. Proposed are Global Administrators that live in the cloud alone, of \
                 the initial domain; last come those who are only eligible for the role. Choose one to four, the first one first."
            }
        };
        screen.prose.push(Block::Text(words.to_owned()));
        let chosen = self.chosen.iter().enumerate();
        let chosen: Vec<(String, String)> =
            chosen.map(|(place, upn)| (Slot::new(place).to_string(), upn.clone())).collect();
        if !chosen.is_empty() {
            screen.prose.push(Block::Pairs(chosen));
        }
        screen.choices = self.choices(desk);
        screen
    }

    fn choices(&self, desk: &Desk) -> Vec<Choice<Msg>> {
        let proposed = proposed(desk);
        let told = |account: &Account| match is_eligible(desk, &account.upn) {
            true => format!("{}, only eligible for the role", account.display_name),
            false => account.display_name.clone(),
        };
        let listed = proposed.iter().map(|account| (account.upn.clone(), told(account)));
        let is_listed = |upn: &String| proposed.iter().any(|account| account.upn.eq_ignore_ascii_case(upn));
        let typed = self.chosen.iter().filter(|upn| !is_listed(upn)).map(|upn| (upn.clone(), String::new()));
        let choice = |(key, (upn, name)): (char, (String, String))| {
            let place = self.chosen.iter().position(|chosen| chosen.eq_ignore_ascii_case(&upn));
            let told = match place {
                Some(place) => format!("{name} - chosen as {}", Slot::new(place)),
                None => name,
            };
            Choice::safe(key, upn.clone(), Msg::Toggle(upn)).explained(told)
        };
        let mut choices: Vec<Choice<Msg>> =
            ('1'..='9').zip(typed.chain(listed).take(SHOWN)).map(choice).collect();
        let other = if choices.is_empty() { "Type the name of an account" } else { "Another account" };
        choices.push(Choice::safe('o', other, Msg::Type));
        if !self.chosen.is_empty() {
            choices.push(Choice::safe('u', "These are the accounts", Msg::Use));
        }
        choices.push(Choice::back("To the first screen", Msg::Away));
        choices
    }
}

/// What is to be added where nobody is there to choose.
pub(super) fn unnamed(desk: &Desk) -> Trouble {
    let names: Vec<&str> = proposed(desk).into_iter().map(|account| account.upn.as_str()).collect();
    let why = match names.as_slice() {
        [] => "Neither a plan nor the record says it, and no account looks like one.".to_owned(),
        names => format!("Neither a plan nor the record says it. These look like it: {}.", names.join(", ")),
    };
    let example = names.first().copied().unwrap_or("harbor.lantern@contoso.onmicrosoft.com");
    Trouble::new(
        "Which accounts are the emergency access accounts is not known.",
        why,
        format!("Add --account for each of them, like --account {example}, or a plan with --plan."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_chosen_in_their_order_and_no_more_than_four() {
        let mut candidates = Candidates::default();
        assert_eq!(candidates.on(Msg::Use), None, "nobody is none");
        for upn in ["a@x.com", "b@x.com", "A@x.com", "c@x.com", "d@x.com", "e@x.com", "f@x.com"] {
            candidates.on(Msg::Toggle(upn.to_owned()));
        }
        candidates.on(Msg::Type);
        candidates.on(Msg::Typed("no name".to_owned()));
        assert!(matches!(&candidates.typing, Typing::Again(problem) if problem.contains("signs in with")));
        candidates.on(Msg::Typed("B@x.com".to_owned()));
        let chosen = candidates.on(Msg::Use).expect("they are named");
        assert_eq!(chosen, ["b@x.com", "c@x.com", "d@x.com", "e@x.com"]);
    }
}
