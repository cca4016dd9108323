//! The first write to a live tenant waits until a person has typed the tenant's name.
//!
//! It stands at the one place through which every effect passes, so no task can forget it. What was about to be sent
//! waits whole; going back drops it, and forgets the secrets in it.

use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};

/// What stands before the first write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Nothing: the consent is enough.
    Open,
    /// In a live tenant a person types its name first.
    AwaitsName,
}

/// The first write to a live tenant, waiting for the tenant's name.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantName<M> {
    /// What was about to happen.
    pub held: Vec<Effect<M>>,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// The name of the tenant.
    Named(String),
    /// Back, nothing is written.
    Back,
}

/// What becomes of the write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It still waits.
    Waits,
    /// It is sent.
    Sent,
    /// It is dropped.
    Dropped,
}

impl Gate {
    /// Whether these effects have to wait.
    pub fn holds<M: 'static>(self, effects: &[Effect<M>]) -> bool {
        self == Self::AwaitsName && effects.iter().any(|effect| effect.as_write().is_some())
    }
}

impl<M> TenantName<M> {
    /// Holds `effects` back.
    pub fn holding(held: Vec<Effect<M>>) -> Self {
        Self { held, problem: None }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &Desk, msg: &Msg) -> Verdict {
        match msg {
            Msg::Named(text) if is_name(desk, text) => Verdict::Sent,
            Msg::Named(text) => {
                let wrong = "That is not the name of this tenant. Nothing was written.";
                self.problem = (!text.trim().is_empty()).then(|| wrong.to_owned());
                Verdict::Waits
            }
            Msg::Back => Verdict::Dropped,
        }
    }

    /// The question.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Before the first write");
        screen.prose.push(Block::Text(
            "This is a live tenant. From here on, what you consent to is written to it. Type the tenant's name, so that \
             it is the one you mean."
                .to_owned(),
        ));
        if let Some(organization) = desk.facts().organization.get() {
            screen.prose.push(Block::Pairs(vec![
                ("Name".to_owned(), organization.name.clone()),
                ("Initial domain".to_owned(), organization.initial_domain.clone()),
                ("Tenant id".to_owned(), organization.id.clone()),
            ]));
        }
        screen.question =
            Some(Question::text("Name of the tenant", Msg::Named).refused(self.problem.clone()));
        screen.choices = vec![Choice::back("Back, write nothing", Msg::Back)];
        screen
    }
}

/// The display name or the initial domain, in any case.
fn is_name(desk: &Desk, text: &str) -> bool {
    let Some(organization) = desk.facts().organization.get() else { return false };
    let typed = text.trim().to_lowercase();
    let names = [&organization.name, &organization.initial_domain];
    !typed.is_empty() && names.iter().any(|name| name.trim().to_lowercase() == typed)
}
