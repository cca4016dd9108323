//! A slip on its way from the vault to paper and back through the keyboard.

use jiff::Timestamp;

use crate::domain::evidence::Slip;
use crate::domain::judged::Judged;
use crate::domain::plan::Route;
use crate::domain::printing::{Job, JobState};
use crate::domain::secret::SecretId;

/// Making a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipWork {
    /// The slip.
    pub slip: Slip,
    /// The route to paper.
    pub route: Route,
    /// The secret, once made.
    pub secret: Option<SecretId>,
    /// How many characters it has.
    pub length: usize,
    /// How far it is.
    pub state: SlipWorkState,
    /// How many lines were typed wrong.
    pub wrong: usize,
    /// How the last typed line stood to the one that was asked for.
    pub judged: Option<Judged>,
    /// Printers that were found: name and address.
    pub found: Vec<(String, String)>,
}

/// How far the making of a slip is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum SlipWorkState {
    /// What will happen is shown.
    Announced,
    /// The secret is being made.
    Making,
    /// The password is being set in the tenant; its time of change was this before.
    Setting { before: Option<Timestamp> },
    /// The account is read again until the time of its password moves; this many looks so far.
    Reading { before: Option<Timestamp>, looks: u8 },
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
