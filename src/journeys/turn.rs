//! Turns: what a task or a journey says after a message. It stays, begins another task, or ends and says how.
//!
//! Nobody names what lies beneath: where an end leads to is the [stack](crate::journeys::stack)'s.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::repair::RepairCase;
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::Destination;
use crate::domain::record::Class;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKey};
use crate::journeys::effect::Effect;
use crate::steps::StepId;
use crate::steps::Subject;

/// What comes of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn<M> {
    /// Where it goes.
    pub go: Go,
    /// What the world is asked to do.
    pub effects: Vec<Effect<M>>,
    /// What is to be heard next, before anything of the world.
    pub next: Option<M>,
}

/// Where a turn goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Go {
    /// Whoever spoke stays.
    Stay,
    /// Another task lies on top until it ends.
    Begin(Start),
    /// Another task takes the place of this one.
    Become(Start),
    /// It is over.
    End(Outcome),
    /// Nothing further may be done in this run.
    Stop(Trouble),
}

/// What is begun.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Start {
    /// The setup.
    Setup,
    /// The setup, at this step once tenant and plan are known.
    SetupAt(StepId),
    /// Repairs, as far as case and account were named.
    Repair { case: Option<RepairCase>, slot: Option<Slot> },
    /// The review.
    Review,
    /// Exercises.
    Tabletop,
    /// The operator signs in; `as_whom` says who may.
    SignIn(Operators),
    /// The sign-in was refused for the trouble on the screen; the person begins it anew.
    SignInAgain(Operators),
    /// Instructions for doing it by hand.
    ByHand(Subject),
    /// Everything that is asked of a person, as a list.
    TaskList(Subject),
    /// What would be written.
    Consent(Subject),
    /// Writing what was consented to.
    Write { subject: Subject, consented: Vec<ActionKey>, restores: Vec<Action> },
    /// A question or a task for a person.
    Ask(Ask),
    /// What nobody has classified yet was this, says a script.
    Classify(Class),
    /// Vouching for several statements at once.
    Vouch(Vec<Attest>),
    /// A write that was made before is shown, to be made again.
    ConsentAgain(Subject, Vec<Action>),
    /// What else can be done at a subject.
    Others(Subject),
    /// One thing of a subject again.
    Again(Subject, usize),
    /// Findings are accepted by name: those of one subject, or all of a setup.
    Accept(Option<Subject>),
    /// A step goes to another team as a page.
    HandOver(StepId),
    /// Pages are looked at.
    Pages(Vec<Page>),
    /// A printer is tried.
    Calibrate(Destination),
}

/// Who may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operators {
    /// An administrator, no emergency access account.
    Administrators,
    /// The other emergency access account too, where nobody else gets in.
    OrTheOtherAccount,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is done, or was left; what lies beneath goes on as it is.
    Over,
    /// The operator is signed in.
    SignedIn,
    /// It was given up; what waited for it goes back too.
    GivenUp,
    /// The operator does not get in: a policy may be the reason, and the other account may repair that.
    LockedOut,
    /// The printer is no good: another route to paper is to be chosen.
    OtherRoute,
    /// A policy is not as it should be; it can be put back like this.
    Restore(Action),
    /// Somebody said that this account was misused; the repair of that follows.
    Misuse(Slot),
}

impl<M: 'static> Turn<M> {
    /// Nothing comes of it but what has changed.
    pub fn stay() -> Self {
        Self::to(Go::Stay)
    }

    /// Something is begun on top.
    pub fn begin(start: Start) -> Self {
        Self::to(Go::Begin(start))
    }

    /// Something takes this place.
    pub fn become_(start: Start) -> Self {
        Self::to(Go::Become(start))
    }

    /// It is over.
    pub fn over() -> Self {
        Self::to(Go::End(Outcome::Over))
    }

    /// It ended like this.
    pub fn end(outcome: Outcome) -> Self {
        Self::to(Go::End(outcome))
    }

    fn to(go: Go) -> Self {
        Self { go, effects: Vec::new(), next: None }
    }

    /// This turn with something to do for the world.
    #[must_use]
    pub fn with(mut self, effects: impl IntoIterator<Item = Effect<M>>) -> Self {
        self.effects.extend(effects);
        self
    }

    /// This turn with something that was to be done before its own effects.
    #[must_use]
    pub fn after(mut self, effects: impl IntoIterator<Item = Effect<M>>) -> Self {
        self.effects = effects.into_iter().chain(self.effects).collect();
        self
    }

    /// This turn as one of whoever is above.
    #[must_use]
    pub fn lift<N: 'static>(self, up: fn(M) -> N) -> Turn<N> {
        Turn {
            go: self.go,
            effects: self.effects.into_iter().map(|effect| effect.lift(up)).collect(),
            next: self.next.map(up),
        }
    }
}

impl<M: 'static> From<Effect<M>> for Turn<M> {
    fn from(effect: Effect<M>) -> Self {
        Self::stay().with([effect])
    }
}

impl<M: 'static> From<Vec<Effect<M>>> for Turn<M> {
    fn from(effects: Vec<Effect<M>>) -> Self {
        Self::stay().with(effects)
    }
}
