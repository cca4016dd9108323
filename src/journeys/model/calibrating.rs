//! A printer that is tried before any secret exists.

use crate::domain::paper::printing::{Destination, Job, JobState};
use crate::journeys::model::Stage;

/// The calibration page on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrating {
    /// Where it goes: the way the slips will go.
    pub to: Destination,
    /// How far it is.
    pub state: CalibratingState,
    /// The slip that waits for it.
    pub back: Box<Stage>,
}

/// How far the calibration page is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum CalibratingState {
    /// It is being sent.
    Sending,
    /// It is a job at a printer, which stands like this.
    AtWork { job: Job, seen: JobState },
    /// It is printed, handed over, or in this file; a person looks at it.
    Looking { file: Option<String> },
}
