//! What can be chosen on a screen, as far as it has to be said.

use super::{Folds, Memory, Told, takes_text};
use crate::domain::text::counted;
use crate::journeys::screen::Telling;
use crate::journeys::{Choice, Screen};
use crate::ui::plain::offers::{self, LEAVE, Offer};
use crate::ui::plain::words::{self, Explained};

impl Memory {
    /// What is new among them; where anything is, the recommended way and what consents are said too. A screen of which
    /// all the rest was heard says what writes, so that no bare prompt stands for another question.
    pub(super) fn offers(&mut self, screen: &Screen, told: &mut Told) {
        let offered = labels(screen);
        let is_other = std::mem::replace(&mut self.offered, offered.clone()) != offered;
        let is_silent = told.pieces.is_empty();
        let is_news = self.is_anew || is_other || !is_silent;
        let slash = if takes_text(screen) { "/" } else { "" };
        let suggested = offers::suggested(screen);
        let is_suggested =
            |offer: &Offer<'_>| suggested.is_some_and(|choice| std::ptr::eq(choice, offer.choice));
        let is_folded =
            |offer: &Offer<'_>| self.folds == Folds::Proposed && offer.choice.telling == Telling::OnRequest;
        let (folded, said): (Vec<_>, Vec<_>) = offers::offers(screen).into_iter().partition(is_folded);
        let mut all = String::new();
        let mut left_out = self.folded(&folded, slash);
        for offer in said {
            let is_new = self.is_new_offer(&offer);
            let is_needed = offers::consents(offer.choice)
                || offer.choice.telling == Telling::EachTime
                || is_silent && offers::writes_on(offer.choice)
                || is_suggested(&offer) && slash.is_empty();
            if !is_listed(&offer) {
                all += &std::mem::take(&mut left_out);
            }
            if is_new || is_news && is_needed {
                let explained = self.explained(offer.choice);
                all += &words::offer(&offer, slash, explained);
            }
        }
        if !all.is_empty() {
            told.paragraph(&all);
        }
    }

    /// How many lines are not said, and how they are heard; once, as long as they are as many. It stands behind the lines that
    /// are said.
    fn folded(&mut self, folded: &[Offer<'_>], slash: &str) -> String {
        let Some(first) = folded.first() else { return String::new() };
        let count = counted(folded.len(), "other line stands", "other lines stand");
        let word = &first.word;
        let how = format!("{slash}all says the whole list, show {word} says line {word} of it");
        let line = words::lines("      ", &format!("{count} as proposed; {how}."));
        let is_new = self.texts.insert(format!("{}\n{line}", self.title));
        if is_new { line } else { String::new() }
    }

    /// Whether an offer was not heard yet: a line of a list in this list, another one anywhere.
    fn is_new_offer(&mut self, offer: &Offer<'_>) -> bool {
        let choice = offer.choice;
        let place = match (choice.key, offer.word.as_str()) {
            (Choice::LISTED, _) => format!("{}\n{}", self.title, choice.detail),
            (_, LEAVE) => return self.texts.insert(LEAVE.to_owned()),
            _ => String::new(),
        };
        let was_typed = choice.key == Choice::LISTED && self.answers.contains(&choice.detail);
        self.texts.insert(format!("{place}\n{}  {}", offer.word, choice.label)) && !was_typed
    }

    fn explained(&mut self, choice: &Choice) -> Explained {
        let is_known = choice.detail.is_empty() || choice.telling == Telling::EachTime;
        match is_known || self.texts.insert(format!("({})", choice.detail)) {
            true => Explained::Yes,
            false => Explained::No,
        }
    }
}

/// What can be chosen on a screen, by its words.
pub(super) fn labels(screen: &Screen) -> Vec<String> {
    screen.choices.iter().map(|choice| choice.label.clone()).collect()
}

/// Whether it is a line of the list, or the way on, which stands before it.
fn is_listed(offer: &Offer<'_>) -> bool {
    offer.choice.key == Choice::LISTED || offer.word == offers::NEXT
}
