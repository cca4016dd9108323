//! Messages and effects: everything that can happen to the program, and everything it can ask the world to do.
//!
//! Both are plain data and hold no secret.

use std::time::Duration;

use jiff::{Timestamp, civil::Date};

use crate::domain::connection::sign_in::{Audience, Demand, Prompt};
use crate::domain::facts::policy::Policy;
use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, AreaFacts, Facts};
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::{Content, Destination, Job, JobState, Printout};
use crate::domain::plan::{Plan, Route};
use crate::domain::record::{Entry, Slip};
use crate::domain::secret::pin::Weighed;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{SecretId, SecretKind};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::guide::Topic;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Msg {
    // ---- chosen by a person (or by the plan, unattended)
    /// Begin the setup.
    BeginSetup,
    /// Work on a real tenant.
    OtherTenant,
    /// Work without a connection.
    WithoutConnection,
    /// Repair something about one account, or rotate its password.
    BeginRepair,
    /// Read the guide.
    OpenGuide(Topic),
    /// Go back one screen.
    Back,
    /// Ask to leave.
    Quit,
    /// Leave.
    Leave,
    /// Go on from a page that was only read.
    Continue,
    /// The plan stands as shown.
    AcceptPlan,
    /// Change one decision of the plan.
    EditDecision(usize),
    /// The text typed into the question of the screen.
    Answer(String),
    /// Go to the step with this number.
    GoTo(u8),
    /// Go to the next step, leaving this one as it is.
    NextStep,
    /// Look at what would be written.
    DoForMe,
    /// Show the portal instructions.
    ShowHow,
    /// Read again.
    CheckAgain,
    /// Untick or tick one line of the consent list.
    Toggle(usize),
    /// Show the HTTP call of one line.
    ShowCall(usize),
    /// Show the HTTP calls of every ticked write, or hide them.
    ShowCalls,
    /// Consent to everything that is ticked.
    Consent,
    /// Begin one of the step's questions or tasks.
    Begin(usize),
    /// Show the step as a page for another team.
    HandOver,
    /// Vouch for everything on the screen that can be vouched for, at once.
    VouchForAll,
    /// List everything that is asked of a person here.
    ShowTasks,
    /// Vouch as the plan says it.
    Vouch { person: String, date: Date, note: String },
    /// Yes, it is so; the record takes it.
    Vouched,
    /// Leave a question open.
    Skip,
    /// Choose another route to paper.
    OtherRoute,
    /// Look for printers.
    FindPrinters,
    /// Use one of the printers that were found.
    UsePrinter(usize),
    /// Somebody stands at the printer: release the job.
    ReleaseJob,
    /// Choose the route to paper.
    ChooseRoute(Route),
    /// Look at the pages, secrets masked.
    LookAtPages,
    /// Look at one page of the list.
    OpenPage(usize),
    /// Print the calibration page, by the route of the slip that is announced.
    Calibrate,
    /// Put the QR code of the secret onto the slip that is announced, or leave it off.
    ToggleCode,
    /// Open the address in the browser.
    OpenAddress,
    /// The browser runs on another computer: show the whole address, and take the last one back.
    Elsewhere,
    /// A secret was typed into [`Question::Secret`](crate::journeys::screen::Question::Secret); the face has given it
    /// to the vault.
    Entered(SecretId),
    /// A sign-in test made by hand, and whether it went well.
    TestedByHand { passed: bool },
    /// Do it over: a new print or a new secret.
    StartOver,
    /// Show the slip once more.
    ShowAgain,
    /// Read the written file back instead of typing.
    ReadFileBack,
    /// The person chooses the PIN.
    ChoosePin,
    /// The program proposes the PIN after all.
    ProposePin,
    // ---- answers of the world
    /// What the person has to see to sign in.
    SignInAt(Prompt),
    /// What was typed is no use; it is forgotten.
    NotTaken(Trouble),
    /// Something cannot go on before somebody signs in.
    SignInNeeded(Box<Needed>),
    /// The operator signed in, or not.
    SignedIn(Result<(), Trouble>),
    /// One area was read.
    Read(Box<AreaFacts>),
    /// All areas of a reading were read.
    ReadDone,
    /// A write was answered.
    Did(Box<Done>),
    /// An entry stands in the record.
    Recorded(Timestamp, Box<Entry>),
    /// The record could not be written; nothing further may be changed.
    RecordFailed(Trouble),
    /// A secret was made.
    Made(Result<SecretId, Trouble>),
    /// A secret was taken apart into halves; the whole is forgotten.
    Split(Result<(SecretId, SecretId), Trouble>),
    /// A chosen PIN was looked at.
    Weighed(Weighed),
    /// A chosen PIN was typed twice: whether both were the same.
    Compared(bool),
    /// A slip went on its way.
    Printed(Result<Printout, Trouble>),
    /// A page to be looked at, line by line, its secret masked.
    PageSet(Vec<String>),
    /// A job at a printer was looked at.
    JobSeen(JobState),
    /// A printer refused to release a job.
    PrinterSaid(Trouble),
    /// Printers were looked for: name and address of each.
    PrintersFound(Result<Vec<(String, String)>, Trouble>),
    /// One line was typed back.
    LineChecked { line: usize, judged: Judged },
    /// The pages without secrets were written.
    Documented(Result<Vec<String>, Trouble>),
    /// A sign-in test ended.
    Tested(Result<TestSeen, Trouble>),
    /// Time passed while something is awaited; the time is for display and deadlines.
    Tick(Timestamp),
}

/// A sign-in that is needed, and what for.
#[derive(Debug, Clone, PartialEq)]
pub struct Needed {
    /// What the sign-in must bring.
    pub demand: Demand,
    /// What waits for it.
    pub by: NeededBy,
}

/// What waits for a sign-in.
#[derive(Debug, Clone, PartialEq)]
pub enum NeededBy {
    /// The reading under way.
    Reading,
    /// The watch over an area.
    Watching(Area),
    /// A write.
    Write(Box<Action>),
}

/// What a typed secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The address that a browser on another computer ended at.
    Address,
    /// An app's client secret.
    ClientSecret,
}

/// How one write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The write.
    pub action: Action,
    /// Its end.
    pub result: Result<Answer, Trouble>,
}

/// What a successful write brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// A secret the server made (a Temporary Access Pass), now in the vault.
    pub secret: Option<SecretId>,
    /// For a policy: the whole of it, read just before the change, without groups that are gone.
    pub before: Option<Policy>,
}

/// What a sign-in test saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestSeen {
    /// Whether the token shows Global Administrator.
    pub administrator: bool,
    /// Seconds from start to token.
    pub seconds: u64,
    /// When it ended.
    pub at: Timestamp,
}

/// Something the world is asked to do.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Effect {
    /// Sign the operator in.
    SignIn(Demand),
    /// Go on without a sign-in for this service.
    Decline(Audience),
    /// Use a secret that was typed, and forget it.
    TakeTyped { secret: SecretId, typed: Typed, audience: Audience },
    /// Read these areas, after a pause when a second look is wanted.
    Read { areas: Vec<Area>, query: Query, known: Box<Facts>, pause: Duration },
    /// Read one area again and again until [`Effect::StopWatching`].
    Watch { area: Area, query: Query, known: Box<Facts>, every: Duration },
    /// End the watch.
    StopWatching,
    /// Carry out one write, with its intention and its receipt in the record.
    Do(Action),
    /// Append to the record.
    Remember(Entry),
    /// Save the plan.
    SavePlan(Box<Plan>),
    /// Open an address for a person.
    Open(String),
    /// Make a secret.
    Make(SecretKind),
    /// Forget a secret.
    Forget(SecretId),
    /// Take a secret apart into two halves and forget the whole.
    Split(SecretId),
    /// Look whether a key takes a chosen PIN, and whether everybody would guess it.
    Weigh(SecretId),
    /// Compare two PINs that were typed.
    Compare(SecretId, SecretId),
    /// Send a slip on its way to paper.
    PrintSlip { slip: Slip, content: Content, to: Destination, plan: Box<Plan>, facts: Box<Facts> },
    /// Send a page without secrets on its way.
    PrintPage { page: Page, to: Destination, plan: Box<Plan>, facts: Box<Facts> },
    /// Set a page to be looked at, its secret masked.
    SetPage { page: Page, plan: Box<Plan>, facts: Box<Facts> },
    /// Look at a job at a printer again and again until it is over or [`Effect::StopWatching`].
    WatchJob(Job),
    /// Release a held job.
    ReleaseJob(Job),
    /// Cancel a job.
    CancelJob(Job),
    /// Ask this computer's print system which printers it knows.
    FindPrinters,
    /// Read a written slip back and check every line.
    ReadBack { secret: SecretId, file: String },
    /// Write the pages without secrets.
    WriteDocuments { plan: Box<Plan>, facts: Box<Facts> },
    /// Write a page for another team to a new file of this name below the record folder.
    HandOver { step: u8, to: String, name: String, page: Vec<String> },
    /// Sign in as the account.
    TestSignIn { slot: Slot, upn: String, id: String },
    /// Put the program together anew around another tenant, named as behind `--tenant`.
    Switch(String),
    /// Leave the program with this exit code.
    Exit(u8),
}
