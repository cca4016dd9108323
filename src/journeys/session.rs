//! The session: what does not change in a run, the time apart.

use jiff::Timestamp;

use crate::domain::mark::Mark;

/// What does not change in a run, the time apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// What the tenant is marked as.
    pub mark: Mark,
    /// The journey that the record says this run has come to last.
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
    /// Where simulated recipients of alerts confirm their mailboxes, once they are told to; none in a real tenant.
    pub mailboxes: Option<String>,
    /// The Azure portal.
    pub portal: String,
    /// The Entra admin center.
    pub entra: String,
    /// The folder of the record.
    pub record: String,
    /// Scenarios whose exercise was begun below that folder and is not complete.
    pub under_way: Vec<String>,
    /// The file that every request is told to, where that was wanted.
    pub requests: Option<String>,
    /// How this cloud's time runs: 1 is real time, 0.02 is fifty times faster.
    pub time_scale: f64,
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
    /// Presets that were fitted to the tenant; from then on they are somebody's answers.
    Fitted,
    /// A file or the record.
    Given,
}
