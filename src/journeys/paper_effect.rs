//! Effects of paper and printers: a part of [`effect`](crate::journeys::effect), where all of them are put together.

use std::sync::Arc;

use crate::domain::facts::Facts;
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::{Content, Destination, Job, Line, Printout};
use crate::domain::plan::{Errand, PaperSize, Plan};
use crate::domain::record::Slip;
use crate::domain::secret::SecretId;
use crate::domain::secret::typing_back::Judged;
use crate::domain::trouble::Trouble;
use crate::journeys::reply::Reply;
use crate::journeys::report::review::Report;

/// One line of a slip, typed or read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineChecked {
    /// Which, counted from zero.
    pub line: usize,
    /// How it stood to the line that was asked for.
    pub judged: Judged,
}

/// What goes to paper.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum PaperEffect<M> {
    /// Send a slip on its way to paper.
    PrintSlip {
        slip: Slip,
        content: Content,
        to: Destination,
        line: Line,
        paper: Paper,
        tell: Reply<Result<Printout, Trouble>, M>,
    },
    /// Try whether each destination would take the slip, before there is a secret.
    Probe { slip: Slip, to: Vec<Destination>, paper: Paper, tell: Reply<Result<(), Trouble>, M> },
    /// Run a command for a secret.
    Run { secret: SecretId, errand: Errand, tell: Reply<Result<(), Trouble>, M> },
    /// Send a page without secrets on its way.
    PrintPage { page: Page, to: Destination, paper: Paper, tell: Reply<Result<Printout, Trouble>, M> },
    /// Set a page to be looked at, its secret masked.
    SetPage { page: Page, paper: Paper, tell: Reply<Vec<String>, M> },
    /// Write the report of a review, over the record as it lies there, to a new file; its path is told.
    SaveReport(Box<Report>, PaperSize, Reply<Result<String, Trouble>, M>),
    /// Send the report of a review, over the record as it lies there, on its way.
    PrintReport {
        report: Box<Report>,
        to: Destination,
        size: PaperSize,
        tell: Reply<Result<Printout, Trouble>, M>,
    },
    /// Read a written slip back and check every line.
    ReadBack { secret: SecretId, file: String, tell: Reply<LineChecked, M> },
    /// Release a held job; only a refusal is told.
    ReleaseJob { job: Job, refused: Reply<Trouble, M> },
    /// Cancel a job; only a refusal is told. A job that is over has nothing left to cancel.
    CancelJob { job: Job, refused: Reply<Trouble, M> },
    /// Ask this computer's print system which printers it knows: name and address of each.
    FindPrinters(Reply<Result<Vec<(String, String)>, Trouble>, M>),
}

/// What a page is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The decisions.
    pub plan: Arc<Plan>,
    /// What was read.
    pub facts: Arc<Facts>,
}

impl<M: 'static> PaperEffect<M> {
    pub(super) fn lift<N: 'static>(self, up: fn(M) -> N) -> PaperEffect<N> {
        match self {
            Self::PrintSlip { slip, content, to, line, paper, tell } => {
                PaperEffect::PrintSlip { slip, content, to, line, paper, tell: tell.lift(up) }
            }
            Self::Probe { slip, to, paper, tell } => {
                PaperEffect::Probe { slip, to, paper, tell: tell.lift(up) }
            }
            Self::Run { secret, errand, tell } => PaperEffect::Run { secret, errand, tell: tell.lift(up) },
            Self::PrintPage { page, to, paper, tell } => {
                PaperEffect::PrintPage { page, to, paper, tell: tell.lift(up) }
            }
            Self::SetPage { page, paper, tell } => PaperEffect::SetPage { page, paper, tell: tell.lift(up) },
            Self::SaveReport(report, size, tell) => PaperEffect::SaveReport(report, size, tell.lift(up)),
            Self::PrintReport { report, to, size, tell } => {
                PaperEffect::PrintReport { report, to, size, tell: tell.lift(up) }
            }
            Self::ReadBack { secret, file, tell } => {
                PaperEffect::ReadBack { secret, file, tell: tell.lift(up) }
            }
            Self::ReleaseJob { job, refused } => PaperEffect::ReleaseJob { job, refused: refused.lift(up) },
            Self::CancelJob { job, refused } => PaperEffect::CancelJob { job, refused: refused.lift(up) },
            Self::FindPrinters(tell) => PaperEffect::FindPrinters(tell.lift(up)),
        }
    }
}
