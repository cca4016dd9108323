//! Effects: everything the program can ask the world to do, sorted by who does it.
//!
//! Plain data without a secret. Each that is answered carries its [`Reply`]; `M` is the message of whoever asks, and
//! [`Effect::lift`] makes it one of the whole program.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::connection::sign_in::{Audience, Demand, Prompt, Who};
use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::facts::policy::Policy;
use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, Facts};
use crate::domain::paper::printing::{Job, JobState};
use crate::domain::plan::{PaperSize, Plan};
use crate::domain::record::{AdministrativeRead, Entry, LeftFile, TestedWith};
use crate::domain::secret::pin::Weighed;
use crate::domain::secret::{SecretId, SecretKind};
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;
use crate::journeys::breaking::Break;
use crate::journeys::observing::Observe;
pub use crate::journeys::paper_effect::{LineChecked, Paper, PaperEffect};
use crate::journeys::reply::Reply;
use crate::journeys::report::exercise;

/// Something the world is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect<M> {
    /// Of the tenant, in order.
    Tenant(TenantEffect<M>),
    /// Waiting for a person or a service, until it is over or [`Effect::StopWaiting`]. There is one waiting at a time.
    Wait(Wait<M>),
    /// Give up what is waited for.
    StopWaiting,
    /// Open an address for a person; why nothing could be started comes back, and nothing where something was.
    Open(String, Reply<Trouble, M>),
    /// Give the address that a browser on another computer ended at to the sign-in that waits, and forget it.
    TakeAddress(SecretId, Reply<Trouble, M>),
    /// Of the record, in order with what the tenant is asked.
    Record(RecordEffect),
    /// Of the vault, at once.
    Vault(VaultEffect<M>),
    /// Of paper and printers, in an order of their own: a printer that hangs holds up nothing else.
    Paper(PaperEffect<M>),
    /// Of the control port of an exercise's tenant, beside everything else: it also mends what hangs.
    Break(Break<M>),
    /// Look at the tenant of an exercise.
    Observe(Observe<M>),
    /// Of the program itself.
    Program(ProgramEffect),
}

/// What the tenant is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum TenantEffect<M> {
    /// Read areas.
    Read(Read<M>),
    /// Carry out one write, with its intention and its receipt in the record.
    Write(Write<M>),
    /// Go on without a sign-in for this service.
    Decline(Audience),
    /// A person has seen who signed in, and says that this is right.
    Confirm,
}

/// A reading of areas, after a pause when a second look is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<M> {
    /// What is read, in this order.
    pub areas: Vec<Area>,
    /// What is looked for.
    pub query: Query,
    /// What is known already.
    pub known: Arc<Facts>,
    /// How long is waited before, in the cloud's time.
    pub pause: Duration,
    /// What is said when everything was read.
    pub then: Option<M>,
}

/// One write.
#[derive(Debug, Clone, PartialEq)]
pub struct Write<M> {
    /// The write.
    pub action: Action,
    /// Who hears how it ended.
    pub tell: Reply<Done, M>,
    /// What is said instead of sending it again, once a sign-in that was missing has been made.
    pub renewed: Option<M>,
}

/// How one write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The write.
    pub action: Action,
    /// Its end.
    pub result: Result<Brought, Trouble>,
    /// What becomes of the others of its list, where it was not made.
    pub others: Others,
}

/// What a successful write brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Brought {
    /// A secret the server made (a Temporary Access Pass), now in the vault.
    pub secret: Option<SecretId>,
    /// The id of what was made, where the answer had one.
    pub id: Option<String>,
    /// For a policy: the whole of it, read just before the change.
    pub before: Option<Policy>,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Wait<M> {
    /// Sign the operator in.
    SignIn { demand: Demand, tell: SignInReplies<M> },
    /// Sign an app in with the client secret that was typed, and forget that.
    ClientSecret { secret: SecretId, audience: Audience, tell: SignInReplies<M> },
    /// Sign in as an account.
    TestSignIn { upn: String, id: String, tell: TestReplies<M> },
    /// Read one area again and again; `then` is said after each reading.
    Watch(Watch<M>),
    /// Look at a job at a printer again and again until it is over.
    Job { job: Job, tell: Reply<JobState, M> },
}

/// One area that is read again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch<M> {
    /// Which.
    pub area: Area,
    /// What is looked for.
    pub query: Query,
    /// What is known already.
    pub known: Arc<Facts>,
    /// How often, in the cloud's time.
    pub every: Duration,
    /// What is said after each reading.
    pub then: M,
}

/// Who hears what about a sign-in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignInReplies<M> {
    /// What the person has to see.
    pub prompt: Reply<Prompt, M>,
    /// Who signed in, where a person has to confirm that before anything is done as that one.
    pub seen: Reply<Who, M>,
    /// Signed in, or not.
    pub ended: Reply<Result<(), Trouble>, M>,
}

/// Who hears what about a sign-in test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestReplies<M> {
    /// What the person has to see.
    pub prompt: Reply<Prompt, M>,
    /// How it ended.
    pub ended: Reply<Result<TestSeen, Trouble>, M>,
}

/// What a sign-in test saw.
#[derive(Debug, Clone, PartialEq)]
pub struct TestSeen {
    /// Whether the token shows Global Administrator.
    pub administrator: bool,
    /// What came of administrative reads as the account.
    pub read: AdministrativeRead,
    /// What came of its sign-in to Azure.
    pub azure: AdministrativeRead,
    /// What it used, as far as its own token tells.
    pub with: Box<TestedWith>,
    /// Seconds from start to token.
    pub seconds: u64,
    /// When it ended.
    pub at: Timestamp,
}

/// What goes into the record folder.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum RecordEffect {
    /// Append to the record.
    Remember(Entry),
    /// Append to the record of the organization that holds an exercise; the exercise itself has a record of its own.
    AtHome(Box<Entry>),
    /// Write the report of the exercise.
    WriteReport(Box<exercise::Report>, PaperSize),
    /// Write the papers of an exercise that is to begin.
    WritePapers(Handout),
    /// Save the plan.
    SavePlan(Arc<Plan>),
    /// Keep the answers so far, of which no plan stands yet.
    KeepAnswers(Arc<Plan>),
    /// A plan stands with them now.
    ForgetAnswers,
    /// Write the pages without secrets.
    WriteDocuments { plan: Arc<Plan>, facts: Arc<Facts> },
    /// Overwrite and remove files of slips.
    Destroy(Vec<LeftFile>),
    /// Write a page for another team to a new file of this name.
    HandOver { step: u8, to: String, name: String, page: Vec<String> },
}

/// What the papers of an exercise are made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Handout {
    /// The exercise's own name.
    pub exercise: String,
    /// The scenario, its texts filled.
    pub scenario: Arc<Scenario>,
    /// The tenant that is played, for people.
    pub tenant: String,
    /// The day.
    pub date: Date,
    /// The size of the paper.
    pub size: PaperSize,
}

/// What the vault is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum VaultEffect<M> {
    /// Make a secret.
    Make(SecretKind, Reply<Result<SecretId, Trouble>, M>),
    /// Forget a secret.
    Forget(SecretId),
    /// Forget a secret, and what it is taken apart into, when so much time has passed, by the clock on the wall: memory
    /// knows no time scale. Told only where there was something left to forget.
    ForgetAfter(SecretId, Duration, Reply<(), M>),
    /// Take a secret apart into two halves and forget the whole.
    Split(SecretId, Reply<Result<(SecretId, SecretId), Trouble>, M>),
    /// Look whether a key takes a chosen PIN, and whether everybody would guess it.
    Weigh(SecretId, Reply<Weighed, M>),
    /// Compare two PINs that were typed.
    Compare(SecretId, SecretId, Reply<bool, M>),
}

/// What the program itself does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramEffect {
    /// Put the program together anew around another tenant, named as behind `--tenant`.
    Switch(String),
    /// Put it together anew around the exercise of this scenario, for a team or for one person.
    Exercise(String, Players),
    /// Put it together anew around the organization whose exercise this was.
    Home,
    /// Leave with this exit code.
    Exit(u8),
}

impl<M: 'static> Effect<M> {
    /// One write; `tell` makes the message of its end.
    pub fn write(action: Action, tell: fn(Done) -> M) -> Self {
        Self::Tenant(TenantEffect::Write(Write { action, tell: Reply::to(tell), renewed: None }))
    }

    /// A line in the record.
    pub fn remember(entry: Entry) -> Self {
        Self::Record(RecordEffect::Remember(entry))
    }

    /// A secret is forgotten.
    pub fn forget(secret: SecretId) -> Self {
        Self::Vault(VaultEffect::Forget(secret))
    }

    /// The write behind it, when it is one.
    pub fn as_write(&self) -> Option<&Write<M>> {
        match self {
            Self::Tenant(TenantEffect::Write(write)) => Some(write),
            _ => None,
        }
    }

    /// The entry that it puts into the record, when it does no more than that.
    pub fn as_entry(&self) -> Option<&Entry> {
        match self {
            Self::Record(RecordEffect::Remember(entry)) => Some(entry),
            _ => None,
        }
    }

    /// This effect, answered by messages of whoever is above.
    #[must_use]
    pub fn lift<N: 'static>(self, up: fn(M) -> N) -> Effect<N> {
        match self {
            Self::Tenant(effect) => Effect::Tenant(effect.lift(up)),
            Self::Wait(wait) => Effect::Wait(wait.lift(up)),
            Self::StopWaiting => Effect::StopWaiting,
            Self::Open(address, not_opened) => Effect::Open(address, not_opened.lift(up)),
            Self::TakeAddress(secret, not_taken) => Effect::TakeAddress(secret, not_taken.lift(up)),
            Self::Record(effect) => Effect::Record(effect),
            Self::Vault(effect) => Effect::Vault(effect.lift(up)),
            Self::Paper(effect) => Effect::Paper(effect.lift(up)),
            Self::Break(effect) => Effect::Break(effect.lift(up)),
            Self::Observe(look) => Effect::Observe(look.lift(up)),
            Self::Program(effect) => Effect::Program(effect),
        }
    }
}

impl<M: 'static> TenantEffect<M> {
    fn lift<N: 'static>(self, up: fn(M) -> N) -> TenantEffect<N> {
        match self {
            Self::Read(Read { areas, query, known, pause, then }) => {
                TenantEffect::Read(Read { areas, query, known, pause, then: then.map(up) })
            }
            Self::Write(Write { action, tell, renewed }) => {
                TenantEffect::Write(Write { action, tell: tell.lift(up), renewed: renewed.map(up) })
            }
            Self::Decline(audience) => TenantEffect::Decline(audience),
            Self::Confirm => TenantEffect::Confirm,
        }
    }
}

impl<M: 'static> Wait<M> {
    fn lift<N: 'static>(self, up: fn(M) -> N) -> Wait<N> {
        match self {
            Self::SignIn { demand, tell } => Wait::SignIn { demand, tell: tell.lift(up) },
            Self::ClientSecret { secret, audience, tell } => {
                Wait::ClientSecret { secret, audience, tell: tell.lift(up) }
            }
            Self::TestSignIn { upn, id, tell: TestReplies { prompt, ended } } => {
                let tell = TestReplies { prompt: prompt.lift(up), ended: ended.lift(up) };
                Wait::TestSignIn { upn, id, tell }
            }
            Self::Watch(Watch { area, query, known, every, then }) => {
                Wait::Watch(Watch { area, query, known, every, then: up(then) })
            }
            Self::Job { job, tell } => Wait::Job { job, tell: tell.lift(up) },
        }
    }
}

impl<M: 'static> SignInReplies<M> {
    fn lift<N: 'static>(self, up: fn(M) -> N) -> SignInReplies<N> {
        SignInReplies { prompt: self.prompt.lift(up), seen: self.seen.lift(up), ended: self.ended.lift(up) }
    }
}

impl<M: 'static> VaultEffect<M> {
    fn lift<N: 'static>(self, up: fn(M) -> N) -> VaultEffect<N> {
        match self {
            Self::Make(kind, tell) => VaultEffect::Make(kind, tell.lift(up)),
            Self::Forget(secret) => VaultEffect::Forget(secret),
            Self::ForgetAfter(secret, time, tell) => VaultEffect::ForgetAfter(secret, time, tell.lift(up)),
            Self::Split(whole, tell) => VaultEffect::Split(whole, tell.lift(up)),
            Self::Weigh(pin, tell) => VaultEffect::Weigh(pin, tell.lift(up)),
            Self::Compare(one, other, tell) => VaultEffect::Compare(one, other, tell.lift(up)),
        }
    }
}
