//! Where a person is in the plan: at the list, or at one decision, which is chosen from what there is or typed.

use crate::guide;
use crate::journeys::decisions::{self, Answer, Answers, Decision, Field, Typed};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::setup::Msg;

/// The plan on the screen: the list, or one decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planning {
    /// The decision being changed.
    pub editing: Option<usize>,
    /// How it is answered.
    pub how: How,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
    /// What was answered last: what the tenant has under its name is told.
    pub answered: Option<Field>,
}

/// How a decision is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum How {
    /// By what there is to choose, where there is something.
    #[default]
    Choosing,
    /// By something else, which is typed.
    Typing,
}

impl Planning {
    /// One decision is being changed.
    pub(super) fn editing(index: usize) -> Self {
        Self { editing: Some(index), ..Self::default() }
    }

    /// Back from a decision: from what is typed to what can be chosen, from there to the list.
    pub(super) fn back(&mut self) {
        let editing = self.editing.filter(|_| self.how == How::Typing);
        *self = Self { editing, ..Self::default() };
    }

    /// The question about one decision, and what can be chosen.
    pub(super) fn decision(&self, desk: &Desk, decision: &Decision) -> Screen<Msg> {
        let mut screen = frame::of(desk, decision.heading());
        screen.prose.extend(self.looked_up(desk));
        screen.prose.extend(about(decision).into_iter().map(Block::Text));
        let answers = decisions::answers(desk.plan(), desk.facts(), decision.field);
        let is_typed = match answers.typed {
            Typed::No => false,
            Typed::Beside => true,
            Typed::Behind => self.how == How::Typing || answers.list.is_empty(),
        };
        if is_typed {
            screen.question = Some(decision.question(Msg::Decided).refused(self.problem.clone()));
        } else if let Some(problem) = &self.problem {
            screen.prose.insert(0, Block::Text(problem.clone()));
        }
        if !is_typed || answers.typed == Typed::Beside {
            offer(&mut screen, decision, &answers);
        }
        screen.choices.push(Choice::back("Back to the list", Msg::Back));
        screen
    }

    /// What the tenant has under the name that was answered last.
    pub(super) fn looked_up(&self, desk: &Desk) -> Option<Block> {
        let field = self.answered?;
        let seen = decisions::seen(desk.plan(), desk.facts(), field)?;
        let decision = decisions::of(desk.plan()).into_iter().find(|decision| decision.field == field)?;
        Some(Block::Text(format!("{} is {}: {seen}.", decision.name, decision.value)))
    }
}

/// The answers that can be chosen; Enter takes the present one.
fn offer(screen: &mut Screen<Msg>, decision: &Decision, answers: &Answers) {
    let present = |answer: &Answer| answer.text.eq_ignore_ascii_case(&decision.value);
    let keys = ('1'..='9').chain(std::iter::repeat(Choice::<Msg>::LISTED));
    for (key, answer) in keys.zip(&answers.list) {
        let mut words = answer.meaning.clone();
        if present(answer) {
            screen.suggested = Some(key);
            words =
                if words.is_empty() { "as it is now".to_owned() } else { format!("as it is now; {words}") };
        }
        let choice = Choice::safe(key, answer.label.clone(), Msg::Chosen(answer.text.clone()));
        screen.choices.push(choice.explained(words));
    }
    if answers.typed == Typed::Behind {
        screen.choices.push(Choice::safe('o', "Something else: type it", Msg::TypeIt));
    }
}

/// What the guide says about a decision: what it recommends, and why.
pub(super) fn about(decision: &Decision) -> Vec<String> {
    let words = guide::planning().decision(decision.guide);
    words.map_or_else(Vec::new, |words| {
        vec![format!("Recommended: {}", words.recommendation), words.why.clone()]
    })
}
