//! The model: everything the program knows at one moment, without a secret.

use crate::domain::connection::sign_in::Demand;
use crate::domain::mark::Mark;
use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::guards::restricted_unit::Detour;
use crate::journeys::guards::tenant_name::Gate;
use crate::journeys::home::Home;
use crate::journeys::message::Msg;
use crate::journeys::review::Review;
use crate::journeys::session::Session;
use crate::journeys::setup::Setup;
use crate::journeys::stack::Layer;
use crate::journeys::tabletop::Tabletop;
use crate::journeys::world::World;
use jiff::civil::Date;

/// Everything the program knows.
#[derive(Debug, Clone)]
pub struct Model {
    /// What every journey and task works on.
    pub desk: Desk,
    /// The journey, and what was begun from it; never empty.
    pub stack: Vec<Layer>,
    /// Whether a person is there.
    pub presence: Presence,
    /// What stands around every effect.
    pub guards: Guards,
    /// The sign-in that was last carried out.
    pub answered: Option<Demand>,
}

/// Whether a person is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// At work.
    Here,
    /// It is asked whether to leave; the world goes on behind the question.
    Asked,
    /// The record cannot be written, or is another tenant's: nothing further may be done.
    Stopped(Trouble),
    /// Gone.
    Gone,
}

/// What stands around every effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Guards {
    /// Whether the first write still waits for the tenant's name.
    pub gate: Gate,
    /// A change whose account is on its way out of a restricted unit.
    pub detour: Option<Detour<Msg>>,
}

impl Model {
    /// A model at the first screen.
    pub fn new(session: Session, plan: Plan, evidence: Evidence, today: Date) -> Self {
        let gate = if session.mark == Mark::Live { Gate::AwaitsName } else { Gate::Open };
        Self {
            desk: Desk::new(session, World::new(plan, evidence, today)),
            stack: vec![Layer::Home(Home::First)],
            presence: Presence::Here,
            guards: Guards { gate, detour: None },
            answered: None,
        }
    }

    /// What is on the screen.
    pub fn top(&self) -> &Layer {
        self.stack.last().unwrap_or(&FIRST)
    }

    /// The setup under way, if one is.
    pub fn setup(&self) -> Option<&Setup> {
        self.stack.iter().rev().find_map(|layer| match layer {
            Layer::Setup(setup) => Some(setup),
            _ => None,
        })
    }

    /// The exercise under way, if one is.
    pub fn tabletop(&self) -> Option<&Tabletop> {
        self.stack.iter().rev().find_map(|layer| match layer {
            Layer::Tabletop(tabletop) => Some(&**tabletop),
            _ => None,
        })
    }

    /// The review under way, if one is.
    pub fn review(&self) -> Option<&Review> {
        self.stack.iter().rev().find_map(|layer| match layer {
            Layer::Review(review) => Some(review),
            _ => None,
        })
    }
}

static FIRST: Layer = Layer::Home(Home::First);
