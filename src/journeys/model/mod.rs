//! The model: everything the program knows at one moment, without a secret.

use std::collections::{BTreeSet, VecDeque};

use jiff::{Timestamp, civil::Date};

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::repair::Repairing;
use crate::domain::connection::sign_in::Demand;
use crate::domain::facts::policy::Policy;
use crate::domain::facts::{Area, Facts};
use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKey};
use crate::guide::Topic;
pub use crate::journeys::parked::{Parked, SigningIn};

mod calibrating;
mod held;
mod pages;
mod repair;
mod slip;
mod tasks;

pub use calibrating::{Calibrating, CalibratingState};
pub use held::{Errand, Gate, HandOver, Naming, Place};
pub use pages::{Open, Pages};
pub use repair::RepairStage;
pub use slip::{ByFile, Maker, Moment, People, SlipWork, SlipWorkState};
pub use tasks::{Attesting, Registering, RegisteringState, Testing, TestingState, Way};

/// Everything the program knows.
#[derive(Debug, Clone)]
pub struct Model {
    /// What does not change in a run.
    pub session: Session,
    /// The decisions.
    pub plan: Plan,
    /// What was read from the tenant.
    pub facts: Facts,
    /// What the record remembers.
    pub evidence: Evidence,
    /// Where we are.
    pub stage: Stage,
    /// The step on the screen, 1 to 9.
    pub step: u8,
    /// A reading under way, over whatever stage there is.
    pub reading: Option<Looking>,
    /// A trouble to show first; gone with the next choice.
    pub trouble: Option<Trouble>,
    /// A word about what was just done; gone with the next choice.
    pub said: Option<String>,
    /// Steps that were on the screen in this run: each is shown once, even when nothing is left to do in it.
    pub seen: BTreeSet<u8>,
    /// Questions and writes that were put in this run, so that the suggestion does not repeat them.
    pub put: BTreeSet<String>,
    /// Lines that are on their way into the record and decide what the next screen says.
    pub unrecorded: usize,
    /// A change that waits for its account to leave a restricted unit.
    pub errand: Option<Errand>,
    /// The repair under way.
    pub repair: Option<Repairing>,
    /// What the checks saw at the end of each repair of this run.
    pub repaired: Vec<Finding>,
    /// Whether the first write still waits for the tenant's name.
    pub gate: Gate,
    /// The last person who vouched for something, as the next preset.
    pub person: String,
    /// The last person who tested a sign-in, as the next preset.
    pub tester: String,
    /// The sign-in that was last carried out.
    pub answered: Option<Demand>,
}

/// What does not change in a run, the time apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// REHEARSAL, LIVE.
    pub mark: String,
    /// The journey that the record says this run began with.
    pub journey: String,
    /// The tenant as it was named on the command line.
    pub tenant: String,
    /// Whether the tenant may still be chosen.
    pub choice: TenantChoice,
    /// Whether anything may be written.
    pub writing: Writing,
    /// Whether the plan came from a file or the record.
    pub plan_origin: PlanOrigin,
    /// Where a person registers a key.
    pub security_info: String,
    /// The Azure portal.
    pub portal: String,
    /// The Entra admin center.
    pub entra: String,
    /// The folder of the record.
    pub record: String,
    /// The file that every request is told to, where that was wanted.
    pub requests: Option<String>,
    /// How this cloud's time runs: 1 is real time, 0.02 is fifty times faster.
    pub time_scale: f64,
    /// Today.
    pub today: Date,
    /// The time of the last message that told it.
    pub now: Timestamp,
}

impl Session {
    /// Whether `minutes` of this cloud's time have passed since `since`.
    pub(super) fn is_over(&self, since: Timestamp, minutes: u32) -> bool {
        let passed = self.now.duration_since(since).as_secs_f64();
        passed > f64::from(minutes) * 60.0 * self.time_scale
    }
}

/// Whether the tenant may still be chosen on the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenantChoice {
    /// The command line has named neither tenant nor cloud nor record.
    Open,
    /// It was chosen.
    Made,
}

/// Whether anything may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// After consent.
    Allowed,
    /// Not in this run.
    DryRun,
}

/// Where the plan came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanOrigin {
    /// Presets, to be looked through.
    Preset,
    /// A file or the record.
    Given,
}

/// Where we are.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The home screen.
    Home,
    /// Which real tenant to work on; what was wrong with the last answer.
    OtherTenant {
        /// In words.
        problem: Option<String>,
    },
    /// A page of the guide.
    Guide(Topic),
    /// Signing the operator in.
    SigningIn(Box<SigningIn>),
    /// What the first look showed.
    Looked,
    /// The plan and its decisions.
    Planning(Planning),
    /// A dry run's result.
    Projected,
    /// A repair, beside the overview of its case.
    Repair(RepairStage),
    /// A step's overview, or that of a repair.
    Overview,
    /// A step's portal instructions.
    ByHand,
    /// What would be written.
    Consent(Consent),
    /// Writing.
    Working(Working),
    /// Someone vouches for something.
    Attesting(Attesting),
    /// A key is being registered.
    Registering(Registering),
    /// A slip is being made.
    Slip(SlipWork),
    /// A sign-in is being tested.
    Testing(Testing),
    /// Waiting for the recipients of alerts.
    AwaitingRecipients(Timestamp),
    /// The tenant's name is awaited before the first write.
    Naming(Naming),
    /// The step goes to another team as a page.
    HandOver(HandOver),
    /// Everything that is asked of a person on the screen behind, as a list.
    Tasks(Box<Stage>),
    /// Pages are looked at.
    Pages(Pages),
    /// A printer is tried.
    Calibrating(Calibrating),
    /// The end of the setup.
    Summary,
    /// The record cannot be written.
    Stuck(Trouble),
    /// Whether to leave.
    Leaving(Box<Stage>),
    /// Gone.
    Over,
}

/// The plan on the screen: the list, or one decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planning {
    /// The decision being changed.
    pub editing: Option<usize>,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// A consent list.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The writes, projected to the end of the step.
    pub actions: Vec<Action>,
    /// Keys of those that were unticked.
    pub unticked: BTreeSet<ActionKey>,
    /// Indexes of those whose HTTP call is shown.
    pub shown: BTreeSet<usize>,
}

/// Writing what was consented to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Working {
    /// Keys of the writes that were consented to and not yet tried.
    pub consented: BTreeSet<ActionKey>,
    /// Writes that can be made now.
    pub queue: VecDeque<Action>,
    /// The write on its way.
    pub doing: Option<Action>,
    /// How many were made.
    pub done: usize,
    /// How many there were at consent.
    pub total: usize,
    /// When it began.
    pub began: Option<Timestamp>,
    /// Areas to read again.
    pub stale: BTreeSet<Area>,
    /// Policies as they should be now, to be compared whole.
    pub changed: Vec<Policy>,
    /// Whether a comparison has found a difference once already.
    pub second_look: SecondLook,
    /// Whether the first change, the canary, has been compared.
    pub canary: Canary,
}

/// Whether a comparison found a difference that may be a stale read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SecondLook {
    /// No.
    #[default]
    NotNeeded,
    /// Yes; the next difference stops the run.
    Taken,
}

/// The first policy changed in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Canary {
    /// Not compared yet: every further change waits.
    #[default]
    Waiting,
    /// Compared and as expected.
    Sings,
}

/// A reading under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    /// What is still to come, the present one first; the last one stays until the reading is over.
    pub left: VecDeque<Area>,
    /// How many there were.
    pub total: usize,
    /// What happens afterwards.
    pub then: Then,
}

/// What happens after a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The first look is over.
    Looked,
    /// The plan stands and its accounts were looked for.
    Planned,
    /// The overview is up to date.
    Overview,
    /// The next writes are derived.
    Derive,
    /// Changed policies are compared.
    Compare,
    /// The account was read after its password was set.
    PasswordSet,
    /// Everything was looked at for the end.
    Conclude,
    /// What a repair looks at was read.
    Repair,
}

impl Model {
    /// A model at the home screen.
    pub fn new(session: Session, plan: Plan, evidence: Evidence) -> Self {
        Self {
            errand: None,
            repair: None,
            repaired: Vec::new(),
            gate: if session.mark == "LIVE" { Gate::AwaitsName } else { Gate::Open },
            session,
            plan,
            facts: Facts::default(),
            evidence,
            stage: Stage::Home,
            step: 1,
            reading: None,
            trouble: None,
            said: None,
            seen: BTreeSet::new(),
            put: BTreeSet::new(),
            unrecorded: 0,
            person: String::new(),
            tester: String::new(),
            answered: None,
        }
    }

    /// What a step looks at.
    pub fn case(&self) -> Case<'_> {
        Case { plan: &self.plan, facts: &self.facts, evidence: &self.evidence, today: self.session.today }
    }

    /// The object id of the account in `slot`, empty when it does not exist.
    pub fn account_id(&self, slot: Slot) -> String {
        self.facts.account(slot).map(|a| a.id.clone()).unwrap_or_default()
    }

    /// The user principal name of the account in `slot`.
    pub fn upn(&self, slot: Slot) -> String {
        self.case().upn(slot)
    }
}
