//! Printing as the journey sees it: where a page goes, and how a job at a printer stands. No bytes, no network.

use std::path::Path;

use crate::domain::plan::{Hold, Language, Paper, Route};
use crate::domain::record::Half;
use crate::domain::secret::SecretId;

/// What stands on the page of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Content {
    /// The whole secret.
    Whole(SecretId),
    /// One half, of a secret that has so many characters in all.
    Half { half: Half, secret: SecretId, of: usize },
    /// Boxes, for a PIN of a person's own choice.
    Blank,
}

/// Where a page goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Destination {
    /// A new file of this name, below the record folder unless it is absolute.
    File(String),
    /// The printer that listens at this address (`ipp://`, `ipps://`).
    Printer { address: String, hold: Hold },
    /// The system's `lp` command, with this queue or its own choice.
    Spooler { queue: Option<String>, hold: Hold },
    /// A printer's device file.
    Device { path: String, language: Language },
    /// Standard output.
    Stdout,
}

impl Destination {
    /// Whether a page waits there until somebody releases it.
    pub fn waits(&self) -> bool {
        match self {
            Self::Printer { hold, .. } | Self::Spooler { hold, .. } => *hold == Hold::UntilReleased,
            Self::File(_) | Self::Device { .. } | Self::Stdout => false,
        }
    }

    /// Where the plan's paper goes by `route`, `file` being the name of a file; `None` by hand, and where the plan does
    /// not say which printer or device.
    pub fn of(paper: &Paper, route: Route, file: &str) -> Option<Self> {
        match route {
            Route::ByHand => None,
            Route::File => Some(Self::File(file.to_owned())),
            Route::Printer => {
                paper.printer.clone().map(|address| Self::Printer { address, hold: paper.hold })
            }
            Route::Spooler => Some(Self::Spooler { queue: paper.queue.clone(), hold: paper.hold }),
            Route::Device => paper.device.clone().map(|path| Self::Device { path, language: paper.language }),
            Route::Stdout => Some(Self::Stdout),
        }
    }

    /// Where it goes, in a few words for the record and the screen.
    pub fn words(&self) -> String {
        match self {
            Self::File(_) => "file".to_owned(),
            Self::Printer { address, .. } => format!("printer {address}"),
            Self::Spooler { queue: Some(queue), .. } => format!("lp, queue {queue}"),
            Self::Spooler { queue: None, .. } => "lp, the system's queue".to_owned(),
            Self::Device { path, .. } => format!("device {path}"),
            Self::Stdout => "standard output".to_owned(),
        }
    }

    /// Whether the page is drawn (PDF), with large characters, codes and a ruler; otherwise it is lines of text.
    pub fn is_drawn(&self) -> bool {
        match self {
            Self::File(name) => Path::new(name).extension().is_some_and(|ending| ending == "pdf"),
            Self::Printer { .. } | Self::Spooler { .. } => true,
            Self::Device { .. } | Self::Stdout => false,
        }
    }

    /// What it leaves behind, told before.
    pub fn leaves(&self) -> &'static str {
        match self {
            Self::File(_) => {
                "The file stays on this disk until you destroy it, and its traces may stay longer."
            }
            Self::Printer { .. } => {
                "The page goes straight to the printer, without a file here. A printer with a disk or a job list may \
                 keep it, and an address that is a print server (CUPS) writes it to that server's disk until it is \
                 printed, often for a day: prefer the printer's own address, and empty its job list afterwards."
            }
            Self::Spooler { .. } => {
                "lp hands the page to the print system of this computer, which writes it to its spool folder and may \
                 keep it for a day (CUPS: PreserveJobFiles). Cancel and purge the job afterwards: cancel -x."
            }
            Self::Device { .. } => {
                "The page goes straight to the device, without a file or a spooler. What the printer itself keeps \
                 depends on the printer; a ribbon or a drum can be read, so look at who empties it."
            }
            Self::Stdout => {
                "The page goes to wherever standard output leads. What the program there keeps is not known here."
            }
        }
    }
}

/// A job at a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The printer's address.
    pub printer: String,
    /// Its number there.
    pub id: i32,
}

/// How a job stands (RFC 8011, job-state).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// It waits for somebody to release it.
    Held,
    /// It waits for its turn.
    Waiting,
    /// It is being printed.
    Printing,
    /// The printer stopped in the middle and says why: no paper, a jam.
    Stopped(String),
    /// It is printed.
    Done,
    /// Somebody canceled it.
    Canceled,
    /// The printer gave it up and says why.
    Aborted(String),
    /// The printer does not answer; the page may still come.
    Silent,
}

impl JobState {
    /// Whether nothing will change any more.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::Canceled | Self::Aborted(_))
    }

    /// The state for a person.
    pub fn words(&self) -> String {
        match self {
            Self::Held => "the page waits at the printer until it is released".to_owned(),
            Self::Waiting => "the page waits for its turn".to_owned(),
            Self::Printing => "the page is being printed".to_owned(),
            Self::Stopped(why) => format!("the printer stopped: {why}"),
            Self::Done => "the page is printed".to_owned(),
            Self::Canceled => "the job was canceled".to_owned(),
            Self::Aborted(why) => format!("the printer gave the job up: {why}"),
            Self::Silent => "the printer does not answer".to_owned(),
        }
    }
}

/// How a page left the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printout {
    /// It is in this file.
    File(String),
    /// It is a job at a printer, and this is how it stands.
    Job(Job, JobState),
    /// It was handed over, and nothing more is known.
    HandedOver,
    /// It did not leave: the printer would not keep it until it is released. Why.
    CannotWait(String),
    /// It did not leave: whoever sees the network between here and the printer could read it. Why.
    OnlyInClear(String),
}

/// How a page with a secret may travel to a printer that is not this computer's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Line {
    /// Encrypted, or not at all.
    #[default]
    Encrypted,
    /// In clear where there is no other way: a person was told, and chose it.
    InClear,
}
