//! A slip on its way from the vault to paper and back through the keyboard.

use jiff::Timestamp;

use crate::domain::paper::printing::{Job, JobState, Printout};
use crate::domain::plan::{Commands, Qr, Route};
use crate::domain::record::{Half, Slip};
use crate::domain::secret::SecretId;
use crate::domain::secret::pin::Weighed;
use crate::domain::secret::typing_back::Judged;
use crate::domain::trouble::Trouble;
use crate::journeys::effect::{Done, LineChecked};

/// After so many wrong lines a new print or a new secret is offered.
pub(super) const WRONG_LINES: usize = 3;

/// Making a slip.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeSlip {
    /// The slip.
    pub slip: Slip,
    /// The route to paper.
    pub route: Route,
    /// What QR codes the slip has; one with the secret may be left off.
    pub qr: Qr,
    /// The commands of the system that keeps it, where that is its place.
    pub system: Option<Commands>,
    /// Who makes the secret.
    pub maker: Maker,
    /// Whether there was something of its kind before this record began.
    pub before: Before,
    /// For how many people it is made.
    pub people: People,
    /// The secret, once made; with two people the half that is on its way, once it was taken apart.
    pub secret: Option<SecretId>,
    /// How many characters the whole secret has.
    pub length: usize,
    /// How far it is.
    pub state: State,
    /// How many lines were typed wrong.
    pub wrong: usize,
    /// How the last typed line stood to the one that was asked for.
    pub judged: Option<Judged>,
    /// Whether its page still waits for somebody at the printer.
    pub wait: PageWait,
    /// How it may travel to a printer, as far as that is known.
    pub travel: Travel,
    /// Whether its destination has refused it before there was a secret.
    pub fit: Fit,
    /// Printers that were found: name and address.
    pub found: Vec<(String, String)>,
}

impl MakeSlip {
    /// Which half is on its way; `None` for a slip that one person keeps.
    pub fn half(&self) -> Option<Half> {
        match self.people {
            People::One => None,
            People::Two { half, .. } => Some(half),
        }
    }

    /// How many characters stand on the paper that is on its way.
    pub fn length_now(&self) -> usize {
        self.half().map_or(self.length, |half| half.length(self.length))
    }

    /// Everything about it that is in the vault.
    pub fn secrets(&self) -> Vec<SecretId> {
        let other = match self.people {
            People::One => None,
            People::Two { other, .. } => other,
        };
        self.secret.into_iter().chain(other).collect()
    }
}

/// Whether a page waits at its printer for somebody to release it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageWait {
    /// As the plan says.
    #[default]
    AsPlanned,
    /// It was released here.
    Released,
    /// The printer cannot: somebody stands there when it is sent.
    NotPossible,
}

/// How a slip travels to its printer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Travel {
    /// Encrypted, as far as it was tried.
    #[default]
    Encrypted,
    /// The printer takes it in clear only, and it was not sent.
    OnlyInClear,
}

/// Whether the destination of a slip has refused it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fit {
    /// Not as far as it was tried.
    #[default]
    NotRefused,
    /// It has: another route is to be chosen, or what stands in the way is mended.
    Refused,
}

/// Who makes the secret on a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// This program.
    Program,
    /// A person, who writes a PIN of their own onto a blank slip.
    Person,
}

/// Whether there was something before this record began, whose paper the slip takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// No: all paper of it comes from this record.
    Nothing,
    /// An account that is adopted; its password ends with the slip.
    Password,
    /// A key that was registered already; it has a PIN, which stays.
    Pin,
}

/// For how many people a slip is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// One, who sees the whole secret.
    One,
    /// Two, one after the other, neither of whom sees the whole.
    Two {
        /// The half that is on its way.
        half: Half,
        /// The half that is still to come, once the secret was taken apart.
        other: Option<SecretId>,
    },
}

/// How far the making of a slip is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum State {
    /// What will happen is shown.
    Announced,
    /// Whether its destination would take it is being tried.
    Probing,
    /// The secret is being made.
    Making,
    /// The password is being set in the tenant; its time of change was this before.
    Setting { before: Option<Timestamp> },
    /// The account is read again until the time of its password moves; this many looks so far.
    Reading { before: Option<Timestamp>, looks: u8 },
    /// It is being put into the system that keeps it.
    Storing,
    /// It is being read back from there.
    Fetching,
    /// It did not get there, or did not come back.
    NotStored,
    /// The secret is being taken apart for two people.
    Splitting,
    /// Whoever takes this half comes, the other one leaves. Nothing secret is on the screen.
    ComingIn,
    /// The half was typed back. Who takes it is asked, then the seal of its envelope.
    TakingHalf { custodian: Option<String>, problem: Option<String> },
    /// A person writes a PIN of their own onto a blank slip.
    Writing,
    /// The chosen PIN is typed from the paper, for the first time or once more.
    TypingPin { problem: Option<String> },
    /// It is being looked at.
    Weighing,
    /// It is easily guessed; the person decides.
    Doubting,
    /// It was typed once more and is being compared with this.
    Comparing(SecretId),
    /// It is being copied by hand.
    Copying,
    /// The route to paper is being chosen.
    Choosing(Moment),
    /// The printer or device of a route is being named.
    Naming { route: Route, moment: Moment },
    /// Somebody goes to the printer before the page is sent.
    AtPrinter,
    /// It is on its way.
    Printing,
    /// It is a job at a printer.
    AtWork { job: Job, seen: JobState },
    /// It was printed; somebody takes the page.
    Taking,
    /// It stands in this file; print it and type it back.
    Printed(String),
    /// This line is typed back next.
    TypingBack { line: usize, file: Option<String>, checked_by_file: ByFile },
    /// Sessions are being revoked.
    Revoking,
    /// Whether it is given up is asked; it was there.
    Stopping(Box<State>),
    /// Whether a new secret takes its place is asked; it was there.
    Anew(Box<State>),
}

/// What happens while a slip is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Make it now; for a PIN of one's own, go on with a blank slip.
    Make,
    /// The person chooses the PIN.
    ChoosePin,
    /// The program proposes the PIN after all.
    ProposePin,
    /// Put the QR code of the secret onto it, or leave it off.
    ToggleCode,
    /// Look at the page, its secret masked.
    LookAtPages,
    /// Print the calibration page by its route.
    Calibrate,
    /// Choose another route to paper.
    OtherRoute,
    /// Choose this route.
    ChooseRoute(Route),
    /// Look for printers.
    FindPrinters,
    /// They were looked for: name and address of each.
    PrintersFound(Result<Vec<(String, String)>, Trouble>),
    /// Use one of them.
    UsePrinter(usize),
    /// Go on: it is on paper, in the hand, somebody stands there.
    Continue,
    /// The text typed into the question of the screen.
    Answer(String),
    /// A PIN was typed; it is in the vault.
    Entered(SecretId),
    /// The printer takes it in clear only: send it like that.
    SendInClear,
    /// Read the written file back instead of typing.
    ReadFileBack,
    /// Show it, or print it, once more.
    ShowAgain,
    /// A new secret, which is asked once more.
    StartOver,
    /// Somebody stands at the printer: release the job.
    ReleaseJob,
    /// Back, or give up, which is asked once more.
    Back,
    /// Give it up, knowing what that costs.
    StopForGood,
    /// Nobody makes it now.
    Skip,
    /// Its destination would take it, or not.
    Probed(Result<(), Trouble>),
    /// The secret was made.
    Made(Result<SecretId, Trouble>),
    /// The password was set, or not.
    Set(Box<Done>),
    /// The account was read after its password was set.
    PasswordRead,
    /// The secret was taken apart into halves; the whole is forgotten.
    Split(Result<(SecretId, SecretId), Trouble>),
    /// A chosen PIN was looked at.
    Weighed(Weighed),
    /// A chosen PIN was typed twice: whether both were the same.
    Compared(bool),
    /// A command of its system has ended, well or not.
    Ran(Result<(), Trouble>),
    /// It went on its way, or not.
    Printed(Result<Printout, Trouble>),
    /// Its job was looked at.
    JobSeen(JobState),
    /// The printer refused to release it.
    NotReleased(Trouble),
    /// The printer refused to cancel it, or did not answer.
    NotCanceled(Trouble),
    /// Nobody has finished with it in time, and its secret is forgotten.
    Expired,
    /// One line was typed or read back.
    Checked(LineChecked),
    /// Sessions were revoked, or not.
    Revoked(Box<Done>),
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(
            self,
            Self::PrintersFound(_)
                | Self::Probed(_)
                | Self::Made(_)
                | Self::Set(_)
                | Self::PasswordRead
                | Self::Split(_)
                | Self::Weighed(_)
                | Self::Compared(_)
                | Self::Ran(_)
                | Self::Printed(_)
                | Self::JobSeen(_)
                | Self::NotReleased(_)
                | Self::NotCanceled(_)
                | Self::Expired
                | Self::Revoked(_)
        )
    }
}

/// When a route is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before there is a secret.
    Announced,
    /// When it is made already.
    Made,
}

/// Who checks the slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByFile {
    /// A person types it back.
    No,
    /// The written file is read back.
    Yes,
}
